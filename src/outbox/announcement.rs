//! What is said of runs on their way to people who do not see them.

/// A run that goes on for long is spoken of at least so often, in milliseconds.
const INTERVAL: f64 = 10_000.0;

/// What is said of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Announcement {
    /// So many invitations are being sent.
    Began(u64),
    /// So many addresses of so many have their outcome.
    Progressed(u64, u64),
    /// Clerk has had too many requests: it goes on in so many seconds.
    Waits(u32),
}

/// What was said of a run last.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Announced {
    has_begun: bool,
    quarter: u64,
    at: f64,
    waits: bool,
}

/// How far a run is.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// How many addresses have their outcome.
    pub done: u64,
    /// How many there are.
    pub total: u64,
    /// Seconds until it goes on; 0 while it does not wait.
    pub wait: u32,
    /// Whether its start is said: what is done with rows of the list is said by its question.
    pub says_start: bool,
}

impl Announced {
    /// What is to be said now: that it has begun, each quarter of it, each ten seconds, each wait. Of a single address only a
    /// wait is said, because its outcome follows.
    pub fn next(
        &mut self,
        Progress { done, total, wait, says_start }: Progress,
        now: f64,
    ) -> Option<Announcement> {
        let begins_to_wait = wait > 0 && !std::mem::replace(&mut self.waits, wait > 0);
        if begins_to_wait {
            self.at = now;
            return Some(Announcement::Waits(wait));
        }
        self.waits = wait > 0;
        if total < 2 {
            return None;
        }
        if !std::mem::replace(&mut self.has_begun, true) {
            self.at = now;
            return says_start.then_some(Announcement::Began(total));
        }
        let quarter = done.saturating_mul(4).checked_div(total).unwrap_or_default();
        let is_due = quarter > self.quarter || now - self.at >= INTERVAL;
        if done >= total || !is_due || wait > 0 {
            return None;
        }
        (self.quarter, self.at) = (quarter, now);
        Some(Announcement::Progressed(done, total))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of a run of `total` from the form.
    fn said(announced: &mut Announced, total: u64, done: u64, wait: u32, now: f64) -> Option<Announcement> {
        announced.next(Progress { done, total, wait, says_start: true }, now)
    }

    #[test]
    fn a_long_run_is_spoken_of_at_its_start_at_each_quarter_and_each_ten_seconds() {
        let mut announced = Announced::default();
        let mut after = |done, now| said(&mut announced, 40, done, 0, now);
        assert_eq!(after(0, 0.0), Some(Announcement::Began(40)));
        assert_eq!(after(9, 100.0), None);
        assert_eq!(after(10, 200.0), Some(Announcement::Progressed(10, 40)));
        assert_eq!(after(11, 300.0), None);
        assert_eq!(after(12, 10_200.0), Some(Announcement::Progressed(12, 40)));
        assert_eq!(after(40, 10_300.0), None, "its outcome follows");
    }

    #[test]
    fn the_ten_seconds_begin_with_what_was_said_last() {
        let mut announced = Announced::default();
        let mut after = |done, now| said(&mut announced, 40, done, 0, now);
        assert_eq!(after(0, 6_000.0), Some(Announcement::Began(40)));
        assert_eq!(after(1, 15_999.0), None);
        assert_eq!(after(1, 16_000.0), Some(Announcement::Progressed(1, 40)));
    }

    #[test]
    fn a_run_of_two_is_spoken_of_like_a_longer_one() {
        let mut announced = Announced::default();
        assert_eq!(said(&mut announced, 2, 0, 0, 0.0), Some(Announcement::Began(2)));
        assert_eq!(said(&mut announced, 2, 1, 0, 100.0), Some(Announcement::Progressed(1, 2)));
    }

    #[test]
    fn during_a_wait_nothing_else_is_said() {
        let mut announced = Announced::default();
        let mut after = |done, wait, now| said(&mut announced, 40, done, wait, now);
        assert_eq!(after(0, 0, 0.0), Some(Announcement::Began(40)));
        assert_eq!(after(8, 6, 100.0), Some(Announcement::Waits(6)));
        assert_eq!(after(20, 5, 1_100.0), None);
        assert_eq!(after(20, 0, 6_100.0), Some(Announcement::Progressed(20, 40)));
    }

    #[test]
    fn a_wait_is_spoken_of_once_and_a_single_address_only_then() {
        let mut announced = Announced::default();
        let mut after = |wait, now| said(&mut announced, 1, 0, wait, now);
        assert_eq!(after(0, 0.0), None);
        assert_eq!(after(6, 100.0), Some(Announcement::Waits(6)));
        assert_eq!(after(5, 1_100.0), None);
        assert_eq!(after(4, 2_100.0), None);
        assert_eq!(after(0, 6_100.0), None);
        assert_eq!(after(3, 7_000.0), Some(Announcement::Waits(3)));
    }
}
