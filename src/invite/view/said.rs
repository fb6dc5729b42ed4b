//! What is said of an entry.

use crate::browser::{DateStyle, date, lowercase};
use crate::domain::{Roles, Timestamp};
use crate::feedback::Severity;
use crate::i18n::{Message, email_problem, status_name};
use crate::invite::entry::{Entry, EntryState};
use crate::invite::verdict::Verdict;
use crate::invite::view::View;
use crate::invite::view::doubt::doubt_sentence;
use crate::invite::view::known::Known;
use crate::outbox::wording::result_sentence;
use crate::outbox::{Job, Stage};

/// The name of the role that a text means; the text where there is none.
pub fn role_name(roles: Option<&Roles>, text: &str) -> String {
    let meant = roles.and_then(|roles| roles.meant(text, lowercase));
    meant.map_or_else(|| text.to_owned(), |role| role.name.clone())
}

/// What is said of an entry, and how serious it is.
pub fn state(view: &View, known: Known) -> (Severity, String) {
    let (words, entry) = (view.words, known.entry);
    match known.job {
        Some(Job { stage: Stage::Waiting, .. }) => return (Severity::Info, words.say(Message::StageWaiting)),
        Some(Job { stage: Stage::UnderWay, .. }) => {
            return (Severity::Info, words.say(Message::StageSending));
        }
        Some(job) => {
            if let Some(result) = job.result() {
                return result_sentence(words, &result);
            }
        }
        None => {}
    }
    match &entry.state {
        EntryState::Unsettled(_) => return (Severity::Info, words.say(Message::VerdictUnsettled)),
        EntryState::NotSent(result) => return result_sentence(words, result),
        EntryState::Draft | EntryState::Resend => {}
    }
    let Some(verdict) = known.verdict else { return (Severity::Info, String::new()) };
    verdict_sentence(view, entry, verdict)
}

fn verdict_sentence(view: &View, entry: &Entry, verdict: &Verdict) -> (Severity, String) {
    let words = view.words;
    let day = |created: &Option<Timestamp>| {
        created.and_then(|created| date(&words.locale, created, DateStyle::Day))
    };
    match verdict {
        // That is what is usual.
        Verdict::New => (Severity::Info, String::new()),
        Verdict::Before(status, created) => {
            let status = status_name(words, status);
            (
                Severity::Info,
                match day(created) {
                    Some(day) => {
                        words.fill_plain(Message::VerdictBefore, &[("date", &day), ("status", &status)])
                    }
                    None => words.fill_plain(Message::VerdictBeforeUndated, &[("status", &status)]),
                },
            )
        }
        Verdict::Pending(..) if entry.state == EntryState::Resend => {
            (Severity::Info, words.say(Message::VerdictResent))
        }
        Verdict::Pending(_, created) => (
            Severity::Warning,
            match day(created) {
                Some(day) => words.fill_plain(Message::VerdictPending, &[("date", &day)]),
                None => words.say(Message::VerdictPendingUndated),
            },
        ),
        Verdict::Member(name) if name.trim().is_empty() => {
            (Severity::Warning, words.say(Message::VerdictMemberUnnamed))
        }
        Verdict::Member(name) => (Severity::Warning, words.fill(Message::VerdictMember, &[("name", name)])),
        Verdict::Yourself => (Severity::Warning, words.say(Message::VerdictYourself)),
        Verdict::Twice => (Severity::Warning, words.say(Message::VerdictTwice)),
        Verdict::SameMailbox(same) => {
            let said =
                if same.is_member { Message::VerdictLikelyMember } else { Message::VerdictLikelyPending };
            (Severity::Warning, words.fill(said, &[("email", &same.address)]))
        }
        Verdict::Doubtful(doubt) => (Severity::Danger, doubt_sentence(words, doubt)),
        Verdict::SeveralRoles(roles) => {
            let names: Vec<_> = roles.iter().map(|role| role_name(view.known_roles(), &role.0)).collect();
            (Severity::Danger, words.fill(Message::VerdictRoles, &[("roles", &words.list(&names))]))
        }
        Verdict::Mistyped(_) => (Severity::Danger, words.say(Message::VerdictMistyped)),
        Verdict::UnknownRole(role) => {
            (Severity::Danger, words.fill(Message::VerdictUnknownRole, &[("role", role)]))
        }
        Verdict::NoSeat => (Severity::Danger, words.say(Message::VerdictNoSeat)),
        // Why, is said of its run.
        Verdict::Refused => (Severity::Danger, String::new()),
        Verdict::NotAnAddress(problem) => (Severity::Danger, email_problem(words, *problem)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Known as Remote, Member, Status};
    use crate::invite::testing::Form;
    use yew::{Callback, NodeRef};

    /// What is said of each entry.
    fn said(form: &Form) -> Vec<String> {
        let view = View {
            words: &form.words,
            model: &form.model,
            outbox: &form.outbox,
            is_online: true,
            roles: &Remote::Nothing,
            seats: None,
            now: 0.0,
            has_shortcuts: true,
            dialog: NodeRef::default(),
            on: Callback::noop(),
            on_transferred: Callback::noop(),
            is_dragged_over: false,
            is_first: false,
            on_focus: Callback::noop(),
            on_retry_roles: Callback::noop(),
        };
        let composer = &form.model.composer;
        let entries = composer.entries.all().iter().zip(&composer.verdicts.each);
        let said = |(entry, verdict)| state(&view, Known { entry, verdict: Some(verdict), job: None }).1;
        entries.map(said).collect()
    }

    #[test]
    fn a_member_without_a_name_and_an_invitation_without_a_date_have_sentences_of_their_own() {
        let mut form = Form::new();
        form.clerk.members.borrow_mut().push(Member { email_key: "a@x.de".to_owned(), name: " ".to_owned() });
        form.clerk.invited("i1", "b@x.de", Status::Pending);
        form.clerk.invited("i2", "c@x.de", Status::Revoked);
        form.paste("a@x.de, b@x.de, c@x.de");
        let before = "Invited before · revoked";
        assert_eq!(said(&form), ["Already a member", "Pending", before]);
    }
}
