//! Gates: a test decides in which order answers come.

use std::sync::Arc;

use tokio::sync::watch;

use super::{Inner, On};

#[derive(Debug)]
pub(crate) struct Barrier {
    on: On,
    open: watch::Sender<bool>,
    held: watch::Sender<usize>,
}

impl Barrier {
    pub(super) fn new(on: On) -> Barrier {
        Barrier { on, open: watch::Sender::new(false), held: watch::Sender::new(0) }
    }

    pub(super) fn holds(&self, method: &str, path: &str) -> bool {
        !*self.open.borrow() && self.on.fits(method, path)
    }

    pub(super) async fn pass(&self) {
        let mut open = self.open.subscribe();
        self.held.send_modify(|n| *n += 1);
        // Fails only when the sender is gone, and `self` holds it.
        open.wait_for(|open| *open).await.ok();
    }
}

/// A shut gate. It opens when dropped.
#[derive(Debug)]
#[must_use = "a gate that is dropped at once holds nothing"]
pub struct Gate {
    inner: Arc<Inner>,
    barrier: Arc<Barrier>,
}

impl Gate {
    pub(super) fn new(inner: Arc<Inner>, barrier: Arc<Barrier>) -> Gate {
        Gate { inner, barrier }
    }

    /// Lets everything through that was held, and what comes after.
    pub fn open(self) {}

    /// Resolves when at least `count` requests have come to the gate.
    pub async fn reached(&self, count: usize) {
        let mut held = self.barrier.held.subscribe();
        // Fails only when the sender is gone, and `self` holds it.
        held.wait_for(|n| *n >= count).await.ok();
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.barrier.open.send_replace(true);
        self.inner.remove_gate(&self.barrier);
    }
}
