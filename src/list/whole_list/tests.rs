use super::*;
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
    assert_eq!(stage.act(ActionMsg::All(AfterReading::Select)), []);
}
