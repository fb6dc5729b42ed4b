//! What the tests of the form share: a form, what it is decided by, and Clerk's lists that its questions are answered from.

use crate::domain::known_people::look_up;
use crate::domain::testing::{ADDRESS_KEY, UNICODE, active_organization, invitation, now};
use crate::domain::text::AddressKey;
use crate::domain::{
    ActiveOrganization, Email, Error, Invitation, InvitationId, Invitations, Member, Members, Permission,
    Rights, Role, RoleKey, Roles, Seats, Status,
};
use crate::feedback::Speech;
use crate::i18n::{Formats, LANGUAGES, Words};
use crate::invite::composer;
use crate::invite::model::{Context, Model};
use crate::invite::update::{ComposerMsg, Effect, Msg, update};
use crate::invite::verdict::Verdict;
use crate::outbox::{self, ActiveRun, Job, Origin, Outbox, Outcome, Report, RunRequest, Stage, Task};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

/// How addresses are written and compared.
pub const KEY: AddressKey = ADDRESS_KEY;

/// A form with everything around it.
pub struct Form {
    pub model: Model,
    pub outbox: Outbox,
    pub roles: Option<Roles>,
    pub active: ActiveOrganization,
    pub words: Words,
    pub seats: Option<Seats>,
    pub clerk: Clerk,
    pub is_later_here: bool,
    pub is_current: bool,
    /// What a screen reader is to read out. It stands beside most effects, which the tests are not about.
    pub said: Vec<Speech>,
    /// Messages that wait for the code which is fetched later.
    parked: Vec<ComposerMsg>,
}

/// Clerk's lists, each on a single page.
#[derive(Default)]
pub struct Clerk {
    pub invited: RefCell<Vec<Invitation>>,
    pub members: RefCell<Vec<Member>>,
    /// How many pages were asked for.
    pub asked: Cell<u32>,
    /// The page, counted by `asked`, that can't be read.
    pub fails_at: Cell<u32>,
}

impl Clerk {
    /// Has an invitation of an address, with this id.
    pub fn invited(&self, id: &str, email: &str, status: Status) {
        let row = Invitation { id: InvitationId(id.to_owned()), ..invitation(email, status) };
        self.invited.borrow_mut().insert(0, row);
    }

    /// Has a member of this address, by the same name.
    pub fn joined(&self, email: &str) {
        self.members.borrow_mut().push(Member { email_key: email.to_owned(), name: email.to_owned() });
    }

    fn ask(&self) -> Result<(), Error> {
        self.asked.set(self.asked.get() + 1);
        if self.asked.get() == self.fails_at.get() { Err(Error::Unreachable) } else { Ok(()) }
    }
}

impl Invitations for Clerk {
    async fn invite(&self, _: &Email, _: &RoleKey) -> Result<Invitation, Error> {
        Err(Error::Unproved)
    }
    async fn revoke(&self, _: &InvitationId) -> Result<Invitation, Error> {
        Err(Error::Unproved)
    }
    async fn list(&self, statuses: &[Status], _: u32, _: u32) -> Result<(Vec<Invitation>, u64), Error> {
        self.ask()?;
        let invited = self.invited.borrow();
        let rows: Vec<_> = invited.iter().filter(|row| statuses.contains(&row.status)).cloned().collect();
        let total = rows.len() as u64;
        Ok((rows, total))
    }
}

impl Members for Clerk {
    async fn members(&self, _: u32, _: u32) -> Result<(Vec<Member>, u64), Error> {
        self.ask()?;
        let members = self.members.borrow().clone();
        let total = members.len() as u64;
        Ok((members, total))
    }
}

pub fn key(role: &str) -> RoleKey {
    RoleKey(role.to_owned())
}

/// A role that allows no more than to see who is there.
fn role(role: &str) -> Role {
    let permissions = vec![Permission { key: "org:sys_memberships:read".to_owned(), name: String::new() }];
    Role { key: key(role), name: role.to_owned(), description: String::new(), permissions }
}

pub fn roles(preferred: Option<&str>) -> Roles {
    let all = ["org:admin", "org:member", "org:guest"].map(role).to_vec();
    Roles { all, preferred: preferred.map(key), ..Roles::default() }
}

impl Form {
    /// An empty form of an admin whose roles are known, with `org:member` preselected.
    pub fn new() -> Self {
        Self {
            model: Model::default(),
            outbox: Outbox::default(),
            roles: Some(roles(Some("org:member"))),
            active: active_organization("ada", "org_a", "Acme", Rights::Manage),
            words: Words::new(LANGUAGES[0], "en", Default::default(), Formats::ENGLISH),
            seats: None,
            clerk: Clerk::default(),
            is_later_here: true,
            is_current: true,
            said: vec![],
            parked: vec![],
        }
    }

    /// A form with these addresses, all of which were looked up.
    pub fn with(addresses: &str) -> Self {
        let mut form = Self::new();
        form.compose(ComposerMsg::TextBrought(addresses.to_owned()));
        form
    }

    /// One update, and nothing that follows from it.
    pub fn step(&mut self, msg: ComposerMsg) -> Vec<Effect> {
        self.update(|model, context| composer::update(model, msg, context))
    }

    /// A message to what every visitor downloads, and all that follows. What is not carried out here is left.
    pub fn send(&mut self, msg: Msg) -> Vec<Effect> {
        let effects = update(&mut self.model, msg);
        self.serve(effects)
    }

    /// A message to what is fetched later, and all that follows.
    pub fn compose(&mut self, msg: ComposerMsg) -> Vec<Effect> {
        let effects = self.step(msg);
        self.serve(effects)
    }

