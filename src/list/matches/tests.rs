use super::*;
use crate::domain::Timestamp;
use crate::list::messages::{ActionMsg, Msg};
use crate::list::testing::{Stage, id, pending, query, row};

/// Three that are pending, and one of each other kind.
fn rows() -> Vec<Invitation> {
    let other = [("zmei", Status::Accepted, 7), ("zmax", Status::Revoked, 8), ("zmia", Status::Expired, 9)];
    let other = other.map(|(name, status, number)| row(name, status, number));
    [pending(1..=3), other.to_vec()].concat()
}

fn matches(stage: &Stage) -> Option<[u64; 5]> {
    stage.model.matches.as_ref().map(|matches| StatusFilter::ALL.map(|filter| matches.of(filter)))
}

fn member(email: &str) -> FoundMember {
    let (email, name) = (email.to_owned(), "Mei".to_owned());
    FoundMember { email_key: email.clone(), email, name, since: Some(Timestamp(1.0)) }
}

#[test]
fn a_search_says_how_many_match_in_each_tab() {
    let stage = Stage::read("?search=z", rows());
    assert!(stage.shown().is_empty());
    assert_eq!(matches(&stage), Some([0, 1, 1, 1, 3]));
    assert_eq!(matches(&Stage::read("?search=x.de", rows())), Some([3, 1, 1, 1, 6]));
    // Under all of them nothing more is to be read.
    assert_eq!(matches(&Stage::read("?view=all&search=z", rows())), Some([0, 1, 1, 1, 3]));
    assert_eq!(matches(&Stage::read("?view=accepted&search=p1", rows())), Some([1, 0, 0, 0, 1]));
}

#[test]
fn who_was_invited_again_needs_no_attention_among_what_matches() {
    let again = Invitation { id: id("again"), ..row("zmia", Status::Pending, 0) };
    let stage = Stage::read("?search=z", [vec![again], rows()].concat());
    assert_eq!(matches(&stage), Some([1, 0, 1, 1, 4]));
}

#[test]
fn what_the_tab_does_not_show_is_read_after_it_and_nothing_twice() {
    for (address, expected) in [
        ("?search=p", vec!["pending", "accepted completed revoked expired"]),
        ("?view=revoked&search=p", vec!["revoked", "pending accepted completed expired"]),
        // Where no status is named, all are meant.
        ("?view=all&search=p", vec![""]),
    ] {
        let mut stage = Stage::new(address);
        let (mut open, mut asked) = (stage.send(Msg::Opened), vec![]);
        while let Some(effect) = open.pop() {
            open.extend(match effect {
                Effect::Act(msg) => stage.act(msg),
                Effect::ReadPage(reading, statuses, question) => {
                    asked.push(statuses.iter().map(Status::word).collect::<Vec<_>>().join(" "));
                    stage.act(ActionMsg::PageRead(reading, question, Ok((vec![], 0))))
                }
                _ => vec![],
            });
        }
        assert_eq!(asked, expected, "{address}");
    }
}

#[test]
fn the_numbers_follow_the_words_and_go_with_them() {
    let mut stage = Stage::read("?search=z", rows());
    let to = stage.send(Msg::QueryChanged(query("?search=zmei")));
    let left = stage.serve(to, &rows());
    assert_eq!(matches(&stage), Some([0, 0, 1, 0, 1]));
    assert!(!left.iter().any(|effect| matches!(effect, Effect::ReadPage(..))), "all is known");
    let to = stage.send(Msg::QueryChanged(query("")));
    stage.serve(to, &rows());
    assert_eq!(matches(&stage), None);
}

#[test]
fn what_can_not_be_read_outside_the_tab_costs_only_the_numbers() {
    let mut stage = Stage::new("?search=p");
    let opened = stage.send(Msg::Opened);
    let mut failed = false;
    let mut open: Vec<_> = opened;
    while let Some(effect) = open.pop() {
        open.extend(match effect {
            Effect::Act(msg) => stage.act(msg),
            Effect::ReadPage(reading, statuses, question) => {
                let is_tab = statuses == [Status::Pending];
                failed |= !is_tab;
                let answer = if is_tab { Ok((pending(1..=3), 3)) } else { Err(Error::NoAnswer) };
                stage.act(ActionMsg::PageRead(reading, question, answer))
            }
            _ => vec![],
        });
    }
    assert!(failed);
    assert_eq!((stage.shown().len(), matches(&stage)), (3, None));
}

#[test]
fn members_are_found_by_what_is_searched_for_and_late_answers_are_dropped() {
    let mut stage = Stage::new("?search=zmei");
    let opened = stage.send(Msg::Opened);
    let left = stage.serve(opened, &rows());
    let asked: Vec<_> = left.iter().filter(|effect| matches!(effect, Effect::FindMembers(_))).collect();
    assert_eq!(asked, [&Effect::FindMembers("zmei".to_owned())], "once");
    stage.act(ActionMsg::MembersFound("me".to_owned(), Ok((vec![member("old@x.de")], 1))));
    let found = |stage: &Stage| stage.model.actions.members.clone().expect("asked").people.len();
    assert_eq!(found(&stage), 0);
    stage.act(ActionMsg::MembersFound("zmei".to_owned(), Ok((vec![member("mei@x.de")], 1))));
    assert_eq!(found(&stage), 1);
    // A role may forbid it.
    stage.act(ActionMsg::MembersFound("zmei".to_owned(), Err(Error::NoAnswer)));
    assert_eq!(found(&stage), 1);
    for address in ["?search=z", "?search=a,b"] {
        let mut stage = Stage::new(address);
        let opened = stage.send(Msg::Opened);
        let left = stage.serve(opened, &rows());
        assert!(!left.iter().any(|effect| matches!(effect, Effect::FindMembers(_))), "{address}");
    }
}

#[test]
fn all_members_are_asked_for_where_the_list_shows_who_has_joined() {
    for (address, is_asked) in [("?view=accepted", true), ("?sort=email", false)] {
        let mut stage = Stage::new(address);
        let opened = stage.send(Msg::Opened);
        let left = stage.serve(opened, &rows());
        assert_eq!(left.contains(&Effect::FindMembers(String::new())), is_asked, "{address}");
    }
}
