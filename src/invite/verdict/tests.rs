use super::*;
use crate::addresses::ParsedAddress;
use crate::domain::known_people::look_up;
use crate::domain::testing::{invitation, now};
use crate::domain::{Error, Invitation, Invitations, Member, Members, Role};
use crate::invite::entry::{EntryId, Source};
use crate::invite::testing::KEY;
use crate::outbox::{JobResult, Outcome};
use proptest::prelude::*;
use std::ops::Deref;

/// Clerk's lists, each on a single page. The id of an invitation is its address.
#[derive(Clone, Default)]
struct Lists {
    invited: Vec<(String, Status)>,
    members: Vec<String>,
}

impl Invitations for Lists {
    async fn invite(&self, _: &Email, _: &RoleKey) -> Result<Invitation, Error> {
        Err(Error::Unproved)
    }
    async fn revoke(&self, _: &InvitationId) -> Result<Invitation, Error> {
        Err(Error::Unproved)
    }
    async fn list(&self, statuses: &[Status], _: u32, _: u32) -> Result<(Vec<Invitation>, u64), Error> {
        let of = self.invited.iter().filter(|(_, status)| statuses.contains(status));
        let rows: Vec<_> = of.map(|(key, status)| invitation(key, status.clone())).collect();
        let total = rows.len() as u64;
        Ok((rows, total))
    }
}

impl Members for Lists {
    async fn members(&self, _: u32, _: u32) -> Result<(Vec<Member>, u64), Error> {
        let named = |key: &String| Member { email_key: key.clone(), name: format!("Mr {key}") };
        Ok((self.members.iter().map(named).collect(), self.members.len() as u64))
    }
}

fn read(lists: &Lists) -> KnownPeople {
    let mut people = KnownPeople::default();
    let mut lookup = Some(people.read());
    while let Some(asked) = lookup {
        let found = now(look_up(lists, asked));
        lookup = people.take(asked, found);
    }
    people
}

fn lists() -> Lists {
    let invited = |key: &str, status| (key.to_owned(), status);
    Lists {
        invited: vec![
            invited("pending@x.de", Status::Pending),
            invited("expired@x.de", Status::Expired),
            invited("both@x.de", Status::Revoked),
            invited("both@x.de", Status::Pending),
            invited("gone@gmial.com", Status::Accepted),
        ],
        members: ["m1@acme-corp.test", "m2@acme-corp.test", "m3@acme-corp.test", "member@x.de"]
            .map(str::to_owned)
            .to_vec(),
    }
}

fn entries(texts: &[&str]) -> Entries {
    let mut entries = Entries::default();
    for text in texts {
        entries.add(ParsedAddress::of_text((*text).to_owned()), Source::Typed, KEY);
    }
    entries
}

fn entry(entries: &mut Entries, id: EntryId) -> &mut Entry {
    entries.get_mut(id).expect("an entry")
}

fn not_sent() -> EntryState {
    EntryState::NotSent(JobResult { outcome: Outcome::Kept, is_revoked: false })
}

fn roles() -> Roles {
    let role = |key: &str, name: &str| Role {
        key: RoleKey(key.to_owned()),
        name: name.to_owned(),
        description: String::new(),
        permissions: vec![],
    };
    Roles { all: vec![role("org:admin", "Admin"), role("org:member", "Member")], ..Roles::default() }
}

/// Judges with both roles, `org:member` for entries that name none, and seats without a limit.
fn with_judge<T>(people: &KnownPeople, use_judge: impl FnOnce(Judge) -> T) -> T {
    use_judge(Judge {
        people,
        roles: Some(&roles()),
        role: Some(&RoleKey("org:member".to_owned())),
        seats_left: None,
        own: &[],
        now: Timestamp(1e9),
        lowercase: str::to_lowercase,
    })
}

fn judge(entries: &Entries, lists: &Lists) -> Judged {
    with_judge(&read(lists), |judge| judged(&judge, entries))
}

/// The verdicts, and the tasks that belong to them.
#[derive(Debug)]
struct Judged {
    verdicts: Verdicts,
    tasks: Vec<Task>,
}

impl Deref for Judged {
    type Target = Verdicts;

    fn deref(&self) -> &Verdicts {
        &self.verdicts
    }
}

fn judged(judge: &Judge, entries: &Entries) -> Judged {
    let (verdicts, tasks) = judge.plan(entries);
    assert_eq!(judge.judge(entries), verdicts, "judged without tasks");
    assert_eq!(verdicts.sendable, tasks.len() as u64);
    Judged { verdicts, tasks }
}

