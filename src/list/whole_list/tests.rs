use super::*;
use crate::domain::Error;
use crate::list::messages::{ActionMsg, Msg};
use crate::list::testing::{Stage, id, pending, query, row};

#[test]
fn a_page_behind_the_end_of_what_matches_is_corrected_to_the_last_one() {
    let mut stage = Stage::read("?sort=email&size=5", pending(1..=12));
    assert_eq!(stage.shown(), ["p10", "p11", "p12", "p1", "p2"]);
    let effects = stage.send(Msg::QueryChanged(query("?sort=email&size=5&page=99")));
    stage.serve(effects, &pending(1..=12));
    assert_eq!(stage.model.query, query("?sort=email&size=5&page=3"));
    assert_eq!(stage.shown(), ["p8", "p9"]);
}

#[test]
fn a_search_reads_the_whole_list_and_shows_the_page_of_what_matches() {
    let stage = Stage::read("?search=p12&size=5", pending(1..=1203));
    assert_eq!(stage.shown(), ["p12", "p120", "p121", "p122", "p123"]);
    assert_eq!(stage.model.shown.as_ref().map(|shown| shown.total), Some(1 + 10 + 4));
}

#[test]
fn the_list_is_read_from_the_first_letter_on_and_no_longer_when_none_is_left() {
    let mut stage = Stage::showing(pending(1..=3));
    let typed = |stage: &mut Stage, text: &str| {
        let effects = stage.send(Msg::SearchTyped(text.to_owned()));
        effects.into_iter().find_map(|effect| match effect {
            Effect::Act(msg) => Some(stage.act(msg)),
            _ => None,
        })
    };
    let (reading, question) = typed(&mut stage, "p").and_then(asked).expect("the first page");
    assert_eq!(typed(&mut stage, "p1"), None, "it is being read already");
    // While nothing of it is to be seen, its pages are no reason to draw the list.
    let effects = answer(&mut stage, (reading, question), &pending(1..=1203));
    assert!(matches!(*effects, [Effect::ReadPage(..)]), "{effects:?}");
    assert_eq!(typed(&mut stage, " "), Some(vec![]));
    let late = asked(effects).expect("the second page");
    assert_eq!(answer(&mut stage, late, &pending(1..=1203)), []);
    assert_eq!(stage.shown(), ["p1", "p2", "p3"]);
}

#[test]
fn the_list_is_drawn_seldom_while_it_is_read_and_once_it_is() {
    let (mut stage, first) = begun("?sort=email");
    let mut drawings = vec![];
    let mut due = Some(first);
    while let Some(question) = due {
        stage.now += 90.0;
        let effects = answer(&mut stage, question, &pending(1..=2600));
        drawings.push(effects.contains(&Effect::Draw));
        due = asked(effects);
    }
    assert_eq!(drawings, [false, false, true, false, false, true]);
}

#[test]
fn an_answer_to_a_reading_that_was_given_up_is_dropped() {
    let mut stage = Stage::new("?search=p");
    let opened = stage.send(Msg::Opened);
    let Some(Effect::Act(msg)) = opened.into_iter().find(|effect| matches!(effect, Effect::Act(_))) else {
        panic!("nothing is read")
    };
    let Some(Effect::ReadPage(reading, _, question)) = stage.act(msg).pop() else { panic!("no page") };
    // The admin looks at another kind before the first page is there.
    let effects = stage.send(Msg::QueryChanged(query("?view=revoked&search=p")));
    let left = stage.serve(effects, &[row("gone", Status::Revoked, 1), row("pgone", Status::Revoked, 2)]);
    assert_eq!(stage.shown(), ["pgone"]);
    assert!(!left.iter().any(|effect| matches!(effect, Effect::ReadPage(..))));
    let late = ActionMsg::PageRead(reading, question, Ok((pending(1..=3), 3)));
    assert_eq!(stage.act(late), []);
    assert_eq!(stage.shown(), ["pgone"]);
}

#[test]
fn all_that_match_are_selected_once_all_is_read() {
    let mut stage = Stage::showing(pending(1..=3));
    let effects = stage.act(ActionMsg::All(AfterReading::Select));
    assert!(stage.model.selected.is_empty());
    stage.serve(effects, &pending(1..=30));
    assert_eq!(stage.model.selected.len(), 30);
    assert!(stage.model.selected.contains(&id("p30")));
    // It is known now.
    let at_once = stage.act(ActionMsg::All(AfterReading::Select));
    // The button has gone; the keyboard goes to the next one.
    assert!(matches!(&at_once[..], [Effect::Focus(Focus { to, .. })] if to == ids::SELECTION_SEND));
}

