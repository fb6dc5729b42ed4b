//! The strings a test pulls: faults, gates, the request log, the world itself.

mod fault;
mod gate;
pub mod http;
mod log;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;
use tokio::sync::watch;

pub use fault::{Body, Fault, On, What};
pub use gate::Gate;
pub use log::Seen;

use crate::world::World;
use gate::Barrier;

/// Drives a running sandbox from the same process. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Control {
    pub(crate) inner: Arc<Inner>,
}

/// What a running sandbox and its controls share.
#[derive(Debug)]
pub(crate) struct Inner {
    world: Mutex<World>,
    faults: Mutex<Vec<Fault>>,
    gates: Mutex<Vec<Arc<Barrier>>>,
    log: watch::Sender<Vec<Seen>>,
    violations: watch::Sender<Vec<Value>>,
    hang_ups: watch::Sender<usize>,
}

impl Control {
    /// The controls of a world not served yet, for [`crate::app`].
    pub fn new(world: World) -> Control {
        Control {
            inner: Arc::new(Inner {
                world: Mutex::new(world),
                faults: Mutex::default(),
                gates: Mutex::default(),
                log: watch::Sender::new(Vec::new()),
                violations: watch::Sender::new(Vec::new()),
                hang_ups: watch::Sender::new(0),
            }),
        }
    }

    /// Changes the world as something elsewhere would: another admin, the Dashboard, time. No request
    /// is answered meanwhile.
    pub fn change<R>(&self, change: impl FnOnce(&mut World) -> R) -> R {
        change(&mut self.inner.world())
    }

    /// Queues a fault. Of several that fit a request, the oldest strikes.
    ///
    /// While a fault that closes connections is queued, every answer ends its connection: Chromium
    /// resends a request by itself when a *reused* connection closes early, and the fault would be
    /// spent without the page noticing.
    pub fn fault(&self, fault: Fault) {
        let closes = fault.what.hangs_up();
        locked(&self.inner.faults).push(fault);
        if closes {
            self.inner.hang_ups.send_modify(|n| *n += 1);
        }
    }

    /// Forgets every queued fault.
    pub fn clear_faults(&self) {
        locked(&self.inner.faults).clear();
    }

    /// Every API request since the start, or since [`Control::forget_requests`], oldest first.
    pub fn requests(&self) -> Vec<Seen> {
        self.inner.log.borrow().clone()
    }

    /// Empties the log. Requests still unanswered will not appear in it.
    pub fn forget_requests(&self) {
        self.inner.log.send_modify(Vec::clear);
    }

    /// Resolves when the log satisfies `f`: at once if it does already. It looks again whenever a
    /// request arrives or is answered.
    pub async fn seen(&self, f: impl Fn(&[Seen]) -> bool) {
        let mut log = self.inner.log.subscribe();
        // Fails only when the sender is gone, and `self` holds it.
        log.wait_for(|log| f(log)).await.ok();
    }

    /// The reports the browser sent of what the page's Content-Security-Policy stopped.
    pub fn violations(&self) -> Vec<Value> {
        self.inner.violations.borrow().clone()
    }

    /// Holds every matching request, before it is handled, until the gate opens or is dropped.
    pub fn gate(&self, on: On) -> Gate {
        let barrier = Arc::new(Barrier::new(on));
        locked(&self.inner.gates).push(Arc::clone(&barrier));
        Gate::new(Arc::clone(&self.inner), barrier)
    }
}

impl Inner {
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        locked(&self.world)
    }

    /// Waits at every gate that stands in the way.
    pub(crate) async fn pass_gates(&self, method: &str, path: &str) {
        loop {
            let shut = locked(&self.gates).iter().find(|g| g.holds(method, path)).cloned();
            match shut {
                Some(barrier) => barrier.pass().await,
                None => return,
            }
        }
    }

    /// The fault that strikes this request, counted.
    pub(crate) fn strike(&self, method: &str, path: &str) -> Option<What> {
        let mut faults = locked(&self.faults);
        let at = faults.iter().position(|f| f.on.fits(method, path))?;
        let what = faults[at].what.clone();
        match &mut faults[at].times {
            Some(left) if *left <= 1 => {
                faults.remove(at);
            }
            Some(left) => *left -= 1,
            None => {}
        }
        Some(what)
    }

    /// Whether answers must end their connections now; see [`Control::fault`].
    pub(crate) fn ends_connections(&self) -> bool {
        locked(&self.faults).iter().any(|f| f.what.hangs_up())
    }

    /// Changes whenever idle connections must end.
    pub(crate) fn hang_ups(&self) -> watch::Receiver<usize> {
        self.hang_ups.subscribe()
    }

    pub(crate) fn report_violation(&self, report: Value) {
        self.violations.send_modify(|all| all.push(report));
    }

    fn remove_gate(&self, gate: &Arc<Barrier>) {
        locked(&self.gates).retain(|g| !Arc::ptr_eq(g, gate));
    }
}

/// A test that panics while it changes the world must not take the server's threads with it.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