fn to_send(judged: &Judged) -> Vec<&str> {
    judged.tasks.iter().map(|task| task.email.key()).collect()
}

fn many() -> Entries {
    entries(&[
        "new@x.de",
        "NEW@x.de",
        "pending@x.de",
        "both@x.de",
        "expired@x.de",
        "Member@x.de",
        "ada@gmial.com",
        "gone@gmial.com",
        "bob@acme-crop.test",
        "nonsense",
    ])
}

fn pending(key: &str) -> Verdict {
    Verdict::Pending(InvitationId(key.to_owned()), None)
}

#[test]
fn the_admins_own_addresses_are_known_although_nothing_was_looked_up() {
    let own = ["jane@x.de".to_owned(), "j.doe@b\u{fc}cher.example".to_owned()];
    let drafts = entries(&["Jane@X.de", "j.doe@xn--bcher-kva.example", "jane@y.de", "jane@x.de"]);
    let verdicts =
        with_judge(&KnownPeople::default(), |judge| judged(&Judge { own: &own, ..judge }, &drafts));
    assert_eq!(verdicts.each, [Verdict::Yourself, Verdict::Yourself, Verdict::New, Verdict::Twice]);
    assert_eq!((to_send(&verdicts), verdicts.members, verdicts.to_review), (vec!["jane@y.de"], 2, 0));
}

#[test]
fn a_pair_of_encodings_stands_there_twice_and_a_kelvin_sign_is_another_address() {
    let drafts = entries(&["j\u{f6}rg@x.de", "jo\u{308}rg@x.de", "mi\u{212a}e@x.de", "member@x.de"]);
    let verdicts = judge(&drafts, &Lists::default());
    assert_eq!(verdicts.each, [Verdict::New, Verdict::Twice, Verdict::New, Verdict::New]);
    let sent: Vec<_> = verdicts.tasks.iter().map(|task| task.email.as_str()).collect();
    assert_eq!(sent, ["j\u{f6}rg@x.de", "mi\u{212a}e@x.de", "member@x.de"]);
    // Not even where the other one is a member.
    let drafts = entries(&["\u{212a}ember@x.de", "jo\u{308}rg@x.de"]);
    let lists =
        Lists { members: vec!["kember@x.de".to_owned(), "j\u{f6}rg@x.de".to_owned()], ..Lists::default() };
    let verdicts = judge(&drafts, &lists);
    assert!(matches!(verdicts.each.as_slice(), [Verdict::New, Verdict::Member(_)]), "{:?}", verdicts.each);
}

#[test]
fn a_pending_invitation_whose_time_is_over_is_no_obstacle() {
    let mut people = KnownPeople::default();
    let over = Invitation { expires: Some(Timestamp(9.0)), ..invitation("ada@x.de", Status::Pending) };
    let alive = Invitation { expires: Some(Timestamp(11.0)), ..invitation("bob@x.de", Status::Pending) };
    [&over, &alive].into_iter().for_each(|row| people.note(row));
    let drafts = entries(&["ada@x.de", "bob@x.de"]);
    let verdicts = with_judge(&people, |judge| {
        judged(&Judge { now: Timestamp(10.0), seats_left: Some(0), ..judge }, &drafts)
    });
    assert_eq!(verdicts.each, [Verdict::Before(Status::Expired, None), pending("bob@x.de")]);
    assert_eq!((verdicts.new, verdicts.pending, verdicts.seats), (1, 1, 0));
    let [task] = verdicts.tasks.as_slice() else { panic!("{:?}", verdicts.tasks) };
    assert_eq!(task.action, Action::Renew(InvitationId("ada@x.de".to_owned())));
}

#[test]
fn each_entry_has_the_verdict_that_the_admin_has_to_know_of() {
    let verdicts = judge(&many(), &lists());
    assert_eq!(
        verdicts.each,
        [
            Verdict::New,
            Verdict::Twice,
            pending("pending@x.de"),
            pending("both@x.de"),
            Verdict::Before(Status::Expired, None),
            Verdict::Member("Mr member@x.de".to_owned()),
            Verdict::Mistyped("gmail.com".to_owned()),
            Verdict::Before(Status::Accepted, None),
            Verdict::Mistyped("acme-corp.test".to_owned()),
            Verdict::NotAnAddress(EmailProblem::NoAt),
        ]
    );
    let counts = (verdicts.new, verdicts.pending, verdicts.members, verdicts.twice, verdicts.to_review);
    assert_eq!((counts, verdicts.failed, verdicts.seats), ((3, 2, 1, 1, 3), 0, 3));
    assert_eq!(to_send(&verdicts), ["new@x.de", "expired@x.de", "gone@gmial.com"]);
    assert!(verdicts.tasks.iter().all(|task| task.was_free && task.role.0 == "org:member"));
}

