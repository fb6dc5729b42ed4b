//! What stands around every part of the page.

use crate::clerk::Client;
use crate::config::Config;
use crate::hooks::Desks;
use crate::i18n::Words;
use std::rc::Rc;
use yew::Callback;

/// What every part of the page needs, handed down as one property. A context for each would cost every visitor
/// some kilobytes and hide where things come from.
#[derive(Clone, Debug, PartialEq)]
pub struct Surroundings {
    /// The reader's words.
    pub words: Words,
    /// What the deployer chose.
    pub config: Rc<Config>,
    /// clerk-js, running.
    pub client: Client,
    /// What lies on the admins' desks.
    pub desks: Desks,
    /// Speaks on the status line, or clears it. The line outlives what it speaks of: an answer that comes after the
    /// organization was switched is still heard.
    pub say: Callback<Option<Said>>,
}

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

/// What is said on the status line.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// In which tone.
    pub tone: Tone,
    /// The sentence.
    pub text: String,
    /// What can be done about it.
    pub offer: Option<Offer>,
}

/// Something that can be done about what was said.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// What.
    pub label: String,
    /// Does it.
    pub accept: Callback<()>,
}

impl Said {
    /// A sentence, and nothing to be done about it.
    pub fn new(tone: Tone, text: String) -> Self {
        Self { tone, text, offer: None }
    }
}
