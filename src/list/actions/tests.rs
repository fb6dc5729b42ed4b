use super::*;
use crate::domain::testing::invitation;
use crate::domain::{Dismissed, Error, Reason, Role, Status};
use crate::feedback::{FocusWhen, Speech, ToastAction};
use crate::list::messages::Msg;
use crate::list::model::RowNote;
use crate::list::recipients::one_of_each;
use crate::list::testing::{Stage, gone_out, id, lost, pending, query, revoked, row, standing};
use crate::outbox::{Origin, Outcome, RunId, RunRequest};

#[test]
fn an_address_with_several_rows_counts_once_and_its_pending_row_comes_first() {
    let row = |id: &str, email: &str, status| Invitation {
        id: InvitationId(id.to_owned()),
        ..invitation(email, status)
    };
    let rows = [
        row("1", "A@x.de", Status::Expired),
        row("2", "b@x.de", Status::Revoked),
        row("3", "a@x.de", Status::Pending),
        row("4", "b@x.de", Status::Expired),
    ];
    let rows: Vec<_> = rows.iter().collect();
    let ids: Vec<_> = one_of_each(&rows).into_iter().map(|row| row.id.0.as_str()).collect();
    assert_eq!(ids, ["2", "3"]);
}

fn toast(effects: &[Effect]) -> Option<(Severity, String)> {
    let toast = effects.iter().rev().find_map(|effect| match effect {
        Effect::Toast(toast) => toast.as_ref(),
        _ => None,
    })?;
    Some((toast.severity, toast.text.replace(['\u{2068}', '\u{2069}'], "")))
}

fn is_ordered(effects: &[Effect]) -> bool {
    effects.iter().any(|effect| matches!(effect, Effect::StartRun(_)))
}

/// Selects rows and does something with them, which is confirmed.
fn begin_bulk(stage: &mut Stage, action: BulkAction, names: &[&str]) -> (RunId, Vec<Task>) {
    stage.model.selected = names.iter().map(|name| id(name)).collect();
    assert!(!is_ordered(&stage.act(ActionMsg::Bulk(action))), "the admin is asked first");
    let effects = stage.act(ActionMsg::Dialog(DialogMsg::Confirmed));
    stage.begin(&effects)
}

fn actions(tasks: &[Task]) -> Vec<&Action> {
    tasks.iter().map(|task| &task.action).collect()
}

fn status<'a>(stage: &'a Stage, name: &str) -> &'a Status {
    &stage.model.rows.get(&id(name)).expect("the row is known").status
}

fn total(stage: &Stage) -> Option<u64> {
    stage.model.shown.as_ref().map(|shown| shown.total)
}

// One row.

#[test]
fn a_resent_row_takes_the_place_of_the_old_one_and_nothing_moves() {
    let mut stage = Stage::showing(pending(1..=4));
    let (run, tasks) = stage.confirm_on(RowAction::Resend, "p3");
    assert_eq!(actions(&tasks), [&Action::Replace(id("p3"))]);
    let effects = stage.end(run, gone_out);
    assert_eq!(stage.shown(), ["p1", "p2", "p3+", "p4"]);
    assert_eq!(total(&stage), Some(4));
    assert_eq!((status(&stage, "p3"), status(&stage, "p3+")), (&Status::Revoked, &Status::Pending));
    // The row says what became of it, in the place of another "Resend".
    let note = &stage.model.notes[&id("p3+")];
    assert!(matches!(note, RowNote::Ended(job) if job.retry().is_none()) && !note.is_failure());
    // Clerk is asked for the counts and for nothing that would move a row.
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Count(_))));
    assert!(effects.contains(&Effect::TellForm));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::ListPage(_) | Effect::GoTo { .. })));
    // The admin wants the list as it is.
    let question = stage.ask(Msg::ReloadPressed);
    let rows = [vec![row("p3+", Status::Pending, 0)], pending([1, 2, 4])].concat();
    stage.answer(question, rows, 4);
    assert_eq!(stage.shown(), ["p3+", "p1", "p2", "p4"]);
    assert!(stage.model.notes.is_empty());
}

#[test]
fn a_revoked_row_stays_where_it_is_and_counts_no_more() {
    let mut stage = Stage::showing(pending(1..=3));
    assert!(!is_ordered(&stage.act(ActionMsg::Row(RowAction::Revoke, id("p2")))));
    assert_eq!(stage.model.actions.dialog, Some(Dialog::Revoke(vec![id("p2")])));
    let effects = stage.act(ActionMsg::Dialog(DialogMsg::Confirmed));
    let (run, tasks) = stage.begin(&effects);
    assert_eq!(actions(&tasks), [&Action::Revoke(id("p2"))]);
    stage.model.selected.insert(id("p2"));
    let effects = stage.end(run, revoked);
    assert_eq!((stage.shown().len(), total(&stage)), (3, Some(2)));
    assert_eq!(status(&stage, "p2"), &Status::Revoked);
    assert!(stage.model.selected.is_empty());
    // The toast offers to invite the person again.
    let again = effects.iter().find_map(|effect| match effect {
        Effect::Toast(Some(toast)) => toast.action.clone(),
        _ => None,
    });
    assert_eq!(again, Some(ToastAction::InviteAgain(vec![id("p2")])));
    let effects = stage.act(ActionMsg::InviteAgainPressed(vec![id("p2")]));
    let (run, tasks) = stage.begin(&effects);
    assert_eq!(actions(&tasks), [&Action::Invite]);
    stage.end(run, gone_out);
    assert_eq!(stage.shown(), ["p1", "p2+", "p3"]);
}

