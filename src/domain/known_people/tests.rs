use super::*;
use crate::domain::testing::{invitation, now};
use crate::domain::{Email, Invitations, RoleKey};
use proptest::prelude::*;
use std::cell::Cell;
use std::collections::HashSet;

/// Clerk's lists, the newest rows first.
#[derive(Default)]
struct Lists {
    pending: Vec<Invitation>,
    ended: Vec<Invitation>,
    /// `None` for a member without an address.
    members: Vec<Option<Member>>,
    /// Counts whatever was sent or has joined, as a clock would.
    clock: u32,
    calls: Cell<usize>,
    /// The call that fails, from 1.
    fails_at: usize,
}

impl Lists {
    /// So many pending invitations, older ended ones and members.
    fn of(pending: usize, ended: usize, members: usize) -> Self {
        let mut lists = Self::default();
        lists.send(ended);
        lists.end(0, ended, &Status::Expired);
        lists.send(pending);
        lists.join(members);
        lists
    }

    fn tick(&mut self) -> u32 {
        self.clock += 1;
        self.clock
    }

    fn sent(&mut self, email: String) -> Invitation {
        let sent = self.tick();
        let id = InvitationId(format!("inv{sent}"));
        Invitation { id, created: Some(Timestamp(f64::from(sent))), ..invitation(&email, Status::Pending) }
    }

    /// Sends an invitation to an address.
    fn send_to(&mut self, email: &str) -> Invitation {
        let sent = self.sent(email.to_owned());
        self.pending.insert(0, sent.clone());
        sent
    }

    /// Sends so many invitations to addresses that have none.
    fn send(&mut self, count: usize) {
        let sent: Vec<_> = (0..count).map(|_| self.sent(format!("i{}@x.de", self.clock))).collect();
        self.pending.splice(0..0, sent.into_iter().rev());
    }

    /// Ends so many pending invitations, from this place on (counted around): an ended invitation stands by the date on
    /// which it was sent.
    fn end(&mut self, from: usize, count: usize, status: &Status) -> Vec<Invitation> {
        let rows = take_out(&mut self.pending, from, count);
        let ended: Vec<_> =
            rows.into_iter().map(|row| Invitation { status: status.clone(), ..row }).collect();
        self.ended.extend(ended.clone());
        self.ended.sort_by(|one, other| age(other).total_cmp(&age(one)));
        ended
    }

    /// Has so many pending invitations accepted.
    fn accept(&mut self, from: usize, count: usize) {
        for invitation in self.end(from, count, &Status::Accepted) {
            self.members.insert(0, Some(member(&invitation.email_key)));
        }
    }

    fn join(&mut self, count: usize) {
        let joined: Vec<_> =
            (0..count).map(|_| Some(member(&format!("m{}@own.test", self.tick())))).collect();
        self.members.splice(0..0, joined.into_iter().rev());
    }

    fn join_without_address(&mut self, count: usize) {
        self.members.splice(0..0, vec![None; count]);
    }

    /// So many members leave, from this place on (counted around).
    fn leave(&mut self, from: usize, count: usize) {
        take_out(&mut self.members, from, count);
    }

    fn page<T: Clone>(&self, all: &[T], page: u32, rows: u32) -> Result<(Vec<T>, u64), Error> {
        self.calls.set(self.calls.get() + 1);
        if self.calls.get() == self.fails_at {
            return Err(Error::Unreachable);
        }
        let before = (page as usize - 1) * rows as usize;
        Ok((all.iter().skip(before).take(rows as usize).cloned().collect(), all.len() as u64))
    }

    /// What these lists say of each address.
    fn standings(&self) -> HashMap<&str, Standing> {
        let mut standings = HashMap::new();
        // The oldest first: the newest is what stays.
        for invitation in self.ended.iter().rev().chain(&self.pending) {
            standings.insert(&*invitation.email_key, invited(invitation));
        }
        for member in self.members.iter().flatten() {
            standings.insert(&*member.email_key, Standing::Member(member.name.clone()));
        }
        standings
    }

    /// Each address that `before` or `self` has.
    fn keys<'a>(&'a self, before: &'a HashSet<String>) -> HashSet<&'a str> {
        self.standings().into_keys().chain(before.iter().map(String::as_str)).collect()
    }
}

impl Invitations for Lists {
    async fn invite(&self, _: &Email, _: &RoleKey) -> Result<Invitation, Error> {
        Err(Error::Unproved)
    }
    async fn revoke(&self, _: &InvitationId) -> Result<Invitation, Error> {
        Err(Error::Unproved)
    }
    async fn list(&self, statuses: &[Status], page: u32, rows: u32) -> Result<(Vec<Invitation>, u64), Error> {
        let all = if statuses == [Status::Pending] { &self.pending } else { &self.ended };
        assert!(all.iter().all(|row| statuses.contains(&row.status)), "{statuses:?}");
        self.page(all, page, rows)
    }
}

