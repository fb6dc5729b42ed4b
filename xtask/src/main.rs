//! What the README's commands run.
fn main() {}
