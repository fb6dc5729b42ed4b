use super::*;
use crate::domain::testing::invitation;
use crate::domain::{Status, Timestamp};
use proptest::prelude::*;
use std::collections::HashSet;

/// What happens to the list between two requests.
#[derive(Clone, Debug)]
enum Change {
    /// So many invitations are sent.
    Join(usize),
    /// So many leave, from this place on (counted around).
    Leave(usize, usize),
}

/// The rows of a page, and how many there are in all.
type Answer = (Vec<Invitation>, u64);

/// How the page behind the one that is due is asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    /// Before that one is read.
    Ahead,
    /// After it.
    Plain,
    /// Before, and read before.
    Swapped,
    /// Before, without an answer.
    Lost,
}

/// Clerk in miniature, whose list changes before each request as the script says.
struct Server {
    ids: Vec<usize>,
    sent: usize,
    script: Vec<Vec<Change>>,
    asked: Vec<(u32, u32)>,
    /// The rows that were there when the first page was answered and have not left since.
    stayed: HashSet<usize>,
}

impl Server {
    fn new(rows: usize, script: Vec<Vec<Change>>) -> Self {
        Self { ids: (0..rows).collect(), sent: rows, script, asked: vec![], stayed: (0..rows).collect() }
    }

    fn change(&mut self, change: &Change) {
        match change {
            Change::Join(count) => {
                for _ in 0..*count {
                    self.ids.insert(0, self.sent);
                    self.sent += 1;
                }
            }
            Change::Leave(from, count) => {
                for _ in 0..(*count).min(self.ids.len()) {
                    let left = self.ids.remove(from % self.ids.len());
                    self.stayed.remove(&left);
                }
            }
        }
    }

    fn answer(&mut self, question: PageQuestion) -> Answer {
        let turn = self.asked.len();
        self.asked.push((question.page, question.rows));
        for change in self.script.get(turn).cloned().into_iter().flatten() {
            self.change(&change);
        }
        if turn == 0 {
            self.stayed = self.ids.iter().copied().collect();
        }
        let before = (question.page as usize - 1) * question.rows as usize;
        let page = self.ids.iter().skip(before).take(question.rows as usize);
        (page.copied().map(row).collect(), self.ids.len() as u64)
    }
}

impl FullList {
    fn due_now(&self) -> PageQuestion {
        self.due(self.floor, self.turn)
    }
}

/// A list that is being read, and the rows that it brings.
struct Reading {
    list: FullList,
    rows: Rows,
}

impl Reading {
    fn new(page_rows: u32) -> Self {
        Self { list: FullList::new(page_rows), rows: Rows::default() }
    }

    fn take(&mut self, asked: PageQuestion, page: Vec<Invitation>, total: u64) {
        self.list.take(asked, page, total, &mut self.rows);
    }

    /// Reads until the list asks for nothing more; `look` sees it after each answer.
    fn read(&mut self, server: &mut Server, mut look: impl FnMut(&mut FullList)) {
        while let Some(question) = self.list.next() {
            let (page, total) = server.answer(question);
            self.take(question, page, total);
            look(&mut self.list);
        }
    }

    fn ids(&self) -> Vec<usize> {
        self.list.ids().iter().map(|id| id.0.parse().expect("a number")).collect()
    }
}

fn read(server: &mut Server, page_rows: u32) -> Reading {
    let mut reading = Reading::new(page_rows);
    reading.read(server, |_| {});
    reading
}

fn id(id: usize) -> InvitationId {
    InvitationId(id.to_string())
}

fn row(number: usize) -> Invitation {
    // Two rows of the same address are two rows.
    let email = ["a", &(number / 2).to_string(), "@x.de"].concat();
    Invitation { id: id(number), ..invitation(&email, Status::Pending) }
}

fn rows(ids: std::ops::Range<usize>) -> Vec<Invitation> {
    ids.map(row).collect()
}