    /// What Send would send.
    pub fn tasks(&mut self) -> Vec<Task> {
        let mut tasks = vec![];
        self.update(|model, context| {
            let role = model.role(context.roles);
            (_, tasks) = model.composer.judge(role, context).plan(&model.composer.entries);
            vec![]
        });
        tasks
    }

    pub fn type_text(&mut self, text: &str) -> Vec<Effect> {
        self.send(Msg::TextTyped { text: text.to_owned(), cursor: Some(u32::MAX) })
    }

    pub fn enter(&mut self, sends: bool) -> Vec<Effect> {
        self.send(Msg::EnterPressed { sends })
    }

    pub fn press_send(&mut self) -> Vec<Effect> {
        self.send(Msg::SendPressed)
    }

    pub fn paste(&mut self, text: &str) -> Vec<Effect> {
        self.send(Msg::TextBrought(text.to_owned()))
    }

    /// Tries again what was not sent.
    pub fn retry(&mut self) -> Vec<Effect> {
        let failed = self.model.composer.entries.all().iter().filter(|entry| entry.was_not_sent());
        let failed = failed.map(|entry| entry.id).collect();
        self.compose(ComposerMsg::RetryPressed(failed))
    }

    /// The code that is fetched later has arrived: what waited for it is attended to.
    pub fn later_arrives(&mut self) -> Vec<Effect> {
        self.is_later_here = true;
        let parked = std::mem::take(&mut self.parked);
        self.serve(parked.into_iter().map(Effect::Compose).collect())
    }

    /// Carries effects out, as the runner does: texts are read on, addresses looked up, runs begun. All but the first two
    /// are left for the test to see.
    pub fn serve(&mut self, effects: Vec<Effect>) -> Vec<Effect> {
        let mut left = vec![];
        let mut open: VecDeque<_> = effects.into();
        while let Some(effect) = open.pop_front() {
            let next = match effect {
                Effect::Compose(msg) if self.is_later_here => self.step(msg),
                Effect::Compose(msg) => {
                    self.parked.push(msg);
                    vec![]
                }
                Effect::ContinueImport => self.step(ComposerMsg::ImportContinued),
                Effect::LookUp(lookup) => {
                    let found = now(look_up(&self.clerk, lookup));
                    self.step(ComposerMsg::LookedUp(lookup, found))
                }
                other => {
                    if let Effect::Send(tasks) = &other {
                        self.start_run(Origin::Form, tasks.clone());
                    }
                    left.push(other);
                    vec![]
                }
            };
            open.extend(next);
        }
        left
    }

    /// Begins a run, without telling the form.
    pub fn start_run(&mut self, origin: Origin, tasks: Vec<Task>) {
        outbox::update(
            &mut self.outbox,
            outbox::Msg::RunRequested(RunRequest { origin, tasks, left_out: 0 }),
            0.0,
        );
    }

    /// Ends the oldest run: each address has the outcome that `outcome` gives it.
    pub fn end_run(&mut self, outcome: impl Fn(&Job) -> Outcome) -> Vec<Effect> {
        self.end_run_early(None, |job| (outcome(job), false))
    }

    /// The same, for a run that an error has ended, and with whether the earlier invitation is revoked.
    pub fn end_run_early(
        &mut self,
        halted: Option<Error>,
        outcome: impl Fn(&Job) -> (Outcome, bool),
    ) -> Vec<Effect> {
        let run: ActiveRun = self.outbox.runs()[0].clone();
        let end = |job: &Job| {
            let (outcome, is_revoked) = outcome(job);
            let mut job = job.clone();
            (job.stage, job.is_revoked) = (Stage::Done(outcome), is_revoked);
            job
        };
        let report = Report { jobs: run.jobs.iter().map(end).collect(), halted, is_stopped: false };
        outbox::update(&mut self.outbox, outbox::Msg::Ended(run.id, report.clone()), 0.0);
        self.compose(ComposerMsg::RunEnded(run, report))
    }

    /// The texts of the entries, in their order.
    pub fn texts(&self) -> Vec<&str> {
        self.model.composer.entries.all().iter().map(|entry| entry.text.as_str()).collect()
    }

    /// The first entry with this text.
    pub fn id(&self, text: &str) -> crate::invite::EntryId {
        let mut all = self.model.composer.entries.all().iter();
        all.find(|entry| entry.text == text).map(|entry| entry.id).expect("there is such an entry")
    }

    /// What is known of the entry at this place.
    pub fn verdict(&self, at: usize) -> &Verdict {
        &self.model.composer.verdicts.each[at]
    }

    fn update(&mut self, update: impl FnOnce(&mut Model, &Context) -> Vec<Effect>) -> Vec<Effect> {
        let context = Context {
            words: &self.words,
            roles: self.roles.as_ref(),
            membership: &self.active.membership,
            own: &self.active.viewer.own,
            seats: self.seats,
            outbox: &self.outbox,
            is_current: self.is_current,
            today: crate::domain::Timestamp(1e9),
            lowercase: |text| UNICODE.folded(text),
            address_key: KEY,
        };
        let mut effects = update(&mut self.model, &context);
        for effect in effects.extract_if(.., |effect| matches!(effect, Effect::Say(_))) {
            if let Effect::Say(speech) = effect {
                self.said.push(speech);
            }
        }
        effects
    }
}

/// The addresses that a run is begun with, by these effects; `None` when none is begun.
pub fn sent(effects: &[Effect]) -> Option<Vec<&str>> {
    let tasks = effects.iter().find_map(|effect| match effect {
        Effect::Send(tasks) => Some(tasks),
        _ => None,
    })?;
    Some(tasks.iter().map(|task| task.email.as_str()).collect())
}
