//! What the tests of the list share: a list, what it is decided by, and answers to its questions.

use crate::domain::known_people::KnownPeople;
use crate::domain::testing::{active_organization, invitation};
use crate::domain::{
    ActiveOrganization, Error, Invitation, InvitationId, ListQuery, PageSize, Permission, Question, Rights,
    Role, RoleKey, Roles, Status, Timestamp,
};
use crate::i18n::{Formats, LANGUAGES, Words};
use crate::list::actions;
use crate::list::messages::{ActionMsg, Context, DialogMsg, Effect, Msg, RowAction};
use crate::list::model::Model;
use crate::list::update::update;
use crate::outbox::{self, Job, Outbox, Outcome, Report, RunId, Task};

/// A list with everything around it.
pub struct Stage {
    pub model: Model,
    pub outbox: Outbox,
    pub roles: Option<Roles>,
    pub active: ActiveOrganization,
    pub words: Words,
    pub people: KnownPeople,
    pub now: f64,
    pub is_current: bool,
}

pub fn query(text: &str) -> ListQuery {
    ListQuery::from_query(text, PageSize::Ten, str::to_owned)
}

pub fn role(key: &str) -> Role {
    let permissions = vec![Permission { key: format!("{key}:x"), name: "May do x".to_owned() }];
    Role { key: RoleKey(key.to_owned()), name: key.to_owned(), description: String::new(), permissions }
}

/// Pending invitations, the first the newest: `p1` and so on.
pub fn pending(numbers: impl IntoIterator<Item = u32>) -> Vec<Invitation> {
    numbers.into_iter().map(|number| row(&format!("p{number}"), Status::Pending, number)).collect()
}

/// An invitation of `name@x.de` whose id is `name`. The greater the number, the older.
pub fn row(name: &str, status: Status, number: u32) -> Invitation {
    Invitation {
        id: id(name),
        created: Some(Timestamp(1e9 - f64::from(number))),
        ..invitation(&format!("{name}@x.de"), status)
    }
}

pub fn id(name: &str) -> InvitationId {
    InvitationId(name.to_owned())
}

impl Stage {
    pub fn new(address: &str) -> Self {
        let roles = Roles { all: vec![role("org:admin"), role("org:member")], ..Roles::default() };
        Self {
            model: Model::new(query(address)),
            outbox: Outbox::default(),
            roles: Some(roles),
            active: active_organization("ada", "org_a", "Acme", Rights::Manage),
            words: Words::new(LANGUAGES[0], "en", Default::default(), Formats::ENGLISH),
            people: KnownPeople::default(),
            now: 0.0,
            is_current: true,
        }
    }

    /// A list that shows these rows.
    pub fn showing(rows: Vec<Invitation>) -> Self {
        let mut stage = Self::new("");
        let Some(Effect::ListPage(question)) = stage.send(Msg::Opened).pop() else { panic!("no question") };
        let total = rows.len() as u64;
        stage.send(Msg::PageAnswered(question, Ok((rows, total))));
        stage
    }

    /// A list of which all was read, and which shows what the address asks of it.
    pub fn read(address: &str, rows: Vec<Invitation>) -> Self {
        let mut stage = Self::new(address);
        let opened = stage.send(Msg::Opened);
        stage.serve(opened, &rows);
        stage
    }

    pub fn send(&mut self, msg: Msg) -> Vec<Effect> {
        let Self { model, outbox, roles, active, words, people, now, is_current } = self;
        let context = context(outbox, roles, active, words, people, *now, *is_current);
        update(model, msg, &context)
    }

    pub fn act(&mut self, msg: ActionMsg) -> Vec<Effect> {
        let Self { model, outbox, roles, active, words, people, now, is_current } = self;
        let context = context(outbox, roles, active, words, people, *now, *is_current);
        actions::update(model, msg, &context)
    }

    /// Carries out what follows from effects, with `rows` as Clerk's list of whatever is asked for, page by page. The
    /// effects that are not carried out here are left.
    pub fn serve(&mut self, effects: Vec<Effect>, rows: &[Invitation]) -> Vec<Effect> {
        let mut left = vec![];
        let mut open: std::collections::VecDeque<_> = effects.into();
        while let Some(effect) = open.pop_front() {
            let of = |page: u32, size: u32, statuses: &[Status]| {
                let is_it = |row: &&Invitation| statuses.is_empty() || statuses.contains(&row.status);
                let all: Vec<_> = rows.iter().filter(is_it).cloned().collect();
                let before = (page as usize - 1) * size as usize;
                (all.iter().skip(before).take(size as usize).cloned().collect::<Vec<_>>(), all.len() as u64)
            };
            let next = match effect {
                Effect::Act(msg) => self.act(msg),
                Effect::ReadPage(reading, statuses, question) => {
                    let page = of(question.page, question.rows, &statuses);
                    let size = (page.0.len() as u64, page.1);
                    let mut next = self.act(ActionMsg::PageArrived(reading, question, size));
                    next.extend(self.act(ActionMsg::PageRead(reading, question, Ok(page))));
                    next
                }
                Effect::ListPage(question) => {
                    let ListQuery { filter, page, .. } = &question.key;
                    let page = of(page.page.number(), page.size.rows(), &filter.statuses());
                    self.send(Msg::PageAnswered(question, Ok(page)))
                }
                Effect::GoTo { query, .. } => self.send(Msg::QueryChanged(query)),
                Effect::WaitForPause(keystroke) => self.send(Msg::SearchPaused(keystroke)),
                other => {
                    left.push(other);
                    vec![]
                }
            };
            open.extend(next);
        }
        left
    }

