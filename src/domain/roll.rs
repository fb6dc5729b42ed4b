//! Reading a whole list of invitations while it changes: Clerk neither searches nor sorts, so whoever wants that needs
//! every row.
//!
//! A list is read from its top, a page at a time. Meanwhile rows leave it, and those behind them slip up, perhaps to a
//! page that was read already. How far, the totals tell: what joins the list does so on top and pushes rows down, so that
//! no row slips up further than the total fell between two answers. ([`Shown::Accepted`](crate::domain::Shown::Accepted)
//! and [`Shown::Revoked`](crate::domain::Shown::Revoked) are joined in the middle, but never left.) So one number is
//! enough, the [floor](Roll): no row that is still to be read stands above it. It falls with the total, and it rises past
//! a page that began no lower than it. That is why a row that is there the whole time is read; that it is there only
//! once is because rows are told apart by their ids.

use crate::domain::error::Error;
use crate::domain::invitation::{Invitation, InvitationId, Status};
use crate::domain::sending::{Invitations, MOST_PAGES};
use std::cell::RefCell;
use std::collections::HashMap;

/// How the reading goes.
#[derive(Clone, Debug, PartialEq)]
pub enum Course {
    /// It goes on.
    Reading,
    /// Somebody stopped it. What was read until then is known.
    Stopped,
    /// All was read.
    Complete,
    /// It broke off. What was read until then is known.
    Failed(Error),
}

/// What Clerk is to be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The page, from 1.
    pub page: u32,
    /// How many rows a page has.
    pub rows: u32,
    /// Answers before this one. Another reading may have been going on when this one was resumed, and its answer is older
    /// than what is known by now.
    turn: u32,
}

/// Every invitation of a list that is known so far.
#[derive(Debug)]
pub struct Roll {
    rows: Vec<Invitation>,
    places: HashMap<String, u32>,
    course: Course,
    edition: u32,
    page_rows: u32,
    total: Option<u64>,
    /// No row that is still to be read stands above this place of Clerk's list, as of the last answer.
    floor: u64,
    /// Where among `rows` the ones at the floor belong.
    seam: usize,
    /// How many of `rows` were put on top of those that the first look brought.
    head: usize,
    /// Rows have left while it was read.
    is_shrinking: bool,
    /// Something was added on top since the top was read.
    has_news: bool,
    /// All was read once; now it is about what was added on top.
    is_second_look: bool,
    turn: u32,
    turns_left: u32,
}

impl Ask {
    /// How many rows stand before those that it asks for.
    fn from(self) -> u64 {
        u64::from(self.page.saturating_sub(1)) * u64::from(self.rows)
    }

    /// The page that reaches furthest of those that begin no lower than `place`, with no more than `most` rows.
    ///
    /// Clerk has pages and no offsets, so a page of fewer rows has to do where none of the usual ones begins there.
    fn at(place: u64, most: u32, turn: u32) -> Self {
        let of = |before: u64, rows: u64| Self {
            page: u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1),
            rows: u32::try_from(rows).unwrap_or(most).min(most),
            turn,
        };
        let usual = of(place / u64::from(most), u64::from(most));
        let pages = place.div_ceil(u64::from(most)).max(1);
        let fitted = of(pages, place / pages);
        if fitted.to() > usual.to() { fitted } else { usual }
    }

    fn to(self) -> u64 {
        self.from() + u64::from(self.rows)
    }
}

impl Roll {
    /// Nothing yet, to be read `page_rows` at a time ([`MOST_ROWS`](crate::domain::sending::MOST_ROWS), except in tests).
    pub fn new(page_rows: u32) -> Self {
        Self {
            rows: vec![],
            places: HashMap::new(),
            course: Course::Reading,
            edition: 0,
            page_rows: page_rows.max(1),
            total: None,
            floor: 0,
            seam: 0,
            head: 0,
            is_shrinking: false,
            has_news: false,
            is_second_look: false,
            turn: 0,
            turns_left: MOST_PAGES,
        }
    }

    /// What is known: in Clerk's order when all was read, mostly so before. Rows that have left the list since they were
    /// read are still among them.
    pub fn rows(&self) -> &[Invitation] {
        &self.rows
    }

    /// The row of that id.
    pub fn row(&self, id: &InvitationId) -> Option<&Invitation> {
        self.rows.get(*self.places.get(&id.0)? as usize)
    }

