//! Inviting many: what is known of each address, sending, and what became of it. Fetched when somebody is about to
//! invite.

use crate::browser::{
    Brought, address_key, after, download, has_focus_or_none_has, lowercase, now, place_focus,
};
use crate::components::{
    Deed, Entries, Question, button, confirm_dialog, entries, entry_id, ids, notice, outcome_sentence,
    outcome_table, pager, progress, report, report_counts,
};
use crate::domain::batch::{Batch, Job, Outcome, Stage, Task};
use crate::domain::directory::Reading;
use crate::domain::draft::{Entry, Verdicts};
use crate::domain::intake::{Intake, Piece, render};
use crate::domain::{Email, Page, PageSize, Reason, RoleKey, Roles, Seats, Slice, View};
use crate::hooks::{Act, Desk, Editing, Papers, Problems, Report, Said, Tone, dispatch, errands, use_dialog};
use crate::i18n::{Message, Plural, Words, email_problem, error_sentence};
use crate::pages::invite;
use std::cell::Cell;
use std::collections::HashSet;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// What it needs.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// What the form needs too.
    pub props: invite::Props,
    /// Where everything lies.
    pub desk: Desk,
    /// The role for all.
    pub role: Option<RoleKey>,
    /// Another one each time something on the desk has changed.
    pub revision: u32,
}

/// So many entries are chips. More stand in rows, of which a page is drawn.
const MOST_CHIPS: usize = 40;
const ROWS: PageSize = PageSize::Fifty;

/// A question before sending: what would be sent, and the role in it that allows much.
type Granting = Option<(Vec<Task>, RoleKey)>;

/// The entries, and what becomes of them.
#[function_component]
pub fn InviteMany(whole: &Props) -> Html {
    let (props, desk) = (&whole.props, &whole.desk);
    let words = &props.around.words;
    let granting = use_state_eq(|| Granting::None);
    let attempt = use_state_eq(|| 0u32);
    let here = use_node_ref();
    let dialog = use_dialog(granting.is_some());
    let roles = props.roles.value().cloned();
    let seats_left = props.seats.and_then(|seats| seats.left());
    let verdicts = {
        let desk = desk.clone();
        use_memo(
            (desk.edition(), roles.clone(), whole.role.clone(), seats_left),
            move |(_, roles, role, seats_left)| {
                dispatch::judge(&desk, roles.as_deref(), role.as_ref(), *seats_left)
            },
        )
    };
    let acts = Rc::new(Acts {
        props: props.clone(),
        desk: desk.clone(),
        role: whole.role.clone(),
        here: here.clone(),
        granting: granting.setter(),
    });
    {
        // Before anything is attended to: sending would take the place of what is kept.
        let acts = acts.clone();
        use_effect_with((), move |()| {
            dispatch::restore(&acts.desk, &acts.props.place.desk_key());
            move || {
                let batch = acts.desk.read(|papers| papers.batch.clone());
                batch
                    .iter()
                    .for_each(|batch| batch.stop(Some(acts.props.around.client.why_left(&acts.props.place))));
            }
        });
    }
    {
        // What was done to the form is attended to once it is drawn.
        let acts = acts.clone();
        let count = verdicts.tasks.len() as u64;
        use_effect_with((whole.revision, count), move |_| {
            if acts.desk.read(|papers| papers.count != count) {
                acts.desk.change(|papers| papers.count = count);
            }
            let mut done = vec![];
            if acts.desk.read(|papers| !papers.acts.is_empty()) {
                acts.desk.change(|papers| done = std::mem::take(&mut papers.acts));
            }
            done.into_iter().for_each(|act| acts.attend(act));
            // Whoever draws it when a batch has ended has the list asked for again: that need not be who began it.
            let mut sent = None;
            if acts.desk.read(|papers| papers.sent.is_some()) {
                acts.desk.change(|papers| sent = papers.sent.take());
            }
            sent.into_iter().for_each(|sent| acts.props.on_sent.emit(sent));
        });
    }
    {
        let (desk, service) = (desk.clone(), props.service.clone());
        let is_wanted = desk.read(|papers| !papers.draft.entries().is_empty());
        use_effect_with((is_wanted, props.changes, *attempt), move |(is_wanted, ..)| {
            let still_wanted = Rc::new(Cell::new(*is_wanted));
            if *is_wanted {
                dispatch::look_up(&desk, service, still_wanted.clone());
            }
            move || still_wanted.set(false)
        });
    }
    let on_confirm = {
        let (acts, granting) = (acts.clone(), granting.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some((tasks, _)) = (*granting).clone() {
                granting.set(None);
                acts.send(tasks);
            }
        })
    };
    let on_deed = Callback::from(move |deed| acts.deed(deed));
    let on_keep = {
        let granting = granting.setter();
        Callback::from(move |()| granting.set(None))
    };
    let on_look_up = Callback::from(move |_: MouseEvent| attempt.set(attempt.wrapping_add(1)));
    let question = granting.as_ref().map(|(tasks, key)| grant(words, roles.as_deref(), tasks, key));
    let is_looking = !matches!(desk.directory().borrow().reading(), Reading::All | Reading::Failed(_));
    desk.read(|papers| {
        html! {
            <div ref={here} class="batch">
                { on_its_way(words, papers, &on_deed) }
                { news(words, papers, &on_deed) }
                { summary(words, desk, papers, &verdicts, props.seats, on_look_up) }
                { list(words, is_looking, papers, &verdicts, roles.as_deref(), on_deed) }
                { confirm_dialog(words, dialog, question, on_confirm, on_keep) }
            </div>
        }
    })
}