impl Members for Lists {
    async fn members(&self, page: u32, rows: u32) -> Result<(Vec<Member>, u64), Error> {
        let (rows, total) = self.page(&self.members, page, rows)?;
        Ok((rows.into_iter().flatten().collect(), total))
    }
}

/// Takes out so many rows, from this place on (counted around).
fn take_out<T>(rows: &mut Vec<T>, from: usize, count: usize) -> Vec<T> {
    let from = from % rows.len().max(1);
    let to = rows.len().min(from + count);
    let mut taken: Vec<_> = rows.drain(from..to).collect();
    let rest = rows.len().min(count - taken.len());
    taken.extend(rows.drain(..rest));
    taken
}

fn age(invitation: &Invitation) -> f64 {
    invitation.created.map_or(0.0, |created| created.0)
}

fn member(key: &str) -> Member {
    Member { email_key: key.to_owned(), name: format!("Member {key}") }
}

fn invited(invitation: &Invitation) -> Standing {
    let Invitation { id, status, created, .. } = invitation.clone();
    Standing::Invited { id, status, created }
}

fn status(people: &KnownPeople, key: &str) -> Option<Status> {
    match people.of(key) {
        Some(Standing::Invited { status, .. }) => Some(status),
        Some(Standing::Member(name)) => panic!("a member: {name}"),
        None => None,
    }
}

/// Reads until there is nothing more to ask for. `between` may change the lists before each call; how many calls it took.
fn read_while(
    people: &mut KnownPeople,
    lists: &mut Lists,
    mut between: impl FnMut(usize, &mut KnownPeople, &mut Lists),
) -> usize {
    lists.calls.set(0);
    let mut lookup = Some(people.read());
    while let Some(asked) = lookup {
        between(lists.calls.get(), people, lists);
        let found = now(look_up(lists, asked));
        lookup = people.take(asked, found);
    }
    lists.calls.get()
}

fn read(people: &mut KnownPeople, lists: &mut Lists) -> usize {
    read_while(people, lists, |_, _, _| {})
}

/// Reads again, as is done when the lists may have changed.
fn read_again(people: &mut KnownPeople, lists: &mut Lists) -> usize {
    people.expire();
    assert_eq!(people.reading(), &Reading::Idle);
    let calls = read(people, lists);
    assert_eq!(people.reading(), &Reading::Complete);
    calls
}

/// Everything that was read once, of lists that are as long.
fn known(lists: &mut Lists) -> KnownPeople {
    let mut people = KnownPeople::default();
    read(&mut people, lists);
    assert_eq!(people.reading(), &Reading::Complete);
    people
}

#[test]
fn every_row_of_every_page_is_known_in_the_end() {
    let mut lists = Lists::of(1100, 600, 600);
    lists.ended[599].status = Status::Other("completed".to_owned());
    let mut people = KnownPeople::default();
    assert_eq!((people.reading(), people.has_read_pending()), (&Reading::Idle, false));
    assert_eq!(read(&mut people, &mut lists), 3 + 2 + 2);
    assert_eq!(people.reading(), &Reading::Complete);
    assert!(people.has_read_pending() && people.has_all_pending());
    let standings = lists.standings();
    assert_eq!(standings.len(), 2300);
    for (key, standing) in standings {
        assert_eq!(people.of(key), Some(standing), "{key}");
    }
    assert_eq!(people.of("unknown@x.de"), None);
}

#[test]
fn the_progress_counts_the_rows_that_were_read_and_those_of_the_lists_that_were_begun() {
    let (lists, mut people) = (Lists::of(1100, 3, 40), KnownPeople::default());
    let mut lookup = people.read();
    for (read, of) in [(500, 1100), (1000, 1100), (1100, 1100), (1140, 1140)] {
        let found = now(look_up(&lists, lookup));
        lookup = people.take(lookup, found).expect("another question");
        assert_eq!(people.reading(), &Reading::Going { read, of });
    }
}

#[test]
fn rows_that_were_read_before_a_failure_are_known() {
    for (fails_at, pending, has_all_pending) in [(1, false, false), (3, true, false), (4, true, true)] {
        let mut lists = Lists { fails_at, ..Lists::of(1100, 600, 600) };
        let mut people = KnownPeople::default();
        assert_eq!(read(&mut people, &mut lists), fails_at);
        assert_eq!(people.reading(), &Reading::Failed(Error::Unreachable));
        assert_eq!(people.of(&lists.pending[0].email_key).is_some(), pending);
        assert_eq!((people.has_read_pending(), people.has_all_pending()), (has_all_pending, has_all_pending));
        lists.fails_at = 0;
        read_again(&mut people, &mut lists);
        assert!(people.has_all_pending());
    }
}