#[test]
fn a_row_that_is_sent_after_all_counts_again() {
    let mut stage = Stage::showing(pending(1..=3));
    let (run, _) = stage.confirm_on(RowAction::Resend, "p2");
    stage.end(run, lost);
    assert_eq!((stage.shown().len(), total(&stage)), (3, Some(2)));
    let (run, tasks) = stage.begin_on(RowAction::Retry, "p2");
    assert_eq!(actions(&tasks), [&Action::Invite]);
    stage.end(run, gone_out);
    assert_eq!(stage.shown(), ["p1", "p2+", "p3"]);
    assert_eq!(total(&stage), Some(3));
}

#[test]
fn nothing_is_resent_before_the_admin_has_agreed() {
    let mut stage = Stage::showing(vec![row("p1", Status::Pending, 1), row("p2", Status::Expired, 2)]);
    for (action, name) in [(RowAction::Resend, "p1"), (RowAction::InviteAgain, "p2")] {
        assert_eq!(stage.act(ActionMsg::Row(action, id(name))), []);
        assert_eq!(stage.model.actions.dialog, Some(Dialog::Send(vec![id(name)])));
        assert_eq!(stage.act(ActionMsg::Dialog(DialogMsg::Dismissed)), []);
    }
}

#[test]
fn a_row_whose_invitee_has_joined_meanwhile_is_accepted_and_counts_no_more() {
    let mut stage = Stage::showing(pending(1..=3));
    let (run, _) = stage.confirm_on(RowAction::Revoke, "p2");
    stage.end(run, |_| (Outcome::Accepted, false));
    assert_eq!((status(&stage, "p2"), total(&stage)), (&Status::Accepted, Some(2)));
}

#[test]
fn a_dialog_that_is_dismissed_does_nothing() {
    let mut stage = Stage::showing(pending(1..=3));
    stage.act(ActionMsg::Row(RowAction::Revoke, id("p2")));
    assert_eq!(stage.act(ActionMsg::Dialog(DialogMsg::Dismissed)), []);
    assert_eq!(stage.act(ActionMsg::Dialog(DialogMsg::Confirmed)), []);
}

#[test]
fn a_menu_opens_with_the_keyboard_on_its_first_item_and_closes_with_what_is_picked() {
    let mut stage = Stage::showing(pending(1..=3));
    let open = |stage: &Stage| stage.model.actions.menu.clone();
    let on_first = |opener: &str| Effect::Focus(Focus::to([opener, "-first"].concat()));
    let press = ActionMsg::Row(RowAction::More, id("p2"));
    assert_eq!(stage.act(press.clone()), [on_first("more-p2")]);
    assert_eq!(open(&stage), Some(Menu::Row(id("p2"))));
    // The same button closes it, and the button of another row opens that row's.
    assert_eq!((stage.act(press.clone()), open(&stage)), (vec![], None));
    stage.act(press.clone());
    stage.act(ActionMsg::Row(RowAction::More, id("p3")));
    assert_eq!(open(&stage), Some(Menu::Row(id("p3"))));
    for picked in [
        ActionMsg::MenuClosed,
        ActionMsg::CopyPressed("p2@x.de".to_owned()),
        ActionMsg::Row(RowAction::Revoke, id("p2")),
        ActionMsg::Row(RowAction::ChangeRole, id("p2")),
        ActionMsg::Bulk(BulkAction::Copy),
        ActionMsg::All(AfterReading::Copy),
    ] {
        stage.act(ActionMsg::MenuPressed(Menu::Tools));
        stage.act(picked.clone());
        assert_eq!(open(&stage), None, "{picked:?}");
    }
}

#[test]
fn a_role_that_is_confirmed_before_it_is_picked_sends_the_keyboard_to_where_it_is_picked() {
    let mut stage = Stage::showing(pending(1..=3));
    let scribe = RoleKey("org:scribe".to_owned());
    let roles = stage.roles.as_mut().expect("roles");
    roles.all.push(Role { key: scribe, ..roles.all[0].clone() });
    stage.act(ActionMsg::Row(RowAction::ChangeRole, id("p2")));
    let effects = stage.act(ActionMsg::Dialog(DialogMsg::Confirmed));
    assert_eq!(effects, [Effect::Focus(Focus::to(ids::OTHER_ROLE))]);
    assert_eq!(stage.model.actions.dialog, Some(Dialog::Role(vec![id("p2")], None)));
}

#[test]
fn the_only_other_role_is_picked_already() {
    let mut stage = Stage::showing(pending(1..=3));
    stage.act(ActionMsg::Row(RowAction::ChangeRole, id("p2")));
    let admin = RoleKey("org:admin".to_owned());
    assert_eq!(stage.model.actions.dialog, Some(Dialog::Role(vec![id("p2")], Some(admin))));
}

#[test]
fn another_role_is_given_by_a_new_invitation() {
    let mut stage = Stage::showing(pending(1..=3));
    stage.act(ActionMsg::Row(RowAction::ChangeRole, id("p2")));
    let admin = RoleKey("org:admin".to_owned());
    stage.act(ActionMsg::Dialog(DialogMsg::RolePicked(Some(admin.clone()))));
    let effects = stage.act(ActionMsg::Dialog(DialogMsg::Confirmed));
    let (run, tasks) = stage.begin(&effects);
    assert_eq!((&tasks[0].role, &tasks[0].action), (&admin, &Action::Replace(id("p2"))));
    stage.end(run, gone_out);
    assert_eq!(stage.shown(), ["p1", "p2+", "p3"]);
    assert_eq!(stage.model.rows.get(&id("p2+")).map(|row| &row.role), Some(&admin));
}