fn scripts(changes_at_most: usize) -> impl Strategy<Value = Vec<Vec<Change>>> {
    let change = prop_oneof![
        (1usize..12).prop_map(Change::Join),
        (0usize..80, 1usize..4).prop_map(|(from, count)| Change::Leave(from, count)),
        (0usize..80, 1usize..30).prop_map(|(from, count)| Change::Leave(from, count)),
    ];
    let step = prop_oneof![Just(vec![]), proptest::collection::vec(change, 1..4)];
    proptest::collection::vec(step, 0..changes_at_most)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn a_row_that_stays_in_the_list_is_read_once_and_stands_in_its_place(
        count in 0usize..80, page_rows in 1u32..12, script in scripts(40),
    ) {
        let mut server = Server::new(count, script);
        let (mut reading, mut before) = (Reading::new(page_rows), 0);
        reading.read(&mut server, |list| {
            let (read, of) = list.count();
            assert!(read <= of && read >= before, "{read} of {of} after {before}");
            before = read;
        });
        prop_assert_eq!(reading.list.progress(), &Progress::Complete);
        prop_assert!(server.asked.iter().all(|(page, rows)| *page > 0 && (1..=page_rows).contains(rows)));
        let known = reading.ids();
        prop_assert_eq!(known.iter().collect::<HashSet<_>>().len(), known.len(), "twice: {:?}", known);
        for (place, row) in known.iter().enumerate() {
            prop_assert_eq!(reading.list.places.get(&id(*row)), Some(&(place as u32)));
        }
        prop_assert_eq!(reading.list.places.len(), known.len());
        prop_assert_eq!(reading.rows.of(reading.list.ids()).len(), known.len());
        let is_there = |id: &usize| server.stayed.contains(id);
        let found: Vec<_> = known.into_iter().filter(is_there).collect();
        let there: Vec<_> = server.ids.iter().copied().filter(is_there).collect();
        prop_assert_eq!(found, there);
    }

    #[test]
    fn what_is_asked_ahead_is_what_is_due_then_and_brings_the_same_whichever_answer_is_read_first(
        count in 0usize..80, page_rows in 1u32..12, script in scripts(40),
        ways in proptest::collection::vec(prop_oneof![3 => Just(Way::Ahead), 1 => Just(Way::Plain), 1 => Just(Way::Swapped), 1 => Just(Way::Lost)], 40),
    ) {
        let mut server = Server::new(count, script);
        let mut reading = Reading::new(page_rows);
        let mut ways = ways.into_iter().chain(std::iter::repeat(Way::Ahead));
        let mut held: Option<(PageQuestion, Option<Answer>)> = None;
        loop {
            let (question, answer) = match (reading.list.to_ask(), held.take()) {
                (Some(question), None) => (question, Some(server.answer(question))),
                (None, Some(held)) => {
                    prop_assert_eq!(reading.list.next(), Some(held.0), "it was not due");
                    held
                }
                (None, None) => break,
                (Some(question), Some(held)) => {
                    prop_assert!(false, "{:?} although {:?} is on its way", question, held.0);
                    unreachable!()
                }
            };
            let Some((page, total)) = answer else {
                reading.list.fail(question, Error::Unreachable);
                prop_assert_eq!(reading.list.progress(), &Progress::Failed(Error::Unreachable));
                reading.list.resume();
                continue;
            };
            let way = ways.next().expect("it never ends");
            let announced = (way != Way::Plain).then(|| reading.list.announce(question, page.len() as u64, total));
            if let Some(next) = announced.flatten() {
                let answer = server.answer(next);
                match way {
                    Way::Swapped => reading.take(next, answer.0, answer.1),
                    Way::Lost => held = Some((next, None)),
                    _ => held = Some((next, Some(answer))),
                }
            }
            reading.take(question, page, total);
        }
        prop_assert_eq!(reading.list.progress(), &Progress::Complete);
        let is_there = |id: &usize| server.stayed.contains(id);
        let found: Vec<_> = reading.ids().into_iter().filter(is_there).collect();
        let there: Vec<_> = server.ids.iter().copied().filter(is_there).collect();
        prop_assert_eq!(found, there);
    }

    #[test]
    fn rows_that_are_sent_during_the_reading_stand_on_top(
        count in 1usize..80, page_rows in 2u32..12, joins in proptest::collection::vec(0usize..3, 0..30),
    ) {
        let script = joins.into_iter().map(|joins| vec![Change::Join(joins)]).collect();
        let mut server = Server::new(count, script);
        let reading = read(&mut server, page_rows);
        prop_assert_eq!(reading.list.progress(), &Progress::Complete);
        // What came before the last look at the top can be known.
        prop_assert_eq!(reading.ids(), &server.ids[..]);
    }

    #[test]
    fn the_next_page_begins_at_the_floor_or_above_and_reaches_below_it(
        place in 0u64..1_000_000, most in 1u32..600, is_shrinking: bool,
    ) {
        let list = FullList { floor: place, is_shrinking, ..FullList::new(most) };
        let question = list.due_now();
        prop_assert!(question.from() <= place && question.to() > place);
        prop_assert!((1..=most).contains(&question.rows) && question.page > 0);
    }

    #[test]
    fn no_answer_makes_it_panic(
        answers in proptest::collection::vec((proptest::collection::vec(0usize..20, 0..6), any::<u64>()), 0..30),
        page_rows: u32,
    ) {
        let mut reading = Reading::new(page_rows);
        for (ids, total) in answers {
            let question = reading.list.due_now();
            reading.take(question, ids.into_iter().map(row).collect(), total);
            let ids = reading.ids();
            prop_assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len());
            prop_assert!(reading.list.seam <= ids.len());
        }
    }

    #[test]
    fn ids_that_are_added_on_top_stand_there_in_their_order_and_once_each(
        count in 0usize..9, read_first in 0usize..3, added in proptest::collection::vec(0usize..20, 0..9),
    ) {
        let (mut server, mut reading) = (Server::new(count, vec![]), Reading::new(4));
        for _ in 0..read_first {
            if let Some(question) = reading.list.next() {
                let (page, total) = server.answer(question);
                reading.take(question, page, total);
            }
        }
        let before = reading.ids();
        reading.list.add_on_top(added.iter().copied().map(id));
        let mut new: Vec<_> = added.clone();
        new.retain(|id| !before.contains(id));
        let mut met = HashSet::new();
        new.retain(|id| met.insert(*id));
        prop_assert_eq!(reading.ids(), [new, before].concat());
        reading.read(&mut server, |_| {});
        let known = reading.ids();
        prop_assert_eq!(known.iter().collect::<HashSet<_>>().len(), known.len(), "twice: {:?}", known);
        let is_of_server = |id: &usize| *id < count && !added.contains(id);
        let rest: Vec<_> = known.into_iter().filter(is_of_server).collect();
        prop_assert_eq!(rest, (0..count).filter(is_of_server).collect::<Vec<_>>());
    }
}

