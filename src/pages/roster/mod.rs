//! What works on the list: searching and sorting all of it, choosing, and everything that is done with invitations.
//! Fetched when somebody is about to.

mod asking;
mod doing;
mod news;
mod reading;

use crate::browser::{download, now};
use crate::components::{confirm_dialog, progress, report, role_name, selection};
use crate::domain::batch::Task;
use crate::domain::roll::{self, Course, Roll};
use crate::domain::{
    Counts, Error, Invitation, InvitationId, Listing, RoleKey, Roles, Shown, Status, export,
};
use crate::hooks::errands::{self, Errand};
use crate::hooks::{Desk, ManyWish, Report, Said, Tone, Wish, use_dialog};
use crate::i18n::{Message, Words};
use crate::pages::list;
use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::rc::Rc;
use yew::prelude::*;

/// What it needs.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// What the list needs too.
    pub props: list::Props,
    /// Another one each time something on the sheet has changed.
    pub revision: u32,
}

/// What is being done, and what was.
#[derive(Default)]
struct Work {
    reader: Option<Reader>,
    /// Reads the list anew while what is known of it is still shown.
    next: Option<Reader>,
    /// The rows of the reader in their order, and what they were put in order for.
    order: Option<(Ordered, Rc<Vec<u32>>)>,
    /// As of when the rows are that were laid on the sheet.
    laid: Option<(usize, u32)>,
    /// What is to be done once all is read.
    after: Option<After>,
    errands: Vec<Rc<Errand>>,
    /// What failed, and what would be tried again.
    failed: Vec<(InvitationId, Task)>,
    report: Option<(Rc<Errand>, Report)>,
    /// How many there were when the list was last read.
    counted: Option<Counts>,
    /// The list was brought up to date by what was done from here.
    is_patched: bool,
}

/// Reads the whole list.
#[derive(Clone)]
struct Reader {
    shown: Shown,
    roll: Rc<RefCell<Roll>>,
    is_wanted: Rc<Cell<bool>>,
    /// As of how many changes.
    changes: u32,
}

/// What an order depends on: the rows, by where and as of when they are; which ones, and how.
type Ordered = (usize, u32, Listing, usize);

/// What is to be done once all is read.
#[derive(Clone, Copy, PartialEq)]
enum After {
    Copy,
    Export,
    Choose,
}

/// What is asked before it is done.
#[derive(Clone, PartialEq)]
enum Asking {
    Revoke(Vec<Invitation>),
    /// Resend those that are pending, invite those again that have ended.
    Send(Vec<Invitation>),
    Role(Vec<Invitation>),
    More(Invitation),
}

/// A list of more rows is not read anew each time something was done: what was done is noted in it.
const LONG: u64 = 2_500;
/// So many people are named in a question or an announcement.
const NAMED: usize = 3;

/// Works on the list.
#[function_component]
pub fn Roster(whole: &Props) -> Html {
    let props = &whole.props;
    let words = &props.around.words;
    let work = use_mut_ref(Work::default);
    let asking = use_state_eq(|| None::<Asking>);
    let picked = use_state_eq(|| None::<RoleKey>);
    let here = use_node_ref();
    let dialog = use_dialog(asking.is_some());
    let acts = Rc::new(Acts {
        props: props.clone(),
        work: work.clone(),
        desk: props.around.desks.of(&props.place),
        here: here.clone(),
        asking: asking.setter(),
        picked: picked.setter(),
    });
    {
        let acts = acts.clone();
        use_effect_with((), move |()| {
            move || {
                let work = acts.work.borrow();
                work.reader.iter().chain(&work.next).for_each(|reader| reader.is_wanted.set(false));
                let why = acts.why_left();
                work.errands.iter().for_each(|errand| errand.batch.stop(Some(why.clone())));
            }
        });
    }
    {
        let acts = acts.clone();
        // News come while the list is drawn: that there are some is all that is to be seen of them here.
        let is_untold = props.sheet.read(|leaf| leaf.news.as_ref().is_some_and(|news| !news.is_told));
        use_effect_with((whole.revision, is_untold), move |_| {
            let mut wishes = vec![];
            acts.props.sheet.note(|leaf| wishes = std::mem::take(&mut leaf.wishes));
            wishes.into_iter().for_each(|wish| acts.attend(wish));
            acts.finish_reading();
            acts.tell_news();
        });
    }
    let wants_all = props.listing.needs_all() || work.borrow().after.is_some();
    {
        let acts = acts.clone();
        use_effect_with(
            (wants_all, props.listing.shown, props.changes, props.counted),
            move |(wants_all, ..)| acts.see_to_reading(*wants_all),
        );
    }
    {
        // Laid on the sheet once it is found: whoever draws the sheet has been drawn by then.
        let acts = acts.clone();
        let edition = work.borrow().reader.as_ref().map(Reader::edition);
        let roles = props.roles.as_ref().map(|roles| Rc::as_ptr(roles) as usize);
        use_effect_with((edition, props.listing.clone(), roles), move |_| acts.lay_found());
    }
    let on_confirm = {
        let (acts, asking, picked) = (acts.clone(), asking.clone(), picked.clone());
        Callback::from(move |_: MouseEvent| {
            let Some(asked) = (*asking).clone() else { return };
            acts.confirmed(asked, (*picked).clone());
        })
    };
    let on_keep = {
        let asking = asking.setter();
        Callback::from(move |()| asking.set(None))
    };
    let question = asking.as_ref().and_then(|asking| acts.question(asking, picked.as_ref()));
    let on_many = {
        let acts = acts.clone();
        Callback::from(move |wish| acts.attend_many(wish))
    };
    let on_deed = {
        let acts = acts.clone();
        Callback::from(move |deed| acts.deed(&deed))
    };
    let work = work.borrow();
    // What is over in a moment is seen on its row.
    let running = work.errands.iter().filter(|errand| errand.rows.len() > 1 || errand.batch.wait() > 0);
    let (chosen, total) = props
        .sheet
        .read(|leaf| (leaf.chosen.len() as u64, leaf.slice.as_ref().map_or(0, |slice| slice.total)));
    html! {
        <div ref={here} class="work">
            <div class="dock">
                { for running.map(|errand| {
                    let batch = errand.batch.clone();
                    let doing = if errand.only_revokes() { Message::Revoking } else { Message::StageSending };
                    let on_stop = Callback::from(move |_: MouseEvent| batch.stop(None));
                    progress(words, doing, &errand.batch, now() - errand.began, on_stop)
                }) }
                { selection(words, chosen, total, &on_many) }
            </div>
            if let Some((_, last)) = &work.report { { report(words, last, &acts.hint(last), &on_deed) } }
            { confirm_dialog(words, dialog, question, on_confirm, on_keep) }
        </div>
    }
}

