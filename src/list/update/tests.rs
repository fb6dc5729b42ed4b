use super::*;
use crate::domain::testing::now;
use crate::domain::{Email, RoleKey, Roles, Timestamp};
use crate::feedback::{Speech, Toast};
use crate::list::messages::{BulkAction, DialogMsg, RowAction};
use crate::list::testing::{Stage, gone_out, id, pending, query, revoked, row, standing};
use std::cell::Cell;

fn goes_to(effects: &[Effect]) -> Option<(&ListQuery, bool)> {
    effects.iter().find_map(|effect| match effect {
        Effect::GoTo { query, replaces } => Some((query, *replaces)),
        _ => None,
    })
}

fn is_asked(effects: &[Effect]) -> bool {
    effects.iter().any(|effect| matches!(effect, Effect::ListPage(_)))
}

fn toast(effects: &[Effect]) -> Option<&Toast> {
    effects.iter().rev().find_map(|effect| match effect {
        Effect::Toast(toast) => toast.as_ref(),
        _ => None,
    })
}

/// What a toast says, without the marks that keep the direction of a text apart.
fn plain(toast: &Toast) -> String {
    toast.text.replace(['\u{2068}', '\u{2069}'], "")
}

fn selection(row: Option<&str>, is_selected: bool, is_range: bool) -> Msg {
    Msg::Selected(Selection { row: row.map(id), is_selected, is_range })
}

fn selected(stage: &Stage) -> Vec<&str> {
    let mut names: Vec<_> = stage.model.selected.iter().map(|id| id.0.as_str()).collect();
    names.sort_unstable();
    names
}

/// The admin comes back after a quarter of a minute, and Clerk has these rows.
fn come_back(stage: &mut Stage, rows: Vec<Invitation>) -> Vec<Effect> {
    stage.now += 15_000.0;
    let question = stage.ask(Msg::Returned);
    let total = rows.len() as u64;
    let effects = stage.answer(question, rows.clone(), total);
    let mut left = stage.serve(effects, &rows);
    // The rows that are gone are looked for.
    if let Some(at) = left.iter().position(|effect| matches!(effect, Effect::FindGone(_))) {
        let Effect::FindGone(gone) = left.swap_remove(at) else { unreachable!() };
        let found = rows.into_iter().filter(|row| gone.contains(&row.id)).collect();
        left.extend(stage.act(ActionMsg::GoneFound(found)));
    }
    left
}

// Pages.

#[test]
fn that_none_were_revoked_is_said_by_code_that_is_fetched_for_it() {
    for (address, total, is_wanted) in
        [("?view=revoked", 0, true), ("?view=revoked", 1, false), ("?view=pending", 0, false), ("", 0, false)]
    {
        let mut stage = Stage::new(address);
        let question = stage.ask(Msg::Opened);
        let effects = stage.answer(question, pending(1..=total), total.into());
        assert_eq!(effects.contains(&Effect::WantLater), is_wanted, "{address} {total}");
    }
}

