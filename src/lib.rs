//! Invite people to a Clerk organization and manage the invitations, in the browser.