/// Everything that is done here, with what it is done with.
struct Acts {
    props: invite::Props,
    desk: Desk,
    role: Option<RoleKey>,
    here: NodeRef,
    granting: UseStateSetter<Granting>,
}

impl Acts {
    fn words(&self) -> &Words {
        &self.props.around.words
    }

    fn roles(&self) -> Option<&Rc<Roles>> {
        self.props.roles.value()
    }

    fn judge(&self) -> Verdicts {
        let seats_left = self.props.seats.and_then(|seats| seats.left());
        dispatch::judge(&self.desk, self.roles().map(Rc::as_ref), self.role.as_ref(), seats_left)
    }

    fn attend(self: &Rc<Self>, act: Act) {
        match act {
            Act::Typed => self.typed(),
            Act::Enter(is_all) => {
                let has_text = self.desk.read(|papers| !papers.text.trim().is_empty());
                if is_all || !has_text {
                    self.ask_or_send();
                } else {
                    self.take_typed();
                }
            }
            Act::Send => self.ask_or_send(),
            Act::Brought(brought) => self.brought(brought),
        }
    }

    /// Somebody types. What is complete is taken in: behind a separator, or an address behind a blank.
    fn typed(&self) {
        let text = self.desk.read(|papers| papers.text.clone());
        let is_address = || text.ends_with(' ') && Email::parse(&text, lowercase).is_ok();
        if text.ends_with([',', ';', '\t']) || text.contains('\n') || is_address() {
            self.take_typed();
        }
    }

    /// Takes in what stands in the box. One thing that can't be an address stays there, with the reason; `false` then.
    fn take_typed(&self) -> bool {
        let text = self.desk.read(|papers| papers.text.clone());
        let mut pieces = Intake::new(text.clone(), &|text| self.is_role(text));
        if let (Some(only), None) = (pieces.next(), pieces.next())
            && let Err(problem) = Email::parse(&only.text, lowercase)
        {
            self.problem(email_problem(self.words(), problem));
            return false;
        }
        self.take_in(text);
        true
    }

    fn take_in(&self, text: String) {
        self.desk.change(|papers| {
            (papers.text, papers.problems) = (String::new(), Problems::default());
            papers.unreadable.clear();
        });
        dispatch::take_in(&self.desk, text, &|text| self.is_role(text));
    }

    fn is_role(&self, text: &str) -> bool {
        self.roles().is_some_and(|roles| roles.meant(text, lowercase).is_some())
    }

    fn problem(&self, sentence: String) {
        place_focus(ids::EMAIL);
        self.desk.change(|papers| papers.problems = Problems { email: Some(sentence), role: None });
    }

    /// Takes in what was pasted, dropped or chosen, together with what stands in the box.
    fn brought(self: &Rc<Self>, brought: Brought) {
        if !brought.has_files() {
            let mut typed = self.desk.read(|papers| papers.text.clone());
            if typed.trim().is_empty() || Email::parse(&typed, lowercase).is_ok() {
                // An address that is complete is not the beginning of what was pasted.
                self.take_in(std::mem::take(&mut typed));
            }
            return self.take_in([typed, brought.text].concat());
        }
        let acts = self.clone();
        spawn_local(async move {
            let mut unreadable = vec![];
            for (name, text) in brought.read().await {
                match text {
                    Some(text) => dispatch::take_in(&acts.desk, text, &|text| acts.is_role(text)),
                    None => unreadable.push(name),
                }
            }
            acts.desk.change(|papers| papers.unreadable = unreadable);
        });
    }