#[test]
fn an_open_list_asks_for_the_page_of_the_address_and_counts_after_it() {
    let mut stage = Stage::new("?size=5&page=2");
    let effects = stage.send(Msg::Opened);
    let [Effect::ListPage(question)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(question.key, query("?size=5&page=2"));
    assert!(stage.model.is_busy());
    let effects = stage.answer(question.clone(), pending(6..=8), 8);
    assert!(matches!(effects.as_slice(), [Effect::Count(_)]), "{effects:?}");
    assert_eq!(stage.shown(), ["p6", "p7", "p8"]);
    assert!(!stage.model.is_busy());
    // It is counted once.
    let question = stage.ask(Msg::QueryChanged(query("?size=5")));
    assert_eq!(stage.answer(question, pending(1..=5), 8), []);
}

#[test]
fn the_answer_to_an_older_question_is_dropped() {
    let mut stage = Stage::new("");
    let first = stage.ask(Msg::Opened);
    let second = stage.ask(Msg::QueryChanged(query("?page=2")));
    stage.answer(second, pending(11..=13), 13);
    assert_eq!(stage.answer(first, pending(1..=10), 13), []);
    assert_eq!(stage.shown(), ["p11", "p12", "p13"]);
}

#[test]
fn a_page_that_could_not_be_loaded_is_asked_for_again_when_it_is_chosen_again() {
    let mut stage = Stage::new("");
    let question = stage.ask(Msg::Opened);
    stage.send(Msg::PageAnswered(question, Err(Error::NoAnswer)));
    assert_eq!(stage.model.page.known.error(), Some(&Error::NoAnswer));
    let question = stage.ask(Msg::QueryChosen(query("")));
    stage.answer(question, pending(1..=2), 2);
    assert_eq!(stage.shown(), ["p1", "p2"]);
    // Another one is a step of the address bar.
    let effects = stage.send(Msg::QueryChosen(query("?page=2")));
    assert_eq!(effects, [Effect::WantLater, Effect::GoTo { query: query("?page=2"), replaces: false }]);
}

#[test]
fn what_clerk_has_refused_is_said_by_code_that_is_fetched_and_a_lost_connection_without_it() {
    for (error, is_fetched) in [(Error::NoAnswer, true), (Error::Unreachable, false)] {
        let mut stage = Stage::new("");
        let question = stage.ask(Msg::Opened);
        let effects = stage.send(Msg::PageAnswered(question, Err(error.clone())));
        assert_eq!(effects.contains(&Effect::WantLater), is_fetched, "{error:?}");
    }
}

#[test]
fn the_rows_stay_while_another_page_is_on_its_way_and_go_when_another_filter_is() {
    let mut stage = Stage::showing(pending(1..=2));
    let rows = |stage: &Stage| stage.model.shown_rows().map(|(_, rows)| rows.len());
    assert_eq!(rows(&stage), Some(2));
    stage.send(Msg::QueryChanged(query("?page=2")));
    assert_eq!(rows(&stage), Some(2));
    stage.send(Msg::QueryChanged(query("?view=revoked")));
    assert_eq!(rows(&stage), None);
}

#[test]
fn a_page_behind_the_end_leads_to_the_last_one() {
    let mut stage = Stage::new("?page=9");
    let question = stage.ask(Msg::Opened);
    let effects = stage.answer(question, vec![], 12);
    assert_eq!(goes_to(&effects), Some((&query("?page=2"), true)));
}

#[test]
fn another_page_shows_its_rows_in_the_order_of_clerk_and_keeps_the_selection() {
    let mut stage = Stage::showing(pending(1..=10));
    stage.send(selection(Some("p3"), true, false));
    let effects = stage.send(Msg::QueryChanged(query("?page=2")));
    let [Effect::ListPage(question)] = effects.as_slice() else { panic!("{effects:?}") };
    stage.answer(question.clone(), pending(11..=12), 12);
    assert_eq!(stage.shown(), ["p11", "p12"]);
    assert_eq!(selected(&stage), ["p3"]);
    // Under another filter it can't be seen.
    let question = stage.ask(Msg::QueryChanged(query("?view=revoked")));
    stage.answer(question, vec![row("r1", Status::Revoked, 1)], 1);
    assert!(stage.model.selected.is_empty());
}

#[test]
fn sorting_and_searching_ask_for_the_whole_list_and_no_page() {
    for wanted in ["?sort=email", "?search=p"] {
        let mut stage = Stage::showing(pending(1..=3));
        let effects = stage.send(Msg::QueryChanged(query(wanted)));
        assert!(!is_asked(&effects), "{wanted}");
        assert!(effects.contains(&Effect::Act(ActionMsg::InputChanged(Input::Query))));
        // The way back asks Clerk for a page.
        assert!(is_asked(&stage.send(Msg::QueryChanged(query("")))));
    }
}

// Searching.

#[test]
fn a_search_waits_for_a_pause_and_only_the_last_keystroke_counts() {
    let mut stage = Stage::showing(pending(1..=3));
    let first = stage.send(Msg::SearchTyped("p".to_owned()));
    let Some(Effect::WaitForPause(first)) = first.last().cloned() else { panic!("{first:?}") };
    let second = stage.send(Msg::SearchTyped("p1".to_owned()));
    let [Effect::WantLater, Effect::WaitForPause(second)] = *second else { panic!("{second:?}") };
    assert_eq!(stage.model.search_text(), "p1");
    assert_eq!(stage.send(Msg::SearchPaused(first)), []);
    assert!(!stage.model.is_chosen, "a screen reader would hear of the list as it was before the search");
    let effects = stage.send(Msg::SearchPaused(second));
    assert!(stage.model.is_chosen);
    // The first word is a step of the history, the next ones take its place.
    assert_eq!(effects, [Effect::GoTo { query: query("?search=p1"), replaces: false }]);
    stage.send(Msg::QueryChanged(query("?search=p1")));
    assert_eq!((stage.model.typed.as_deref(), stage.model.search_text()), (None, "p1"));
    let effects = stage.send(Msg::SearchTyped("p12".to_owned()));
    let Some(Effect::WaitForPause(third)) = effects.last() else { panic!("{effects:?}") };
    let effects = stage.send(Msg::SearchPaused(*third));
    assert_eq!(effects, [Effect::GoTo { query: query("?search=p12"), replaces: true }]);
}

#[test]
fn a_search_begins_on_the_first_page_and_one_that_changes_nothing_does_nothing() {
    let mut stage = Stage::new("?page=3");
    stage.ask(Msg::Opened);
    stage.send(Msg::SearchTyped("p".to_owned()));
    let effects = stage.send(Msg::SearchPaused(stage.model.keystrokes));
    assert_eq!(goes_to(&effects), Some((&query("?search=p"), false)));
    let mut stage = Stage::showing(pending(1..=3));
    stage.send(Msg::SearchTyped(String::new()));
    assert_eq!(stage.send(Msg::SearchPaused(stage.model.keystrokes)), []);
}

#[test]
fn what_was_typed_before_the_list_was_left_is_not_searched_for() {
    let mut stage = Stage::showing(pending(1..=3));
    let effects = stage.send(Msg::SearchTyped("p".to_owned()));
    let Some(Effect::WaitForPause(keystroke)) = effects.last() else { panic!("{effects:?}") };
    stage.send(Msg::Opened);
    assert_eq!(stage.send(Msg::SearchPaused(*keystroke)), []);
    assert_eq!(stage.model.search_text(), "");
}

// Selecting.

#[test]
fn a_range_reaches_from_the_row_selected_before_in_either_direction() {
    let mut stage = Stage::showing(pending(1..=6));
    stage.send(selection(Some("p5"), true, false));
    stage.send(selection(Some("p3"), true, true));
    assert_eq!(selected(&stage), ["p3", "p4", "p5"]);
    stage.send(selection(Some("p4"), false, true));
    assert_eq!(selected(&stage), ["p5"], "the range begins at the row before");
    stage.send(selection(Some("p1"), true, false));
    assert_eq!(selected(&stage), ["p1", "p5"]);
    stage.send(selection(Some("unknown"), true, true));
    assert_eq!(selected(&stage), ["p1", "p5"]);
}

#[test]
fn all_rows_of_a_page_are_selected_and_those_of_another_page_stay() {
    let mut stage = Stage::showing(pending(1..=2));
    assert_eq!(stage.send(selection(None, true, false)), [Effect::WantLater]);
    let question = stage.ask(Msg::QueryChanged(query("?page=2")));
    stage.answer(question, pending(11..=12), 12);
    // A range does not reach over two pages.
    stage.send(selection(Some("p12"), true, true));
    assert_eq!(selected(&stage), ["p1", "p12", "p2"]);
    stage.send(selection(None, true, false));
    stage.send(selection(None, false, false));
    assert_eq!(selected(&stage), ["p1", "p2"]);
    let mut empty = Stage::showing(vec![]);
    empty.send(selection(None, true, false));
    assert!(empty.model.selected.is_empty());
}

// Coming back.

#[test]
fn a_return_asks_for_everything_at_most_once_in_fifteen_seconds() {
    let mut stage = Stage::showing(pending(1..=3));
    stage.now = 14_999.0;
    assert_eq!(stage.send(Msg::Returned), []);
    stage.now = 15_000.0;
    let effects = stage.send(Msg::Returned);
    let [Effect::ReloadRoles, Effect::TellForm, Effect::Count(_), Effect::ListPage(question)] =
        effects.as_slice()
    else {
        panic!("{effects:?}")
    };
    assert!(!stage.model.is_busy(), "the admin does not wait for it");
    stage.now = 40_000.0;
    assert_eq!(stage.send(Msg::Returned), [], "it is being asked");
    stage.answer(question.clone(), pending(1..=3), 3);
    let question = stage.ask(Msg::Returned);
    stage.answer(question, pending(1..=3), 3);
    stage.now = 54_999.0;
    assert_eq!(stage.send(Msg::Returned), []);
}

#[test]
fn a_return_that_brings_nothing_new_says_nothing() {
    let mut stage = Stage::showing(pending(1..=3));
    let effects = come_back(&mut stage, pending(1..=3));
    assert_eq!((toast(&effects), &stage.model.changes), (None, &None));
}

#[test]
fn a_return_moves_no_row_and_tells_what_has_changed_once() {
    let mut stage = Stage::showing(pending(1..=4));
    let mut now = pending(0..=4);
    now[3].status = Status::Accepted;
    now[1].role = RoleKey("org:admin".to_owned());
    let listed: Vec<_> = now.iter().filter(|row| row.status == Status::Pending).cloned().collect();
    // Clerk lists the pending ones; the accepted one is found among all.
    stage.now += 15_000.0;
    let question = stage.ask(Msg::Returned);
    let effects = stage.answer(question, listed.clone(), 4);
    let left = stage.serve(effects, &[]);
    let Some(Effect::FindGone(gone)) = left.last() else { panic!("{left:?}") };
    assert_eq!(*gone, [id("p3")]);
    let effects = stage.act(ActionMsg::GoneFound(vec![now[3].clone()]));
    assert_eq!(stage.shown(), ["p1", "p2", "p3", "p4"]);
    let told = toast(&effects).expect("it is told");
    assert_eq!(plain(told), "While you were away: p1@x.de: org:admin, p3@x.de: accepted, 1 new invitation");
    assert_eq!(told.action, Some(crate::feedback::ToastAction::ShowList));
    assert!(matches!(stage.model.notes[&id("p1")], RowNote::Changed(crate::list::RowChange::Role(_))));
    assert!(matches!(stage.model.notes[&id("p3")], RowNote::Changed(crate::list::RowChange::Status(_))));
    // The next return tells nothing again, and shows nothing else.
    let effects = come_back(&mut stage, listed.clone());
    assert_eq!(toast(&effects), None);
    assert_eq!(stage.shown(), ["p1", "p2", "p3", "p4"]);
    // Something new is told.
    let mut changed = listed.clone();
    changed[2].role = RoleKey("org:admin".to_owned());
    assert!(toast(&come_back(&mut stage, changed.clone())).is_some());
    // The admin wants the list as it is.
    let question = stage.ask(Msg::ReloadPressed);
    stage.answer(question, changed, 4);
    assert_eq!(stage.shown(), ["p0", "p1", "p2", "p4"]);
    assert!(stage.model.changes.is_none() && stage.model.notes.is_empty());
}

#[test]
fn a_status_that_has_changed_elsewhere_is_told_where_all_statuses_are_listed() {
    let mut stage = Stage::new("view=all");
    let question = stage.ask(Msg::Opened);
    stage.answer(question, pending(1..=2), 2);
    let mut now = pending(1..=2);
    now[1].status = Status::Accepted;
    let effects = come_back(&mut stage, now);
    assert_eq!(toast(&effects).map(plain).as_deref(), Some("While you were away: p2@x.de: accepted"));
}

#[test]
fn nothing_is_told_to_an_admin_who_has_gone_on_before_it_is_found_out() {
    for leaves in [true, false] {
        let mut stage = Stage::showing(pending(1..=3));
        stage.now += 15_000.0;
        let question = stage.ask(Msg::Returned);
        let effects = stage.answer(question, pending(1..=2), 2);
        assert!(stage.serve(effects, &[]).contains(&Effect::FindGone(vec![id("p3")])));
        if leaves {
            stage.is_current = false;
        } else {
            stage.send(Msg::QueryChanged(query("?page=2")));
        }
        assert_eq!(stage.act(ActionMsg::GoneFound(vec![row("p3", Status::Revoked, 3)])), [], "{leaves}");
        assert!(stage.model.notes.is_empty());
    }
}

#[test]
fn only_searching_sorting_and_news_need_code_that_is_fetched_later() {
    let mut stage = Stage::showing(pending(1..=2));
    assert!(!stage.model.needs_later());
    stage.now += 15_000.0;
    let question = stage.ask(Msg::Returned);
    stage.answer(question, pending(1..=1), 1);
    assert!(stage.model.needs_later());
    assert!(Stage::new("?search=p").model.needs_later());
}

/// Clerk's whole list, page by page.
struct Pages {
    pages: Vec<Vec<Invitation>>,
    asked: Cell<usize>,
}

impl Invitations for Pages {
    async fn invite(&self, _: &Email, _: &RoleKey) -> Result<Invitation, Error> {
        Err(Error::Unproved)
    }
    async fn revoke(&self, _: &InvitationId) -> Result<Invitation, Error> {
        Err(Error::Unproved)
    }
    async fn list(&self, _: &[Status], page: u32, _: u32) -> Result<(Vec<Invitation>, u64), Error> {
        self.asked.set(self.asked.get() + 1);
        Ok((self.pages.get(page as usize - 1).cloned().unwrap_or_default(), 9))
    }
}

#[test]
fn rows_that_are_gone_are_looked_for_page_by_page_until_all_are_found() {
    let clerk = Pages { pages: vec![pending(1..=2), pending(3..=3), pending(4..=4)], asked: Cell::new(0) };
    let found = now(find_gone(&clerk, &[id("p1"), id("p3")]));
    let names: Vec<_> = found.iter().map(|row| row.id.0.as_str()).collect();
    assert_eq!((names, clerk.asked.get()), (vec!["p1", "p3"], 2));
}

#[test]
fn a_return_to_a_search_asks_whether_the_list_has_changed_and_a_reload_reads_it() {
    let inputs = |effects: Vec<Effect>| -> Vec<_> {
        let inputs = effects.into_iter().filter_map(|effect| match effect {
            Effect::Act(ActionMsg::InputChanged(input)) => Some(input),
            _ => None,
        });
        inputs.collect()
    };
    let mut stage = Stage::read("search=p", pending(1..=3));
    stage.now += 15_000.0;
    assert_eq!(inputs(stage.send(Msg::Returned)), [Input::Returned]);
    assert_eq!(inputs(stage.send(Msg::ReloadPressed)), [Input::List]);
}

#[test]
fn what_others_have_pushed_to_the_next_page_is_not_told_as_gone() {
    let mut stage = Stage::showing(pending(1..=10));
    stage.now += 15_000.0;
    let question = stage.ask(Msg::Returned);
    let effects = stage.answer(question, pending(0..=9), 11);
    let left = stage.serve(effects, &[]);
    assert!(left.contains(&Effect::FindGone(vec![id("p10")])));
    let effects = stage.act(ActionMsg::GoneFound(pending(10..=10)));
    assert_eq!(toast(&effects).map(plain).as_deref(), Some("While you were away: 1 new invitation"));
    assert!(stage.model.notes.is_empty());
}

#[test]
fn what_the_admin_has_done_is_not_told_as_news() {
    let mut stage = Stage::showing(pending(1..=3));
    stage.act(ActionMsg::Row(RowAction::Revoke, id("p2")));
    let effects = stage.act(ActionMsg::Dialog(DialogMsg::Confirmed));
    let (run, _) = stage.begin(&effects);
    stage.end(run, revoked);
    let (run, _) = stage.confirm_on(RowAction::Resend, "p3");
    stage.end(run, gone_out);
    assert_eq!(stage.shown(), ["p1", "p2", "p3+"]);
    let now = vec![row("p3+", Status::Pending, 0), row("p1", Status::Pending, 1)];
    let mut all = now.clone();
    all.extend(["p2", "p3"].map(|name| row(name, Status::Revoked, 5)));
    stage.now += 15_000.0;
    let question = stage.ask(Msg::Returned);
    let effects = stage.answer(question, now, 2);
    let left = stage.serve(effects, &all);
    assert_eq!((toast(&left), &stage.model.changes), (None, &None), "{left:?}");
    assert_eq!(stage.shown(), ["p1", "p2", "p3+"]);
}

#[test]
fn an_older_answer_does_not_undo_what_was_changed_from_here() {
    let mut stage = Stage::showing(pending(1..=3));
    stage.now += 15_000.0;
    let question = stage.ask(Msg::Returned);
    stage.act(ActionMsg::Row(RowAction::Revoke, id("p2")));
    let effects = stage.act(ActionMsg::Dialog(DialogMsg::Confirmed));
    let (run, _) = stage.begin(&effects);
    stage.end(run, revoked);
    // Clerk has answered before the invitation was revoked.
    let before = pending(1..=3).into_iter().map(|row| Invitation { updated: Some(Timestamp(5.0)), ..row });
    let effects = stage.answer(question, before.collect(), 3);
    let left = stage.serve(effects, &[]);
    assert_eq!(stage.model.rows.get(&id("p2")).map(|row| &row.status), Some(&Status::Revoked));
    assert_eq!((toast(&left), stage.shown()), (None, ["p1", "p2", "p3"].map(str::to_owned).to_vec()));
}

// The form.

#[test]
fn what_was_sent_from_the_form_is_shown_on_the_first_page() {
    let mut stage = Stage::new("?page=2");
    let question = stage.ask(Msg::Opened);
    stage.answer(question, pending(11..=12), 12);
    let effects = stage.send(Msg::SentFromForm(vec![id("new")]));
    assert!(matches!(effects[0], Effect::Count(_)));
    assert_eq!(goes_to(&effects), Some((&query(""), false)));
    assert!(stage.model.fresh.contains(&id("new")));
    // On the first page it is asked for at once, and when nothing was sent, no other page is shown.
    let mut stage = Stage::showing(pending(1..=3));
    assert!(is_asked(&stage.send(Msg::SentFromForm(vec![id("new")]))));
    let mut stage = Stage::new("?page=2");
    let question = stage.ask(Msg::Opened);
    stage.answer(question, pending(11..=12), 12);
    assert_eq!(goes_to(&stage.send(Msg::SentFromForm(vec![]))), None);
}

#[test]
fn a_list_that_is_not_on_screen_does_not_move_the_address() {
    let mut stage = Stage::new("?page=2");
    let question = stage.ask(Msg::Opened);
    stage.answer(question, pending(11..=12), 12);
    stage.is_current = false;
    assert_eq!(goes_to(&stage.send(Msg::SentFromForm(vec![id("new")]))), None);
}

#[test]
fn a_reload_keeps_a_row_that_a_run_is_at_work_on_or_has_failed_on() {
    let mut stage = Stage::showing(pending(1..=4));
    let (run, _) = stage.confirm_on(RowAction::Resend, "p2");
    stage.end(run, |_| (crate::outbox::Outcome::Missing(Error::NoAnswer), true));
    let (run, _) = stage.confirm_on(RowAction::Resend, "p4");
    let question = stage.ask(Msg::ReloadPressed);
    stage.answer(question, pending([0, 1, 3]), 3);
    assert_eq!(stage.shown(), ["p0", "p1", "p2", "p3", "p4"]);
    stage.end(run, standing);
    // A failure stays until the new rows speak of it.
    let question = stage.ask(Msg::ReloadPressed);
    stage.answer(question, pending([0, 1, 3]), 3);
    assert_eq!(stage.shown(), ["p0", "p1", "p2", "p3"]);
}

#[test]
fn twenty_thousand_rows_whose_role_is_gone_are_marked_in_one_update() {
    let mut stage = Stage::read("?sort=email", pending(1..=20_000));
    stage.roles = Some(Roles { all: vec![crate::list::testing::role("org:admin")], ..Roles::default() });
    stage.act(ActionMsg::All(AfterReading::Select));
    assert_eq!(stage.model.selected.len(), 20_000);
    stage.act(ActionMsg::Bulk(BulkAction::Send));
    stage.act(ActionMsg::Dialog(DialogMsg::Confirmed));
    assert_eq!(stage.model.notes.len(), 20_000);
    assert!(stage.model.notes.values().all(|note| *note == RowNote::RoleGone));
}

// What is on its way, or wanted, while the admin comes back.

#[test]
fn a_list_that_could_not_be_read_again_stays_and_says_so_until_it_is_read() {
    for msg in [Msg::ReloadPressed, Msg::Returned] {
        let mut stage = Stage::showing(pending(1..=3));
        stage.now = 15_000.0;
        let question = stage.ask(msg.clone());
        let effects = stage.send(Msg::PageAnswered(question, Err(Error::Unreachable)));
        assert_eq!(toast(&effects), None, "it is said above the rows");
        assert_eq!(stage.model.page.known.error(), Some(&Error::Unreachable));
        assert_eq!(stage.shown(), ["p1", "p2", "p3"]);
        // Another try shows the list as it is, and not what has changed since.
        let question = stage.ask(Msg::ReloadPressed);
        let effects = stage.answer(question, pending([0, 1, 3]), 3);
        assert_eq!((toast(&effects), stage.model.page.known.error()), (None, None));
        assert_eq!(stage.shown(), ["p0", "p1", "p3"]);
    }
}

#[test]
fn a_reload_during_a_return_shows_the_list_as_it_is() {
    let mut stage = Stage::showing(pending(1..=3));
    stage.now = 15_000.0;
    let quiet = stage.ask(Msg::Returned);
    let question = stage.ask(Msg::ReloadPressed);
    assert_eq!(stage.answer(quiet, pending(0..=3), 4), []);
    stage.answer(question, pending(0..=3), 4);
    assert_eq!(stage.shown(), ["p0", "p1", "p2", "p3"]);
}

#[test]
fn it_is_said_when_the_list_is_there_that_the_admin_asked_for_once_more() {
    for address in ["", "?sort=email"] {
        let rows = pending(1..=3);
        let mut stage = Stage::new(address);
        let said = |left: Vec<Effect>| left.iter().any(|effect| matches!(effect, Effect::Say(_)));
        let opened = stage.send(Msg::Opened);
        assert!(!said(stage.serve(opened, &rows)), "nobody has asked for it {address}");
        let reloaded = stage.send(Msg::ReloadPressed);
        let left = stage.serve(reloaded, &rows);
        assert!(left.contains(&Effect::Say(Speech::State("List refreshed.".to_owned()))), "{left:?}");
        let returned = stage.send(Msg::Returned);
        assert!(!said(stage.serve(returned, &rows)), "the page asks by itself {address}");
    }
}

#[test]
fn a_return_disturbs_nothing_that_is_being_done_or_selected() {
    let mut stage = Stage::showing(pending(1..=4));
    for name in ["p1", "p3", "p4"] {
        stage.send(selection(Some(name), true, false));
    }
    let (run, _) = stage.confirm_on(RowAction::Resend, "p2");
    let joined = row("p3", Status::Accepted, 3);
    stage.now += 15_000.0;
    let question = stage.ask(Msg::Returned);
    let effects = stage.answer(question, pending([1, 2, 4]), 3);
    stage.serve(effects, &[]);
    let effects = stage.act(ActionMsg::GoneFound(vec![joined]));
    assert_eq!(toast(&effects).map(plain).as_deref(), Some("While you were away: p3@x.de: accepted"));
    assert_eq!(stage.shown(), ["p1", "p2", "p3", "p4"]);
    assert_eq!(selected(&stage), ["p1", "p3", "p4"]);
    assert!(stage.outbox.job_of(&id("p2")).is_some());
    stage.end(run, gone_out);
    assert_eq!(stage.shown(), ["p1", "p2+", "p3", "p4"]);
    // Who has joined gets no second mail.
    stage.act(ActionMsg::Bulk(BulkAction::Revoke));
    let expected = crate::list::Dialog::Revoke(["p1", "p4"].map(id).to_vec());
    assert_eq!(stage.model.actions.dialog, Some(expected));
}

#[test]
fn of_many_changes_three_are_named_and_the_others_counted() {
    let mut stage = Stage::showing(pending(1..=8));
    let mut now = pending(1..=8);
    now[..6].iter_mut().for_each(|row| row.role = RoleKey("org:admin".to_owned()));
    let effects = come_back(&mut stage, now);
    let told = toast(&effects).map(plain).expect("it is told");
    assert!(told.contains("p3@x.de: org:admin") && told.ends_with("and 3 more"), "{told}");
    assert_eq!(stage.model.notes.len(), 6);
}

#[test]
fn a_return_to_a_search_moves_no_row_whether_the_roles_are_read_before_or_after() {
    for roles_come_first in [true, false] {
        let mut stage = Stage::read("?search=p2", pending(1..=30));
        let before = stage.shown();
        assert_eq!(before[..2], ["p2", "p20"]);
        let now: Vec<_> = pending(1..=30).into_iter().filter(|row| row.id != id("p20")).collect();
        stage.now += 15_000.0;
        let Some(Effect::Act(returned)) = stage.send(Msg::Returned).pop() else { panic!("nothing is read") };
        let effects = stage.act(returned);
        if roles_come_first {
            stage.act(ActionMsg::InputChanged(Input::Words));
        }
        let left = stage.serve(effects, &now);
        assert!(left.contains(&Effect::FindGone(vec![id("p20")])), "{roles_come_first}: {left:?}");
        let effects = stage.act(ActionMsg::GoneFound(vec![row("p20", Status::Revoked, 20)]));
        let told = toast(&effects).map(plain);
        assert_eq!(told.as_deref(), Some("While you were away: p20@x.de: revoked"), "{roles_come_first}");
        if !roles_come_first {
            stage.act(ActionMsg::InputChanged(Input::Words));
        }
        assert_eq!(stage.shown(), before, "{roles_come_first}");
        assert!(matches!(stage.model.notes[&id("p20")], RowNote::Changed(_)), "{roles_come_first}");
    }
}

#[test]
fn what_is_sent_after_changes_were_told_is_a_row_and_no_news() {
    let mut stage = Stage::showing(pending(1..=4));
    let mut now = pending(1..=4);
    now[1].role = RoleKey("org:admin".to_owned());
    assert!(toast(&come_back(&mut stage, now.clone())).is_some());
    let question = stage.ask(Msg::SentFromForm(vec![id("p0")]));
    now.insert(0, row("p0", Status::Pending, 0));
    let effects = stage.answer(question, now.clone(), 5);
    assert_eq!((toast(&effects), &stage.model.changes), (None, &None));
    assert_eq!(stage.shown(), ["p0", "p1", "p2", "p3", "p4"]);
    assert_eq!(toast(&come_back(&mut stage, now)), None);
}

#[test]
fn what_is_typed_does_not_lead_back_from_a_filter_that_was_chosen_since() {
    let mut stage = Stage::showing(pending(1..=3));
    let effects = stage.send(Msg::SearchTyped("p".to_owned()));
    let Some(Effect::WaitForPause(keystroke)) = effects.last() else { panic!("{effects:?}") };
    stage.send(Msg::QueryChanged(query("?view=all")));
    let effects = stage.send(Msg::SearchPaused(*keystroke));
    assert_eq!(goes_to(&effects).map(|(query, _)| query.filter), Some(query("?view=all").filter));
}

#[test]
fn a_copy_of_what_must_be_read_first_is_promised_in_the_click() {
    let mut stage = Stage::showing(pending(1..=2));
    let copy = ActionMsg::All(AfterReading::Copy);
    assert_eq!(stage.send(Msg::Action(copy.clone())), [Effect::PromiseCopy, Effect::Act(copy)]);
}