#[test]
fn a_failure_of_a_later_reading_takes_nothing_away() {
    for fails_at in 1..=7 {
        let mut lists = Lists::of(1100, 600, 600);
        let mut people = known(&mut lists);
        // All three lists have to be read again: one row has left, and one stands in the middle of another list.
        let revoked = lists.end(0, 1, &Status::Revoked).remove(0);
        lists.ended.rotate_left(1);
        let left = lists.members.remove(0).expect("an address");
        lists.fails_at = fails_at;
        people.expire();
        assert_eq!(read(&mut people, &mut lists), fails_at);
        assert_eq!(people.reading(), &Reading::Failed(Error::Unreachable));
        for (key, standing) in lists.standings().into_iter().filter(|(key, _)| *key != revoked.email_key) {
            assert_eq!(people.of(key), Some(standing), "{key}");
        }
        lists.fails_at = 0;
        read_again(&mut people, &mut lists);
        assert_eq!(
            (people.of(&revoked.email_key), people.of(&left.email_key)),
            (Some(invited(&revoked)), None)
        );
    }
}

#[test]
fn a_list_that_lacks_a_row_was_read_but_is_not_certain_and_is_read_again() {
    struct Torn(Lists);
    impl Invitations for Torn {
        async fn invite(&self, email: &Email, role: &RoleKey) -> Result<Invitation, Error> {
            self.0.invite(email, role).await
        }
        async fn revoke(&self, id: &InvitationId) -> Result<Invitation, Error> {
            self.0.revoke(id).await
        }
        async fn list(&self, s: &[Status], page: u32, rows: u32) -> Result<(Vec<Invitation>, u64), Error> {
            let (mut rows, total) = self.0.list(s, page, rows).await?;
            rows.pop();
            Ok((rows, total))
        }
    }
    impl Members for Torn {
        async fn members(&self, page: u32, rows: u32) -> Result<(Vec<Member>, u64), Error> {
            self.0.members(page, rows).await
        }
    }
    let (mut torn, mut people) = (Torn(Lists::of(1100, 600, 600)), KnownPeople::default());
    let mut lookup = Some(people.read());
    while let Some(asked) = lookup {
        let found = now(look_up(&torn, asked));
        lookup = people.take(asked, found);
    }
    assert_eq!(people.reading(), &Reading::Complete);
    assert!(people.has_read_pending() && !people.has_all_pending());
    assert_eq!(people.of(&torn.0.pending[499].email_key), None);
    assert_eq!(read_again(&mut people, &mut torn.0), 3 + 1 + 2);
    assert!(people.has_all_pending() && people.of(&torn.0.pending[499].email_key).is_some());
}

#[test]
fn a_second_reading_asks_for_three_pages_where_nothing_has_changed() {
    let mut lists = Lists::of(20_000, 20_000, 20_000);
    let mut people = KnownPeople::default();
    assert_eq!(read(&mut people, &mut lists), 3 * 40);
    assert_eq!(read_again(&mut people, &mut lists), 3);
    assert!(people.has_read_pending() && people.has_all_pending());
    for row in [0, 19_999] {
        assert_eq!(people.of(&lists.pending[row].email_key), Some(invited(&lists.pending[row])));
        assert_eq!(people.of(&lists.ended[row].email_key), Some(invited(&lists.ended[row])));
    }
}

#[test]
fn a_second_reading_asks_for_three_pages_where_all_that_is_new_stands_on_them() {
    let mut lists = Lists::of(20_000, 20_000, 20_000);
    let mut people = known(&mut lists);
    lists.send(499);
    lists.end(0, 30, &Status::Revoked);
    lists.join(499);
    // The 30 newest were never known as pending, so that 469 pending ones are new.
    assert_eq!(read_again(&mut people, &mut lists), 3);
    assert!(people.has_all_pending());
    for (key, standing) in lists.standings() {
        assert_eq!(people.of(key), Some(standing), "{key}");
    }
    // And again: what was new is known now.
    assert_eq!(read_again(&mut people, &mut lists), 3);
}