#[test]
fn an_invitation_that_has_ended_is_sent_again_beside_the_old_one() {
    let mut stage = Stage::new("?view=all");
    let question = stage.ask(Msg::Opened);
    stage.answer(question, vec![row("e", Status::Expired, 1), row("p", Status::Pending, 2)], 2);
    let (run, tasks) = stage.confirm_on(RowAction::InviteAgain, "e");
    assert_eq!(actions(&tasks), [&Action::Invite]);
    stage.end(run, gone_out);
    // Under "all" the expired one is still listed, so it stays.
    assert_eq!((stage.shown(), total(&stage)), (vec!["e".to_owned(), "p".to_owned()], Some(2)));
    assert!(stage.model.fresh.contains(&id("e+")));
}

#[test]
fn a_second_act_on_a_row_does_nothing_until_the_first_one_has_ended() {
    let mut stage = Stage::showing(pending(1..=3));
    let (run, _) = stage.confirm_on(RowAction::Resend, "p2");
    for action in RowAction::ON_ROW.into_iter().chain([RowAction::Revoke, RowAction::ChangeRole]) {
        assert_eq!(stage.act(ActionMsg::Row(action, id("p2"))), [], "{action:?}");
    }
    assert_eq!(stage.model.actions.dialog, None);
    assert_eq!(stage.act(ActionMsg::Row(RowAction::Resend, id("unknown"))), []);
    // Another row is another matter.
    stage.confirm_on(RowAction::Resend, "p1");
    stage.progress(run, 0, Outcome::Pending, false);
    assert_eq!(stage.act(ActionMsg::Row(RowAction::Resend, id("p2"))), [], "it is done, and well");
}

#[test]
fn an_address_that_another_row_or_the_form_is_busy_with_is_said() {
    let twin = Invitation { id: id("twin"), ..row("p1", Status::Expired, 9) };
    let mut stage = Stage::showing([pending(1..=2), vec![twin]].concat());
    stage.confirm_on(RowAction::Resend, "p1");
    stage.act(ActionMsg::Row(RowAction::InviteAgain, id("twin")));
    let effects = stage.act(ActionMsg::Dialog(DialogMsg::Confirmed));
    assert!(!is_ordered(&effects));
    let said = "p1@x.de is already being processed.".to_owned();
    assert_eq!(toast(&effects), Some((Severity::Warning, said)));
    // Of several only that one is left out, and counted.
    stage.model.selected = ["p2", "twin"].map(id).into_iter().collect();
    stage.act(ActionMsg::Bulk(BulkAction::Send));
    let effects = stage.act(ActionMsg::Dialog(DialogMsg::Confirmed));
    let Some(Effect::StartRun(order)) = effects.last() else { panic!("{effects:?}") };
    assert_eq!((order.tasks.len(), order.left_out), (1, 1));
}

// What failed.

#[test]
fn a_failed_row_is_tried_again_at_once_although_another_run_goes_on() {
    let mut stage = Stage::showing(pending(1..=4));
    let (long, _) = begin_bulk(&mut stage, BulkAction::Send, &["p1", "p2"]);
    let (run, _) = stage.confirm_on(RowAction::Resend, "p3");
    stage.end(run, lost);
    assert!(stage.model.notes[&id("p3")].is_failure());
    assert_eq!(status(&stage, "p3"), &Status::Revoked);
    let (retry, tasks) = stage.begin_on(RowAction::Retry, "p3");
    assert_eq!(actions(&tasks), [&Action::Invite], "the earlier one is revoked already");
    stage.end(retry, gone_out);
    assert_eq!(stage.shown(), ["p1", "p2", "p3+", "p4"]);
    assert!(stage.outbox.runs().iter().any(|run| run.id == long));
}

#[test]
fn a_row_that_has_failed_is_tried_again_although_its_own_run_goes_on() {
    for ends_first in [false, true] {
        let mut stage = Stage::showing(pending(1..=4));
        let (long, _) = begin_bulk(&mut stage, BulkAction::Send, &["p1", "p2", "p3"]);
        stage.progress(long, 1, Outcome::Missing(Error::NoAnswer), true);
        let (retry, tasks) = stage.begin_on(RowAction::Retry, "p2");
        assert_eq!(actions(&tasks), [&Action::Invite]);
        assert_eq!(stage.act(ActionMsg::Row(RowAction::Retry, id("p2"))), [], "it is on its way");
        let (first, second) = if ends_first { (long, retry) } else { (retry, long) };
        stage.end(first, gone_out);
        stage.end(second, gone_out);
        assert_eq!(stage.shown(), ["p1+", "p2+", "p3+", "p4"], "{ends_first}");
        assert_eq!(stage.model.actions.report, None, "there is nothing to try again");
        assert!(stage.model.notes.values().all(|note| !note.is_failure()));
    }
}

#[test]
fn what_still_stands_is_revoked_first_when_it_is_tried_again_although_its_run_goes_on() {
    let mut stage = Stage::showing(pending(1..=4));
    let (long, _) = begin_bulk(&mut stage, BulkAction::Send, &["p1", "p2"]);
    stage.progress(long, 1, Outcome::NotRevoked(Error::NoAnswer), false);
    let (_, tasks) = stage.begin_on(RowAction::Retry, "p2");
    assert_eq!(actions(&tasks), [&Action::Replace(id("p2"))]);
}

#[test]
fn a_revocation_that_has_failed_is_tried_again_and_nothing_is_sent() {
    let mut stage = Stage::showing(pending(1..=3));
    let (run, _) = stage.confirm_on(RowAction::Revoke, "p2");
    stage.end(run, standing);
    let (_, tasks) = stage.begin_on(RowAction::Retry, "p2");
    assert_eq!(actions(&tasks), [&Action::Revoke(id("p2"))]);
}