/// The page of the whole list that is asked for, by these effects.
fn asked(effects: Vec<Effect>) -> Option<(u32, PageQuestion)> {
    effects.into_iter().find_map(|effect| match effect {
        Effect::ReadPage(reading, _, question) => Some((reading, question)),
        _ => None,
    })
}

/// Begins to read the whole list for an address; the first page is asked for.
fn begun(address: &str) -> (Stage, (u32, PageQuestion)) {
    let mut stage = Stage::new(address);
    let mut open = stage.send(Msg::Opened);
    let at = open.iter().position(|effect| matches!(effect, Effect::Act(_))).expect("it is read");
    let Effect::Act(msg) = open.swap_remove(at) else { unreachable!() };
    let first = asked(stage.act(msg)).expect("the first page");
    (stage, first)
}

/// Answers with the page of `rows` that was asked for.
fn answer(stage: &mut Stage, (reading, question): (u32, PageQuestion), rows: &[Invitation]) -> Vec<Effect> {
    let before = (question.page as usize - 1) * question.rows as usize;
    let page = rows.iter().skip(before).take(question.rows as usize).cloned().collect();
    stage.act(ActionMsg::PageRead(reading, question, Ok((page, rows.len() as u64))))
}

/// The admin wants the whole list anew; its first page is asked for.
fn reload(stage: &mut Stage) -> (u32, PageQuestion) {
    let Some(Effect::Act(msg)) = stage.send(Msg::ReloadPressed).pop() else { panic!("it is not read anew") };
    asked(stage.act(msg)).expect("the first page")
}

#[test]
fn a_reading_is_stopped_and_goes_on_and_what_it_has_found_stays() {
    let rows = pending(1..=1203);
    let (mut stage, first) = begun("?search=3@");
    let second = asked(answer(&mut stage, first, &rows)).expect("the second page");
    stage.act(ActionMsg::ReadingToggled);
    assert_eq!(asked(answer(&mut stage, second, &rows)), None, "it was to stop");
    let shown = stage.model.shown.clone().expect("something is found");
    assert!(shown.is_partial && shown.total == 50, "{shown:?}");
    let effects = stage.act(ActionMsg::ReadingToggled);
    stage.serve(effects, &rows);
    let shown = stage.model.shown.as_ref().expect("all is read");
    assert!(!shown.is_partial && shown.total == 121, "{shown:?}");
}

#[test]
fn the_next_page_is_asked_for_while_one_is_read_and_only_once() {
    let rows = pending(1..=1203);
    let arrived = |(reading, question)| ActionMsg::PageArrived(reading, question, (500, 1203));
    let (mut stage, first) = begun("?search=3@");
    let second = asked(stage.act(arrived(first))).expect("the second page");
    assert_eq!(asked(answer(&mut stage, first, &rows)), None, "it is on its way");
    let third = asked(stage.act(arrived(second))).expect("the third page");
    assert_eq!(asked(answer(&mut stage, second, &rows)), None, "it is on its way");
    answer(&mut stage, third, &rows);
    let shown = stage.model.shown.as_ref().expect("all is read");
    assert!(!shown.is_partial && shown.total == 121, "{shown:?}");
    // An answer that is read before the one in front of it, as timers may have it, is asked for again behind that one.
    let (mut stage, first) = begun("?search=3@");
    let second = asked(stage.act(arrived(first))).expect("the second page");
    assert_eq!(asked(answer(&mut stage, second, &rows)), None, "the first one is on its way");
    assert_eq!(asked(answer(&mut stage, first, &rows)), Some(second));
    // Of a search that was given up, no further page is asked for.
    let (mut stage, first) = begun("?search=3@");
    for effect in stage.send(Msg::QueryChanged(query("?view=revoked&search=3@"))) {
        if let Effect::Act(msg) = effect {
            stage.act(msg);
        }
    }
    assert_eq!(stage.act(arrived(first)), []);
}

#[test]
fn a_page_that_fails_is_asked_for_again_and_what_was_found_stays() {
    let rows = pending(1..=1203);
    let (mut stage, first) = begun("?search=3@");
    let (reading, question) = asked(answer(&mut stage, first, &rows)).expect("the second page");
    stage.act(ActionMsg::PageRead(reading, question, Err(Error::Unreachable)));
    assert_eq!(stage.model.shown.as_ref().map(|shown| (shown.total, shown.is_partial)), Some((50, true)));
    let effects = stage.act(ActionMsg::ReadingToggled);
    let (_, again) = asked(effects.clone()).expect("it is asked for again");
    assert_eq!(again.page, question.page);
    stage.serve(effects, &rows);
    assert_eq!(stage.model.shown.as_ref().map(|shown| (shown.total, shown.is_partial)), Some((121, false)));
}