#[test]
fn a_list_that_does_not_change_is_read_page_by_page_with_no_further_request() {
    for (count, pages) in [(0, 1), (1, 1), (500, 1), (501, 2), (20_000, 40)] {
        let mut server = Server::new(count, vec![]);
        let reading = read(&mut server, 500);
        let asked: Vec<_> = (1..=pages).map(|page| (page, 500)).collect();
        assert_eq!(server.asked, asked, "{count}");
        assert_eq!((reading.ids(), reading.list.progress()), ((0..count).collect(), &Progress::Complete));
        assert_eq!(reading.list.count(), (count as u64, count as u64));
    }
}

#[test]
fn more_than_a_page_that_leaves_takes_the_reading_back_by_more_than_a_page() {
    let mut server = Server::new(100, vec![vec![], vec![], vec![], vec![Change::Leave(0, 25)]]);
    let reading = read(&mut server, 10);
    // The fourth page showed 55 to 64; 30 to 54 had slipped up to where the first three had been.
    assert_eq!(server.asked[..4], [(1, 10), (2, 10), (3, 10), (4, 10)]);
    let back = server.asked[4];
    assert!((back.0 - 1) * back.1 <= 5, "{back:?}");
    assert_eq!(reading.ids(), (0..100).collect::<Vec<_>>());
}

