//! Programs that run beside this one and end with it.

use std::{
    process::{ChildStdout, Command},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    time::Duration,
};

use anyhow::{Context, Result, bail};
use process_wrap::std::{ChildWrapper, CommandWrap};

/// A running program. Dropping it ends the program and all processes that it started.
pub struct Process {
    name: &'static str,
    child: Box<dyn ChildWrapper>,
}

impl Process {
    /// Starts a program in a process group of its own: cargo and trunk start compilers, which would go on running if only
    /// cargo or trunk were killed.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(name: &'static str, command: Command) -> Result<Self> {
        let mut command = CommandWrap::from(command);
        #[cfg(unix)]
        command.wrap(process_wrap::std::ProcessGroup::leader());
        #[cfg(windows)]
        command.wrap(process_wrap::std::JobObject);
        let child = command.spawn().with_context(|| format!("could not start {name}"))?;
        Ok(Self { name, child })
    }

    /// The program's standard output, if it was piped and not taken before.
    pub fn stdout(&mut self) -> Option<ChildStdout> {
        self.child.stdout().take()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Fails when the program has ended already, which is as good.
        let _ = self.child.kill();
    }
}

/// Ctrl-C, a closed terminal or a plain `kill`, caught so that the running processes can be ended first.
pub struct Interrupt(Receiver<()>);

impl Interrupt {
    /// Catches the signals from now on, for [`Interrupt::wait`] to return.
    ///
    /// # Errors
    /// When the system refuses, or signals are caught already.
    pub fn catch() -> Result<Self> {
        let (sender, receiver) = mpsc::channel();
        ctrlc::set_handler(move || {
            let _ = sender.send(());
        })?;
        Ok(Self(receiver))
    }

    /// Waits for a signal.
    ///
    /// # Errors
    /// When one of the processes ends before.
    pub fn wait(&self, processes: &mut [Process]) -> Result<()> {
        loop {
            match self.0.recv_timeout(Duration::from_millis(200)) {
                Err(RecvTimeoutError::Timeout) => (),
                Ok(()) | Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
            for process in &mut *processes {
                if let Some(status) = process.child.try_wait()? {
                    bail!("{} ended by itself ({status})", process.name);
                }
            }
        }
    }
}