    /// How the reading goes.
    pub fn course(&self) -> &Course {
        &self.course
    }

    /// How many rows are known, of how many. The first is never the greater one, and never falls.
    pub fn progress(&self) -> (u64, u64) {
        let read = self.rows.len() as u64;
        (read, self.total.unwrap_or(0).max(read))
    }

    /// Another number whenever anything of it is another.
    pub fn edition(&self) -> u32 {
        self.edition
    }

    /// What to ask for next; `None` when the reading does not go on.
    pub fn next(&self) -> Option<Ask> {
        (self.course == Course::Reading).then(|| self.due())
    }

    fn due(&self) -> Ask {
        let at = |place| Ask::at(place, self.page_rows, self.turn);
        // Where each answer is shorter than the one before, pages that only touch would send the reading back each time.
        let overlap = if self.is_shrinking { u64::from(self.page_rows / 5) } else { 0 };
        let careful = at(self.floor.saturating_sub(overlap));
        if careful.to() > self.floor { careful } else { at(self.floor) }
    }

    /// Takes in what Clerk answered: these rows, of `total` in all. An answer that is not the one that is due
    /// tells of rows, but nothing of how far the reading is.
    ///
    /// The reading is over after [`MOST_PAGES`] answers in any case: such a list never ends.
    pub fn take(&mut self, ask: Ask, rows: Vec<Invitation>, total: u64) {
        self.edition = self.edition.wrapping_add(1);
        if ask != self.due() {
            self.merge(rows, false);
            return;
        }
        let before = self.total.replace(total).unwrap_or(total);
        let floor = self.floor.saturating_sub(before.saturating_sub(total));
        let is_joined = floor >= ask.from();
        self.floor = if is_joined { ask.to() } else { floor };
        self.is_shrinking |= total < before;
        self.turn = self.turn.wrapping_add(1);
        self.turns_left = self.turns_left.saturating_sub(1);

        let (asked, known) = (rows.len(), self.rows.len());
        let last = rows.last().map(|row| row.id.0.clone());
        self.merge(rows, is_joined);
        // What is added on top pushes rows down to where they are met again.
        let are_pushed = !self.is_second_look && self.rows.len() - known < asked;
        self.has_news |= ask.from() > 0 && (total > before || are_pushed);
        let place = last.and_then(|id| self.places.get(&id)).map(|place| *place as usize);
        let is_enough = place.is_none_or(|place| self.is_second_look && place >= self.head);
        let ends = self.floor >= total || (is_joined && is_enough);
        if ends && self.has_news {
            (self.floor, self.seam, self.has_news, self.is_second_look) = (0, 0, false, true);
        } else if ends {
            self.course = Course::Complete;
        }
        if self.turns_left == 0 && self.course == Course::Reading {
            self.course = Course::Failed(Error::NoAnswer);
        }
    }

    /// Puts in newer versions of rows; those that are new are put on top, in this order.
    pub fn update(&mut self, rows: Vec<Invitation>) {
        self.edition = self.edition.wrapping_add(1);
        let mut new = vec![];
        for row in rows {
            match self.places.get(&row.id.0).and_then(|place| self.rows.get_mut(*place as usize)) {
                Some(known) => put(known, row),
                None => new.push(row),
            }
        }
        let count = new.len();
        self.rows.splice(0..0, new);
        (self.head, self.seam) = (self.head + count, self.seam + count);
        for (row, place) in self.rows.iter().zip(0..) {
            self.places.insert(row.id.0.clone(), place);
        }
    }

    /// The reading broke off.
    pub fn fail(&mut self, error: Error) {
        self.turn_to(Course::Failed(error));
    }

    /// The reading is not to go on.
    pub fn stop(&mut self) {
        self.turn_to(Course::Stopped);
    }

    /// The reading goes on where it broke off or was stopped.
    pub fn resume(&mut self) {
        self.turns_left = MOST_PAGES;
        self.turn_to(Course::Reading);
    }

    fn turn_to(&mut self, course: Course) {
        if self.course != Course::Complete {
            self.course = course;
            self.edition = self.edition.wrapping_add(1);
        }
    }

    /// Inserts a row among those that were added on top.
    fn insert(&mut self, at: usize, row: Invitation) {
        self.places.values_mut().filter(|place| **place as usize >= at).for_each(|place| *place += 1);
        self.places.insert(row.id.0.clone(), at as u32);
        self.rows.insert(at, row);
        self.head += 1;
    }