#[test]
fn a_list_is_read_to_its_end_again_where_its_total_is_not_explained() {
    let long = || Lists::of(1100, 600, 1600);
    // A pending invitation was revoked: one list lacks a row, and another one has a row in the middle.
    let mut lists = long();
    let mut people = known(&mut lists);
    let revoked = lists.end(1050, 1, &Status::Revoked).remove(0);
    lists.ended.retain(|row| row.id != revoked.id);
    lists.ended.push(revoked.clone());
    assert_eq!(read_again(&mut people, &mut lists), 3 + 1 + 2);
    assert_eq!((people.of(&revoked.email_key), people.has_all_pending()), (Some(invited(&revoked)), true));
    // A member left, and another one joined.
    let mut lists = long();
    let mut people = known(&mut lists);
    let left = lists.members[1500].clone().expect("an address");
    lists.leave(1500, 1);
    lists.join(1);
    assert_eq!(read_again(&mut people, &mut lists), 1 + 4 + 1);
    assert_eq!(people.of(&left.email_key), None);
    // More joined than a page shows.
    let mut lists = long();
    let mut people = known(&mut lists);
    lists.send(501);
    assert_eq!(read_again(&mut people, &mut lists), 4 + 1 + 1);
    for row in &lists.pending {
        assert_eq!(people.of(&row.email_key), Some(invited(row)));
    }
}

#[test]
fn a_first_page_that_is_new_throughout_explains_nothing() {
    // As many more as stand on the page, but one of those that were known is gone.
    let mut lists = Lists::of(600, 0, 600);
    let mut people = known(&mut lists);
    let gone = lists.end(599, 1, &Status::Expired).remove(0);
    lists.send(501);
    let left = lists.members[599].clone().expect("an address");
    lists.leave(599, 1);
    lists.join(501);
    assert_eq!(read_again(&mut people, &mut lists), 3 + 3 + 1);
    assert_eq!((people.of(&gone.email_key), people.of(&left.email_key)), (Some(invited(&gone)), None));
    let unseen = &lists.pending[500];
    assert_eq!(people.of(&unseen.email_key), Some(invited(unseen)));
}

#[test]
fn a_reading_that_broke_off_is_not_taken_for_a_complete_one() {
    let mut lists = Lists::of(3, 3, 1100);
    let mut people = known(&mut lists);
    let left = lists.members.remove(1000).expect("an address");
    lists.join(1);
    lists.fails_at = 3;
    people.expire();
    assert_eq!(read(&mut people, &mut lists), 3);
    assert_eq!(people.reading(), &Reading::Failed(Error::Unreachable));
    lists.fails_at = 0;
    assert_eq!(read_again(&mut people, &mut lists), 1 + 3 + 1);
    assert_eq!(people.of(&left.email_key), None);
}

#[test]
fn what_is_known_holds_while_a_list_is_read_again() {
    let mut lists = Lists::of(1100, 600, 1600);
    let mut people = known(&mut lists);
    let left = lists.members[0].clone().expect("an address");
    lists.leave(0, 1);
    lists.end(0, 1, &Status::Revoked);
    people.expire();
    let calls = read_while(&mut people, &mut lists, |call, people, lists| {
        for member in lists.members.iter().flatten() {
            assert_eq!(people.of(&member.email_key), Some(Standing::Member(member.name.clone())), "{call}");
        }
        for row in &lists.pending {
            assert_eq!(people.of(&row.email_key), Some(invited(row)), "{call}");
        }
        // The member who left is one until the list was read to its end.
        assert_eq!(people.of(&left.email_key).is_some(), call < 3 + 4, "{call}");
        assert_eq!(people.common_domain(), Some("own.test"));
        assert!(people.has_all_pending());
    });
    assert_eq!(calls, 3 + 4 + 1);
}

#[test]
fn what_is_known_holds_while_nothing_is_read() {
    let mut lists = Lists::of(3, 3, 3);
    let mut people = known(&mut lists);
    people.expire();
    assert_eq!(people.reading(), &Reading::Idle);
    for (key, standing) in lists.standings() {
        assert_eq!(people.of(key), Some(standing));
    }
}

#[test]
fn the_pending_invitations_count_as_read_only_when_the_current_reading_has_read_them() {
    let mut lists = Lists::of(3, 3, 3);
    let mut people = known(&mut lists);
    people.expire();
    assert!(people.has_read_pending());
    read_while(&mut people, &mut lists, |call, people, _| assert_eq!(people.has_read_pending(), call > 0));
}