#[test]
fn what_was_found_stays_until_the_list_is_read_anew_and_when_that_fails_or_is_stopped() {
    let new = Invitation { id: id("new"), ..row("p120", Status::Pending, 0) };
    let rows = [vec![new], pending(1..=1203)].concat();
    let search = || Stage::read("?search=p120@", pending(1..=1203));
    let mut stage = search();
    assert_eq!(stage.shown(), ["p120"]);
    // It fails: that is said.
    let (reading, question) = reload(&mut stage);
    let effects = stage.act(ActionMsg::PageRead(reading, question, Err(Error::Unreachable)));
    let said = effects
        .iter()
        .any(|effect| matches!(effect, Effect::Toast(Some(toast)) if toast.severity == Severity::Danger));
    assert!(said && stage.shown() == ["p120"], "{effects:?}");
    // It is stopped: nothing more is asked for.
    let first = reload(&mut stage);
    stage.act(ActionMsg::ReadingToggled);
    assert_eq!(answer(&mut stage, first, &rows), []);
    assert_eq!(stage.shown(), ["p120"]);
    // It is read to its end.
    let first = reload(&mut stage);
    let next = answer(&mut stage, first, &rows);
    assert_eq!(stage.shown(), ["p120"]);
    stage.serve(next, &rows);
    assert_eq!(stage.shown(), ["new", "p120"]);
}

#[test]
fn a_search_that_could_read_nothing_does_not_say_that_nothing_was_found() {
    let (mut stage, (reading, question)) = begun("?search=p2");
    stage.act(ActionMsg::PageRead(reading, question, Err(Error::Unreachable)));
    assert!(stage.model.shown.as_ref().is_none_or(|shown| shown.is_partial));
}

#[test]
fn what_is_wanted_of_all_that_match_is_done_with_the_list_as_it_is_now() {
    let exported = |left: Vec<Effect>| match left.as_slice() {
        [.., Effect::Download(table)] | [.., Effect::Download(table), Effect::Draw] => {
            table.lines().count() - 1
        }
        other => panic!("{other:?}"),
    };
    let mut stage = Stage::showing(pending(1..=3));
    let effects = stage.act(ActionMsg::All(AfterReading::Export));
    assert_eq!(exported(stage.serve(effects, &pending(1..=3))), 3);
    // After a reload, it is read anew.
    let question = stage.ask(Msg::ReloadPressed);
    stage.answer(question, pending(0..=3), 4);
    let effects = stage.act(ActionMsg::All(AfterReading::Export));
    assert_eq!(exported(stage.serve(effects, &pending(0..=3))), 4);
    let effects = stage.act(ActionMsg::All(AfterReading::Select));
    stage.serve(effects, &pending(0..=3));
    assert_eq!(stage.model.selected.len(), 4);
    // A reading that was stopped goes on.
    let rows = pending(1..=1203);
    let (mut stage, first) = begun("?search=3@");
    answer(&mut stage, first, &rows);
    stage.act(ActionMsg::ReadingToggled);
    let effects = stage.act(ActionMsg::All(AfterReading::Export));
    assert_eq!(exported(stage.serve(effects, &rows)), 121);
}

#[test]
fn what_is_wanted_of_all_of_one_filter_is_not_done_with_another() {
    let mut stage = Stage::showing(pending(1..=3));
    let first = asked(stage.act(ActionMsg::All(AfterReading::Export))).expect("it is read");
    let effects = stage.send(Msg::QueryChanged(query("?view=revoked")));
    let left = stage.serve(effects, &[row("gone", Status::Revoked, 1)]);
    let late = answer(&mut stage, first, &pending(1..=3));
    assert!(!left.iter().chain(&late).any(|effect| matches!(effect, Effect::Download(_))));
}

#[test]
fn what_is_wanted_of_all_that_match_waits_for_the_list_that_is_read_anew() {
    let mut stage = Stage::read("?sort=email", pending(1..=3));
    let first = reload(&mut stage);
    assert_eq!(stage.act(ActionMsg::All(AfterReading::Export)), []);
    let effects = answer(&mut stage, first, &pending(0..=3));
    assert!(
        effects.iter().any(|effect| matches!(effect, Effect::Download(table) if table.lines().count() == 5)),
        "{effects:?}"
    );
}

