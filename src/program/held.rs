//! What the runner holds while something is on its way, because messages are plain values and these are not.

use crate::browser::{PromisedCopy, Transferred, promise_copy};
use crate::domain::Error;
use crate::outbox::{Run, RunId};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// What the runner holds while something is on its way.
#[derive(Default)]
pub struct Held {
    files: RefCell<Vec<(u32, Transferred)>>,
    last_files: Cell<u32>,
    copy: RefCell<Option<PromisedCopy>>,
    runs: RefCell<Vec<HeldRun>>,
}

/// A run that is under way.
#[derive(Clone)]
struct HeldRun {
    /// Of its workspace: two users of one organization each have a first run.
    owner: Rc<str>,
    id: RunId,
    run: Rc<Run>,
}

impl Held {
    /// Keeps files until they are read.
    pub fn hold_files(&self, files: Transferred) -> u32 {
        self.last_files.set(self.last_files.get().wrapping_add(1));
        self.files.borrow_mut().push((self.last_files.get(), files));
        self.last_files.get()
    }

    /// Hands the files out, once.
    pub fn take_files(&self, number: u32) -> Option<Transferred> {
        let mut files = self.files.borrow_mut();
        let at = files.iter().position(|(other, _)| *other == number)?;
        Some(files.swap_remove(at).1)
    }

    /// Promises the clipboard a text that is still to be read. An earlier promise is given up.
    pub fn promise_copy(&self) {
        self.copy.replace(promise_copy());
    }

    /// Hands the promise out, once.
    pub fn take_copy(&self) -> Option<PromisedCopy> {
        self.copy.take()
    }

    /// Ends all runs: the page is taken away.
    pub fn stop_all(&self) {
        let runs = self.runs.borrow().clone();
        runs.iter().for_each(|held| held.run.stop(Some(Error::Moved)));
    }

    /// Keeps a run while it is under way.
    pub fn hold_run(&self, owner: Rc<str>, id: RunId, run: Rc<Run>) {
        self.runs.borrow_mut().push(HeldRun { owner, id, run });
    }

    /// Stops a run; why, unless the admin asked for it.
    pub fn stop_run(&self, owner: &str, id: RunId, why: Option<Error>) {
        let runs = self.runs.borrow().clone();
        if let Some(held) = runs.iter().find(|held| *held.owner == *owner && held.id == id) {
            held.run.stop(why);
        }
    }

    /// Lets go of a run that has ended.
    pub fn release_run(&self, run: &Rc<Run>) {
        self.runs.borrow_mut().retain(|held| !Rc::ptr_eq(&held.run, run));
    }
}
