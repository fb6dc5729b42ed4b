//! A run: many addresses on their way.

use crate::domain::Error;
use crate::outbox::task::{Job, Task};
use std::cell::{Cell, RefCell};

/// Many addresses on their way. The creator of a run is told of each change, and may stop it.
pub struct Run {
    jobs: RefCell<Vec<Job>>,
    /// Seconds until the engine goes on, while it waits.
    wait: Cell<u32>,
    is_stopped: Cell<bool>,
    halt: RefCell<Option<Error>>,
    on_change: OnChange,
}

/// Told of each change of a run, with the places of the jobs that have changed.
pub type OnChange = Box<dyn Fn(&Run, &[usize])>;

impl Run {
    /// A run that has not begun.
    pub fn new(tasks: impl IntoIterator<Item = Task>, on_change: OnChange) -> Self {
        Self {
            jobs: RefCell::new(tasks.into_iter().map(Job::new).collect()),
            wait: Cell::new(0),
            is_stopped: Cell::new(false),
            halt: RefCell::new(None),
            on_change,
        }
    }

    /// Passes all jobs to `look`, in the order of the tasks.
    pub fn read<T>(&self, look: impl FnOnce(&[Job]) -> T) -> T {
        look(&self.jobs.borrow())
    }

    /// Seconds until the engine goes on; 0 while it does not wait.
    pub fn wait(&self) -> u32 {
        self.wait.get()
    }

    /// Ends the run as soon as the calls under way have come back. `why` is the reason, unless the admin stops it.
    pub fn stop(&self, why: Option<Error>) {
        self.is_stopped.set(true);
        if let Some(error) = why {
            self.halt.borrow_mut().get_or_insert(error);
        }
        self.changed(&[]);
    }

    /// Was it stopped, by the admin or by an error?
    pub fn is_stopped(&self) -> bool {
        self.is_stopped.get()
    }

    /// The error that ended the run early.
    pub fn halted(&self) -> Option<Error> {
        self.halt.borrow().clone()
    }

    /// Tells the creator of the run that these jobs, or the wait, have changed.
    pub(super) fn changed(&self, places: &[usize]) {
        (self.on_change)(self, places);
    }

    pub(super) fn set_wait(&self, seconds: u32) {
        self.wait.set(seconds);
    }

    /// Passes the job at `at` to `change`; `None` when there is no such job.
    pub(super) fn with<T>(&self, at: usize, change: impl FnOnce(&mut Job) -> T) -> Option<T> {
        self.jobs.borrow_mut().get_mut(at).map(change)
    }

    /// Does the job at `at` pass `test`?
    pub(super) fn is(&self, at: usize, test: impl FnOnce(&Job) -> bool) -> bool {
        self.jobs.borrow().get(at).is_some_and(test)
    }

    pub(super) fn task(&self, at: usize) -> Option<Task> {
        self.with(at, |job| job.task.clone())
    }
}