#[test]
fn what_the_admin_says_of_an_entry_counts() {
    let mut entries = many();
    let [first, same, resent, confirmed] = [1, 2, 3, 7];
    for id in [first, same] {
        entry(&mut entries, id).role = Some("admin".to_owned());
    }
    entry(&mut entries, resent).state = EntryState::Resend;
    entry(&mut entries, confirmed).review = Review::Confirmed;
    let verdicts = judge(&entries, &lists());
    assert_eq!(
        to_send(&verdicts),
        ["new@x.de", "pending@x.de", "expired@x.de", "ada@gmial.com", "gone@gmial.com"]
    );
    assert_eq!(verdicts.tasks[0].role.0, "org:admin");
    let resent = &verdicts.tasks[1];
    assert_eq!(resent.action, Action::Replace(InvitationId("pending@x.de".to_owned())));
    assert!(!resent.was_free);
    assert_eq!((verdicts.pending, &verdicts.each[2]), (2, &pending("pending@x.de")));
}

#[test]
fn an_entry_with_an_unknown_role_is_not_sent() {
    let mut entries = many();
    for id in [1, 3] {
        entry(&mut entries, id).role = Some("emperor".to_owned());
    }
    entry(&mut entries, 3).state = EntryState::Resend;
    let verdicts = judge(&entries, &lists());
    for at in [0, 2] {
        assert_eq!(verdicts.each[at], Verdict::UnknownRole("emperor".to_owned()));
    }
    assert_eq!(to_send(&verdicts), ["expired@x.de", "gone@gmial.com"]);
}

#[test]
fn entries_for_which_there_is_no_seat_are_not_sent_and_an_invitation_that_is_replaced_needs_none() {
    let mut entries = many();
    entry(&mut entries, 3).state = EntryState::Resend;
    let verdicts =
        with_judge(&read(&lists()), |judge| judged(&Judge { seats_left: Some(2), ..judge }, &entries));
    assert_eq!(to_send(&verdicts), ["new@x.de", "pending@x.de", "expired@x.de"]);
    assert_eq!((verdicts.seats, &verdicts.each[7]), (3, &Verdict::NoSeat));
    assert_eq!((verdicts.new, verdicts.to_review), (2, 4));
}

#[test]
fn an_entry_without_a_role_is_counted_but_not_sent() {
    let mut entries = entries(&["a@x.de", "b@x.de"]);
    entry(&mut entries, 2).role = Some("admin".to_owned());
    let people = read(&lists());
    let without_role = with_judge(&people, |judge| judged(&Judge { role: None, ..judge }, &entries));
    assert_eq!((to_send(&without_role), without_role.new), (vec!["b@x.de"], 2));
    // Until the roles are known, it can't be said which one is meant.
    let without_roles = with_judge(&people, |judge| judged(&Judge { roles: None, ..judge }, &entries));
    assert_eq!((to_send(&without_roles), without_roles.new), (vec!["a@x.de"], 2));
    assert_eq!(without_roles.each, [Verdict::New, Verdict::New]);
}

#[test]
fn an_entry_that_was_sent_in_vain_counts_as_failed_and_is_sent_again() {
    let mut entries = entries(&["a@x.de", "expired@x.de", "pending@x.de"]);
    for id in 1..=3 {
        entry(&mut entries, id).state = not_sent();
    }
    let verdicts = judge(&entries, &lists());
    assert_eq!((verdicts.failed, verdicts.new, verdicts.pending), (2, 0, 1));
    assert_eq!(to_send(&verdicts), ["a@x.de", "expired@x.de"]);
}

#[test]
fn an_address_is_not_known_to_be_free_before_all_pending_invitations_are_read() {
    let entries = entries(&["new@x.de"]);
    let tasks = with_judge(&KnownPeople::default(), |judge| judged(&judge, &entries)).tasks;
    assert_eq!(tasks.iter().map(|task| task.was_free).collect::<Vec<_>>(), [false]);
}

#[test]
fn a_rewritten_entry_is_judged_anew() {
    let mut entries = entries(&["nonsense"]);
    let rewritten = entry(&mut entries, 1);
    (rewritten.review, rewritten.state) = (Review::Confirmed, not_sent());
    rewritten.rewrite("ada@gmial.com".to_owned(), KEY);
    assert_eq!(judge(&entries, &lists()).each, [Verdict::Mistyped("gmail.com".to_owned())]);
    let entry = &entries.all()[0];
    assert_eq!(entry.email.as_ref().map(Email::as_str), Ok("ada@gmial.com"));
    assert_eq!((entry.with_domain("gmail.com"), entry.was_not_sent()), ("ada@gmail.com".to_owned(), false));
}

