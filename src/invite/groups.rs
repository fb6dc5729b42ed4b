//! Entries with the same problem: one act settles it for all of them.

use crate::invite::entry::{Entry, EntryId, EntryState};
use crate::invite::model::Composer;
use crate::invite::verdict::Verdict;
use crate::outbox::{JobResult, Outcome};

/// A problem that several entries may have.
#[derive(Clone, Debug, PartialEq)]
pub enum Issue {
    /// The first domain was probably mistyped for the second one.
    Mistyped(String, String),
    /// The same address stands further up.
    Twice,
    /// They are members already.
    Member,
    /// There is no seat left for them.
    NoSeat,
    /// A run has ended without sending them, for this reason.
    NotSent(JobResult),
}

/// The entries that have a problem in common.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The problem.
    pub issue: Issue,
    /// The entries, in their order.
    pub ids: Vec<EntryId>,
}

impl Composer {
    /// The problems that one act can settle, in the order in which the entries have them.
    pub fn groups(&self) -> Vec<Group> {
        let mut groups: Vec<Group> = vec![];
        for (entry, verdict) in self.entries.all().iter().zip(&self.verdicts.each) {
            let Some(issue) = issue(entry, verdict) else { continue };
            match groups.iter_mut().find(|group| group.issue.is_like(&issue)) {
                Some(group) => group.ids.push(entry.id),
                None => groups.push(Group { issue, ids: vec![entry.id] }),
            }
        }
        groups
    }

    /// The entries that were not sent, and that may be when they are tried again as they are.
    pub fn to_retry(&self) -> Vec<EntryId> {
        let all = self.entries.all().iter();
        let may_succeed = |entry: &&Entry| match &entry.state {
            EntryState::NotSent(result) => result.may_succeed_later(),
            _ => false,
        };
        all.filter(may_succeed).map(|entry| entry.id).collect()
    }

    /// The entries that the report offers to try again: none where a group offers just the same.
    pub fn to_retry_in_report(&self) -> Vec<EntryId> {
        let to_retry = self.to_retry();
        let is_offered = self.only_to_fix && self.groups_of_several().any(|group| group.ids == to_retry);
        if is_offered { vec![] } else { to_retry }
    }

    /// The problems that more than one entry has.
    pub fn groups_of_several(&self) -> impl Iterator<Item = Group> {
        self.groups().into_iter().filter(|group| group.ids.len() > 1)
    }
}

fn issue(entry: &Entry, verdict: &Verdict) -> Option<Issue> {
    if let EntryState::NotSent(result) = &entry.state {
        return Some(Issue::NotSent(result.clone()));
    }
    Some(match verdict {
        Verdict::Mistyped(meant) => {
            let domain = entry.text.rsplit_once('@').map_or("", |(_, domain)| domain);
            Issue::Mistyped(domain.to_lowercase(), meant.clone())
        }
        Verdict::Twice => Issue::Twice,
        Verdict::Member(_) | Verdict::Yourself => Issue::Member,
        Verdict::NoSeat => Issue::NoSeat,
        _ => return None,
    })
}