#[test]
fn a_bulk_action_does_not_revoke_again_what_a_run_that_goes_on_has_revoked() {
    let mut stage = Stage::showing(pending(1..=4));
    let (long, _) = begin_bulk(&mut stage, BulkAction::Send, &["p1", "p2", "p3"]);
    stage.progress(long, 0, Outcome::Sent(row("p1+", Status::Pending, 0)), true);
    stage.progress(long, 1, Outcome::Missing(Error::NoAnswer), true);
    stage.model.selected = ["p1", "p2", "p3", "p4"].map(id).into_iter().collect();
    stage.act(ActionMsg::Bulk(BulkAction::Send));
    let effects = stage.act(ActionMsg::Dialog(DialogMsg::Confirmed));
    let Some(Effect::StartRun(order)) = effects.last() else { panic!("{effects:?}") };
    // The first one has gone out, the third one is under way.
    assert_eq!(order.left_out, 2);
    assert_eq!(actions(&order.tasks), [&Action::Invite, &Action::Replace(id("p4"))]);
}

#[test]
fn what_failed_in_a_run_of_several_is_tried_again_and_copied_together() {
    let mut stage = Stage::showing(pending(1..=4));
    let (run, _) = begin_bulk(&mut stage, BulkAction::Send, &["p1", "p2", "p3"]);
    stage.progress(run, 0, Outcome::Sent(row("p1+", Status::Pending, 0)), true);
    let effects = stage.end(run, standing);
    assert_eq!(toast(&effects).map(|(severity, _)| severity), Some(Severity::Warning));
    assert!(stage.model.actions.report.is_some());
    let copied = stage.act(ActionMsg::CopyFailedPressed);
    assert_eq!(copied, [Effect::Copy("p2@x.de\np3@x.de".to_owned())]);
    let effects = stage.act(ActionMsg::DownloadPressed);
    assert!(matches!(effects.as_slice(), [Effect::Download(table)] if table.lines().count() == 4));
    let effects = stage.act(ActionMsg::RetryFailedPressed);
    let (run, tasks) = stage.begin(&effects);
    assert_eq!(actions(&tasks), [&Action::Replace(id("p2")), &Action::Replace(id("p3"))]);
    assert_eq!(stage.model.actions.report, None);
    stage.end(run, gone_out);
    assert_eq!(stage.model.actions.report, None, "what went well needs no report");
    assert_eq!(stage.shown(), ["p1+", "p2+", "p3+", "p4"]);
}

#[test]
fn a_row_that_was_not_reached_says_why_the_run_ended() {
    let mut stage = Stage::showing(pending(1..=3));
    let (run, _) = begin_bulk(&mut stage, BulkAction::Send, &["p1", "p2"]);
    let kept = |_: &Job| (Outcome::Kept, false);
    stage.end_early(run, Some(Error::SignedOut), kept);
    assert_eq!(stage.model.notes[&id("p1")], RowNote::NotReached(Error::SignedOut));
    assert!(stage.model.notes[&id("p1")].is_failure());
    // Where the admin has stopped it, there is nothing to say.
    let (run, _) = begin_bulk(&mut stage, BulkAction::Send, &["p1", "p2"]);
    stage.end(run, kept);
    assert!(stage.model.notes.is_empty());
    assert_eq!(stage.shown(), ["p1", "p2", "p3"]);
}

#[test]
fn a_run_that_ends_when_the_list_is_not_on_screen_moves_no_keyboard_and_offers_nothing() {
    let mut stage = Stage::showing(pending(1..=3));
    let (run, _) = begin_bulk(&mut stage, BulkAction::Revoke, &["p1"]);
    stage.is_current = false;
    let effects = stage.end(run, revoked);
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Focus(_))));
    assert!(
        effects.iter().all(|effect| !matches!(effect, Effect::Toast(Some(Toast { action: Some(_), .. }))))
    );
}

#[test]
fn the_keyboard_stays_where_a_button_has_gone() {
    let focus = |effects: Vec<Effect>| {
        let focus = effects.into_iter().find_map(|effect| match effect {
            Effect::Focus(focus) => Some(focus),
            _ => None,
        });
        focus.expect("the keyboard is placed")
    };
    let mut stage = Stage::showing(pending(1..=3));
    let (run, _) = stage.confirm_on(RowAction::Resend, "p2");
    assert_eq!(focus(stage.end(run, standing)).to, action_id(RowAction::Retry, &id("p2")));
    let (run, _) = stage.begin_on(RowAction::Retry, "p2");
    let placed = focus(stage.end(run, gone_out));
    assert_eq!(placed.to, "more-p2+");
    assert!(
        matches!(placed.when, FocusWhen::On(from) if from.contains(&action_id(RowAction::Retry, &id("p2"))))
    );
}

#[test]
fn two_rows_are_acted_on_at_the_same_time_and_each_says_what_became_of_it() {
    let mut stage = Stage::showing(pending(1..=3));
    let (first, _) = stage.confirm_on(RowAction::Resend, "p1");
    let (second, _) = stage.confirm_on(RowAction::Resend, "p3");
    stage.end(second, standing);
    assert!(stage.model.notes[&id("p3")].is_failure() && stage.outbox.job_of(&id("p1")).is_some());
    stage.end(first, gone_out);
    assert!(stage.model.notes[&id("p3")].is_failure(), "what is wrong is still said");
    assert_eq!(stage.shown(), ["p1+", "p2", "p3"]);
}

#[test]
fn a_report_stays_when_a_run_ends_that_was_begun_before_and_says_nothing_of_other_failures() {
    let mut stage = Stage::showing(pending(1..=5));
    let (before, _) = stage.confirm_on(RowAction::Resend, "p1");
    let (run, _) = begin_bulk(&mut stage, BulkAction::Revoke, &["p2", "p3"]);
    stage.end(run, standing);
    let report = stage.model.actions.report.clone();
    assert_eq!(report.as_ref().map(|report| report.jobs.len()), Some(2));
    stage.end(before, gone_out);
    assert_eq!(stage.model.actions.report, report);
    // Another run that goes well throughout has no report, although other rows have failed.
    let (run, _) = begin_bulk(&mut stage, BulkAction::Revoke, &["p4", "p5"]);
    stage.end(run, revoked);
    assert_eq!(stage.model.actions.report, None);
    assert!(stage.model.notes[&id("p2")].is_failure());
}