    /// What is to be sent; `None`, with the reason said, when there is nothing.
    fn ready(&self) -> Option<Vec<Task>> {
        let (has_text, is_empty, is_busy) = self.desk.read(|papers| {
            let is_busy = papers.batch.is_some() || papers.is_unsettled();
            (!papers.text.trim().is_empty(), papers.draft.entries().is_empty(), is_busy)
        });
        if is_busy || (has_text && !self.take_typed()) {
            return None;
        }
        if !has_text && is_empty {
            self.problem(self.words().say(Message::EmailMissing));
            return None;
        }
        let needs_role =
            self.desk.read(|papers| papers.draft.entries().iter().any(|entry| entry.role.is_none()));
        if needs_role && self.role.is_none() {
            place_focus(ids::ROLE);
            let role = Some(self.words().say(Message::RoleMissing));
            self.desk.change(|papers| papers.problems = Problems { email: None, role });
            return None;
        }
        // A long text is still being taken in.
        if self.desk.read(|papers| papers.taking_in > 0) {
            return None;
        }
        let mut tasks = self.judge().tasks;
        let is_busy = |task: &mut Task| self.desk.read(|papers| papers.is_busy_with(task.email.key()));
        let busy: Vec<_> = tasks.extract_if(.., is_busy).collect();
        if let (Some(busy), true) = (busy.last(), tasks.is_empty()) {
            self.problem(self.words().fill(Message::ActBusy, &[("email", busy.email.as_str())]));
            return None;
        }
        if tasks.is_empty() {
            self.problem(self.words().say(Message::InviteNothing));
            return None;
        }
        Some(tasks)
    }

    /// Sends, unless a role is to be given that allows more than is harmless: then it is asked first.
    fn ask_or_send(self: &Rc<Self>) {
        let Some(tasks) = self.ready() else { return };
        let membership = &self.props.place.membership;
        let asks = |task: &&Task| {
            let role = self.roles().and_then(|roles| roles.find(&task.role));
            role.is_some_and(|role| membership.should_ask_before_giving(role))
        };
        match tasks.iter().find(asks).map(|task| task.role.clone()) {
            Some(role) => self.granting.set(Some((tasks, role))),
            None => self.send(tasks),
        }
    }

    fn send(self: &Rc<Self>, tasks: Vec<Task>) {
        self.desk.change(|papers| papers.problems = Problems::default());
        // What was said of the ones before must not stand beside what is said of these.
        self.props.around.say.emit(None);
        let acts = self.clone();
        let key = self.props.place.desk_key();
        dispatch::send(&self.desk, &key, self.props.service.clone(), tasks, move |report| {
            acts.ended(&report)
        });
    }

    fn ended(&self, report: &Report) {
        let words = self.words();
        let (tone, counts) = report_counts(words, report);
        let halted = report.halted.as_ref().map(|error| error_sentence(words, error));
        let text = match report.jobs.as_slice() {
            [Job { task, stage: Stage::Done(Outcome::Sent(_)), .. }] => {
                words.fill(Message::InviteSent, &[("email", task.email.as_str())])
            }
            [Job { task, stage: Stage::Done(outcome), is_withdrawn, .. }] => {
                // Why all was ended is what became of it only when it was not its turn.
                let said = halted.filter(|_| *outcome == Outcome::Kept && !is_withdrawn);
                let said = said.unwrap_or_else(|| outcome_sentence(words, outcome, *is_withdrawn).1);
                ["\u{2068}", task.email.as_str(), "\u{2069}: ", &said].concat()
            }
            _ => [Some(counts), halted].into_iter().flatten().collect::<Vec<_>>().join(". "),
        };
        self.props.around.say.emit(Some(Said::new(tone, text)));
        // The organization was switched meanwhile: address bar and keyboard belong to another form by now.
        if self.here.get().is_none() {
            return;
        }
        let says = |reason| {
            let refused = |job: &Job| matches!(&job.stage, Stage::Done(Outcome::Refused(problem)) if problem.reason == reason);
            report.jobs.iter().any(refused) || report.halted.as_ref().is_some_and(|error| error.says(reason))
        };
        if says(Reason::RoleGone) || says(Reason::RoleMigration) {
            self.props.on_retry_roles.emit(());
        }
        place_focus_soon(ids::EMAIL.to_owned(), &[ids::EMAIL, ids::ROLE, ids::SEND]);
    }

