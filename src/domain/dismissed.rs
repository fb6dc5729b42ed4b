//! The invitations that the admin wants to be reminded of no longer: people whom nobody wants to invite any more. Clerk has no
//! place for that, so the browser keeps it.

use crate::domain::invitation::InvitationId;

/// Their ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dismissed {
    /// A line each, as the browser keeps it: there are few, and every visitor downloads the code that looks them up.
    text: String,
}

impl Dismissed {
    /// Those that the browser has kept.
    pub fn from_text(text: String) -> Self {
        Self { text }
    }

    /// What the browser is to keep.
    pub fn as_text(&self) -> &str {
        &self.text
    }

    /// Whether an invitation is one of them.
    pub fn has(&self, id: &InvitationId) -> bool {
        self.text.lines().any(|line| line == id.0)
    }

    /// Adds an invitation, or removes it. An id with a line break, which Clerk never makes, is left out.
    pub fn set(&mut self, id: &InvitationId, is_dismissed: bool) {
        self.retain(|line| line != id.0);
        if is_dismissed && id.0.lines().eq([&*id.0]) {
            self.text.push_str(&id.0);
            self.text.push('\n');
        }
    }

    /// Forgets those that `keep` does not name.
    pub fn retain(&mut self, keep: impl Fn(&str) -> bool) {
        self.text = self.text.lines().filter(|line| keep(line)).flat_map(|line| [line, "\n"]).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> InvitationId {
        InvitationId(text.to_owned())
    }

    #[test]
    fn what_was_dismissed_is_known_after_a_reload_until_it_is_restored() {
        let mut dismissed = Dismissed::default();
        for name in ["a", "b", "a"] {
            dismissed.set(&id(name), true);
        }
        let mut dismissed = Dismissed::from_text(dismissed.as_text().to_owned());
        assert_eq!(["a", "b", "c", ""].map(|name| dismissed.has(&id(name))), [true, true, false, false]);
        dismissed.set(&id("a"), false);
        assert_eq!(dismissed.as_text(), "b\n");
        dismissed.retain(|_| false);
        assert_eq!(dismissed, Dismissed::default());
    }

    #[test]
    fn an_id_that_would_name_two_invitations_names_none() {
        let mut dismissed = Dismissed::default();
        for strange in ["a\nb", "a\n", ""] {
            dismissed.set(&id(strange), true);
        }
        assert_eq!(dismissed, Dismissed::default());
    }
}