#[test]
fn a_list_from_which_rows_leave_all_the_time_is_read_to_its_end() {
    for from in [0, 7000, usize::MAX / 2] {
        let mut server = Server::new(10_000, vec![vec![Change::Leave(from, 3)]; 900]);
        let reading = read(&mut server, 500);
        assert_eq!(reading.list.progress(), &Progress::Complete);
        assert!(server.asked.len() < 40, "{} requests", server.asked.len());
    }
}

#[test]
fn a_list_that_never_ends_is_given_up_and_can_be_resumed() {
    let (mut reading, mut calls) = (Reading::new(500), 0);
    let mut read = |reading: &mut Reading| {
        while let Some(question) = reading.list.next() {
            reading.take(question, rows(calls..calls + 1), u64::MAX - calls as u64 % 2);
            calls += 1;
        }
        calls
    };
    assert_eq!(read(&mut reading), MAX_PAGES as usize);
    assert_eq!(reading.list.progress(), &Progress::Failed(Error::NoAnswer));
    reading.list.resume();
    assert_eq!(read(&mut reading), 2 * MAX_PAGES as usize);
}

#[test]
fn an_empty_page_is_the_end_whatever_the_total_claims() {
    let mut reading = Reading::new(2);
    reading.take(reading.list.due_now(), rows(0..2), 1_000_000);
    assert_eq!(reading.list.count(), (2, 1_000_000));
    reading.take(reading.list.due_now(), vec![], 1_000_000);
    assert_eq!((reading.list.progress(), reading.list.next()), (&Progress::Complete, None));
}

#[test]
fn rows_that_were_read_before_a_failure_are_known_and_a_resumed_reading_brings_the_rest() {
    let mut server = Server::new(9, vec![vec![], vec![], vec![Change::Leave(0, 3)]]);
    let mut reading = Reading::new(2);
    for _ in 0..2 {
        let question = reading.list.next().expect("a question");
        let (page, total) = server.answer(question);
        reading.take(question, page, total);
    }
    let question = reading.list.due_now();
    reading.list.fail(question, Error::Unreachable);
    assert_eq!(reading.list.progress(), &Progress::Failed(Error::Unreachable));
    assert_eq!((reading.list.next(), reading.list.count()), (None, (4, 9)));
    reading.list.resume();
    reading.read(&mut server, |_| {});
    assert_eq!(reading.list.progress(), &Progress::Complete);
    // The three that left after the failure are still known, and those behind them are, too.
    assert_eq!(reading.ids(), (0..9).collect::<Vec<_>>());
}

#[test]
fn a_stopped_reading_asks_for_nothing_until_it_is_resumed_and_a_complete_one_stays_complete() {
    let (mut server, mut reading) = (Server::new(9, vec![]), Reading::new(2));
    let mut answers = 0;
    reading.read(&mut server, |list| {
        answers += 1;
        if answers == 2 {
            list.stop();
        }
    });
    assert_eq!((server.asked.len(), reading.list.progress()), (2, &Progress::Stopped));
    assert_eq!((reading.list.next(), reading.list.count()), (None, (4, 9)));
    reading.list.resume();
    reading.read(&mut server, |_| {});
    assert_eq!((server.asked.len(), reading.list.progress()), (5, &Progress::Complete));
    let fail = |list: &mut FullList| list.fail(list.due_now(), Error::Unreachable);
    for turn in [FullList::stop, FullList::resume, fail] {
        turn(&mut reading.list);
        assert_eq!((reading.list.progress(), reading.list.next()), (&Progress::Complete, None));
    }
}

