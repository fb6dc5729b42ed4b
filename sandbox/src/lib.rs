//! A local stand-in for Clerk's Frontend API.
