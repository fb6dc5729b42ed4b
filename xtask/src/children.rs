//! Programs that run beside us and end with us.

use std::{
    process::Command,
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    time::Duration,
};

use anyhow::{Context, Result, bail};
use process_wrap::std::{ChildWrapper, CommandWrap};

/// A running program. Dropping it ends the program and all that it started.
pub struct Child {
    name: &'static str,
    running: Box<dyn ChildWrapper>,
}

impl Child {
    /// Starts a program in a process group of its own, so that it can be ended with everything below it: cargo and trunk
    /// start compilers, which would otherwise outlive them.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(name: &'static str, command: Command) -> Result<Self> {
        let mut command = CommandWrap::from(command);
        #[cfg(unix)]
        command.wrap(process_wrap::std::ProcessGroup::leader());
        #[cfg(windows)]
        command.wrap(process_wrap::std::JobObject);
        let running = command.spawn().with_context(|| format!("could not start {name}"))?;
        Ok(Self { name, running })
    }

    /// What it writes to its standard output, if that was piped and not taken before.
    pub fn stdout(&mut self) -> Option<std::process::ChildStdout> {
        self.running.stdout().take()
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        // It may have ended by itself, which is all that is wanted.
        let _ = self.running.kill();
    }
}

/// The wish that we end: Ctrl-C, a closed terminal, or a plain `kill`.
pub struct Interruption(Receiver<()>);

impl Interruption {
    /// From here on the wish is answered by [`Interruption::wait`] instead of ending us at once.
    ///
    /// # Errors
    /// When the system refuses, or this is asked for twice.
    pub fn expected() -> Result<Self> {
        let (wished, wish) = mpsc::channel();
        ctrlc::set_handler(move || {
            let _ = wished.send(());
        })?;
        Ok(Self(wish))
    }

    /// Waits for the wish.
    ///
    /// # Errors
    /// When one of the programs ends before.
    pub fn wait(&self, children: &mut [Child]) -> Result<()> {
        loop {
            match self.0.recv_timeout(Duration::from_millis(200)) {
                Err(RecvTimeoutError::Timeout) => (),
                Ok(()) | Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
            for child in &mut *children {
                if let Some(status) = child.running.try_wait()? {
                    bail!("{} ended by itself ({status})", child.name);
                }
            }
        }
    }
}
