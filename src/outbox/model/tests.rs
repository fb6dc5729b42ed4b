use super::*;
use crate::domain::testing::invitation;
use crate::domain::{Email, Reason, RoleKey, Status};
use crate::outbox::Outcome;

fn task(email: &str, action: Action) -> Task {
    let email = Email::parse(email, crate::domain::testing::ADDRESS_KEY).expect("an address");
    Task { email, role: RoleKey("org:member".to_owned()), action, was_free: false, row: None }
}

fn invite(email: &str) -> Task {
    task(email, Action::Invite)
}

fn id(name: &str) -> InvitationId {
    InvitationId(name.to_owned())
}

/// A resend of the row that has the name of the address.
fn resend(email: &str) -> Task {
    Task { row: Some(id(email)), ..task(email, Action::Replace(id(email))) }
}

fn start(outbox: &mut Outbox, origin: Origin, tasks: Vec<Task>) -> Vec<Effect> {
    update(outbox, Msg::RunRequested(RunRequest { origin, tasks, left_out: 0 }), 7.0)
}

/// The run that was started by these effects, and its addresses. The journal comes first.
fn started(effects: &[Effect]) -> (RunId, Vec<&str>) {
    let [Effect::SaveJournal, Effect::Execute(run, tasks)] = effects else { panic!("{effects:?}") };
    (*run, tasks.iter().map(|task| task.email.as_str()).collect())
}

fn done(task: Task, outcome: Outcome) -> Job {
    Job { stage: Stage::Done(outcome), ..Job::new(task) }
}

fn failed(task: Task) -> Job {
    done(task, Outcome::Missing(Error::NoAnswer))
}

fn sent(task: Task) -> Job {
    let sent = invitation(task.email.as_str(), Status::Pending);
    done(task, Outcome::Sent(sent))
}

fn progress(outbox: &mut Outbox, run: RunId, at: usize, job: Job) {
    assert_eq!(update(outbox, Msg::Progressed(run, vec![(at, job)], 0), 0.0), []);
}

fn end(outbox: &mut Outbox, run: RunId, jobs: Vec<Job>) -> Report {
    let report = Report { jobs, ..Report::default() };
    let effects = update(outbox, Msg::Ended(run, report), 0.0);
    let [Effect::SaveJournal, Effect::TellEnded(ended, told)] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    assert_eq!(ended.id, run);
    told.clone()
}

#[test]
fn the_journal_is_saved_before_the_first_call() {
    let mut outbox = Outbox::default();
    let effects = start(&mut outbox, Origin::Form, vec![invite("a@x.de"), invite("b@x.de")]);
    let (run, addresses) = started(&effects);
    assert_eq!(addresses, ["a@x.de", "b@x.de"]);
    let [active] = outbox.runs() else { panic!("{outbox:?}") };
    assert_eq!((active.id, active.origin, active.began, active.left_out), (run, Origin::Form, 7.0, 0));
    assert_eq!((active.is_stopping, active.wait, active.progress()), (false, 0, (0, 2)));
}

#[test]
fn one_run_at_a_time_sends_from_the_form() {
    let mut outbox = Outbox::default();
    let effects = start(&mut outbox, Origin::Form, vec![invite("a@x.de")]);
    let (first, _) = started(&effects);
    assert_eq!(start(&mut outbox, Origin::Form, vec![invite("b@x.de")]), []);
    assert_eq!(outbox.sending().map(|run| run.id), Some(first));
    // The list has as many as the admin wants.
    for email in ["b@x.de", "c@x.de"] {
        started(&start(&mut outbox, Origin::List, vec![resend(email)]));
    }
    assert_eq!(outbox.runs().len(), 3);
    end(&mut outbox, first, vec![]);
    assert_eq!(outbox.sending(), None);
    let effects = start(&mut outbox, Origin::Form, vec![invite("d@x.de")]);
    assert_ne!(started(&effects).0, first);
}

#[test]
fn an_address_that_a_run_is_at_work_on_is_left_out_of_another_run() {
    let mut outbox = Outbox::default();
    let effects = start(&mut outbox, Origin::List, vec![resend("a@x.de"), resend("b@x.de")]);
    let (run, _) = started(&effects);
    let effects = start(&mut outbox, Origin::Form, vec![invite("A@x.de"), invite("c@x.de")]);
    assert_eq!(started(&effects).1, ["c@x.de"]);
    assert_eq!(start(&mut outbox, Origin::List, vec![resend("b@x.de")]), []);
    // A job that is done keeps its address busy no longer.
    progress(&mut outbox, run, 1, failed(resend("b@x.de")));
    assert!(outbox.is_busy_with("a@x.de") && !outbox.is_busy_with("b@x.de"));
    assert_eq!(started(&start(&mut outbox, Origin::List, vec![resend("b@x.de")])).1, ["b@x.de"]);
}