#[test]
fn what_was_read_serves_every_order_and_is_not_read_again() {
    let rows = pending(1..=3);
    let sorted = |stage: &mut Stage, address: &str| {
        let Some(Effect::Act(msg)) = stage.send(Msg::QueryChanged(query(address))).pop() else { panic!() };
        assert_eq!(asked(stage.act(msg)), None, "{address}");
    };
    let (mut stage, first) = begun("?sort=email");
    // It is being read already.
    sorted(&mut stage, "?sort=-email");
    let effects = answer(&mut stage, first, &rows);
    stage.serve(effects, &rows);
    assert_eq!(stage.shown(), ["p3", "p2", "p1"]);
    sorted(&mut stage, "?sort=email");
    assert_eq!(stage.shown(), ["p1", "p2", "p3"]);
    let effects = stage.send(Msg::QueryChanged(query("")));
    stage.serve(effects, &rows);
    sorted(&mut stage, "?sort=-email");
    assert_eq!(stage.shown(), ["p3", "p2", "p1"]);
}

#[test]
fn a_long_list_is_read_again_after_a_return_only_when_the_counts_differ() {
    let counted = |stage: &mut Stage, all| {
        let question = stage.model.counts.asked.clone().expect("it is counted");
        stage.send(Msg::Counted(question, Ok(Counts { all, ..Counts::default() })))
    };
    let mut stage = Stage::read("?sort=email", pending(1..=2_501));
    assert_eq!(counted(&mut stage, 2_501), []);
    for (all, is_read) in [(2_501, false), (2_502, true)] {
        stage.now += 15_000.0;
        let Some(Effect::Act(msg)) = stage.send(Msg::Returned).pop() else { panic!() };
        assert_eq!(asked(stage.act(msg)), None, "{all}");
        let Some(Effect::Act(msg)) = counted(&mut stage, all).pop() else { panic!() };
        assert_eq!(asked(stage.act(msg)).is_some(), is_read, "{all}");
    }
}

#[test]
fn a_list_whose_reading_was_stopped_is_shown_from_its_top_when_it_is_wanted_anew() {
    let rows = pending(1..=1203);
    let (mut stage, first) = begun("?search=3@");
    answer(&mut stage, first, &rows);
    stage.act(ActionMsg::ReadingToggled);
    let first = reload(&mut stage);
    stage.now += 1_000.0;
    answer(&mut stage, first, &[vec![row("n3", Status::Pending, 0)], rows].concat());
    assert_eq!(stage.shown()[..2], ["n3", "p3"]);
}

#[test]
fn a_failure_of_a_reading_that_was_given_up_is_dropped() {
    let rows = pending(1..=3);
    let mut stage = Stage::read("?sort=email", rows.clone());
    let (reading, question) = reload(&mut stage);
    let effects = stage.send(Msg::QueryChanged(query("")));
    stage.serve(effects, &rows);
    assert_eq!(stage.act(ActionMsg::PageRead(reading, question, Err(Error::Unreachable))), []);
}

#[test]
fn a_reload_that_fails_or_is_stopped_is_not_said_to_have_come() {
    let is_said = |effects: &[Effect]| effects.iter().any(|effect| matches!(effect, Effect::Say(_)));
    let rows = pending(1..=3);
    let mut stage = Stage::read("?sort=email", rows.clone());
    let (reading, question) = reload(&mut stage);
    let effects = stage.act(ActionMsg::PageRead(reading, question, Err(Error::Unreachable)));
    assert!(effects.contains(&Effect::Draw) && !is_said(&effects), "{effects:?}");
    // What the page reads by itself after that is nothing that the admin waits for.
    reload(&mut stage);
    stage.act(ActionMsg::ReadingToggled);
    stage.now += 15_000.0;
    let returned = stage.send(Msg::Returned);
    assert!(!is_said(&stage.serve(returned, &rows)));
}

#[test]
fn a_page_behind_what_was_found_so_far_is_corrected_once_all_is_read() {
    let rows = pending(1..=1203);
    let (mut stage, first) = begun("?search=3@&page=99");
    answer(&mut stage, first, &rows);
    assert_eq!(stage.act(ActionMsg::ReadingToggled), []);
    let effects = stage.act(ActionMsg::ReadingToggled);
    stage.serve(effects, &rows);
    assert_eq!(stage.model.query, query("?search=3@&page=13"));
    assert_eq!(stage.shown().len(), 1);
}