#[test]
fn an_answer_to_an_older_question_is_dropped() {
    let (lists, mut people) = (Lists::of(1100, 0, 0), KnownPeople::default());
    let first = people.read();
    let found = now(look_up(&lists, first));
    let again = people.read();
    assert_ne!(first, again);
    assert_eq!(people.take(first, found.clone()), None);
    assert_eq!(people.take(first, Err(Error::Unreachable)), None);
    assert_eq!(people.reading(), &Reading::Going { read: 0, of: 0 });
    assert_eq!(people.of(&lists.pending[0].email_key), None);
    // The answer to the newer question counts, and it counts once.
    let second = people.take(again, found.clone()).expect("the second page");
    assert_eq!(people.take(again, found), None);
    assert_eq!(people.reading(), &Reading::Going { read: 500, of: 1100 });
    let found = now(look_up(&lists, second));
    assert!(people.take(second, found).is_some());
    assert_eq!(people.of(&lists.pending[999].email_key), Some(invited(&lists.pending[999])));
}

#[test]
fn a_reading_that_is_begun_anew_does_not_mix_in_pages_of_the_earlier_one() {
    let mut lists = Lists::of(1100, 0, 0);
    let mut people = known(&mut lists);
    let gone = lists.end(0, 1, &Status::Revoked).remove(0);
    people.expire();
    let first = people.read();
    let found = now(look_up(&lists, first));
    people.take(first, found).expect("the second page");
    let also_gone = lists.end(0, 1, &Status::Revoked).remove(0);
    read(&mut people, &mut lists);
    assert!(people.has_all_pending());
    for row in [gone, also_gone] {
        assert_eq!(people.of(&row.email_key), Some(invited(&row)));
    }
}

#[test]
fn a_list_in_which_a_row_slipped_is_not_certain_and_is_read_again() {
    let mut lists = Lists::of(1100, 600, 1100);
    let mut people = KnownPeople::default();
    let slipped = lists.pending[500].clone();
    read_while(&mut people, &mut lists, |call, _, lists| {
        if call == 1 {
            lists.end(0, 1, &Status::Expired);
        }
    });
    assert_eq!((people.reading(), people.of(&slipped.email_key)), (&Reading::Complete, None));
    assert!(people.has_read_pending() && !people.has_all_pending());
    assert_eq!(read_again(&mut people, &mut lists), 3 + 1 + 1);
    assert_eq!((people.of(&slipped.email_key), people.has_all_pending()), (Some(invited(&slipped)), true));
}

#[test]
fn a_list_of_members_in_which_a_row_slipped_is_read_again() {
    // Where it slipped over the end of the first page that page shows it; else only the total tells that one may have.
    for (call, page) in [(2, 1), (3, 2)] {
        let mut lists = Lists::of(0, 0, 1600);
        let mut people = KnownPeople::default();
        let slipped = lists.members[page * 500].clone().expect("an address");
        read_while(&mut people, &mut lists, |now, _, lists| {
            if now == call {
                lists.leave(0, 1);
            }
        });
        assert_eq!(people.of(&slipped.email_key), None);
        assert_eq!(read_again(&mut people, &mut lists), 1 + 4 + 1);
        assert_eq!(people.of(&slipped.email_key), Some(Standing::Member(slipped.name)));
        assert_eq!(read_again(&mut people, &mut lists), 3);
    }
}

#[test]
fn a_list_of_members_is_read_again_where_one_has_left_and_one_has_joined_during_the_reading() {
    let mut lists = Lists::of(0, 0, 2100);
    let mut people = KnownPeople::default();
    let slipped = lists.members[1000].clone().expect("an address");
    read_while(&mut people, &mut lists, |call, _, lists| match call {
        3 => lists.leave(0, 1),
        4 => lists.join(1),
        _ => {}
    });
    assert_eq!(people.of(&slipped.email_key), None);
    assert_eq!(read_again(&mut people, &mut lists), 1 + 5 + 1);
    assert_eq!(people.of(&slipped.email_key), Some(Standing::Member(slipped.name)));
}

#[test]
fn rows_that_change_places_between_two_pages_have_only_the_pending_ones_read_again() {
    let mut lists = Lists::of(1100, 1100, 0);
    let mut people = KnownPeople::default();
    let (pending, ended) = (lists.pending[500].clone(), lists.ended[500].clone());
    // Page one had the row before it, and page two has that once more. The total stays the same throughout.
    read_while(&mut people, &mut lists, |call, _, lists| match call {
        1 | 2 => lists.pending.swap(499, 500),
        5 | 6 => lists.ended.swap(499, 500),
        _ => {}
    });
    assert_eq!((people.of(&pending.email_key), people.has_all_pending()), (None, false));
    assert_eq!(people.of(&ended.email_key), None);
    assert_eq!(read_again(&mut people, &mut lists), 3 + 1 + 1);
    assert_eq!((people.of(&pending.email_key), people.has_all_pending()), (Some(invited(&pending)), true));
    // An invitation that has ended keeps nobody from being invited.
    assert_eq!(people.of(&ended.email_key), None);
}