fn states() -> impl Strategy<Value = EntryState> {
    prop_oneof![Just(EntryState::Draft), Just(EntryState::Resend), Just(not_sent())]
}

proptest! {
    #[test]
    fn each_entry_is_counted_once_and_no_address_is_sent_twice_or_without_need(
        texts in proptest::collection::vec("[a-d](@x\\.de|@gmial\\.com|)", 0..30),
        said in proptest::collection::vec((any::<bool>(), states(), proptest::option::of("member|emperor")), 30),
        mut invited in proptest::collection::vec(("[a-d]@x\\.de", prop_oneof![Just(Status::Pending), Just(Status::Expired)]), 0..4),
        members in proptest::collection::hash_set("[a-d]@x\\.de", 0..3),
        seats_left in proptest::option::of(0u64..10),
        has_roles: bool,
    ) {
        // Clerk keeps no two invitations with the same id.
        invited.sort_by_key(|(key, status)| (key.clone(), status.word().to_owned()));
        invited.dedup();
        let lists = Lists { invited, members: members.into_iter().collect() };
        let mut entries = entries(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        for (id, (is_confirmed, state, role)) in (1..=texts.len()).zip(said) {
            let entry = entry(&mut entries, id as EntryId);
            entry.review = if is_confirmed { Review::Confirmed } else { Review::Open };
            (entry.state, entry.role) = (state, role);
        }
        let roles = roles();
        let verdicts = with_judge(&read(&lists), |judge| {
            judged(&Judge { roles: has_roles.then_some(&roles), seats_left, ..judge }, &entries)
        });
        prop_assert_eq!(verdicts.each.len(), texts.len());
        let sum = verdicts.new + verdicts.failed + verdicts.pending + verdicts.members + verdicts.twice + verdicts.to_review;
        prop_assert_eq!(sum, texts.len() as u64);
        let looks = verdicts.each.iter().filter(|verdict| verdict.needs_review()).count() as u64;
        prop_assert_eq!(verdicts.to_review, looks);
        let mut keys = to_send(&verdicts);
        keys.sort_unstable();
        keys.dedup();
        prop_assert_eq!(keys.len(), verdicts.tasks.len());
        if let Some(left) = seats_left {
            let anew = verdicts.tasks.iter().filter(|task| task.action == Action::Invite).count() as u64;
            prop_assert!(anew <= left);
        }
        for task in &verdicts.tasks {
            let key = task.email.key();
            prop_assert!(!lists.members.iter().any(|member| member == key));
            let is_pending = lists.invited.contains(&(key.to_owned(), Status::Pending));
            prop_assert_eq!(task.action != Action::Invite, is_pending);
            prop_assert_eq!(task.was_free, !is_pending);
            // Only the first entry of an address is sent, and a pending invitation is replaced only on demand.
            let first = entries.all().iter().find(|entry| entry.has_key(key)).expect("its entry");
            prop_assert_eq!(first.email.as_ref(), Ok(&task.email));
            prop_assert!(!is_pending || first.state == EntryState::Resend);
        }
    }

    #[test]
    fn the_order_of_the_entries_gives_no_person_another_role(
        requested in proptest::collection::vec(("[a-c]", proptest::option::of("admin|member|emperor")), 0..9),
    ) {
        let judged = |requested: &[(String, Option<String>)]| {
            let mut entries = Entries::default();
            for (name, role) in requested {
                let text = format!("{name}@x.de");
                let parsed = ParsedAddress { role: role.clone(), ..ParsedAddress::of_text(text) };
                entries.add(parsed, Source::Typed, KEY);
            }
            let tasks = judge(&entries, &Lists::default()).tasks;
            let mut given: Vec<_> = tasks.iter().map(|task| (task.email.key().to_owned(), task.role.0.clone())).collect();
            given.sort_unstable();
            given
        };
        let backwards: Vec<_> = requested.iter().rev().cloned().collect();
        let given = judged(&requested);
        prop_assert_eq!(&given, &judged(&backwards));
        // Whoever gets a role gets one that all of their entries name, or leave open.
        for (key, role) in given {
            let of = requested.iter().filter(|(name, _)| format!("{name}@x.de") == key);
            let is_requested = of.into_iter().all(|(_, wanted)| role.ends_with(wanted.as_deref().unwrap_or("member")));
            prop_assert!(is_requested);
        }
    }
}
