//! Who is signed in, where, and with what rights.

use crate::domain::{ActiveOrganization, AuthState, Change, Error, Membership, Rights, StartFailure};

/// The session, as clerk-js tells of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// How far clerk-js has come.
    pub start: Start,
    /// Who is signed in; `None` while clerk-js has not said so yet.
    pub auth: Option<AuthState>,
    /// The membership for which Clerk has refused what clerk-js still believes to be allowed.
    denied: Option<(String, Membership)>,
    /// Whether the viewer has been in an organization since signing in.
    was_active: bool,
    /// The user who was in an organization last.
    last_user: Option<String>,
}

/// How far clerk-js has come.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Start {
    /// It is on its way.
    #[default]
    Starting,
    /// It does not run.
    Failed(StartFailure),
    /// It runs.
    Running,
}

/// A button in the header that becomes one of Clerk's components when it is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opener {
    /// The way to another organization.
    Switcher,
    /// The viewer's account.
    Account,
}

/// What happened to the session.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// clerk-js runs, or does not.
    Started(Result<(), StartFailure>),
    /// The reader wants another start.
    RetryPressed,
    /// clerk-js tells who is signed in. It often does so although nothing has changed.
    AuthChanged {
        /// Who; `None` while clerk-js is on its way from one organization or session to the next.
        auth: Option<Box<AuthState>>,
        /// Whether the viewer is still a member of the organization that was active before.
        is_still_member: bool,
    },
    /// Clerk's switcher, or the page around, has asked for another organization in vain.
    SwitchFailed(Error),
    /// The viewer, whom Clerk has denied a right, wants another try.
    RightRetried,
    /// Clerk has refused something for lack of a permission in the organization with this
    /// [scope key](ActiveOrganization::scope_key).
    PermissionDenied(String),
}

/// What the runner and the program do for the session.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Starts clerk-js.
    Start,
    /// Has clerk-js take up a session that it learned of after a degraded start.
    Heal,
    /// Removes what is stored: the viewer has signed out, and the next one must not see what was typed and sent.
    ForgetStored,
    /// The viewer's situation has changed from the first to the second.
    Changed(Box<Changed>),
    /// The viewer is told that they are still where they were, and why.
    TellOfFailedSwitch(Error),
}

/// How the viewer's situation has changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// What it was; `None` when the page has just begun.
    pub before: Option<AuthState>,
    /// What it is now.
    pub now: AuthState,
    /// What the viewer is told about it.
    pub change: Option<Change>,
}

/// Carries a message out.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Started(Ok(())) => {
            model.start = Start::Running;
            vec![]
        }
        Msg::Started(Err(failure)) => {
            model.start = Start::Failed(failure);
            vec![]
        }
        Msg::RetryPressed => {
            model.start = Start::Starting;
            vec![Effect::Start]
        }
        Msg::AuthChanged { auth: None, .. } => vec![],
        Msg::AuthChanged { auth: Some(auth), is_still_member } => {
            let mut effects = vec![];
            if *auth == AuthState::SignedOut {
                effects.push(Effect::Heal);
            }
            effects.extend(model.change(*auth, is_still_member));
            effects
        }
        // Who is at work in no organization asks for one on a screen that says by itself what became of it.
        Msg::SwitchFailed(error) if model.active().is_some() => vec![Effect::TellOfFailedSwitch(error)],
        Msg::SwitchFailed(_) => vec![],
        Msg::RightRetried => model.restore_denied().map(Effect::Changed).into_iter().collect(),
        Msg::PermissionDenied(scope) => {
            let active = model.managed().filter(|active| active.scope_key() == scope);
            let Some(active) = active.cloned() else { return vec![] };
            model.denied = Some((scope, active.membership.clone()));
            model.change(AuthState::Active(active), true)
        }
    }
}

impl Model {
    /// The active organization.
    pub fn active(&self) -> Option<&ActiveOrganization> {
        match &self.auth {
            Some(AuthState::Active(active)) => Some(active),
            _ => None,
        }
    }

    /// Whether this user is the one who is, or was, in an organization last.
    pub fn was_last(&self, user: &str) -> bool {
        self.last_user.as_deref() == Some(user)
    }

    /// The active organization, where the viewer may manage invitations in it.
    pub fn managed(&self) -> Option<&ActiveOrganization> {
        self.active().filter(|active| active.membership.rights == Rights::Manage)
    }

    /// Whether this is what is known, so that a message of it would change nothing and have no effect.
    pub fn knows(&self, auth: &AuthState) -> bool {
        matches!(auth, AuthState::Active(_)) && self.denied.is_none() && self.auth.as_ref() == Some(auth)
    }

    /// Whether it was Clerk that has refused what clerk-js still believes to be allowed.
    pub fn is_denied(&self) -> bool {
        self.denied.is_some()
    }

    /// Believes clerk-js once more. The viewer is told nothing: Clerk's next answer shows whether the right is there.
    fn restore_denied(&mut self) -> Option<Box<Changed>> {
        let (_, membership) = self.denied.take()?;
        let active = ActiveOrganization { membership, ..self.active()?.clone() };
        let now = AuthState::Active(active);
        let before = self.auth.replace(now.clone());
        Some(Box::new(Changed { before, now, change: None }))
    }

