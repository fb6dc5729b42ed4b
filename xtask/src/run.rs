//! Running other programs, with errors that name what was run.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail, ensure};

use crate::places;

/// A command that starts in the workspace's root.
pub fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(places::root());
    command
}

/// Cargo, the one that runs us.
pub fn cargo() -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs to the end, showing what the program prints.
///
/// # Errors
/// When it cannot be started or fails; the error holds the command line.
pub fn run(command: &mut Command) -> Result<()> {
    let line = line(command);
    let status = command.status().with_context(|| format!("could not start `{line}`"))?;
    ensure!(status.success(), "`{line}` failed ({status})");
    Ok(())
}

/// Runs to the end and returns what the program wrote to its standard output.
///
/// # Errors
/// When it cannot be started or fails; the error holds the command line and what it wrote to its standard error.
pub fn output(command: &mut Command) -> Result<Vec<u8>> {
    through(command, &[])
}

/// As [`output`], with something for the program to read.
///
/// # Errors
/// As [`output`].
pub fn through(command: &mut Command, input: &[u8]) -> Result<Vec<u8>> {
    let line = line(command);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("could not start `{line}`"))?;
    let stdin = child.stdin.take();
    let (written, output) = std::thread::scope(|scope| {
        // Beside the reading: a program whose answer fills the pipe would otherwise stop reading, and both would wait.
        let writer = scope.spawn(move || stdin.map_or(Ok(()), |mut pipe| pipe.write_all(input)));
        let output = child.wait_with_output();
        (writer.join(), output)
    });
    let output = output.with_context(|| format!("could not read what `{line}` wrote"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("`{line}` failed ({}): {}", output.status, said.trim());
    }
    if let Ok(written) = written {
        written.with_context(|| format!("`{line}` did not read its input"))?;
    }
    Ok(output.stdout)
}

fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_program_is_named_with_what_it_said() {
        let said = output(Command::new("sh").args(["-c", "echo broken >&2; exit 3"]));
        let said = said.unwrap_err().to_string();
        assert!(said.contains("sh -c") && said.contains("broken"), "{said}");
    }

    #[test]
    fn more_input_than_a_pipe_holds_comes_back_whole() {
        let input = vec![b'x'; 1 << 20];
        assert_eq!(through(&mut Command::new("cat"), &input).unwrap(), input);
    }
}
