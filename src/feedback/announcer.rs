//! How long a toast stays, and what a screen reader hears.

use crate::feedback::toast::{Severity, Toast, ToastAction};

/// How long a message stays that offers nothing, in milliseconds.
const STAYS: u32 = 6_000;
/// How long the admin can take something back, or go on with it, in milliseconds.
const UNDO: u32 = 10_000;
/// How much longer a message stays that the reader is on, in milliseconds.
const LINGERS: u32 = 3_000;
/// What is said within this time is read out together, in milliseconds: one act of the admin can say several things.
const PAUSE: u32 = 500;

/// What a screen reader is to read out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Speech {
    /// What has happened. All of it counts.
    Outcome(String),
    /// How things are now: only the last one counts.
    State(String),
}

/// What is to be looked after when a time is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// The toast with this number has been shown long enough.
    Toast(u32),
    /// Nothing has been said since the speech with this number.
    Speech(u32),
}

/// What follows when a time is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// The toast goes.
    ToastGoes,
    /// It is due again after so many milliseconds.
    Later(u32, Due),
    /// Nothing.
    Nothing,
}

/// Decides when the toast goes and what the live region says. It has no clock: what is due comes back as a message.
#[derive(Debug, Default)]
pub struct Announcer {
    /// The text of the live region.
    pub spoken: String,
    outcome: String,
    state: String,
    speech: u32,
    toast: u32,
}

impl Announcer {
    /// Says something. Returns when that is due, in milliseconds.
    pub fn say(&mut self, speech: Speech) -> (u32, Due) {
        match speech {
            Speech::Outcome(said) => {
                if !self.outcome.ends_with(&*said) {
                    self.outcome = [&*self.outcome, &*said].join(" ").trim().to_owned();
                }
                // How far something had come before that is no news any more.
                self.state.clear();
            }
            Speech::State(said) => self.state = said,
        }
        // A region whose text does not change is not read out again.
        self.spoken.clear();
        self.speech = self.speech.wrapping_add(1);
        (PAUSE, Due::Speech(self.speech))
    }

    /// Another toast is shown, or none. Returns what is due and when, in milliseconds.
    pub fn told(&mut self, toast: Option<&Toast>) -> Vec<(u32, Due)> {
        self.toast = self.toast.wrapping_add(1);
        let Some(toast) = toast else {
            self.outcome.clear();
            self.spoken.clear();
            return vec![];
        };
        let said = self.say(Speech::Outcome(toast.text.clone()));
        let goes = toast.lasts().map(|lasts| (lasts, Due::Toast(self.toast)));
        [said].into_iter().chain(goes).collect()
    }

    /// Something is due. Returns what that comes to. While the pointer or the keyboard is on the toast (`is_attended`), it stays.
    pub fn due(&mut self, due: Due, is_attended: bool) -> Next {
        match due {
            Due::Toast(number) if number == self.toast && is_attended => Next::Later(LINGERS, due),
            Due::Toast(number) if number == self.toast => Next::ToastGoes,
            Due::Speech(number) if number == self.speech => {
                let parts = [std::mem::take(&mut self.outcome), std::mem::take(&mut self.state)];
                self.spoken = parts.join(" ").trim().to_owned();
                Next::Nothing
            }
            Due::Toast(_) | Due::Speech(_) => Next::Nothing,
        }
    }
}

impl Toast {
    /// How long it stays, in milliseconds; `None` until the reader dismisses it: what failed, and what can be acted on.
    fn lasts(&self) -> Option<u32> {
        match (&self.action, self.severity) {
            (Some(ToastAction::Undo | ToastAction::InviteAgain(_)), _) => Some(UNDO),
            (None, Severity::Success | Severity::Info) => Some(STAYS),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn toast(severity: Severity, action: Option<ToastAction>) -> Toast {
        Toast { action, ..Toast::new(severity, "so".to_owned()) }
    }

    /// When the toast goes by itself.
    fn goes(announcer: &mut Announcer, toast: &Toast) -> Option<(u32, Due)> {
        announcer.told(Some(toast)).into_iter().find(|(_, due)| matches!(due, Due::Toast(_)))
    }

    #[test]
    fn success_goes_by_itself_and_what_failed_or_can_be_acted_on_stays() {
        let mut announcer = Announcer::default();
        let mut lasts = |severity, action| {
            goes(&mut announcer, &toast(severity, action)).map(|(milliseconds, _)| milliseconds)
        };
        assert_eq!(lasts(Severity::Success, None), Some(6_000));
        assert_eq!(lasts(Severity::Info, Some(ToastAction::Undo)), Some(10_000));
        assert_eq!(lasts(Severity::Success, Some(ToastAction::ShowList)), None);
        assert_eq!(lasts(Severity::Warning, None), None);
        assert_eq!(lasts(Severity::Danger, None), None);
    }

    #[test]
    fn of_two_outcomes_of_one_act_neither_is_lost() {
        let mut announcer = Announcer::default();
        announcer.say(Speech::Outcome("Not sent.".to_owned()));
        announcer.say(Speech::Outcome("You can no longer invite.".to_owned()));
        let (_, due) = announcer.say(Speech::Outcome("You can no longer invite.".to_owned()));
        announcer.due(due, false);
        assert_eq!(announcer.spoken, "Not sent. You can no longer invite.");
    }

    #[test]
    fn how_far_it_had_come_is_not_read_out_after_what_it_came_to() {
        let mut announcer = Announcer::default();
        announcer.say(Speech::State("14 of 18".to_owned()));
        let (_, due) = announcer.say(Speech::Outcome("18 sent".to_owned()));
        announcer.due(due, false);
        assert_eq!(announcer.spoken, "18 sent");
    }

    #[test]
    fn a_toast_stays_while_the_reader_is_on_it() {
        let mut announcer = Announcer::default();
        let (_, due) = goes(&mut announcer, &toast(Severity::Success, None)).expect("a time");
        assert_eq!(announcer.due(due, true), Next::Later(3_000, due));
        assert_eq!(announcer.due(due, false), Next::ToastGoes);
    }

    #[test]
    fn the_time_of_an_earlier_toast_does_not_end_a_later_one() {
        let mut announcer = Announcer::default();
        let (_, due) = goes(&mut announcer, &toast(Severity::Success, None)).expect("a time");
        announcer.told(Some(&toast(Severity::Danger, None)));
        assert_eq!(announcer.due(due, false), Next::Nothing);
    }

    #[test]
    fn what_one_act_says_is_read_out_once_the_outcome_before_the_state() {
        let mut announcer = Announcer::default();
        announcer.say(Speech::State("1 new".to_owned()));
        let (_, early) = announcer.say(Speech::Outcome("Sent.".to_owned()));
        let (_, due) = announcer.say(Speech::State("2 new".to_owned()));
        announcer.due(early, false);
        assert_eq!(announcer.spoken, "");
        announcer.due(due, false);
        assert_eq!(announcer.spoken, "Sent. 2 new");
        // The same once more: the region is emptied before.
        announcer.say(Speech::State("2 new".to_owned()));
        assert_eq!(announcer.spoken, "");
    }
}
