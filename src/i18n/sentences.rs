//! The sentence for each thing that can go wrong.

use crate::domain::{EmailProblem, Error, Field, Invitation, Problem, Reason, Role, RoleKey, Roles, Status};
use crate::i18n::catalogue::Message;
use crate::i18n::plurals::Plural;
use crate::i18n::words::Words;

/// What is wrong with an address.
pub fn email_problem(words: &Words, problem: EmailProblem) -> String {
    words.say(match problem {
        EmailProblem::Missing => Message::EmailMissing,
        EmailProblem::NoAt => Message::EmailNoAt,
        EmailProblem::SeveralAts => Message::EmailSeveralAts,
        EmailProblem::NoName => Message::EmailNoName,
        EmailProblem::NoDomain => Message::EmailNoDomain,
        EmailProblem::BadDomain => Message::EmailBadDomain,
        EmailProblem::TooLong => Message::EmailTooLong,
        EmailProblem::BadCharacter(c) if c.is_ascii_punctuation() => {
            return words.fill(Message::EmailBadCharacter, &[("character", c.encode_utf8(&mut [0; 4]))]);
        }
        EmailProblem::BadCharacter(_) => Message::EmailBadSpace,
    })
}

/// What happened, and what the admin can do about it.
pub fn error_sentence(words: &Words, error: &Error) -> String {
    words.say(match error {
        Error::Refused(problems) => {
            let sentences: Vec<_> = problems.iter().map(|problem| problem_sentence(words, problem)).collect();
            return sentences.join(" ");
        }
        Error::TooMany { wait: Some(seconds) } => {
            return words.count(Plural::TooManyWait, u64::from(*seconds));
        }
        Error::TooMany { wait: None } => Message::ErrorTooMany,
        Error::Unreachable => Message::ErrorUnreachable,
        Error::NoAnswer => Message::ErrorNoAnswer,
        Error::Failing { status: Some(status) } => {
            return words.fill(Message::ErrorFailingStatus, &[("status", &status.to_string())]);
        }
        Error::Failing { status: None } => Message::ErrorFailing,
        Error::Unproved => Message::ErrorUnproved,
        Error::SignedOut => Message::ErrorSignedOut,
        Error::Moved => Message::ErrorMoved,
        Error::Unexpected(_) => Message::ErrorUnexpected,
    })
}

/// One reason of a refusal, in Clerk's own words only where the catalogue has none: they are always English.
pub fn problem_sentence(words: &Words, problem: &Problem) -> String {
    words.say(match problem.reason {
        Reason::AlreadyInvited => Message::ReasonAlreadyInvited,
        Reason::AlreadyMember => Message::ReasonAlreadyMember,
        Reason::BatchTooBig => Message::ReasonBatchTooBig,
        Reason::SeatsNeeded => Message::ReasonSeatsNeeded,
        Reason::Full => Message::ReasonFull,
        Reason::AddressBlocked => Message::ReasonAddressBlocked,
        Reason::NoPermission => Message::ReasonNoPermission,
        Reason::NotMember => Message::ReasonNotMember,
        Reason::OrganizationGone => Message::ReasonOrganizationGone,
        Reason::RoleGone => Message::ReasonRoleGone,
        Reason::InvitationsOff => Message::ReasonInvitationsOff,
        Reason::OrganizationsOff => Message::ReasonOrganizationsOff,
        Reason::ReverificationNeeded => Message::ReasonReverification,
        Reason::Blocked => Message::ReasonBlocked,
        Reason::InvitationGone => Message::ReasonInvitationGone,
        Reason::NotPending => Message::ReasonNotPending,
        Reason::RoleMigration => Message::ReasonRoleMigration,
        Reason::Locked => Message::ReasonLocked,
        Reason::NotAnAddress => Message::ReasonNotAnAddress,
        Reason::Missing => Message::ReasonMissing,
        Reason::InvalidValue if problem.field == Field::Role => Message::ReasonInvalidRole,
        Reason::InvalidValue => Message::ReasonInvalidValue,
        Reason::Exclusive => Message::ReasonExclusive,
        Reason::Unknown if !problem.said.trim().is_empty() => return problem.said.clone(),
        Reason::Unknown => Message::ReasonUnknown,
    })
}

/// Names Clerk's own two roles in the reader's language, where they still have the names that Clerk gives them in English; the
/// application's developer may have changed them.
pub fn name_system_roles(words: &Words, roles: &mut Roles) {
    for role in &mut roles.all {
        if let Some(message) = system_role(&role.key).filter(|message| role.name == message.english()) {
            role.name = words.say(message);
        }
    }
}

/// What a role of Clerk's own is called. The English text is Clerk's.
pub fn system_role(key: &RoleKey) -> Option<Message> {
    match &*key.0 {
        "org:admin" => Some(Message::RoleAdmin),
        "org:member" => Some(Message::RoleMember),
        _ => None,
    }
}

/// The role's name as the role set has it, else as the invitation has it, else its key.
pub fn role_name(roles: Option<&Roles>, invitation: &Invitation) -> String {
    let known = roles.and_then(|roles| roles.find(&invitation.role)).map(|role| role.name.clone());
    known.or_else(|| invitation.role_name.clone()).unwrap_or_else(|| invitation.role.0.clone())
}

