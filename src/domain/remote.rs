//! Something that lives elsewhere: what is known of it, and what is being asked about it.
//!
//! Those are two axes. A first load, a refresh, a retry and "failed, but here is what we had" are four places
//! on them, not four flags.

use crate::domain::error::Error;
use std::rc::Rc;

/// What is known.
#[derive(Debug, PartialEq)]
pub enum Known<T> {
    /// Nothing yet.
    Nothing,
    /// The last answer.
    Value(Rc<T>),
    /// The last answer was an error; `last` is the answer before it.
    Failure {
        /// What went wrong.
        error: Error,
        /// What was known before.
        last: Option<Rc<T>>,
    },
}

impl<T> Clone for Known<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Nothing => Self::Nothing,
            Self::Value(value) => Self::Value(value.clone()),
            Self::Failure { error, last } => Self::Failure { error: error.clone(), last: last.clone() },
        }
    }
}

impl<T> Known<T> {
    /// The newest answer that was not an error.
    pub fn value(&self) -> Option<&Rc<T>> {
        match self {
            Self::Nothing => None,
            Self::Value(value) => Some(value),
            Self::Failure { last, .. } => last.as_ref(),
        }
    }

    /// Has `change` made to the newest answer that was not an error.
    pub fn revise(&mut self, change: impl FnOnce(&mut T))
    where
        T: Clone,
    {
        if let Self::Value(value) | Self::Failure { last: Some(value), .. } = self {
            change(Rc::make_mut(value));
        }
    }

    /// Whether there was no answer yet.
    pub fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing)
    }

    /// The error, when that was the last answer.
    pub fn error(&self) -> Option<&Error> {
        match self {
            Self::Failure { error, .. } => Some(error),
            _ => None,
        }
    }
}

/// A question. To ask the same once more is another question.
#[derive(Clone, Debug, PartialEq)]
pub struct Question<K> {
    /// What it asks about.
    pub key: K,
    /// Its number.
    pub attempt: u32,
}

/// The answer to the last question, in whatever order the answers arrive.
///
/// [`Remote::after`] drops the answer to an older question: page one may arrive after page two.
#[derive(Debug, PartialEq)]
pub struct Remote<K, T> {
    /// What is known.
    pub known: Known<T>,
    /// What is being asked, if anything.
    pub asked: Option<Question<K>>,
    wanted: K,
    attempts: u32,
}

/// What can happen to a [`Remote`].
#[derive(Debug)]
pub enum Event<K, T> {
    /// The caller wants the value of this key.
    Wanted(K),
    /// An answer, with the question that it answers.
    Answered(Question<K>, Result<T, Error>),
    /// What is known may be out of date.
    Reload,
}

impl<K: Clone + PartialEq, T> Remote<K, T> {
    /// Nothing is known and `key` is asked.
    pub fn new(key: K) -> Self {
        Self {
            known: Known::Nothing,
            asked: Some(Question { key: key.clone(), attempt: 1 }),
            wanted: key,
            attempts: 1,
        }
    }

    /// Nothing is known and nothing is asked.
    pub fn idle(key: K) -> Self {
        Self { known: Known::Nothing, asked: None, wanted: key, attempts: 0 }
    }

    /// The state after `event`, or `None` when nothing changes.
    pub fn after(&self, event: Event<K, T>) -> Option<Self> {
        match event {
            Event::Wanted(key) => (key != self.wanted).then(|| self.asking(key)),
            Event::Reload => Some(self.asking(self.wanted.clone())),
            Event::Answered(question, _) if self.asked.as_ref() != Some(&question) => None,
            Event::Answered(_, answer) => Some(Self {
                known: match answer {
                    Ok(value) => Known::Value(Rc::new(value)),
                    Err(error) => Known::Failure { error, last: self.known.value().cloned() },
                },
                asked: None,
                wanted: self.wanted.clone(),
                attempts: self.attempts,
            }),
        }
    }

    fn asking(&self, key: K) -> Self {
        let attempt = self.attempts.wrapping_add(1);
        Self {
            known: self.known.clone(),
            asked: Some(Question { key: key.clone(), attempt }),
            wanted: key,
            attempts: attempt,
        }
    }

    /// Whose value is wanted.
    pub fn wanted(&self) -> &K {
        &self.wanted
    }

    /// Is it the value of this key that is wanted?
    pub fn is_about(&self, key: &K) -> bool {
        self.wanted == *key
    }

    /// Is something being asked?
    pub fn is_busy(&self) -> bool {
        self.asked.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_late_answer_to_an_old_question_is_ignored() {
        let first = Remote::new(1);
        let old = first.asked.clone().expect("asked");
        let second = first.after(Event::Wanted(2)).expect("asks anew");
        assert_eq!(second.after(Event::Answered(old, Ok("one"))), None);
    }

    #[test]
    fn the_same_thing_asked_twice_is_two_questions() {
        let first: Remote<_, &str> = Remote::new(1);
        let old = first.asked.clone().expect("asked");
        let again = first.after(Event::Reload).expect("asks anew");
        assert_eq!(again.after(Event::Answered(old, Ok("stale"))), None);
    }

    #[test]
    fn a_failure_keeps_what_was_known() {
        let state = Remote::new(1);
        let state =
            state.after(Event::Answered(state.asked.clone().expect("asked"), Ok("one"))).expect("known");
        let state = state.after(Event::Reload).expect("asks anew");
        let question = state.asked.clone().expect("asked");
        let state = state.after(Event::Answered(question, Err(Error::Unreachable))).expect("failed");
        assert_eq!(state.known.error(), Some(&Error::Unreachable));
        assert_eq!(state.known.value().map(|value| **value), Some("one"));
        assert!(!state.is_busy());
    }

    #[test]
    fn nothing_is_known_until_the_first_answer_and_an_error_is_one() {
        let first: Remote<_, &str> = Remote::new(1);
        assert!(first.known.is_nothing());
        for answer in [Ok("one"), Err(Error::Unreachable)] {
            let answered = Event::Answered(first.asked.clone().expect("asked"), answer);
            assert!(!first.after(answered).expect("answered").known.is_nothing());
        }
    }

    #[derive(Clone, Debug)]
    enum Step {
        Want(u8),
        Reload,
        Answer { nth: usize, fails: bool },
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let step = prop_oneof![
            (0u8..4).prop_map(Step::Want),
            Just(Step::Reload),
            (0usize..8, any::<bool>()).prop_map(|(nth, fails)| Step::Answer { nth, fails }),
        ];
        proptest::collection::vec(step, 0..40)
    }

    proptest! {
        #[test]
        fn whatever_order_answers_come_in_what_is_shown_at_rest_answers_the_last_question(steps in steps()) {
            let mut state: Remote<u8, u8> = Remote::new(0);
            let mut wanted = 0;
            let mut open = vec![state.asked.clone().expect("asked")];
            for step in steps {
                let event = match step {
                    Step::Want(key) => { wanted = key; Event::Wanted(key) }
                    Step::Reload => Event::Reload,
                    Step::Answer { nth, fails } if !open.is_empty() => {
                        let question = open.remove(nth % open.len());
                        let key = question.key;
                        Event::Answered(question, if fails { Err(Error::Unreachable) } else { Ok(key) })
                    }
                    Step::Answer { .. } => continue,
                };
                if let Some(next) = state.after(event) {
                    if let Some(question) = next.asked.clone() && next.asked != state.asked {
                        open.push(question);
                    }
                    state = next;
                }
                if let (None, Known::Value(value)) = (&state.asked, &state.known) {
                    prop_assert_eq!(**value, wanted);
                }
            }
        }
    }
}