    /// Merges rows that stand one behind the other in Clerk's list.
    fn merge(&mut self, rows: Vec<Invitation>, are_joined: bool) {
        if self.is_second_look {
            self.merge_news(rows, are_joined)
        } else {
            self.merge_page(rows, are_joined)
        }
    }

    /// New rows are put behind the row that stands before them; nothing else moves.
    fn merge_news(&mut self, rows: Vec<Invitation>, are_joined: bool) {
        let mut at = self.seam;
        for row in rows {
            let place = self.places.get(&row.id.0).map(|place| *place as usize);
            match place.and_then(|place| self.rows.get_mut(place)) {
                Some(known) => put(known, row),
                None => self.insert(at, row),
            }
            at = at.max(place.unwrap_or(at) + 1);
        }
        if are_joined {
            self.seam = at;
        }
    }

    /// Those that are joined to the ones before the seam are put there. Where the others belong, it takes a later page to
    /// tell; until then they stand at the end.
    fn merge_page(&mut self, rows: Vec<Invitation>, are_joined: bool) {
        let mut run = Vec::with_capacity(rows.len());
        for row in rows {
            let end = self.rows.len();
            let place = *self.places.entry(row.id.0.clone()).or_insert(end as u32) as usize;
            match self.rows.get_mut(place) {
                Some(known) => put(known, row),
                None => self.rows.push(row),
            }
            if place >= self.seam && !(place < end && run.contains(&place)) {
                run.push(place);
            }
        }
        if !are_joined {
            return;
        }
        let begins = self.seam;
        self.seam += run.len();
        if run.iter().zip(begins..).all(|(place, wanted)| *place == wanted) {
            return;
        }
        let mut tail: Vec<_> = self.rows.drain(begins..).map(Some).collect();
        self.rows.extend(run.iter().filter_map(|place| tail.get_mut(place - begins)?.take()));
        self.rows.extend(tail.into_iter().flatten());
        for (row, place) in self.rows.iter().zip(0..).skip(begins) {
            self.places.insert(row.id.0.clone(), place);
        }
    }
}

/// One row of each address, the pending one where there is one: nobody is to get two mails.
pub fn one_of_each(rows: &[Invitation]) -> Vec<Invitation> {
    let mut of: HashMap<&str, &Invitation> = HashMap::new();
    for row in rows {
        let best = of.entry(&row.email_key).or_insert(row);
        if row.status == Status::Pending {
            *best = row;
        }
    }
    rows.iter().filter(|row| of.get(&*row.email_key).is_some_and(|best| best.id == row.id)).cloned().collect()
}

/// Replaces a row, unless it is newer: an answer may have been on its way when the row was changed from here.
fn put(known: &mut Invitation, row: Invitation) {
    let is_older = known.updated.zip(row.updated).is_some_and(|(known, row)| row.0 < known.0);
    if !is_older {
        *known = row;
    }
}