    fn change(&mut self, auth: AuthState, is_still_member: bool) -> Vec<Effect> {
        let auth = self.without_denied(auth);
        if self.auth.as_ref() == Some(&auth) {
            return vec![];
        }
        let mut effects = vec![];
        let is_signed_out = auth == AuthState::SignedOut;
        if let AuthState::Active(active) = &auth {
            self.last_user = Some(active.viewer.user.clone());
        }
        if is_signed_out && self.was_active {
            effects.push(Effect::ForgetStored);
        }
        // A start without a session is no sign-out: the same person may sign in next, and needs the journal.
        self.was_active = !is_signed_out && (self.was_active || matches!(auth, AuthState::Active(_)));
        let before = self.auth.replace(auth.clone());
        let change = before.as_ref().and_then(|before| Change::between(before, &auth, |_| is_still_member));
        effects.push(Effect::Changed(Box::new(Changed { before, now: auth, change })));
        effects
    }

    /// Takes away a right that Clerk has denied, until clerk-js tells of another membership.
    fn without_denied(&mut self, auth: AuthState) -> AuthState {
        let AuthState::Active(mut active) = auth else {
            self.denied = None;
            return auth;
        };
        let is_denied = self.denied.as_ref().is_some_and(|(scope, membership)| {
            *scope == active.scope_key() && *membership == active.membership
        });
        if is_denied {
            active.membership.rights = Rights::Read;
        } else {
            self.denied = None;
        }
        AuthState::Active(active)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::active_organization;

    fn acme() -> ActiveOrganization {
        active_organization("ada", "org_a", "Acme", Rights::Manage)
    }

    fn hears(model: &mut Model, auth: AuthState) -> Vec<Effect> {
        update(model, Msg::AuthChanged { auth: Some(Box::new(auth)), is_still_member: true })
    }

    fn in_acme() -> Model {
        let mut model = Model::default();
        hears(&mut model, AuthState::Active(acme()));
        model
    }

    #[test]
    fn what_clerk_js_repeats_changes_nothing() {
        let mut model = in_acme();
        assert!(model.knows(&AuthState::Active(acme())));
        let before = model.clone();
        assert_eq!((hears(&mut model, AuthState::Active(acme())), &model), (vec![], &before));
        let transition = Msg::AuthChanged { auth: None, is_still_member: false };
        assert_eq!(update(&mut model, transition), []);
        assert_eq!(model.active(), Some(&acme()));
    }

    #[test]
    fn a_denied_permission_ends_the_right_to_manage_until_clerk_js_tells_of_another_membership() {
        let mut model = in_acme();
        let effects = update(&mut model, Msg::PermissionDenied(acme().scope_key()));
        let [Effect::Changed(changed)] = effects.as_slice() else { panic!("{effects:?}") };
        assert_eq!(changed.change, Some(Change::RightLost("Acme".to_owned())));
        assert!(model.managed().is_none() && model.is_denied());
        // Another call is refused, too, and clerk-js has not heard of it yet.
        assert_eq!(update(&mut model, Msg::PermissionDenied(acme().scope_key())), []);
        hears(&mut model, AuthState::Active(acme()));
        assert_eq!(model.managed(), None);
        let mut promoted = acme();
        promoted.membership.permissions.push("org:billing:manage".to_owned());
        hears(&mut model, AuthState::Active(promoted.clone()));
        assert_eq!(model.managed(), Some(&promoted));
    }

    #[test]
    fn what_has_an_effect_each_time_is_never_known() {
        let mut model = Model::default();
        hears(&mut model, AuthState::SignedOut);
        assert!(!model.knows(&AuthState::SignedOut));
        let mut model = in_acme();
        update(&mut model, Msg::PermissionDenied(acme().scope_key()));
        let [denied, allowed] = [model.auth.clone().expect("a session"), AuthState::Active(acme())];
        assert!(!model.knows(&denied) && !model.knows(&allowed));
    }

    #[test]
    fn whether_a_denied_permission_is_there_again_is_tried_and_not_claimed() {
        let mut model = in_acme();
        assert_eq!(update(&mut model, Msg::RightRetried), []);
        update(&mut model, Msg::PermissionDenied(acme().scope_key()));
        let effects = update(&mut model, Msg::RightRetried);
        let [Effect::Changed(changed)] = effects.as_slice() else { panic!("{effects:?}") };
        assert_eq!((&changed.change, &changed.now), (&None, &AuthState::Active(acme())));
        assert!(model.managed().is_some() && !model.is_denied());
        // Clerk refuses it again.
        update(&mut model, Msg::PermissionDenied(acme().scope_key()));
        assert_eq!(model.managed(), None);
    }

    #[test]
    fn a_permission_that_was_denied_in_another_organization_is_no_reason_here() {
        let mut model = in_acme();
        assert_eq!(update(&mut model, Msg::PermissionDenied("elsewhere".to_owned())), []);
        assert!(model.managed().is_some());
    }

    #[test]
    fn only_a_viewer_who_was_there_can_sign_out() {
        let is_forgotten = |effects: Vec<Effect>| effects.contains(&Effect::ForgetStored);
        let mut model = Model::default();
        assert!(!is_forgotten(hears(&mut model, AuthState::SignedOut)));
        let mut model = in_acme();
        hears(&mut model, AuthState::NoOrganization(acme().viewer));
        assert!(is_forgotten(hears(&mut model, AuthState::SignedOut)));
        assert!(!is_forgotten(hears(&mut model, AuthState::SignedOut)));
        // Whoever comes next has been in no organization yet.
        hears(&mut model, AuthState::NoOrganization(acme().viewer));
        assert!(!is_forgotten(hears(&mut model, AuthState::SignedOut)));
    }

    #[test]
    fn a_failed_start_is_tried_again() {
        let mut model = Model::default();
        update(&mut model, Msg::Started(Err(StartFailure::TooSlow)));
        assert_eq!(model.start, Start::Failed(StartFailure::TooSlow));
        assert_eq!(update(&mut model, Msg::RetryPressed), [Effect::Start]);
        assert_eq!(model.start, Start::Starting);
    }
}