#[test]
fn an_answer_that_comes_after_the_reading_was_stopped_still_counts() {
    let mut reading = Reading::new(2);
    let question = reading.list.due_now();
    reading.list.stop();
    reading.take(question, rows(0..2), 9);
    assert_eq!((reading.list.progress(), reading.list.count()), (&Progress::Stopped, (2, 9)));
    reading.list.resume();
    assert_eq!(reading.list.next().map(|question| question.page), Some(2));
}

#[test]
fn the_next_page_is_asked_for_ahead_only_where_it_does_not_depend_on_the_rows() {
    let begun = || {
        let mut reading = Reading::new(2);
        reading.take(reading.list.due_now(), rows(0..2), 8);
        let due = reading.list.due_now();
        (reading, due)
    };
    let ahead = |rows, total| {
        let (mut reading, due) = begun();
        reading.list.announce(due, rows, total).map(|question| (question.page, question.rows))
    };
    assert_eq!((ahead(2, 8), ahead(2, 9)), (Some((3, 2)), Some((3, 2))));
    // The end, a page that is not full, rows that have left.
    assert_eq!((ahead(2, 4), ahead(1, 8), ahead(2, 7)), (None, None, None));
    let (mut reading, due) = begun();
    reading.list.stop();
    assert_eq!(reading.list.announce(due, 2, 8), None);
    reading.list.resume();
    let next = reading.list.announce(due, 2, 8).expect("it goes on");
    assert_eq!(reading.list.announce(next, 2, 8), None, "one page ahead is enough");
    // What is on its way when the reading is stopped is asked for again when it goes on.
    reading.take(due, rows(2..4), 8);
    assert_eq!((reading.list.next(), reading.list.to_ask()), (Some(next), None));
    reading.list.stop();
    reading.list.resume();
    assert_eq!(reading.list.to_ask(), Some(next));
}

#[test]
fn a_page_that_was_asked_for_ahead_in_vain_breaks_the_reading_off_once_it_is_due() {
    let mut reading = Reading::new(2);
    let first = reading.list.due_now();
    let next = reading.list.announce(first, 2, 8).expect("a page");
    reading.list.fail(next, Error::Unreachable);
    assert_eq!(reading.list.progress(), &Progress::Reading, "it is not due yet");
    reading.take(first, rows(0..2), 8);
    assert_eq!(reading.list.progress(), &Progress::Failed(Error::Unreachable));
    reading.list.resume();
    assert_eq!(reading.list.to_ask(), Some(next));
}

#[test]
fn an_answer_to_an_older_question_tells_of_rows_but_not_how_far_the_reading_is() {
    let mut reading = Reading::new(2);
    let first = reading.list.due_now();
    reading.take(first, rows(0..2), 6);
    let second = reading.list.due_now();
    reading.take(first, rows(0..2), 1);
    assert_eq!((reading.list.next(), reading.list.count()), (Some(second), (2, 6)));
    reading.take(second, rows(2..4), 6);
    let third = reading.list.due_now();
    reading.take(second, rows(2..5), 6);
    assert_eq!((reading.list.next(), reading.list.count()), (Some(third), (5, 6)));
    reading.take(third, rows(4..6), 6);
    // Rows were met again, which may have been pushed down.
    let again = reading.list.next().expect("a look at the top");
    assert_eq!((again.page, reading.list.progress()), (1, &Progress::Reading));
    reading.take(again, rows(0..2), 6);
    assert_eq!(reading.list.progress(), &Progress::Complete);
    reading.take(again, rows(0..2), 600);
    assert_eq!((reading.list.next(), reading.list.count()), (None, (6, 6)));
}