#[test]
fn of_a_list_that_never_ends_a_thousand_pages_are_read() {
    let mut people = KnownPeople::default();
    let mut lookup = people.read();
    for page in 1..=MAX_PAGES {
        assert_eq!((lookup.list, lookup.page), (List::Pending, page));
        let rows = Rows::Invitations(vec![invitation("a@x.de", Status::Pending)]);
        lookup = people.take(lookup, Ok(Found { rows, total: u64::MAX })).expect("another question");
    }
    assert_eq!((lookup.list, lookup.page), (List::Members, 1));
    assert!(people.has_read_pending() && !people.has_all_pending());
}

#[test]
fn members_without_an_address_do_not_have_the_list_read_again() {
    let mut lists = Lists::of(3, 3, 1100);
    lists.members[700] = None;
    lists.join_without_address(40);
    lists.join(30);
    let mut people = KnownPeople::default();
    assert_eq!(read(&mut people, &mut lists), 1 + 3 + 1);
    assert_eq!(read_again(&mut people, &mut lists), 3);
    lists.join(5);
    assert_eq!(read_again(&mut people, &mut lists), 3);
    lists.join_without_address(1);
    assert_eq!(read_again(&mut people, &mut lists), 1 + 3 + 1);
    assert_eq!(read_again(&mut people, &mut lists), 3);
}

#[test]
fn a_sent_invitation_is_known_without_reading_and_does_not_have_the_list_read_again() {
    let mut lists = Lists::of(1100, 600, 600);
    let mut people = known(&mut lists);
    let new = lists.send_to("new@x.de");
    let again = lists.ended[599].email_key.clone();
    let invited_again = lists.send_to(&again);
    for sent in [&new, &invited_again] {
        people.note(sent);
        people.note(sent);
        assert_eq!(people.of(&sent.email_key), Some(invited(sent)));
    }
    assert_eq!(read_again(&mut people, &mut lists), 3);
    assert!(people.has_all_pending());
    for sent in [&new, &invited_again] {
        assert_eq!(people.of(&sent.email_key), Some(invited(sent)));
    }
}

#[test]
fn a_revoked_invitation_is_known_without_reading_and_does_not_have_the_list_read_again() {
    let mut lists = Lists::of(1100, 600, 600);
    let mut people = known(&mut lists);
    let revoked = lists.end(1000, 1, &Status::Revoked).remove(0);
    people.note(&revoked);
    people.note(&revoked);
    assert_eq!(people.of(&revoked.email_key), Some(invited(&revoked)));
    assert_eq!(read_again(&mut people, &mut lists), 3);
    assert!(people.has_all_pending());
    assert_eq!(people.of(&revoked.email_key), Some(invited(&revoked)));
}

#[test]
fn an_invitation_that_takes_the_place_of_a_pending_one_does_not_have_the_lists_read_again() {
    let mut lists = Lists::of(1100, 600, 600);
    let mut people = known(&mut lists);
    let old = lists.end(1000, 1, &Status::Revoked).remove(0);
    let new = lists.send_to(&old.email_key);
    people.note(&new);
    assert_eq!(people.of(&old.email_key), Some(invited(&new)));
    assert_eq!(read_again(&mut people, &mut lists), 3);
    assert_eq!(people.of(&old.email_key), Some(invited(&new)));
    let revoked = lists.end(0, 1, &Status::Revoked).remove(0);
    people.note(&revoked);
    assert_eq!(people.of(&old.email_key), Some(invited(&revoked)));
    assert_eq!(read_again(&mut people, &mut lists), 3);
}

#[test]
fn an_invitation_whose_place_a_sent_one_took_counts_as_revoked() {
    let mut lists = Lists::of(1, 0, 0);
    let mut people = known(&mut lists);
    let old = lists.end(0, 1, &Status::Revoked).remove(0);
    people.note(&lists.send_to(&old.email_key));
    // The new one is revoked elsewhere, and nothing behind the pending ones can be read.
    lists.end(0, 1, &Status::Revoked);
    lists.fails_at = 2;
    people.expire();
    read(&mut people, &mut lists);
    assert_eq!(people.of(&old.email_key), Some(invited(&old)));
}