#[test]
fn a_run_that_ends_under_another_filter_is_neither_under_way_there_nor_back_here() {
    for is_early in [true, false] {
        let mut stage = Stage::showing(pending(1..=3));
        let (run, _) = begin_bulk(&mut stage, BulkAction::Revoke, &["p2"]);
        let question = stage.ask(Msg::QueryChanged(query("?view=revoked")));
        let gone = row("gone", Status::Revoked, 9);
        if is_early {
            stage.answer(question, vec![gone], 1);
            stage.end(run, revoked);
            assert_eq!(stage.shown(), ["gone"], "nothing moves");
        } else {
            stage.end(run, revoked);
            stage.answer(question, vec![row("p2", Status::Revoked, 2), gone], 2);
            assert_eq!(stage.shown(), ["p2", "gone"]);
        }
        let question = stage.ask(Msg::QueryChanged(query("")));
        stage.answer(question, pending([1, 3]), 2);
        assert_eq!(stage.shown(), ["p1", "p3"]);
        assert!(stage.outbox.job_of(&id("p2")).is_none());
    }
}

// What can't be done.

#[test]
fn a_row_whose_role_can_not_be_given_any_more_is_left_out_and_says_so() {
    let mut stage = Stage::showing(pending(1..=3));
    let owner = Invitation { role: RoleKey("org:owner".to_owned()), ..row("p2", Status::Pending, 2) };
    stage.model.rows.put(owner);
    stage.act(ActionMsg::Row(RowAction::Resend, id("p2")));
    let effects = stage.act(ActionMsg::Dialog(DialogMsg::Confirmed));
    assert!(!is_ordered(&effects));
    let (severity, said) = toast(&effects).expect("it is said");
    assert!(severity == Severity::Warning && said.contains("p2@x.de"), "{said}");
    assert_eq!(stage.model.notes[&id("p2")], RowNote::RoleGone);
    let (run, tasks) = begin_bulk(&mut stage, BulkAction::Send, &["p1", "p2"]);
    assert_eq!(actions(&tasks), [&Action::Replace(id("p1"))]);
    assert_eq!(stage.outbox.runs()[0].left_out, 1);
    stage.end(run, gone_out);
    // At another role it can be sent.
    stage.act(ActionMsg::Row(RowAction::ChangeRole, id("p2")));
    stage.act(ActionMsg::Dialog(DialogMsg::RolePicked(Some(RoleKey("org:member".to_owned())))));
    let effects = stage.act(ActionMsg::Dialog(DialogMsg::Confirmed));
    assert!(is_ordered(&effects));
}

#[test]
fn while_the_roles_are_not_known_a_row_is_sent_anew_at_its_own() {
    let mut stage = Stage::showing(pending(1..=3));
    stage.roles.as_mut().expect("roles").all.clear();
    let (_, tasks) = stage.confirm_on(RowAction::Resend, "p2");
    assert_eq!(tasks[0].role.0, "org:member");
}

#[test]
fn a_mighty_role_is_asked_about_where_it_would_be_given_again_and_not_where_it_stands() {
    let at_admin = |row: Invitation| Invitation { role: RoleKey("org:admin".to_owned()), ..row };
    let overdue = Invitation { expires: Some(crate::domain::Timestamp(1.0)), ..row("o", Status::Pending, 4) };
    let rows =
        [row("p", Status::Pending, 1), row("e", Status::Expired, 2), row("r", Status::Revoked, 3), overdue];
    let mut stage = Stage::new("?view=all");
    let question = stage.ask(Msg::Opened);
    stage.answer(question, rows.map(at_admin).to_vec(), 4);
    // The link works, and the same person gets the same role: nothing new is given.
    assert!(is_ordered(&stage.act(ActionMsg::Row(RowAction::Retry, id("p")))));
    for name in ["e", "r", "o"] {
        for msg in [ActionMsg::Row(RowAction::Retry, id(name)), ActionMsg::InviteAgainPressed(vec![id(name)])]
        {
            assert!(!is_ordered(&stage.act(msg.clone())), "{name} {msg:?}");
            assert_eq!(stage.model.actions.dialog, Some(Dialog::Send(vec![id(name)])), "{msg:?}");
            stage.act(ActionMsg::Dialog(DialogMsg::Dismissed));
        }
        stage.act(ActionMsg::Row(RowAction::InviteAgain, id(name)));
        let effects = stage.act(ActionMsg::Dialog(DialogMsg::Confirmed));
        let (_, tasks) = stage.begin(&effects);
        assert_eq!(tasks[0].role.0, "org:admin", "{name}");
    }
}

#[test]
fn a_row_that_is_sent_anew_has_all_its_days_again() {
    let day = crate::domain::invitation::DAY;
    let sent = |days_ago: f64| crate::domain::Timestamp(1e9 - days_ago * day);
    let old = Invitation { created: Some(sent(29.0)), ..row("p1", Status::Pending, 1) };
    let mut stage = Stage::showing(vec![old]);
    let days_left = |stage: &Stage, name: &str| stage.model.rows.get(&id(name))?.days_left(sent(0.0));
    assert_eq!(days_left(&stage, "p1"), Some(1));
    let (run, _) = stage.confirm_on(RowAction::Resend, "p1");
    stage.end(run, gone_out);
    assert_eq!(stage.shown(), ["p1+"]);
    assert_eq!((days_left(&stage, "p1+"), status(&stage, "p1")), (Some(30), &Status::Revoked));
}