#[test]
fn a_question_that_is_asked_again_takes_no_answer_to_the_earlier_one() {
    let mut reading = Reading::new(2);
    reading.take(reading.list.due_now(), rows(0..2), 6);
    let before = reading.list.due_now();
    reading.take(before, rows(2..4), 6);
    reading.take(reading.list.due_now(), rows(5..6), 5);
    let again = reading.list.due_now();
    assert_eq!((again.page, again.rows), (before.page, before.rows));
    reading.take(before, rows(2..4), 6);
    assert_eq!(reading.list.next(), Some(again));
}

#[test]
fn one_look_at_the_top_is_enough_where_the_first_page_shows_what_was_sent() {
    let mut server = Server::new(9, vec![vec![], vec![Change::Join(1)], vec![], vec![Change::Join(1)]]);
    let reading = read(&mut server, 5);
    assert_eq!(server.asked, [(1, 5), (2, 5), (1, 5)]);
    assert_eq!(reading.ids(), [9, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
    let mut server = Server::new(9, vec![vec![], vec![Change::Join(1)], vec![Change::Join(1)]]);
    let reading = read(&mut server, 5);
    assert_eq!(server.asked, [(1, 5), (2, 5), (1, 5)]);
    assert_eq!(reading.ids(), [10, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
}

#[test]
fn what_others_send_is_found_below_a_page_of_rows_that_were_added_on_top() {
    let mut server = Server::new(12, vec![vec![], vec![], vec![Change::Join(5)]]);
    let (mut reading, mut answers) = (Reading::new(4), 0);
    reading.read(&mut server, |list| {
        answers += 1;
        if answers == 2 {
            // The first of the five is somebody else's.
            list.add_on_top([16, 15, 14, 13].map(id));
        }
    });
    assert_eq!(reading.ids(), server.ids);
}

#[test]
fn of_two_pages_that_reach_as_far_the_usual_one_is_asked_for() {
    assert_eq!(PageQuestion::at(5, 10, 0), PageQuestion { page: 1, rows: 10, turn: 0 });
    assert_eq!(PageQuestion::at(6, 10, 0), PageQuestion { page: 2, rows: 6, turn: 0 });
}

#[test]
fn the_rest_of_the_list_stands_behind_what_was_read_even_if_a_row_was_added_on_top() {
    let mut reading = Reading::new(2);
    reading.take(reading.list.due_now(), rows(0..2), 4);
    reading.list.add_on_top([id(9)]);
    reading.take(reading.list.due_now(), rows(2..4), 4);
    assert_eq!((reading.ids(), reading.list.progress()), (vec![9, 0, 1, 2, 3], &Progress::Complete));
}

#[test]
fn an_answer_from_before_a_change_does_not_undo_it_and_a_new_row_comes_on_top() {
    let version = |id, status, updated| Invitation { status, updated: Some(Timestamp(updated)), ..row(id) };
    let mut reading = Reading::new(4);
    let page = vec![row(1), version(2, Status::Pending, 5.0), row(3)];
    reading.take(reading.list.due_now(), page.clone(), 8);
    reading.rows.put(version(2, Status::Revoked, 6.0));
    reading.rows.put(row(9));
    reading.list.add_on_top([id(2), id(9)]);
    let status = |reading: &Reading| reading.rows.get(&id(2)).map(|row| row.status.clone());
    assert_eq!((reading.ids(), status(&reading)), (vec![9, 1, 2, 3], Some(Status::Revoked)));
    // This answer was on its way when the row was revoked.
    reading.take(reading.list.due_now(), page, 8);
    assert_eq!((reading.ids(), status(&reading)), (vec![9, 1, 2, 3], Some(Status::Revoked)));
}

#[test]
fn the_same_row_twice_on_a_page_is_one_row() {
    let mut reading = Reading::new(4);
    reading.take(reading.list.due_now(), vec![row(1), row(2), row(1)], 3);
    assert_eq!(reading.ids(), [1, 2]);
}