#[test]
fn an_invitation_that_is_sent_during_a_reading_stays_known_when_the_reading_is_begun_anew() {
    for at in 0..4 {
        for is_first_reading in [true, false] {
            let mut lists = Lists::of(1100, 600, 0);
            let mut people = if is_first_reading { KnownPeople::default() } else { known(&mut lists) };
            // Otherwise one page is enough.
            lists.end(0, 1, &Status::Revoked);
            people.expire();
            let mut lookup = people.read();
            for _ in 0..at {
                let found = now(look_up(&lists, lookup));
                lookup = people.take(lookup, found).expect("another question");
            }
            let found = now(look_up(&lists, lookup));
            let sent = lists.send_to("new@x.de");
            people.note(&sent);
            people.expire();
            // This answer is from before the invitation.
            assert_eq!(people.take(lookup, found), None);
            let expected = Some(invited(&sent));
            read_while(&mut people, &mut lists, |_, people, _| assert_eq!(people.of("new@x.de"), expected));
            assert_eq!((people.of("new@x.de"), people.has_all_pending()), (expected, true));
        }
    }
}

#[test]
fn a_reading_during_which_the_lists_change_is_given_up_and_what_it_has_brought_is_known() {
    let (mut lists, mut people) = (Lists::of(1100, 0, 0), KnownPeople::default());
    let first = people.read();
    let found = now(look_up(&lists, first));
    let second = people.take(first, found).expect("the second page");
    let found = now(look_up(&lists, second));
    people.expire();
    assert_eq!((people.take(second, found), people.reading()), (None, &Reading::Idle));
    assert_eq!(people.of(&lists.pending[499].email_key), Some(invited(&lists.pending[499])));
    assert_eq!(people.of(&lists.pending[500].email_key), None);
    assert_eq!(read(&mut people, &mut lists), 3 + 1 + 1);
    assert_eq!((people.reading(), people.has_all_pending()), (&Reading::Complete, true));
}

#[test]
fn a_pending_invitation_counts_for_more_than_a_newer_one_and_a_member_for_more_than_both() {
    let version = |status: Status, created: f64| Invitation {
        id: InvitationId(format!("{}{created}", status.word())),
        created: Some(Timestamp(created)),
        ..invitation("a@x.de", status)
    };
    let noted = |invitations: &[Invitation]| {
        let mut people = KnownPeople::default();
        invitations.iter().for_each(|invitation| people.note(invitation));
        people
    };
    let read = |invitations: &[Invitation]| {
        let (pending, ended) =
            invitations.iter().cloned().partition(|invitation| invitation.status == Status::Pending);
        known(&mut Lists { pending, ended, ..Lists::default() })
    };
    let (expired, revoked) =
        (|created| version(Status::Expired, created), |created| version(Status::Revoked, created));
    let pending = version(Status::Pending, 1.0);
    for (invitations, counts) in [
        ([pending.clone(), expired(2.0)], Status::Pending),
        ([expired(2.0), pending.clone()], Status::Pending),
        ([expired(2.0), revoked(1.0)], Status::Expired),
        ([expired(1.0), revoked(2.0)], Status::Revoked),
        ([revoked(2.0), expired(1.0)], Status::Revoked),
        // Of two that were sent at the same time Clerk lists the newer one first.
        ([revoked(1.0), expired(1.0)], Status::Revoked),
    ] {
        assert_eq!(status(&noted(&invitations), "a@x.de"), Some(counts.clone()), "{invitations:?}");
        assert_eq!(status(&read(&invitations), "a@x.de"), Some(counts), "{invitations:?}");
    }
    let mut lists =
        Lists { pending: vec![pending], members: vec![Some(member("a@x.de"))], ..Lists::default() };
    let mut people = known(&mut lists);
    people.note(&version(Status::Pending, 3.0));
    assert_eq!(people.of("a@x.de"), Some(Standing::Member("Member a@x.de".to_owned())));
}

#[test]
fn a_member_is_told_from_who_was_only_invited() {
    let mut lists = Lists::of(1, 1, 1);
    let people = known(&mut lists);
    let member = lists.members[0].clone().expect("an address");
    assert!(people.is_member(&member.email_key));
    assert!(!people.is_member(&lists.pending[0].email_key) && !people.is_member(&lists.ended[0].email_key));
}

#[test]
fn the_domain_of_most_members_counts_from_three_members_on() {
    let common = |domains: &[&str]| {
        let members = (0..).zip(domains).map(|(n, domain)| Some(member(&format!("m{n}@{domain}")))).collect();
        known(&mut Lists { members, ..Lists::default() }).common_domain().map(str::to_owned)
    };
    assert_eq!(common(&["a.de", "a.de", "b.de"]), None);
    assert_eq!(common(&["b.de", "a.de", "a.de", "b.de", "a.de"]).as_deref(), Some("a.de"));
    assert_eq!(common(&["b.de", "a.de", "a.de", "b.de", "a.de", "b.de"]).as_deref(), Some("a.de"));
    // A domain whose members have left is no longer the common one.
    let mut lists = Lists::of(0, 0, 3);
    let mut people = known(&mut lists);
    assert_eq!(people.common_domain(), Some("own.test"));
    lists.leave(0, 1);
    read_again(&mut people, &mut lists);
    assert_eq!(people.common_domain(), None);
}