/// Reads the invitations of these statuses (of any, when none is named) into `roll`, as long as that and `goes_on` say so,
/// which is asked after each answer. It ends with the list, with the first page that could not be read, or after
/// [`MOST_PAGES`] answers: [`Roll::course`] tells.
pub async fn read(
    service: &impl Invitations,
    statuses: &[Status],
    roll: &RefCell<Roll>,
    goes_on: impl Fn() -> bool,
) {
    loop {
        let Some(ask) = roll.borrow().next() else { return };
        let answer = service.list(statuses, ask.page, ask.rows).await;
        let mut known = roll.borrow_mut();
        match answer {
            Ok((rows, total)) => known.take(ask, rows, total),
            Err(error) if known.next() == Some(ask) => known.fail(error),
            // Somebody else reads on, or nobody is to.
            Err(_) => return,
        }
        drop(known);
        if !goes_on() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sending::tests::{invitation, now};
    use crate::domain::{Email, RoleKey, Timestamp};
    use proptest::prelude::*;
    use std::cell::Cell;
    use std::collections::HashSet;

    /// What happens to the list between two requests.
    #[derive(Clone, Debug)]
    enum Change {
        /// So many are sent.
        Join(usize),
        /// So many leave, from this place on (counted around).
        Leave(usize, usize),
    }

    /// Clerk in miniature, whose list changes before each request as is written.
    struct Server {
        ids: RefCell<Vec<usize>>,
        born: Cell<usize>,
        script: Vec<Vec<Change>>,
        asked: RefCell<Vec<(u32, u32)>>,
        stayed: RefCell<HashSet<usize>>,
    }

    fn row(id: usize) -> Invitation {
        // Two rows of the same address are two rows.
        let email = ["a", &(id / 2).to_string(), "@x.de"].concat();
        Invitation { id: InvitationId(id.to_string()), ..invitation(&email, Status::Pending) }
    }

    fn rows(ids: std::ops::Range<usize>) -> Vec<Invitation> {
        ids.map(row).collect()
    }

    fn ids(roll: &Roll) -> Vec<usize> {
        roll.rows().iter().map(|row| row.id.0.parse().expect("a number")).collect()
    }

    impl Server {
        fn new(rows: usize, script: Vec<Vec<Change>>) -> Self {
            Self {
                ids: RefCell::new((0..rows).collect()),
                born: Cell::new(rows),
                script,
                asked: RefCell::default(),
                stayed: RefCell::new((0..rows).collect()),
            }
        }

        fn change(&self, change: &Change) {
            let mut ids = self.ids.borrow_mut();
            match change {
                Change::Join(count) => {
                    for _ in 0..*count {
                        ids.insert(0, self.born.replace(self.born.get() + 1));
                    }
                }
                Change::Leave(from, count) => {
                    for _ in 0..(*count).min(ids.len()) {
                        let at = from % ids.len();
                        self.stayed.borrow_mut().remove(&ids.remove(at));
                    }
                }
            }
        }
    }

    impl Invitations for Server {
        async fn invite(&self, _: &Email, _: &RoleKey) -> Result<Invitation, Error> {
            Err(Error::Unproved)
        }
        async fn revoke(&self, _: &InvitationId) -> Result<Invitation, Error> {
            Err(Error::Unproved)
        }
        async fn list(&self, _: &[Status], page: u32, rows: u32) -> Result<(Vec<Invitation>, u64), Error> {
            let turn = self.asked.borrow().len();
            self.asked.borrow_mut().push((page, rows));
            // What was there when the first page was answered is what can be there the whole time.
            for change in self.script.get(turn).into_iter().flatten() {
                self.change(change);
            }
            if turn == 0 {
                *self.stayed.borrow_mut() = self.ids.borrow().iter().copied().collect();
            }
            let ids = self.ids.borrow();
            let before = (page as usize - 1) * rows as usize;
            Ok((ids.iter().skip(before).take(rows as usize).copied().map(row).collect(), ids.len() as u64))
        }
    }

    fn whole(server: &Server, page_rows: u32) -> Roll {
        let roll = RefCell::new(Roll::new(page_rows));
        now(read(server, &[], &roll, || true));
        roll.into_inner()
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

    #[test]
    fn an_address_with_several_rows_counts_once_and_its_pending_one_counts_most() {
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
        let ids = one_of_each(&rows).into_iter().map(|row| row.id.0).collect::<Vec<_>>();
        assert_eq!(ids, ["2", "3"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        #[test]
        fn a_row_that_is_there_the_whole_time_is_there_once_and_in_its_place(
            count in 0usize..80, page_rows in 1u32..12, script in scripts(40),
        ) {
            let server = Server::new(count, script);
            let roll = RefCell::new(Roll::new(page_rows));
            let before = Cell::new((0, 0, 0));
            now(read(&server, &[], &roll, || {
                let (read, of) = roll.borrow().progress();
                let edition = roll.borrow().edition();
                assert!(read <= of && read >= before.get().0, "{:?} {:?}", (read, of), before.get());
                assert_ne!(edition, before.get().2);
                before.set((read, of, edition));
                true
            }));
            let roll = roll.into_inner();
            prop_assert_eq!(roll.course(), &Course::Complete);
            prop_assert!(server.asked.borrow().iter().all(|(page, rows)| *page > 0 && (1..=page_rows).contains(rows)));
            let (known, stayed) = (ids(&roll), server.stayed.borrow());
            prop_assert_eq!(known.iter().collect::<HashSet<_>>().len(), known.len(), "twice: {:?}", known);
            for (place, id) in known.iter().enumerate() {
                prop_assert_eq!(roll.places.get(&id.to_string()), Some(&(place as u32)));
            }
            prop_assert_eq!(roll.places.len(), known.len());
            let found: Vec<_> = known.into_iter().filter(|id| stayed.contains(id)).collect();
            let there: Vec<_> = server.ids.borrow().iter().copied().filter(|id| stayed.contains(id)).collect();
            prop_assert_eq!(found, there);
        }

        #[test]
        fn what_was_sent_meanwhile_is_there_on_top(
            count in 1usize..80, page_rows in 2u32..12, joins in proptest::collection::vec(0usize..3, 0..30),
        ) {
            let script = joins.into_iter().map(|joins| vec![Change::Join(joins)]).collect();
            let server = Server::new(count, script);
            let roll = whole(&server, page_rows);
            prop_assert_eq!(roll.course(), &Course::Complete);
            // What came before the last look at the top can be known.
            prop_assert_eq!(ids(&roll), &server.ids.borrow()[..]);
        }

        #[test]
        fn the_next_page_begins_no_lower_than_it_must_and_reaches_further(
            place in 0u64..1_000_000, most in 1u32..600, is_shrinking: bool,
        ) {
            let roll = Roll { floor: place, is_shrinking, ..Roll::new(most) };
            let ask = roll.due();
            prop_assert!(ask.from() <= place && ask.to() > place);
            prop_assert!((1..=most).contains(&ask.rows) && ask.page > 0);
        }

        #[test]
        fn any_answers_are_taken_without_a_panic(
            answers in proptest::collection::vec((proptest::collection::vec(0usize..20, 0..6), any::<u64>()), 0..30),
            page_rows: u32,
        ) {
            let mut roll = Roll::new(page_rows);
            for (ids, total) in answers {
                let ask = roll.due();
                roll.take(ask, ids.into_iter().map(row).collect(), total);
                let ids = ids_of(&roll);
                prop_assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len());
                prop_assert!(roll.seam <= ids.len());
            }
        }
    }

    fn ids_of(roll: &Roll) -> Vec<String> {
        roll.rows().iter().map(|row| row.id.0.clone()).collect()
    }

    #[test]
    fn a_quiet_list_is_asked_for_page_by_page_and_no_more() {
        for (count, pages) in [(0, 1), (1, 1), (500, 1), (501, 2), (20_000, 40)] {
            let server = Server::new(count, vec![]);
            let roll = whole(&server, 500);
            let asked: Vec<_> = (1..=pages).map(|page| (page, 500)).collect();
            assert_eq!(*server.asked.borrow(), asked, "{count}");
            assert_eq!((ids(&roll), roll.course()), ((0..count).collect(), &Course::Complete));
            assert_eq!(roll.progress(), (count as u64, count as u64));
        }
    }

    #[test]
    fn more_than_a_page_that_leaves_takes_the_reading_back_by_more_than_a_page() {
        let server = Server::new(100, vec![vec![], vec![], vec![], vec![Change::Leave(0, 25)]]);
        let roll = whole(&server, 10);
        // The fourth page showed 55 to 64; 30 to 54 had slipped up to where the first three had been.
        assert_eq!(server.asked.borrow()[..4], [(1, 10), (2, 10), (3, 10), (4, 10)]);
        let back = server.asked.borrow()[4];
        assert!((back.0 - 1) * back.1 <= 5, "{back:?}");
        assert_eq!(ids(&roll), (0..100).collect::<Vec<_>>());
    }

    #[test]
    fn a_list_that_somebody_revokes_from_all_the_time_is_read_to_its_end() {
        for from in [0, 7000, usize::MAX / 2] {
            let server = Server::new(10_000, vec![vec![Change::Leave(from, 3)]; 900]);
            let roll = whole(&server, 500);
            let asked = server.asked.borrow().len();
            assert_eq!(roll.course(), &Course::Complete);
            assert!(asked < 40, "{asked} requests");
        }
    }

    #[test]
    fn a_list_that_never_ends_is_given_up_and_can_be_resumed() {
        struct Endless(Cell<usize>);
        impl Invitations for Endless {
            async fn invite(&self, _: &Email, _: &RoleKey) -> Result<Invitation, Error> {
                Err(Error::Unproved)
            }
            async fn revoke(&self, _: &InvitationId) -> Result<Invitation, Error> {
                Err(Error::Unproved)
            }
            async fn list(&self, _: &[Status], _: u32, _: u32) -> Result<(Vec<Invitation>, u64), Error> {
                let call = self.0.replace(self.0.get() + 1);
                Ok((rows(call..call + 1), u64::MAX - call as u64 % 2))
            }
        }
        let (endless, roll) = (Endless(Cell::new(0)), RefCell::new(Roll::new(500)));
        now(read(&endless, &[], &roll, || true));
        assert_eq!(roll.borrow().course(), &Course::Failed(Error::NoAnswer));
        assert_eq!(endless.0.get(), MOST_PAGES as usize);
        roll.borrow_mut().resume();
        now(read(&endless, &[], &roll, || true));
        assert_eq!(endless.0.get(), 2 * MOST_PAGES as usize);
    }

    #[test]
    fn an_empty_page_is_the_end_whatever_the_total_claims() {
        let mut roll = Roll::new(2);
        roll.take(roll.due(), rows(0..2), 1_000_000);
        assert_eq!(roll.progress(), (2, 1_000_000));
        roll.take(roll.due(), vec![], 1_000_000);
        assert_eq!((roll.course(), roll.next()), (&Course::Complete, None));
    }

    #[test]
    fn what_was_read_before_it_broke_off_is_known_and_the_rest_is_read_later() {
        struct Broken(Server, Cell<usize>);
        impl Invitations for Broken {
            async fn invite(&self, email: &Email, role: &RoleKey) -> Result<Invitation, Error> {
                self.0.invite(email, role).await
            }
            async fn revoke(&self, id: &InvitationId) -> Result<Invitation, Error> {
                self.0.revoke(id).await
            }
            async fn list(&self, s: &[Status], page: u32, r: u32) -> Result<(Vec<Invitation>, u64), Error> {
                self.1.set(self.1.get() + 1);
                if self.1.get() == 3 { Err(Error::Unreachable) } else { self.0.list(s, page, r).await }
            }
        }
        let service = Broken(Server::new(9, vec![vec![], vec![], vec![Change::Leave(0, 3)]]), Cell::new(0));
        let roll = RefCell::new(Roll::new(2));
        now(read(&service, &[], &roll, || true));
        assert_eq!(roll.borrow().course(), &Course::Failed(Error::Unreachable));
        assert_eq!((roll.borrow().next(), roll.borrow().progress()), (None, (4, 9)));
        roll.borrow_mut().resume();
        now(read(&service, &[], &roll, || true));
        assert_eq!(roll.borrow().course(), &Course::Complete);
        // The three that left while nobody read are still known; those behind them are, too.
        assert_eq!(ids(&roll.borrow()), (0..9).collect::<Vec<_>>());
    }

    #[test]
    fn nobody_reads_on_when_nobody_wants_to_know_or_somebody_stopped_it() {
        let (server, roll) = (Server::new(9, vec![]), RefCell::new(Roll::new(2)));
        now(read(&server, &[], &roll, || server.asked.borrow().len() < 2));
        assert_eq!((server.asked.borrow().len(), roll.borrow().progress()), (2, (4, 9)));
        now(read(&server, &[], &roll, || {
            roll.borrow_mut().stop();
            true
        }));
        assert_eq!((server.asked.borrow().len(), roll.borrow().course()), (3, &Course::Stopped));
        roll.borrow_mut().resume();
        now(read(&server, &[], &roll, || true));
        assert_eq!((server.asked.borrow().len(), roll.borrow().course()), (5, &Course::Complete));
        for turn in [Roll::stop, Roll::resume] {
            turn(&mut roll.borrow_mut());
            assert_eq!((roll.borrow().course(), roll.borrow().next()), (&Course::Complete, None));
        }
    }

    #[test]
    fn an_answer_to_an_older_question_tells_of_rows_but_not_how_far_the_reading_is() {
        let mut roll = Roll::new(2);
        let first = roll.due();
        roll.take(first, rows(0..2), 6);
        let second = roll.due();
        roll.take(first, rows(0..2), 1);
        assert_eq!((roll.next(), roll.progress()), (Some(second), (2, 6)));
        roll.take(second, rows(2..4), 6);
        let third = roll.due();
        roll.take(second, rows(2..5), 6);
        assert_eq!((roll.next(), roll.progress()), (Some(third), (5, 6)));
        roll.take(third, rows(4..6), 6);
        // Rows were met again, which may have been pushed down.
        let again = roll.next().expect("a look at the top");
        assert_eq!((again.page, roll.course()), (1, &Course::Reading));
        roll.take(again, rows(0..2), 6);
        assert_eq!(roll.course(), &Course::Complete);
        roll.take(again, rows(0..2), 600);
        assert_eq!((roll.next(), roll.progress()), (None, (6, 6)));
    }

    #[test]
    fn a_page_that_is_asked_for_again_takes_no_answer_from_before() {
        let mut roll = Roll::new(2);
        roll.take(roll.due(), rows(0..2), 6);
        let before = roll.due();
        roll.take(before, rows(2..4), 6);
        roll.take(roll.due(), rows(5..6), 5);
        let again = roll.due();
        assert_eq!((again.page, again.rows), (before.page, before.rows));
        roll.take(before, rows(2..4), 6);
        assert_eq!(roll.next(), Some(again));
    }

    #[test]
    fn what_the_first_page_shows_takes_no_other_look() {
        let server = Server::new(9, vec![vec![], vec![Change::Join(1)], vec![], vec![Change::Join(1)]]);
        let roll = whole(&server, 5);
        assert_eq!(*server.asked.borrow(), [(1, 5), (2, 5), (1, 5)]);
        assert_eq!(ids(&roll), [9, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
        let server = Server::new(9, vec![vec![], vec![Change::Join(1)], vec![Change::Join(1)]]);
        let roll = whole(&server, 5);
        assert_eq!(*server.asked.borrow(), [(1, 5), (2, 5), (1, 5)]);
        assert_eq!(ids(&roll), [10, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
    }

    #[test]
    fn the_rest_of_the_list_comes_behind_what_was_read_whatever_was_sent_meanwhile() {
        let mut roll = Roll::new(2);
        roll.take(roll.due(), rows(0..2), 4);
        roll.update(vec![row(9)]);
        roll.take(roll.due(), rows(2..4), 4);
        assert_eq!((ids(&roll), roll.course()), (vec![9, 0, 1, 2, 3], &Course::Complete));
    }

    #[test]
    fn a_failure_of_somebody_who_no_longer_reads_breaks_nothing_off() {
        struct Overtaken<'a>(&'a RefCell<Roll>);
        impl Invitations for Overtaken<'_> {
            async fn invite(&self, _: &Email, _: &RoleKey) -> Result<Invitation, Error> {
                Err(Error::Unproved)
            }
            async fn revoke(&self, _: &InvitationId) -> Result<Invitation, Error> {
                Err(Error::Unproved)
            }
            async fn list(&self, _: &[Status], _: u32, _: u32) -> Result<(Vec<Invitation>, u64), Error> {
                let due = self.0.borrow().due();
                self.0.borrow_mut().take(due, rows(0..2), 9);
                Err(Error::Unreachable)
            }
        }
        let roll = RefCell::new(Roll::new(2));
        now(read(&Overtaken(&roll), &[], &roll, || true));
        assert_eq!(roll.borrow().course(), &Course::Reading);
    }

    #[test]
    fn the_newer_version_of_a_row_counts_and_a_new_row_comes_on_top() {
        let version = |id, status, updated: Option<f64>| Invitation {
            status,
            updated: updated.map(Timestamp),
            ..row(id)
        };
        let mut roll = Roll::new(4);
        let (ask, page) = (roll.due(), vec![row(1), version(2, Status::Pending, Some(5.0)), row(3)]);
        roll.take(ask, page.clone(), 8);
        let edition = roll.edition();
        roll.update(vec![version(2, Status::Revoked, Some(6.0))]);
        roll.update(vec![version(9, Status::Pending, None)]);
        assert_ne!(roll.edition(), edition);
        assert_eq!((ids(&roll), &roll.rows()[2].status), (vec![9, 1, 2, 3], &Status::Revoked));
        // It was on its way when the row was revoked.
        roll.take(roll.due(), page, 8);
        assert_eq!((ids(&roll), &roll.rows()[2].status), (vec![9, 1, 2, 3], &Status::Revoked));
        // Without a date, what comes later is newer.
        roll.update(vec![version(2, Status::Accepted, None)]);
        assert_eq!(roll.rows()[2].status, Status::Accepted);
    }

    #[test]
    fn the_same_row_twice_on_a_page_is_one_row() {
        let mut roll = Roll::new(4);
        roll.take(roll.due(), vec![row(1), row(2), row(1)], 3);
        assert_eq!(ids(&roll), [1, 2]);
    }
}