    fn deed(self: &Rc<Self>, deed: Deed) {
        let desk = &self.desk;
        let mut focus = None;
        desk.change(|papers| papers.problems = Problems::default());
        match deed {
            Deed::Remove(id) => {
                desk.edit(|papers| {
                    let next = papers.draft.entries().iter().skip_while(|entry| entry.id != id).nth(1);
                    focus = Some(next.map_or_else(|| ids::EMAIL.to_owned(), |next| entry_id(next.id)));
                    papers.draft.retain(|entry| entry.id != id);
                });
            }
            Deed::Edit(editing) => {
                let is_new =
                    desk.read(|papers| papers.editing.as_ref().is_none_or(|now| now.id != editing.id));
                focus = is_new.then(|| ids::EDITOR.to_owned());
                desk.change(|papers| papers.editing = Some(editing));
            }
            Deed::Leave => {
                desk.change(|papers| focus = papers.editing.take().map(|editing| entry_id(editing.id)))
            }
            Deed::Take => {
                let Some(editing) = desk.read(|papers| papers.editing.clone()) else { return };
                focus = Some(entry_id(editing.id));
                desk.edit(|papers| take_edited(papers, editing));
            }
            Deed::Use(id, domain) => {
                focus = Some(entry_id(id));
                self.change(id, |entry| entry.rewrite(entry.with_domain(&domain), address_key));
            }
            Deed::Meant(id) => {
                focus = Some(entry_id(id));
                self.change(id, |entry| entry.is_meant = true);
            }
            Deed::Resend(id, is_resent) => self.change(id, |entry| entry.is_resent = is_resent),
            Deed::View(view) => desk.change(|papers| papers.view = Some(view)),
            Deed::OnlyLooks(only_looks) => desk.change(|papers| papers.only_looks = only_looks),
            Deed::Clear => {
                focus = Some(ids::EMAIL.to_owned());
                desk.edit(|papers| {
                    papers.draft.retain(|_| false);
                    papers.only_looks = false;
                });
            }
            Deed::Retry => self.retry(),
            Deed::Copy => self.copy_failed(),
            Deed::Download => {
                let table = desk.read(|papers| {
                    papers.report.as_ref().map(|report| outcome_table(self.words(), &report.jobs))
                });
                table.iter().for_each(|table| download("invitations.csv", table));
            }
            Deed::Stop => {
                // The button goes when it is over, and the keyboard with it.
                place_focus(ids::SEND);
                let batch = desk.read(|papers| papers.batch.clone());
                batch.iter().for_each(|batch| batch.stop(None));
            }
        }
        if let Some(focus) = focus {
            place_focus_soon(focus, &[]);
        }
    }

    fn change(&self, id: u32, change: impl FnOnce(&mut Entry)) {
        self.desk.edit(|papers| {
            if let Some(entry) = papers.draft.entry(id) {
                change(entry);
            }
        });
    }

    /// What was not sent, as far as it still stands there.
    fn failed(&self) -> Vec<Piece> {
        self.desk.read(|papers| {
            let failed = papers.draft.entries().iter().filter(|entry| entry.last.is_some());
            failed.map(Entry::piece).collect()
        })
    }

    fn retry(self: &Rc<Self>) {
        let failed: HashSet<String> =
            self.failed().into_iter().map(|piece| address_key(&piece.text)).collect();
        let mut tasks = self.judge().tasks;
        tasks.retain(|task| failed.contains(task.email.key()));
        self.send(tasks);
    }

    /// Copies what was not sent, so that it reads back as it is: as plain addresses, or with the roles and names they have.
    fn copy_failed(&self) {
        let failed = self.failed();
        let is_plain = failed.iter().all(|piece| piece.name.is_none() && piece.role.is_none());
        let texts = failed.iter().map(|piece| piece.text.as_str());
        let text = if is_plain { texts.collect::<Vec<_>>().join("\n") } else { render(&failed) };
        errands::copy_out(&self.props.around, text);
    }
}

