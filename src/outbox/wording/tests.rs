use super::*;
use crate::domain::testing::ADDRESS_KEY;
use crate::domain::testing::invitation;
use crate::domain::{Email, Error, InvitationId, Problem, RoleKey, Status};
use crate::i18n::{Formats, LANGUAGES};
use crate::outbox::task::Task;

fn english() -> Words {
    Words::new(LANGUAGES[0], "en", Default::default(), Formats::ENGLISH)
}

/// Without the marks that keep the direction of a text apart.
fn plain(text: &str) -> String {
    text.replace(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}'], "")
}

fn replace() -> Action {
    Action::Replace(InvitationId("old".to_owned()))
}

fn revoke() -> Action {
    Action::Revoke(InvitationId("old".to_owned()))
}

fn refused(code: &str) -> Outcome {
    Outcome::Refused(Problem::new(code, None, ""))
}

fn sent() -> Outcome {
    Outcome::Sent(invitation("a@x.de", Status::Pending))
}

/// A job of `a@x.de` that is over.
fn job(action: Action, outcome: Outcome, is_revoked: bool) -> Job {
    let email = Email::parse("a@x.de", ADDRESS_KEY).expect("an address");
    let task = Task { email, role: RoleKey("org:member".to_owned()), action, was_free: true, row: None };
    Job { stage: Stage::Done(outcome), is_revoked, ..Job::new(task) }
}

const LOST: Error = Error::Unreachable;

#[test]
fn each_outcome_of_an_address_is_said_with_what_it_means_for_the_invitee() {
    use Severity::{Danger, Info, Success};
    for (action, outcome, is_revoked, severity, said) in [
        (Action::Invite, sent(), false, Success, "Sent"),
        (Action::Invite, Outcome::Pending, false, Success, "Already invited"),
        (revoke(), Outcome::Revoked, true, Success, "Revoked"),
        (Action::Invite, refused("not_allowed_access"), false, Danger, "This app doesn’t allow this address"),
        (
            Action::Invite,
            Outcome::Missing(LOST),
            false,
            Danger,
            "Not sent (we checked Clerk’s list). Couldn’t reach Clerk.",
        ),
        (Action::Invite, Outcome::Unknown(LOST), false, Danger, "We couldn’t confirm whether this was sent."),
        (Action::Invite, Outcome::Kept, false, Info, "Not sent yet"),
        // The first half was refused, or nothing is known of it.
        (
            replace(),
            Outcome::NotRevoked(LOST),
            false,
            Danger,
            "Not revoked. The invitation is unchanged. Couldn’t reach Clerk.",
        ),
        (
            replace(),
            Outcome::RevokeUnknown(LOST),
            false,
            Danger,
            "We couldn’t confirm whether this was revoked.",
        ),
        (replace(), Outcome::Kept, false, Info, "Not sent yet"),
        (revoke(), Outcome::Kept, false, Info, "Not revoked. The invitation is unchanged."),
        // The second half failed: the invitee has no invitation now, or perhaps none.
        (
            replace(),
            refused("not_allowed_access"),
            true,
            Danger,
            "Revoked, but not resent: This app doesn’t allow this address",
        ),
        (replace(), Outcome::Missing(LOST), true, Danger, "Revoked, but not resent: Couldn’t reach Clerk."),
        (
            replace(),
            Outcome::Missing(Error::of(crate::domain::Reason::NoPermission)),
            true,
            Danger,
            "Revoked, but not resent: You can no longer manage",
        ),
        (
            replace(),
            Outcome::Unknown(LOST),
            true,
            Danger,
            "Revoked. We couldn’t confirm whether it was resent.",
        ),
        // Others were faster.
        (replace(), Outcome::NoLongerPending, false, Info, "No longer pending. Nothing was sent."),
        (replace(), Outcome::Accepted, false, Success, "Already joined. Nothing was sent."),
    ] {
        let job = job(action, outcome, is_revoked);
        let (found, text) = job_sentence(&english(), &job).expect("it is over");
        assert!(found == severity && plain(&text).starts_with(said), "{job:?}: {found:?} {text}");
    }
    let under_way = Job { stage: Stage::UnderWay, ..job(replace(), Outcome::Kept, false) };
    assert_eq!(job_sentence(&english(), &under_way), None);
}