/// What a role allows, worst first: Clerk's own permissions in our words, because Clerk sends their names only in English,
/// then those of the application by their names.
pub fn allowed(words: &Words, role: &Role) -> Vec<String> {
    let own = [
        ("org:sys_memberships:manage", Message::PermissionMembers),
        ("org:sys_profile:delete", Message::PermissionDelete),
        ("org:sys_profile:manage", Message::PermissionProfile),
        ("org:sys_domains:manage", Message::PermissionDomains),
        ("org:sys_memberships:read", Message::PermissionSeeMembers),
        ("org:sys_domains:read", Message::PermissionSeeDomains),
    ];
    let has = |key: &str| role.permissions.iter().any(|permission| permission.key == key);
    let ours = own.iter().filter(|(key, _)| has(key)).map(|(_, message)| words.say(*message));
    let others =
        role.permissions.iter().filter(|permission| own.iter().all(|(key, _)| *key != permission.key));
    let name = |name: &str, key: &str| if name.trim().is_empty() { key.to_owned() } else { name.to_owned() };
    ours.chain(others.map(|permission| name(&permission.name, &permission.key))).collect()
}

/// What became of an invitation, in words; Clerk's own where we have none.
pub fn status_name(words: &Words, status: &Status) -> String {
    words.say(match status {
        Status::Pending => Message::StatusPending,
        Status::Accepted => Message::StatusAccepted,
        Status::Revoked => Message::StatusRevoked,
        Status::Expired => Message::StatusExpired,
        Status::Other(word) => return word.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Permission, RoleKey};
    use crate::i18n::{DIGEST, Formats, LANGUAGES, Texts};

    fn english() -> Words {
        Words::new(LANGUAGES[0], "en", Default::default(), Formats::ENGLISH)
    }

    #[test]
    fn each_code_of_clerks_catalogue_has_its_own_sentence() {
        const CODES: &[&str] = &[
            "duplicate_record",
            "already_a_member_in_organization",
            "bulk_size_exceeded",
            "insufficient_seats",
            "organization_membership_quota_exceeded",
            "not_allowed_access",
            "missing_organization_permission",
            "not_a_member_in_organization",
            "organization_not_found_or_unauthorized",
            "invitations_not_supported_in_organization",
            "organization_not_enabled_in_instance",
            "session_reverification_required",
            "action_blocked",
            "organization_invitation_not_found",
            "organization_invitation_not_pending",
            "role_migration_in_progress",
            "resource_locked",
            "form_param_format_invalid",
            "form_param_nil",
            "form_param_value_invalid",
            "exclusive_organization_membership",
        ];
        let mut said: Vec<_> = CODES
            .iter()
            .map(|code| problem_sentence(&english(), &Problem::new(code, None, "Clerk's words")))
            .collect();
        assert!(!said.contains(&"Clerk's words".to_owned()));
        said.sort();
        said.dedup();
        assert_eq!(said.len(), CODES.len());
    }

    #[test]
    fn what_a_role_allows_is_said_worst_first_and_clerks_own_permissions_in_our_words() {
        let keys =
            ["org:billing:manage", "org:sys_domains:read", "org:sys_memberships:manage", "org:nameless"];
        let name = |key: &str| {
            if key == "org:billing:manage" { "Manage billing".to_owned() } else { " ".to_owned() }
        };
        let permission = |key: &str| Permission { key: key.to_owned(), name: name(key) };
        let role = Role {
            key: RoleKey("org:lead".to_owned()),
            name: "Lead".to_owned(),
            description: String::new(),
            permissions: keys.into_iter().map(permission).collect(),
        };
        let said = ["Invite, remove and re-role members", "See domains", "Manage billing", "org:nameless"];
        assert_eq!(allowed(&english(), &role), said);
    }

    #[test]
    fn only_the_names_that_clerk_gives_its_own_roles_are_translated() {
        let mut texts = vec![String::new(); Message::ALL.len()];
        for (message, text) in [(Message::RoleAdmin, "Administrator"), (Message::RoleMember, "Mitglied")] {
            texts[usize::from(message.0.place)] = text.to_owned();
        }
        let [english, ..] = LANGUAGES;
        let texts = Texts::of(DIGEST, texts).expect("the same catalogue");
        let words = Words::new(english, "de", texts, Formats::ENGLISH);
        let role = |(key, name): (&str, &str)| Role {
            key: RoleKey(key.to_owned()),
            name: name.to_owned(),
            description: String::new(),
            permissions: vec![],
        };
        let given = [("org:admin", "Admin"), ("org:member", "Staff"), ("org:guest", "Member")];
        let mut roles = Roles { all: given.map(role).to_vec(), ..Roles::default() };
        name_system_roles(&words, &mut roles);
        let names: Vec<_> = roles.all.iter().map(|role| role.name.as_str()).collect();
        assert_eq!(names, ["Administrator", "Staff", "Member"]);
    }

    #[test]
    fn an_unknown_code_is_said_in_clerks_own_words() {
        let problem = Problem::new("brand_new", None, "Mercury is in retrograde.");
        assert_eq!(problem_sentence(&english(), &problem), "Mercury is in retrograde.");
        let silent = Problem::new("brand_new", None, " ");
        assert_eq!(problem_sentence(&english(), &silent), Message::ReasonUnknown.english());
    }
}