impl Issue {
    /// Whether the same is said of both. Clerk's own sentence may name the address, and then differs for each.
    fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::NotSent(one), Self::NotSent(other)) => match (&one.outcome, &other.outcome) {
                (Outcome::Refused(one), Outcome::Refused(other)) => one.is_like(other),
                (one, other) => one == other,
            },
            (one, other) => one == other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Error, Problem, Seats};
    use crate::invite::testing::Form;
    use crate::invite::update::ComposerMsg;
    use crate::outbox::Job;

    fn group(form: &Form, issue: Issue) -> Group {
        let groups = form.model.composer.groups();
        groups.iter().find(|group| group.issue == issue).cloned().unwrap_or_else(|| panic!("{groups:?}"))
    }

    #[test]
    fn entries_with_the_same_mistyped_domain_are_put_right_together() {
        let mut form = Form::with("a@gmial.com, b@x.de, c@GMIAL.com, d@hotmial.com");
        let found = group(&form, Issue::Mistyped("gmial.com".to_owned(), "gmail.com".to_owned()));
        assert_eq!(found.ids, [form.id("a@gmial.com"), form.id("c@GMIAL.com")]);
        form.compose(ComposerMsg::DomainUsedForAll(found.ids, "gmail.com".to_owned()));
        assert_eq!(form.texts(), ["a@gmail.com", "b@x.de", "c@gmail.com", "d@hotmial.com"]);
        assert_eq!(form.model.composer.to_fix(), 1);
    }

    #[test]
    fn duplicates_are_removed_together() {
        let mut form = Form::with("a@x.de, A@x.de, b@x.de, a@x.de");
        let found = group(&form, Issue::Twice);
        assert_eq!(found.ids.len(), 2);
        form.compose(ComposerMsg::AllRemoved(found.ids));
        assert_eq!(form.texts(), ["a@x.de", "b@x.de"]);
    }

    #[test]
    fn members_and_the_admin_are_taken_out_together() {
        let mut form = Form::new();
        form.active.viewer.own = vec!["me@x.de".to_owned()];
        form.clerk.joined("a@x.de");
        form.paste("a@x.de, b@x.de, me@x.de");
        let found = group(&form, Issue::Member);
        form.compose(ComposerMsg::AllRemoved(found.ids));
        assert_eq!(form.texts(), ["b@x.de"]);
    }

    #[test]
    fn all_for_whom_there_is_no_seat_are_taken_out_together() {
        let mut form = Form::new();
        form.seats = Some(Seats { members: 4, pending: 1, most: std::num::NonZeroU64::new(6) });
        form.paste("a@x.de, b@x.de, c@x.de");
        let found = group(&form, Issue::NoSeat);
        form.compose(ComposerMsg::AllRemoved(found.ids));
        assert_eq!(form.texts(), ["a@x.de"]);
    }

    #[test]
    fn a_refusal_that_may_pass_is_tried_again_unless_it_is_about_the_role() {
        let mut form = Form::with("a@x.de, b@x.de");
        form.press_send();
        form.end_run(|job| {
            let field = if job.task.email.as_str() == "b@x.de" { Some("role") } else { None };
            Outcome::Refused(Problem::new("brand_new", field, ""))
        });
        assert_eq!(form.model.composer.to_retry(), [form.id("a@x.de")]);
    }

    #[test]
    fn what_clerk_refuses_for_the_same_reason_is_one_group_and_only_what_may_succeed_is_tried_again() {
        let mut form = Form::with("a@x.de, b@x.de, c@x.de, d@x.de");
        form.press_send();
        form.end_run(|job| match job.task.email.as_str() {
            "a@x.de" | "b@x.de" => {
                Outcome::Refused(Problem::new("not_allowed_access", None, job.task.email.as_str()))
            }
            "c@x.de" => Outcome::Missing(Error::Failing { status: Some(503) }),
            _ => Outcome::Unknown(Error::NoAnswer),
        });
        let sizes: Vec<_> = form.model.composer.groups().iter().map(|group| group.ids.len()).collect();
        assert_eq!(sizes, [2, 1, 1]);
        // To send again what may have gone out could be a second email.
        assert_eq!(form.model.composer.to_retry(), [form.id("c@x.de")]);
    }

    #[test]
    fn what_a_group_offers_to_try_again_the_report_does_not_offer_as_well() {
        let failing = |_: &Job| Outcome::Missing(Error::Failing { status: Some(503) });
        let mut form = Form::with("a@x.de, b@x.de");
        form.press_send();
        form.end_run(failing);
        let composer = &mut form.model.composer;
        assert!(composer.only_to_fix);
        assert_eq!(composer.to_retry_in_report(), [0; 0]);
        composer.only_to_fix = false;
        assert_eq!(composer.to_retry_in_report().len(), 2, "the groups are not shown");
        // Of one entry there is no group.
        let mut form = Form::with("a@x.de, bad@@x.de, worse@@x.de");
        form.press_send();
        form.end_run(failing);
        form.model.composer.only_to_fix = true;
        assert_eq!(form.model.composer.to_retry_in_report(), [form.id("a@x.de")]);
    }
}
