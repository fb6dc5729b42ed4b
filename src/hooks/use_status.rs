//! Saying how something ended.

use yew::prelude::*;

/// How something ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Well.
    Success,
    /// Neither well nor badly: news.
    Neutral,
    /// Not known, or only half.
    Warning,
    /// Badly.
    Danger,
}

/// What is said.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// In which tone.
    pub tone: Tone,
    /// The sentence.
    pub text: String,
}

/// Says something on the status line, which outlives what it speaks of: an answer that comes after the
/// organization was switched is still heard.
#[derive(Clone, Debug, PartialEq)]
pub struct Say(pub Callback<Said>);

/// The status line to speak on.
#[hook]
pub fn use_say() -> Callback<Said> {
    use_context::<Say>().map_or_else(Callback::noop, |say| say.0)
}