/// Moves the keyboard once what it goes to is drawn; with `from`, only when it is on one of those or nowhere.
fn place_focus_soon(to: String, from: &'static [&'static str]) {
    spawn_local(async move {
        after(0).await;
        if from.is_empty() || has_focus_or_none_has(from) {
            place_focus(&to);
        }
    });
}

/// Puts what was edited in the place of the entry; when it became several, the others behind.
fn take_edited(papers: &mut Papers, Editing { id, text, role }: Editing) {
    papers.editing = None;
    let mut pieces = Intake::new(text, &|_| false);
    let Some(first) = pieces.next() else { return papers.draft.retain(|entry| entry.id != id) };
    if let Some(entry) = papers.draft.entry(id) {
        entry.role = role.clone();
        entry.name = first.name.or(entry.name.take());
        if entry.text != first.text {
            entry.rewrite(first.text, address_key);
        }
        entry.last = None;
    }
    for piece in pieces {
        papers.draft.add(Piece { role: role.clone(), ..piece }, address_key);
    }
}

fn on_its_way(words: &Words, papers: &Papers, on_deed: &Callback<Deed>) -> Html {
    let Some(batch) = &papers.batch else { return Html::default() };
    progress(words, Message::StageSending, batch, now() - papers.began, on_deed.reform(|_| Deed::Stop))
}

/// What is to be heard of before anything else: what could not be read, what happened before the page was loaded anew,
/// what became of the last batch.
fn news(words: &Words, papers: &Papers, on_deed: &Callback<Deed>) -> Html {
    let mut sentences: Vec<_> = papers
        .unreadable
        .iter()
        .map(|name| (Tone::Danger, words.fill(Message::FileUnreadable, &[("name", name)])))
        .collect();
    if let Some(found) = papers.found {
        let found = [words.say(Message::BatchFound), words.count(Plural::CountFound, found)].join(" ");
        sentences.push((Tone::Neutral, found));
    }
    html! {
        <>
            { for sentences.iter().map(|(tone, said)| notice(*tone, true, said, None, Html::default())) }
            if let Some(last) = papers.report.as_ref().filter(|report| report.jobs.len() > 1) {
                { report(words, last, &hint(words, last), on_deed) }
            }
        </>
    }
}

/// Why it ended, and what was kept.
fn hint(words: &Words, report: &Report) -> String {
    match &report.halted {
        Some(error) => [error_sentence(words, error), words.say(Message::BatchHalted)].join(" "),
        None if report.is_stopped => words.say(Message::BatchStopped),
        None => words.say(Message::BatchKept),
    }
}

/// What is known of all entries, in one line, and how much is not known yet.
fn summary(
    words: &Words,
    desk: &Desk,
    papers: &Papers,
    verdicts: &Verdicts,
    seats: Option<Seats>,
    on_look_up: Callback<MouseEvent>,
) -> Html {
    let counts = [
        (Plural::CountNew, verdicts.new),
        (Plural::CountFailed, verdicts.failed),
        (Plural::CountPending, verdicts.pending),
        (Plural::CountMembers, verdicts.members),
        (Plural::CountTwice, verdicts.twice),
        (Plural::CountLooks, verdicts.to_look_at),
    ];
    let is_shown = papers.batch.is_none() && !papers.draft.entries().is_empty();
    let counts = counts.into_iter().filter(|(_, count)| is_shown && *count > 0);
    let said: Vec<_> = counts.map(|(plural, count)| words.count(plural, count)).collect();
    let seats =
        seats.and_then(|seats| seats.most.zip(seats.left())).filter(|_| is_shown && verdicts.seats > 0);
    let mut seats_said = String::new();
    if let Some((most, left)) = seats {
        let [left, needed] = [left, verdicts.seats].map(|number| words.number(number));
        let most = words.count(Plural::Seats, most.get());
        let values = [("left", &*left), ("seats", &most), ("needed", &needed)];
        seats_said = [". ", &words.fill(Message::SeatsNeeded, &values)].concat();
    }
    let (looking, retry) = match desk.directory().borrow().reading() {
        Reading::Some { read, of } => {
            let [read, of] = [read, of].map(|number| words.number(*number));
            (words.fill(Message::LookingUp, &[("read", &read), ("total", &of)]), Html::default())
        }
        Reading::Failed(error) => {
            let said = [words.say(Message::LookUpFailed), error_sentence(words, error)].join(" ");
            (said, button("small", &words.say(Message::Retry), on_look_up))
        }
        Reading::Nothing | Reading::All => (String::new(), Html::default()),
    };
    // The line is always there: a live region that arrives together with its text is not read out.
    html! {
        <div class="summary">
            <p role="status">{ words.list(&said) }{ seats_said }</p>
            if is_shown && !looking.is_empty() { <p class="hint">{ looking }{ " " }{ retry }</p> }
        </div>
    }
}

