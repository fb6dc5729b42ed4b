//! Runs other programs, with errors that hold the command line.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail, ensure};

use crate::paths;

/// A command that starts in the workspace's root.
pub fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(paths::root());
    command
}

/// The cargo that runs this program.
pub fn cargo() -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs a program to its end, with its output on the terminal.
///
/// # Errors
/// When it cannot be started or fails; the error holds the command line.
pub fn run(command: &mut Command) -> Result<()> {
    run_accepting(command, &[0])
}

/// As [`run`], for a program that tells several outcomes by its exit code.
///
/// # Errors
/// When it cannot be started, or its exit code is none of `codes`; the error holds the command line.
pub fn run_accepting(command: &mut Command, codes: &[i32]) -> Result<()> {
    let line = command_line(command);
    let status = command.status().with_context(|| format!("could not start `{line}`"))?;
    ensure!(status.code().is_some_and(|code| codes.contains(&code)), "`{line}` failed ({status})");
    Ok(())
}

/// Runs a program to its end and returns its standard output.
///
/// # Errors
/// When it cannot be started or fails; the error holds the command line and its standard error.
pub fn output(command: &mut Command) -> Result<Vec<u8>> {
    output_with_input(command, &[])
}

/// As [`output`], with `input` on the program's standard input.
///
/// # Errors
/// As [`output`].
pub fn output_with_input(command: &mut Command, input: &[u8]) -> Result<Vec<u8>> {
    let line = command_line(command);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("could not start `{line}`"))?;
    let stdin = child.stdin.take();
    let (written, output) = std::thread::scope(|scope| {
        // In a thread of its own: a program whose output fills its pipe stops reading until this one reads, which
        // would wait for the program to read.
        let writer = scope.spawn(move || stdin.map_or(Ok(()), |mut pipe| pipe.write_all(input)));
        let output = child.wait_with_output();
        (writer.join(), output)
    });
    let output = output.with_context(|| format!("could not read what `{line}` wrote"))?;
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        bail!("`{line}` failed ({}): {}", output.status, stderr.trim());
    }
    if let Ok(written) = written {
        written.with_context(|| format!("`{line}` did not read its input"))?;
    }
    Ok(output.stdout)
}

fn command_line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_of_a_failed_program_holds_its_command_line_and_its_standard_error() {
        let error = output(Command::new("sh").args(["-c", "echo broken >&2; exit 3"]));
        let error = error.unwrap_err().to_string();
        assert!(error.contains("sh -c") && error.contains("broken"), "{error}");
    }

    #[test]
    fn more_input_than_a_pipe_holds_comes_back_whole() {
        let input = vec![b'x'; 1 << 20];
        assert_eq!(output_with_input(&mut Command::new("cat"), &input).unwrap(), input);
    }
}