#[test]
fn while_roles_migrate_nothing_is_sent_and_revoking_goes_on() {
    let mut stage = Stage::showing(pending(1..=3));
    stage.roles.as_mut().expect("roles").migrating = true;
    for action in [RowAction::Resend, RowAction::InviteAgain, RowAction::ChangeRole] {
        let effects = stage.act(ActionMsg::Row(action, id("p1")));
        assert!(!is_ordered(&effects) && stage.model.actions.dialog.is_none(), "{action:?}");
        assert!(toast(&effects).is_some_and(|(_, said)| said.contains("Nothing was changed")));
    }
    stage.confirm_on(RowAction::Revoke, "p2");
    begin_bulk(&mut stage, BulkAction::Revoke, &["p1"]);
}

#[test]
fn while_roles_migrate_many_are_not_sent_anew_either() {
    let mut stage = Stage::read("?view=attention", needing_attention());
    stage.roles.as_mut().expect("roles").migrating = true;
    stage.model.selected = ["a", "s"].map(id).into_iter().collect();
    for msg in [
        ActionMsg::Bulk(BulkAction::Send),
        ActionMsg::Bulk(BulkAction::ChangeRole),
        ActionMsg::InviteExpiredPressed,
    ] {
        let effects = stage.act(msg.clone());
        let (_, said) = toast(&effects).expect("it is said");
        assert!(said.contains("Nothing was changed") && stage.model.actions.dialog.is_none(), "{msg:?}");
    }
}

#[test]
fn roles_are_read_again_after_a_migration_has_refused_a_run() {
    let mut stage = Stage::showing(pending(1..=3));
    let (run, _) = stage.confirm_on(RowAction::Resend, "p1");
    let halted = Some(Error::of(Reason::RoleMigration));
    let effects = stage.end_early(run, halted, |_| (Outcome::Kept, false));
    assert!(effects.contains(&Effect::ReloadRoles));
}

// Several rows.

#[test]
fn selected_rows_are_acted_on_as_clerk_lists_them_across_pages() {
    let mut stage = Stage::showing(pending(1..=10));
    stage.model.selected = ["p9", "p2"].map(id).into_iter().collect();
    let question = stage.ask(Msg::QueryChanged(query("?page=2")));
    stage.answer(question, pending(11..=12), 12);
    stage.model.selected.insert(id("p11"));
    let emails = "p2@x.de\np9@x.de\np11@x.de".to_owned();
    assert_eq!(stage.act(ActionMsg::Bulk(BulkAction::Copy)), [Effect::Copy(emails)]);
    let effects = stage.act(ActionMsg::Bulk(BulkAction::Export));
    let [Effect::Download(table)] = effects.as_slice() else { panic!("{effects:?}") };
    let lines: Vec<_> = table.lines().map(|line| line.split(',').next().unwrap_or_default()).collect();
    assert_eq!(lines, ["email", "p2@x.de", "p9@x.de", "p11@x.de"]);
    stage.act(ActionMsg::Bulk(BulkAction::Revoke));
    assert_eq!(stage.model.actions.dialog, Some(Dialog::Revoke(["p2", "p9", "p11"].map(id).to_vec())));
    let cleared = stage.act(ActionMsg::Bulk(BulkAction::SelectNone));
    let said = Effect::Say(Speech::State("0 selected".to_owned()));
    assert_eq!(cleared, [said, Effect::Focus(Focus::to(ids::SELECT_PAGE))]);
    assert!(stage.model.selected.is_empty());
}

#[test]
fn only_pending_rows_are_revoked_or_given_another_role() {
    let mut stage = Stage::new("?view=all");
    let question = stage.ask(Msg::Opened);
    let rows =
        vec![row("e", Status::Expired, 1), row("p", Status::Pending, 2), row("a", Status::Accepted, 3)];
    stage.answer(question, rows, 3);
    stage.model.selected = ["e", "p", "a"].map(id).into_iter().collect();
    for (action, dialog) in [
        (BulkAction::Revoke, Dialog::Revoke(vec![id("p")])),
        (BulkAction::ChangeRole, Dialog::Role(vec![id("p")], None)),
        (BulkAction::Send, Dialog::Send(["e", "p"].map(id).to_vec())),
    ] {
        stage.act(ActionMsg::Bulk(action));
        assert_eq!(stage.model.actions.dialog, Some(dialog));
    }
    stage.model.actions.dialog = None;
    stage.model.selected = ["e"].map(id).into_iter().collect();
    assert_eq!((stage.act(ActionMsg::Bulk(BulkAction::Revoke)), stage.model.actions.dialog), (vec![], None));
}

#[test]
fn all_that_match_are_copied_and_exported_once_all_is_read() {
    let rows = pending(1..=30);
    for (after, lines) in [(AfterReading::Copy, 30), (AfterReading::Export, 31)] {
        let mut stage = Stage::showing(rows[..10].to_vec());
        let effects = stage.act(ActionMsg::All(after));
        let left = stage.serve(effects, &rows);
        let text = match left.as_slice() {
            [Effect::Draw, Effect::CopyPromised(text) | Effect::Download(text)] => text,
            other => panic!("{other:?}"),
        };
        assert_eq!(text.lines().count(), lines);
    }
}

#[test]
fn a_run_is_stopped_and_a_text_copied_as_the_admin_wants() {
    let mut stage = Stage::showing(pending(1..=3));
    let (run, _) = stage.confirm_on(RowAction::Resend, "p1");
    assert_eq!(stage.act(ActionMsg::StopPressed(run)), [Effect::Stop(run)]);
    assert_eq!(stage.act(ActionMsg::CopyPressed("x".to_owned())), [Effect::Copy("x".to_owned())]);
}