    /// The question to Clerk that a message leads to.
    pub fn ask(&mut self, msg: Msg) -> Question<ListQuery> {
        let effects = self.send(msg);
        let question = effects.into_iter().find_map(|effect| match effect {
            Effect::ListPage(question) => Some(question),
            _ => None,
        });
        question.expect("the list is asked for")
    }

    /// Answers a question with a page of so many in all.
    pub fn answer(
        &mut self,
        question: Question<ListQuery>,
        rows: Vec<Invitation>,
        total: u64,
    ) -> Vec<Effect> {
        self.send(Msg::PageAnswered(question, Ok((rows, total))))
    }

    /// Begins the run that these effects order.
    pub fn begin(&mut self, effects: &[Effect]) -> (RunId, Vec<Task>) {
        let request = effects.iter().find_map(|effect| match effect {
            Effect::StartRun(request) => Some(request.clone()),
            _ => None,
        });
        self.start_run(request.expect("a run is started"))
    }

    /// Begins a run.
    pub fn start_run(&mut self, request: outbox::RunRequest) -> (RunId, Vec<Task>) {
        let tasks = request.tasks.clone();
        outbox::update(&mut self.outbox, outbox::Msg::RunRequested(request), 0.0);
        (self.outbox.runs().last().expect("a run").id, tasks)
    }

    /// Begins what the admin does with one row.
    pub fn begin_on(&mut self, action: RowAction, name: &str) -> (RunId, Vec<Task>) {
        let effects = self.act(ActionMsg::Row(action, id(name)));
        self.begin(&effects)
    }

    /// The same for an act that the admin is asked about first, and confirms.
    pub fn confirm_on(&mut self, action: RowAction, name: &str) -> (RunId, Vec<Task>) {
        assert_eq!(self.act(ActionMsg::Row(action, id(name))), []);
        let effects = self.act(ActionMsg::Dialog(DialogMsg::Confirmed));
        self.begin(&effects)
    }

    /// The job at this place of a run has this outcome, while the run goes on.
    pub fn progress(&mut self, run: RunId, at: usize, outcome: Outcome, is_revoked: bool) {
        let known = self.outbox.runs().iter().find(|other| other.id == run).expect("a run");
        let job = ended(&known.jobs[at], outcome, is_revoked);
        outbox::update(&mut self.outbox, outbox::Msg::Progressed(run, vec![(at, job)], 0), 0.0);
    }

    /// Ends a run: each job that is not done has the outcome that `outcome` gives it.
    pub fn end(&mut self, run: RunId, outcome: impl Fn(&Job) -> (Outcome, bool)) -> Vec<Effect> {
        self.end_early(run, None, outcome)
    }

    /// The same, for a run that an error has ended.
    pub fn end_early(
        &mut self,
        run: RunId,
        halted: Option<Error>,
        outcome: impl Fn(&Job) -> (Outcome, bool),
    ) -> Vec<Effect> {
        let known = self.outbox.runs().iter().find(|other| other.id == run).expect("a run");
        let end = |job: &Job| match job.result() {
            Some(_) => job.clone(),
            None => {
                let (outcome, is_revoked) = outcome(job);
                ended(job, outcome, is_revoked)
            }
        };
        let report = Report { jobs: known.jobs.iter().map(end).collect(), halted, is_stopped: false };
        let effects = outbox::update(&mut self.outbox, outbox::Msg::Ended(run, report), 0.0);
        let told = effects.into_iter().find_map(|effect| match effect {
            outbox::Effect::TellEnded(run, report) => Some(ActionMsg::RunEnded(run, report)),
            _ => None,
        });
        self.act(told.expect("it is told"))
    }

    /// The names of the rows on screen, in their order.
    pub fn shown(&self) -> Vec<String> {
        let ids = self.model.shown.iter().flat_map(|shown| &shown.ids);
        ids.map(|id| id.0.clone()).collect()
    }
}

fn ended(job: &Job, outcome: Outcome, is_revoked: bool) -> Job {
    let mut job = job.clone();
    (job.stage, job.is_revoked) = (outbox::Stage::Done(outcome), is_revoked);
    job
}

/// It was sent: the new invitation has the name of the address with a `+` behind, and is newer than all.
pub fn gone_out(job: &Job) -> (Outcome, bool) {
    let name = job.task.email.as_str().trim_end_matches("@x.de");
    let new = Invitation {
        id: id(&format!("{name}+")),
        role: job.task.role.clone(),
        ..row(name, Status::Pending, 0)
    };
    (Outcome::Sent(new), job.task.action.replaces().is_some())
}

/// It was revoked, as it was to be.
pub fn revoked(_: &Job) -> (Outcome, bool) {
    (Outcome::Revoked, true)
}

/// Nothing was done, because no answer came.
pub fn standing(_: &Job) -> (Outcome, bool) {
    (Outcome::NotRevoked(Error::NoAnswer), false)
}

/// The earlier invitation was revoked, and no other one sent.
pub fn lost(_: &Job) -> (Outcome, bool) {
    (Outcome::Missing(Error::NoAnswer), true)
}

fn context<'a>(
    outbox: &'a Outbox,
    roles: &'a Option<Roles>,
    active: &'a ActiveOrganization,
    words: &'a Words,
    people: &'a KnownPeople,
    now: f64,
    is_current: bool,
) -> Context<'a> {
    Context {
        words,
        roles: roles.as_ref(),
        membership: &active.membership,
        outbox,
        people,
        is_current,
        now,
        today: Timestamp(1e9),
        lowercase: |text| crate::domain::testing::UNICODE.folded(text),
        iso: |time| time.0.to_string(),
    }
}