#[test]
fn the_progress_of_a_run_is_known_until_it_ends() {
    let mut outbox = Outbox::default();
    let effects = start(&mut outbox, Origin::List, vec![resend("a@x.de"), resend("b@x.de")]);
    let (run, _) = started(&effects);
    let under_way = Job { stage: Stage::UnderWay, ..Job::new(resend("b@x.de")) };
    let changed = vec![(0, sent(resend("a@x.de"))), (1, under_way), (9, failed(resend("z@x.de")))];
    update(&mut outbox, Msg::Progressed(run, changed, 4), 0.0);
    assert_eq!(outbox.runs()[0].progress(), (1, 2));
    assert_eq!(outbox.runs()[0].wait, 4);
    assert_eq!(outbox.job_of(&id("b@x.de")).map(|job| &job.stage), Some(&Stage::UnderWay));
    assert_eq!(outbox.job_of(&id("z@x.de")), None);
    // Of a run that is not known nothing is.
    let before = outbox.clone();
    update(&mut outbox, Msg::Progressed(RunId(99), vec![(0, Job::new(resend("a@x.de")))], 1), 0.0);
    assert_eq!(outbox, before);
    let jobs = vec![sent(resend("a@x.de")), failed(resend("b@x.de"))];
    assert_eq!(end(&mut outbox, run, jobs.clone()).jobs, jobs);
    assert!(outbox.runs().is_empty() && outbox.job_of(&id("b@x.de")).is_none());
    assert_eq!(update(&mut outbox, Msg::Ended(run, Report::default()), 0.0), [], "it ends once");
}

#[test]
fn the_start_of_a_run_is_said_for_the_form_and_not_for_the_list() {
    let mut outbox = Outbox::default();
    start(&mut outbox, Origin::List, vec![resend("a@x.de"), resend("b@x.de")]);
    start(&mut outbox, Origin::Form, ["c@x.de", "d@x.de", "e@x.de"].map(invite).to_vec());
    assert_eq!(outbox.announcements(0.0), [Announcement::Began(3)]);
}

#[test]
fn a_run_that_the_admin_stops_goes_on_until_the_engine_has_ended_it() {
    let mut outbox = Outbox::default();
    let effects = start(&mut outbox, Origin::Form, vec![invite("a@x.de")]);
    let (run, _) = started(&effects);
    assert_eq!(update(&mut outbox, Msg::StopPressed(run), 0.0), [Effect::Stop(run, None)]);
    assert!(outbox.runs()[0].is_stopping);
    assert_eq!(update(&mut outbox, Msg::StopPressed(RunId(99)), 0.0), []);
}

#[test]
fn a_workspace_that_is_left_stops_all_its_runs_for_that_reason() {
    let mut outbox = Outbox::default();
    let form = started(&start(&mut outbox, Origin::Form, vec![invite("a@x.de")])).0;
    let list = started(&start(&mut outbox, Origin::List, vec![resend("b@x.de")])).0;
    let why = Some(Error::of(Reason::NoPermission));
    let effects = update(&mut outbox, Msg::Left(Error::of(Reason::NoPermission)), 0.0);
    assert_eq!(effects, [Effect::Stop(form, why.clone()), Effect::Stop(list, why)]);
    assert!(outbox.runs().iter().all(|run| run.is_stopping));
}

#[test]
fn what_only_revokes_is_not_unfinished() {
    let mut outbox = Outbox::default();
    let revoke = |email: &str| task(email, Action::Revoke(id(email)));
    start(&mut outbox, Origin::List, vec![revoke("a@x.de")]);
    assert!(outbox.runs()[0].only_revokes());
    start(&mut outbox, Origin::List, vec![revoke("b@x.de"), resend("c@x.de")]);
    assert!(!outbox.runs()[1].only_revokes());
    start(&mut outbox, Origin::Form, vec![invite("d@x.de")]);
    let unfinished: Vec<_> = outbox.unfinished().map(|task| task.email.as_str()).collect();
    assert_eq!(unfinished, ["c@x.de", "d@x.de"]);
    assert_eq!(update(&mut outbox, Msg::JournalChanged, 0.0), [Effect::SaveJournal]);
}

#[test]
fn a_row_that_is_tried_again_while_its_run_goes_on_is_told_of_by_the_later_run_only() {
    let mut outbox = Outbox::default();
    let (a, b) = (resend("a@x.de"), resend("b@x.de"));
    let first = started(&start(&mut outbox, Origin::List, vec![a.clone(), b.clone()])).0;
    progress(&mut outbox, first, 0, failed(a.clone()));
    let second = started(&start(&mut outbox, Origin::List, vec![a.clone()])).0;
    assert_eq!(outbox.job_of(&id("a@x.de")).map(|job| &job.stage), Some(&Stage::Waiting));
    // Whichever ends first.
    let mut other = outbox.clone();
    assert_eq!(end(&mut outbox, second, vec![sent(a.clone())]).jobs, [sent(a.clone())]);
    assert_eq!(end(&mut outbox, first, vec![failed(a.clone()), sent(b.clone())]).jobs, [sent(b.clone())]);
    assert_eq!(end(&mut other, first, vec![failed(a.clone()), sent(b.clone())]).jobs, [sent(b)]);
    assert_eq!(end(&mut other, second, vec![failed(a.clone())]).jobs, [failed(a)]);
}