impl Reader {
    fn is_complete(&self) -> bool {
        *self.roll.borrow().course() == Course::Complete
    }

    fn edition(&self) -> (usize, u32) {
        (Rc::as_ptr(&self.roll) as usize, self.roll.borrow().edition())
    }
}

/// Everything that is done here, with what it is done with.
struct Acts {
    props: list::Props,
    work: Rc<RefCell<Work>>,
    desk: Desk,
    here: NodeRef,
    asking: UseStateSetter<Option<Asking>>,
    picked: UseStateSetter<Option<RoleKey>>,
}

impl Acts {
    fn words(&self) -> &Words {
        &self.props.around.words
    }

    fn roles(&self) -> Option<&Roles> {
        self.props.roles.as_deref()
    }

    fn say(&self, tone: Tone, text: String) {
        self.props.around.say.emit(Some(Said::new(tone, text)));
    }

    /// Why the list is no longer there for what runs.
    fn why_left(&self) -> Error {
        self.props.around.client.why_left(&self.props.place)
    }

    /// The newest that is known of an invitation.
    fn row(&self, id: &InvitationId) -> Option<Invitation> {
        let of_sheet = self.props.sheet.read(|leaf| {
            leaf.slice.as_ref().and_then(|slice| slice.rows.iter().find(|row| row.id == *id).cloned())
        });
        of_sheet.or_else(|| {
            let work = self.work.borrow();
            let roll = work.reader.as_ref()?.roll.borrow();
            roll.row(id).cloned()
        })
    }

    fn choose(&self, rows: Vec<Invitation>) {
        self.props.sheet.change(|leaf| {
            leaf.chosen.extend(rows);
            leaf.chosen.sort_by(|one, other| one.id.cmp(&other.id));
            leaf.chosen.dedup_by(|one, other| one.id == other.id);
        });
    }

    fn choose_no_longer(&self, ids: &[InvitationId]) {
        let ids: HashSet<_> = ids.iter().collect();
        self.props.sheet.change(|leaf| leaf.chosen.retain(|chosen| !ids.contains(&chosen.id)));
    }

    fn attend(self: &Rc<Self>, wish: Wish) {
        match wish {
            Wish::Row(wish, id) => self.attend_row(wish, &id),
            Wish::Copy => self.with_all(After::Copy),
            Wish::Export => self.with_all(After::Export),
            Wish::Reading => self.toggle_reading(),
        }
    }

    /// What was chosen, as it is by now.
    fn chosen(&self) -> Vec<Invitation> {
        let chosen = self.props.sheet.read(|leaf| leaf.chosen.clone());
        let mut rows: Vec<_> = chosen.into_iter().map(|old| self.row(&old.id).unwrap_or(old)).collect();
        // As Clerk lists them: it is asked for the objects of one page after the other then.
        let age = |row: &Invitation| row.created.map_or(f64::MIN, |created| created.0);
        rows.sort_by(|one, other| age(other).total_cmp(&age(one)));
        rows
    }

    fn attend_many(self: &Rc<Self>, wish: ManyWish) {
        let chosen = self.chosen();
        let pending =
            || chosen.iter().filter(|row| row.status == Status::Pending).cloned().collect::<Vec<_>>();
        let asked = match wish {
            ManyWish::ChooseAll => return self.with_all(After::Choose),
            ManyWish::ChooseNone => return self.props.sheet.change(|leaf| leaf.chosen.clear()),
            ManyWish::Copy => return self.copy(&chosen.iter().collect::<Vec<_>>()),
            ManyWish::Export => return self.export(&chosen.iter().collect::<Vec<_>>()),
            ManyWish::Send => Asking::Send(roll::one_of_each(&chosen)),
            ManyWish::Role => Asking::Role(pending()),
            ManyWish::Revoke => Asking::Revoke(pending()),
        };
        let (Asking::Send(rows) | Asking::Role(rows) | Asking::Revoke(rows)) = &asked else { return };
        if rows.is_empty() {
            return self.say(Tone::Warning, self.words().say(Message::ActNothing));
        }
        self.ask(asked);
    }

    fn copy(&self, rows: &[&Invitation]) {
        let texts: Vec<_> = rows.iter().map(|row| row.email.as_str()).collect();
        self.copy_text(texts.join("\n"));
    }

    fn copy_text(&self, text: String) {
        errands::copy_out(&self.props.around, text);
    }

    fn export(&self, rows: &[&Invitation]) {
        let name = |row: &Invitation| role_name(self.roles(), row);
        download("invitations.csv", &export::csv(&mut rows.iter().copied(), &name));
    }
}