#[test]
fn what_became_of_a_single_address_names_it() {
    let says = |job: &Job, halted: Option<&str>| {
        let (_, said) = sentence_of(&english(), job, halted.map(str::to_owned));
        plain(&said)
    };
    for (action, outcome, is_revoked, said) in [
        (Action::Invite, sent(), false, "Invitation sent to a@x.de."),
        (replace(), sent(), true, "Invitation resent to a@x.de. The earlier link no longer works."),
        (revoke(), Outcome::Revoked, true, "Invitation for a@x.de revoked."),
        (Action::Invite, Outcome::Pending, false, "a@x.de: Already invited"),
        (
            replace(),
            refused("not_allowed_access"),
            true,
            "a@x.de: Revoked, but not resent: This app doesn’t allow this address",
        ),
    ] {
        let job = job(action, outcome, is_revoked);
        assert!(says(&job, None).starts_with(said), "{}", says(&job, None));
    }
    // Why the run ended is the reason only of what was not its turn.
    let full = Some("The organization is full.");
    let kept = job(Action::Invite, Outcome::Kept, false);
    assert_eq!(says(&kept, full), "a@x.de: The organization is full.");
    assert_eq!(says(&job(Action::Invite, sent(), false), full), "Invitation sent to a@x.de.");
    let blocked = says(&job(Action::Invite, refused("not_allowed_access"), false), full);
    assert!(blocked.starts_with("a@x.de: This app doesn’t allow this address"), "{blocked}");
}

#[test]
fn what_became_of_several_addresses_is_counted_and_no_failure_is_left_out() {
    use Severity::{Danger, Success, Warning};
    let invite = |outcome| job(Action::Invite, outcome, false);
    for (jobs, severity, said) in [
        (vec![invite(sent()), invite(sent())], Success, "2 sent"),
        (
            vec![invite(sent()), invite(Outcome::Pending), invite(refused("not_allowed_access"))],
            Warning,
            "1 sent, 1 already invited or joined, 1 not sent",
        ),
        (vec![invite(sent()), invite(Outcome::Kept)], Warning, "1 sent, 1 not sent"),
        (vec![invite(Outcome::Missing(LOST)), invite(Outcome::Kept)], Danger, "2 not sent"),
        (vec![invite(sent()), invite(Outcome::Unknown(LOST))], Warning, "1 sent, 1 unconfirmed"),
        (
            vec![job(replace(), sent(), true), job(replace(), Outcome::Accepted, false)],
            Success,
            "1 sent, 1 already invited or joined",
        ),
        // Who was to get another invitation has none now; who was to have none has none.
        (
            vec![job(replace(), sent(), true), job(replace(), Outcome::NoLongerPending, false)],
            Warning,
            "1 sent, 1 no longer pending",
        ),
        (
            vec![job(revoke(), Outcome::Revoked, true), job(revoke(), Outcome::NoLongerPending, false)],
            Success,
            "1 revoked, 1 no longer pending",
        ),
        (
            vec![
                job(revoke(), Outcome::Revoked, true),
                job(revoke(), Outcome::Kept, false),
                job(revoke(), Outcome::NotRevoked(LOST), false),
            ],
            Warning,
            "1 revoked, 2 not revoked",
        ),
        (vec![job(replace(), refused("not_allowed_access"), true)], Danger, "1 not sent"),
    ] {
        let report = Report { jobs, ..Report::default() };
        let (found, text) = counts_of(&english(), &report);
        assert_eq!((found, plain(&text).as_str()), (severity, said), "{report:?}");
    }
}

#[test]
fn how_far_a_run_is_is_said_in_numbers() {
    for (announcement, said) in [
        (Announcement::Began(12), "Sending 12 invitations"),
        (Announcement::Progressed(3, 12), "3 of 12 done"),
        (Announcement::Waits(5), "Paused: sending resumes in 5 seconds"),
    ] {
        assert_eq!(plain(&announcement_sentence(&english(), announcement)), said);
    }
}

#[test]
fn the_outcomes_are_written_as_a_table_in_which_no_field_is_a_formula() {
    let blocked = Job {
        task: Task {
            email: Email::parse("=1+1@x.de", ADDRESS_KEY).expect("an address"),
            ..job(Action::Invite, sent(), false).task
        },
        ..job(Action::Invite, refused("brand_new"), false)
    };
    let table = outcome_table(&english(), &[job(Action::Invite, sent(), false), blocked]);
    let lines: Vec<_> = table.lines().collect();
    assert_eq!(lines[..2], ["email,role,result", "a@x.de,org:member,Sent"]);
    assert_eq!(lines[2], "'=1+1@x.de,org:member,Clerk declined without a reason.");
}