/// What happens to the lists.
#[derive(Clone, Debug)]
enum Change {
    Send(usize),
    SendAgain(usize),
    Revoke(usize, usize),
    Accept(usize, usize),
    Join(usize),
    Leave(usize, usize),
    /// Sent and revoked from this page, which notes it.
    SendFromHere(usize),
    RevokeFromHere(usize, usize),
}

impl Change {
    fn carry_out(&self, lists: &mut Lists, people: &mut KnownPeople) {
        match *self {
            Self::Send(count) => lists.send(count),
            Self::SendAgain(from) => {
                let standings = lists.standings();
                let is_ended = |row: &&Invitation| standings.get(&*row.email_key) == Some(&invited(row));
                let ended: Vec<_> = lists.ended.iter().filter(is_ended).collect();
                let key = ended.get(from % ended.len().max(1)).map(|row| row.email_key.clone());
                key.into_iter().for_each(|key| drop(lists.send_to(&key)));
            }
            Self::Revoke(from, count) => drop(lists.end(from, count, &Status::Revoked)),
            Self::Accept(from, count) => lists.accept(from, count),
            Self::Join(count) => lists.join(count),
            Self::Leave(from, count) => lists.leave(from, count),
            Self::SendFromHere(count) => {
                lists.send(count);
                lists.pending.iter().take(count).rev().for_each(|sent| people.note(sent));
            }
            Self::RevokeFromHere(from, count) => {
                lists.end(from, count, &Status::Revoked).iter().for_each(|row| people.note(row));
            }
        }
    }
}

#[test]
fn rows_of_others_behind_a_page_of_ones_own_are_read_although_the_totals_agree() {
    let mut lists = Lists::of(554, 0, 0);
    let mut people = known(&mut lists);
    lists.send(4);
    Change::SendFromHere(502).carry_out(&mut lists, &mut people);
    // As many have left as are not known yet and not on the first page.
    lists.accept(0, 3);
    read_again(&mut people, &mut lists);
    let standings = lists.standings();
    for key in lists.keys(&HashSet::new()) {
        assert_eq!(people.of(key), standings.get(key).cloned(), "{key}");
    }
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let count = || prop_oneof![4 => 1usize..5, 1 => 495usize..506, 1 => 1usize..700];
    let place = || 0usize..2000;
    let change = prop_oneof![
        count().prop_map(Change::Send),
        place().prop_map(Change::SendAgain),
        (place(), count()).prop_map(|(from, count)| Change::Revoke(from, count)),
        (place(), count()).prop_map(|(from, count)| Change::Accept(from, count)),
        count().prop_map(Change::Join),
        (place(), count()).prop_map(|(from, count)| Change::Leave(from, count)),
        count().prop_map(Change::SendFromHere),
        (place(), count()).prop_map(|(from, count)| Change::RevokeFromHere(from, count)),
    ];
    proptest::collection::vec(change, 0..4)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn after_a_reading_each_address_is_known_as_clerk_has_it_whatever_happened_before(
        sizes in (0usize..1200, 0usize..1200, 0usize..1200), step_without_address in 1usize..1200,
        rounds in proptest::collection::vec((changes(), proptest::option::of((0usize..6, changes(), any::<bool>()))), 1..5),
    ) {
        let mut lists = Lists::of(sizes.0, sizes.1, sizes.2);
        lists.members.iter_mut().step_by(step_without_address).for_each(|member| *member = None);
        let mut people = known(&mut lists);
        let mut met = HashSet::new();
        for (between, during) in rounds {
            met = lists.keys(&met).into_iter().map(str::to_owned).collect();
            between.iter().for_each(|change| change.carry_out(&mut lists, &mut people));
            if let Some((at, changes, breaks_off)) = during {
                people.expire();
                lists.fails_at = if breaks_off { at + 1 } else { 0 };
                read_while(&mut people, &mut lists, |call, people, lists| {
                    if call == at {
                        changes.iter().for_each(|change| change.carry_out(lists, people));
                    }
                });
            }
            lists.fails_at = 0;
            // Rows may have slipped in that reading, or it broke off; the next one, during which nothing changes, finds that out.
            read_again(&mut people, &mut lists);
            prop_assert!(people.has_read_pending() && people.has_all_pending());
            let standings = lists.standings();
            for key in lists.keys(&met) {
                prop_assert_eq!(people.of(key), standings.get(key).cloned(), "{}", key);
            }
            // What is known now costs a page for each list.
            prop_assert_eq!(read_again(&mut people, &mut lists), 3);
        }
    }
}