#[test]
fn what_the_form_has_sent_is_among_what_matches() {
    let mut stage = Stage::read("?sort=email", pending(2..=3));
    let email = Email::parse("p1@x.de", crate::domain::testing::ADDRESS_KEY).expect("an address");
    let role = RoleKey("org:member".to_owned());
    let task = Task { email, role, action: Action::Invite, was_free: true, row: None };
    let (run, _) = stage.start_run(RunRequest { origin: Origin::Form, tasks: vec![task], left_out: 0 });
    assert_eq!(stage.end(run, gone_out), [], "the form tells what became of it");
    assert_eq!(stage.shown(), ["p1+", "p2", "p3"]);
    assert!(stage.model.fresh.contains(&id("p1+")));
}

#[test]
fn a_pending_row_whose_time_is_over_is_sent_anew_whatever_becomes_of_the_old_one() {
    let mut rows = pending(1..=2);
    // The list stands at 1e9.
    rows[1].expires = Some(crate::domain::Timestamp(1e9));
    let mut stage = Stage::showing(rows);
    let (run, tasks) = stage.confirm_on(RowAction::InviteAgain, "p2");
    assert_eq!(actions(&tasks), [&Action::Renew(id("p2"))]);
    let effects = stage.end(run, gone_out);
    assert_eq!(stage.shown(), ["p1", "p2+"]);
    let (severity, text) = toast(&effects).expect("a toast");
    assert_eq!(
        (severity, text.as_str()),
        (Severity::Success, "Invitation resent to p2@x.de. The earlier link no longer works.")
    );
}

#[test]
fn of_a_row_that_is_sent_anew_it_is_said_that_the_earlier_link_no_longer_works() {
    for (status, action) in [(Status::Pending, RowAction::Resend), (Status::Expired, RowAction::InviteAgain)]
    {
        let mut stage = Stage::showing(vec![row("p1", status.clone(), 1)]);
        let (run, _) = stage.confirm_on(action, "p1");
        let effects = stage.end(run, gone_out);
        let (_, text) = toast(&effects).expect("a toast");
        assert!(text.contains("The earlier link no longer works"), "{status:?}: {text}");
        assert!(effects.iter().any(|effect| matches!(effect, Effect::Count(_))), "the tabs follow");
    }
}

#[test]
fn of_one_row_it_is_said_what_became_of_it_and_no_report_is_made() {
    let missing = |_: &Job| (Outcome::Missing(Error::NoAnswer), false);
    let cases: [(_, _, fn(&Job) -> _, _, _); 3] = [
        // The link of an invitation that was revoked has not worked for long.
        (Status::Revoked, RowAction::InviteAgain, gone_out, Severity::Success, "Invitation sent to p1@x.de."),
        (Status::Expired, RowAction::InviteAgain, missing, Severity::Danger, "p1@x.de: Not sent"),
        (Status::Pending, RowAction::Resend, standing, Severity::Danger, "p1@x.de: Not revoked."),
    ];
    for (status, action, outcome, severity, expected) in cases {
        let mut stage = Stage::new("?view=all");
        let question = stage.ask(Msg::Opened);
        stage.answer(question, vec![row("p1", status, 1)], 1);
        let (run, _) = stage.confirm_on(action, "p1");
        let (found, said) = toast(&stage.end(run, outcome)).expect("a toast");
        assert!(found == severity && said.starts_with(expected), "{found:?} {said}");
        assert_eq!(stage.model.actions.report, None, "{said}");
    }
}

#[test]
fn rows_that_were_left_out_are_counted_at_the_end_of_the_run() {
    let told = |names: &[&str], outcome: fn(&Job) -> (Outcome, bool)| {
        let mut stage = Stage::showing(pending(1..=3));
        // The role of the third one can't be given any more.
        let role = RoleKey("org:owner".to_owned());
        stage.model.rows.put(Invitation { role, ..row("p3", Status::Pending, 3) });
        let (run, _) = begin_bulk(&mut stage, BulkAction::Send, names);
        toast(&stage.end(run, outcome)).expect("a toast")
    };
    let of = |severity, said: &str| (severity, said.to_owned());
    assert_eq!(told(&["p1", "p2"], gone_out), of(Severity::Success, "2 sent"));
    assert_eq!(told(&["p1", "p2", "p3"], gone_out), of(Severity::Warning, "2 sent, 1 skipped"));
    assert_eq!(told(&["p1", "p3"], gone_out), of(Severity::Warning, "1 sent, 1 skipped"));
    assert_eq!(told(&["p1", "p2", "p3"], standing), of(Severity::Danger, "2 not sent, 1 skipped"));
}

#[test]
fn who_was_invited_again_from_the_form_leaves_those_that_need_attention() {
    let rows = vec![row("p1", Status::Expired, 9), row("p2", Status::Expired, 8)];
    let mut stage = Stage::read("?view=attention", rows);
    assert_eq!(stage.shown(), ["p1", "p2"]);
    let sent = Invitation { id: id("p2+"), ..row("p2", Status::Pending, 0) };
    let email = Email::parse("p2@x.de", crate::domain::testing::ADDRESS_KEY).expect("an address");
    let task = Task {
        email,
        role: RoleKey("org:member".to_owned()),
        action: Action::Invite,
        was_free: true,
        row: None,
    };
    let request = RunRequest { origin: Origin::Form, tasks: vec![task], left_out: 0 };
    let (run, _) = stage.begin(&[Effect::StartRun(request)]);
    stage.end(run, move |_| (Outcome::Sent(sent.clone()), false));
    assert_eq!(stage.shown(), ["p1"]);
}

// What needs attention.