fn list(
    words: &Words,
    is_looking: bool,
    papers: &Papers,
    verdicts: &Verdicts,
    roles: Option<&Roles>,
    on_deed: Callback<Deed>,
) -> Html {
    let all = papers.draft.entries();
    if all.is_empty() {
        return Html::default();
    }
    let wants_a_look = |at: usize, entry: &Entry| {
        entry.last.is_some() || verdicts.each.get(at).is_some_and(|verdict| verdict.wants_a_look())
    };
    let is_chosen = |(at, entry): &(usize, &Entry)| !papers.only_looks || wants_a_look(*at, entry);
    let chosen: Vec<_> = all.iter().enumerate().filter(is_chosen).collect();
    let is_long = all.len() > MOST_CHIPS;
    let view = papers.view.filter(|_| is_long).unwrap_or(View { page: Page::FIRST, size: ROWS });
    let mut slice = Slice { rows: vec![], page: view.page, size: view.size, total: chosen.len() as u64 };
    slice.page = slice.page.min(slice.last_page());
    let size = view.size.rows() as usize;
    let before = (slice.page.number() as usize - 1) * size;
    slice.rows = vec![(); chosen.len().saturating_sub(before).min(size)];
    let batch = papers.batch.as_deref();
    let shown =
        chosen.into_iter().skip(before).take(size).map(|(at, entry)| {
            (entry, verdicts.each.get(at), batch.and_then(|batch| stage_of(batch, entry)))
        });
    let on_go = on_deed.reform(Deed::View);
    let offer = |message, deed: Deed| {
        button("small", &words.say(message), on_deed.reform(move |_: MouseEvent| deed.clone()))
    };
    let list = Entries {
        shown: shown.collect(),
        editing: papers.editing.as_ref(),
        roles,
        is_long,
        is_busy: batch.is_some(),
        is_looking,
        on_deed: on_deed.clone(),
    };
    html! {
        <>
            { entries(words, &list) }
            if is_long { { pager(words, Message::EntriesTitle, &slice, false, &on_go) } }
            if batch.is_none() {
                <div class="actions">
                    if papers.only_looks {
                        { offer(Message::EntriesAll, Deed::OnlyLooks(false)) }
                    } else if is_long && verdicts.to_look_at > 0 {
                        { offer(Message::EntriesLooks, Deed::OnlyLooks(true)) }
                    }
                    if all.len() > 1 { { offer(Message::EntriesClear, Deed::Clear) } }
                </div>
            }
        </>
    }
}

fn stage_of(batch: &Batch, entry: &Entry) -> Option<Stage> {
    let key = entry.email.as_ref().ok()?.key();
    batch.read(|jobs| jobs.iter().find(|job| job.task.email.key() == key).map(|job| job.stage.clone()))
}

/// The question whether a role is to be given that allows more than is harmless.
fn grant(words: &Words, roles: Option<&Roles>, tasks: &[Task], key: &RoleKey) -> Question {
    let role = roles.and_then(|roles| roles.find(key));
    let count = tasks.iter().filter(|task| task.role == *key).count() as u64;
    let people = match tasks {
        [only] => only.email.as_str().to_owned(),
        _ => words.count(Plural::CountPeople, count),
    };
    let name = role.map_or(key.0.as_str(), |role| &role.name);
    Question {
        heading: Message::GrantTitle,
        text: html! {
            <>
                <p class="clip">{ words.fill(Message::GrantText, &[("people", &people), ("role", name)]) }</p>
                <ul>
                    { for role.iter().flat_map(|role| &role.permissions).map(|permission| html! {
                        <li class="clip">{ &permission.name }</li>
                    }) }
                </ul>
            </>
        },
        keep: Message::GrantKeep,
        confirm: Some(words.say(Message::GrantConfirm)),
        class: "primary",
    }
}
