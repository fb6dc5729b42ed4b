//! What a page waits for: answers and timers. All of it ends with the page.

use std::cell::RefCell;
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::task::Poll;
use yew::platform::spawn_local;

/// What a page waits for.
#[derive(Default)]
pub struct Tasks(Rc<RefCell<Vec<Task>>>);

/// Something that is waited for.
pub type Waiting = Pin<Box<dyn Future<Output = ()>>>;

/// The same; nothing while it is looked at, and when it has ended.
type Task = Rc<RefCell<Option<Waiting>>>;

impl Tasks {
    /// Waits for something. Boxed by the caller, so that this code exists once.
    pub fn spawn(&self, future: Waiting) {
        let (all, task): (_, Task) = (self.0.clone(), Rc::new(RefCell::new(Some(future))));
        all.borrow_mut().push(task.clone());
        spawn_local(poll_fn(move |context| {
            // Outside of its place, because it may end the page.
            let Some(mut future) = task.take() else { return Poll::Ready(()) };
            let poll = future.as_mut().poll(context);
            let mut all = all.borrow_mut();
            let Some(at) = all.iter().position(|other| Rc::ptr_eq(other, &task)) else {
                return Poll::Ready(());
            };
            match poll {
                Poll::Ready(()) => drop(all.swap_remove(at)),
                Poll::Pending => drop(task.replace(Some(future))),
            }
            poll
        }));
    }

    /// Ends all waiting. What is dropped with it takes back its timers and listeners.
    pub fn end(&self) {
        let all = self.0.take();
        all.iter().for_each(|task| drop(task.take()));
    }
}