/// Three that have expired, one of them invited again since, and one that expires soon.
fn needing_attention() -> Vec<Invitation> {
    let old = |name: &str, number| row(name, Status::Expired, number);
    let again = Invitation { id: id("c2"), ..row("c", Status::Pending, 1) };
    let soon =
        Invitation { expires: Some(crate::domain::Timestamp(1e9 + 1.0)), ..row("s", Status::Pending, 2) };
    vec![again, soon, old("a", 3), old("b", 4), old("c", 5)]
}

fn attention(stage: &Stage) -> (Vec<String>, u64, u64) {
    let attention = stage.model.actions.attention.clone().expect("it is summed up");
    (attention.expired.into_iter().map(|id| id.0).collect(), attention.soon, attention.dismissed)
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn all_that_have_expired_are_invited_again_at_once_and_then_nothing_needs_attention_but_what_expires_soon() {
    let mut stage = Stage::read("?view=attention", needing_attention());
    assert_eq!(stage.shown(), ["b", "a", "s"]);
    assert_eq!(attention(&stage), (names(&["b", "a"]), 1, 0));
    assert_eq!(stage.act(ActionMsg::InviteExpiredPressed), []);
    let effects = stage.act(ActionMsg::Dialog(DialogMsg::Confirmed));
    let (run, tasks) = stage.begin(&effects);
    assert_eq!(actions(&tasks), [&Action::Invite, &Action::Invite]);
    stage.end(run, gone_out);
    // The rows stay where they are and say what became of them.
    assert_eq!(stage.shown().len(), 3);
    assert_eq!(attention(&stage), (vec![], 1, 0));
    stage.act(ActionMsg::InviteExpiredPressed);
    assert_eq!(stage.model.actions.dialog, None, "nobody is left to invite");
}

#[test]
fn a_dismissed_row_stays_until_the_list_is_wanted_as_it_is_and_can_be_seen_and_restored() {
    let rows = needing_attention();
    let mut stage = Stage::read("?view=attention", rows.clone());
    let effects = stage.act(ActionMsg::Row(RowAction::Dismiss, id("a")));
    let mut dismissed = Dismissed::default();
    dismissed.set(&id("a"), true);
    // It is kept before Clerk is asked for the counts: those leave it out.
    assert!(matches!(&effects[..], [said, Effect::KeepDismissed(kept), Effect::Count(_)]
        if *kept == dismissed && *said == Effect::Say(Speech::Outcome("Dismissed".to_owned()))));
    assert_eq!(
        (stage.shown(), stage.model.notes.get(&id("a"))),
        (names(&["b", "a", "s"]), Some(&RowNote::Dismissed))
    );
    assert_eq!(attention(&stage), (names(&["b"]), 1, 1));
    let reloaded = stage.send(Msg::ReloadPressed);
    stage.serve(reloaded, &rows);
    assert_eq!(stage.shown(), ["b", "s"]);
    // It is seen again, and restored.
    stage.act(ActionMsg::DismissedToggled);
    assert_eq!((stage.shown(), attention(&stage)), (names(&["b", "a", "s"]), (names(&["b"]), 1, 1)));
    let effects = stage.act(ActionMsg::Row(RowAction::Restore, id("a")));
    assert!(effects.contains(&Effect::KeepDismissed(Dismissed::default())));
    assert!(effects.contains(&Effect::Say(Speech::Outcome("Restored".to_owned()))));
    let on_undo = FocusWhen::On(vec!["restore-a".to_owned()]);
    let focus = Focus { to: "more-a".to_owned(), when: on_undo, scrolls: false };
    assert!(effects.contains(&Effect::Focus(focus)), "the button that was pressed is gone");
    assert_eq!(attention(&stage), (names(&["b", "a"]), 1, 0));
}

#[test]
fn what_was_dismissed_at_an_earlier_visit_is_left_out_and_forgotten_once_it_is_not_listed_any_more() {
    let mut stage = Stage::new("?view=attention");
    let opened = stage.send(Msg::Opened);
    assert!(stage.serve(opened, &needing_attention()).contains(&Effect::FindDismissed));
    let mut dismissed = Dismissed::default();
    for name in ["gone", "a"] {
        dismissed.set(&id(name), true);
    }
    stage.act(ActionMsg::DismissedFound(dismissed));
    assert_eq!((stage.shown(), attention(&stage)), (names(&["b", "s"]), (names(&["b"]), 1, 1)));
    stage.model.selected = ["b"].map(id).into_iter().collect();
    stage.act(ActionMsg::Bulk(BulkAction::Dismiss));
    assert_eq!(stage.model.actions.dismissed.as_text(), "a\nb\n");
    assert!(stage.model.selected.is_empty());
}

#[test]
fn what_was_dismissed_can_be_seen_after_the_page_has_asked_for_the_list_by_itself() {
    let rows = needing_attention();
    let mut stage = Stage::read("?view=attention", rows.clone());
    stage.act(ActionMsg::Row(RowAction::Dismiss, id("a")));
    let reloaded = stage.send(Msg::ReloadPressed);
    stage.serve(reloaded, &rows);
    stage.now += 15_000.0;
    let returned = stage.send(Msg::Returned);
    stage.serve(returned, &rows);
    assert_eq!(stage.shown(), ["b", "s"]);
    stage.act(ActionMsg::DismissedToggled);
    assert_eq!(stage.shown(), ["b", "a", "s"]);
}

#[test]
fn what_failed_is_still_said_when_the_admin_looks_at_what_was_dismissed() {
    let mut stage = Stage::read("?view=attention", needing_attention());
    let (run, _) = stage.confirm_on(RowAction::InviteAgain, "b");
    stage.end(run, |_| (Outcome::Missing(Error::NoAnswer), false));
    stage.act(ActionMsg::Row(RowAction::Dismiss, id("a")));
    stage.act(ActionMsg::DismissedToggled);
    assert!(stage.model.notes[&id("b")].is_failure());
    assert_eq!(stage.model.notes.get(&id("a")), None);
}
