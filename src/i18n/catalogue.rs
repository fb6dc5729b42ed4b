//! Every message, with its key and its English text.

/// Declares the messages: each a constant, a key in the files of `assets/locales`, an English text.
///
/// They are no enum: its function from a variant to a text would refer to all texts, and all would be downloaded at the
/// first visit. A constant refers to its own text only, so that the build can put a text where the message is used.
macro_rules! messages {
    ($($name:ident $key:literal $english:literal)*) => {
        /// Something that the page says.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct Message(&'static &'static str);

        #[allow(missing_docs, non_upper_case_globals)] // Each stands beside its English text.
        impl Message {
            $(pub const $name: Self = Self(&concat!($key, "|", $english));)*

            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its key in the files of `assets/locales`.
            pub fn key(self) -> &'static str {
                self.parts().0
            }

            /// Its English text.
            pub fn english(self) -> &'static str {
                self.parts().1
            }

            /// One text for both: each has an address and a length of its own, which every visitor would download.
            fn parts(self) -> (&'static str, &'static str) {
                self.0.split_once('|').unwrap_or_default()
            }
        }
    };
}

/// Declares what is counted, in the same way: each a constant, a key, and the English for one and for any other number.
macro_rules! plurals {
    ($($name:ident $key:literal $one:literal $other:literal)*) => {
        /// Something that the page counts. Its keys are the one here, a dot, and CLDR's plural category.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct Plural(&'static &'static str);

        #[allow(missing_docs, non_upper_case_globals)] // Each stands beside its English text.
        impl Plural {
            $(pub const $name: Self = Self(&concat!($key, "|", $one, "|", $other));)*

            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// What its keys in the files of `assets/locales` start with.
            pub fn key(self) -> &'static str {
                self.parts().0
            }

            /// Its English text for `count`.
            pub fn english(self, count: u64) -> &'static str {
                let (one, other) = self.parts().1.split_once('|').unwrap_or_default();
                if count == 1 { one } else { other }
            }

            fn parts(self) -> (&'static str, &'static str) {
                self.0.split_once('|').unwrap_or_default()
            }
        }
    };
}

messages! {
    Retry "retry" "Try again"
    Dismiss "dismiss" "Dismiss"
    TwoSentences "sentences" "{first}. {second}"
    PageTitle "page.title" "Invitations"
    PageTitleOf "page.titleOf" "Invitations · {organization}"
    HeaderLead "header.lead" "Invite people and manage invitations"
    HeaderSwitch "header.switch" "Switch organization"
    HeaderAccount "header.account" "Account of {name}"
    ComponentFailed "component.failed" "This part of the page comes from Clerk and could not be fetched. Check your connection, then try again."

    SetupTitle "setup.title" "This page is not set up yet"
    SetupNoFile "setup.noFile" "There is no config.json beside index.html (HTTP status {status})."
    SetupNotJson "setup.notJson" "config.json is not a JSON object."
    SetupKeyMissing "setup.keyMissing" "publishableKey is missing."
    SetupKeySecret "setup.keySecret" "publishableKey holds a secret key (sk_…). Everybody can read this page: replace that secret key in the Clerk Dashboard now, and use the publishable key (pk_…) here."
    SetupKeyPrefix "setup.keyPrefix" "publishableKey is malformed: it must start with pk_test_ or pk_live_."
    SetupKeyHost "setup.keyHost" "publishableKey is malformed: what follows pk_test_ or pk_live_ names no host. A part of it may have been lost while copying."
    SetupText "setup.text" "{key} must be a text in quotes."
    SetupNumber "setup.number" "{key} must be a number."
    SetupTruth "setup.truth" "{key} must be true or false."
    SetupWhere "setup.where" "Put this into config.json beside index.html and load the page again. The key stands in the Clerk Dashboard under API keys."
    SetupDevelop "setup.develop" "While developing, start with CLERK_PUBLISHABLE_KEY=pk_test_… trunk serve instead."

    StartTitle "start.title" "Clerk could not be started"
    StartScript "start.script" "Clerk’s script did not arrive from {address}."
    StartScriptHint "start.scriptHint" "Check your connection, and whether an ad blocker or your network blocks that address. If it has never worked, the key, the proxy or the domain in config.json may be wrong."
    StartSlow "start.slow" "Clerk did not answer in time."
    StartSlowHint "start.slowHint" "Your connection or Clerk may be slow at the moment."
    StartForeign "start.foreign" "Something on this page calls itself Clerk and is not."
    StartForeignHint "start.foreignHint" "Whoever runs this page has to rename window.Clerk in their own script."
    StartRefused "start.refused" "Clerk refused to start: {reason}"
    StartRefusedHint "start.refusedHint" "Most often the publishable key belongs to another domain or another application."
    StartOffline "start.offline" "You are offline."
    StartOfflineHint "start.offlineHint" "Connect to the internet, then try again."

    SignIn "signIn" "Sign in"
    SignUp "signUp" "Sign up"
    TaskTitle "task.title" "One more step"
    TaskOrganization "task.organization" "Choose the organization that you want to work in."
    TaskPassword "task.password" "Clerk wants you to choose a new password."
    TaskMfa "task.mfa" "Clerk wants you to set up a second factor for signing in."
    TaskOther "task.other" "Clerk wants you to finish a step that this page does not know ({task})."
    TaskHint "task.hint" "Finish it in the application that you signed in to, then come back and try again."
    ChooseTitle "choose.title" "Choose an organization"
    ChooseText "choose.text" "Invitations belong to an organization, and none is active."
    OffTitle "off.title" "Organizations are switched off"
    OffText "off.text" "This application does not use Clerk’s organizations, so there is nobody to invite to."
    OffHint "off.hint" "Whoever runs it can switch them on in the Clerk Dashboard, under Organizations."
    RightTitle "right.title" "You can’t invite people here"
    RightRead "right.read" "Your role lets you see who is a member, but not invite people or manage invitations."
    RightNeither "right.neither" "Your role lets you neither see the members nor manage invitations."
    RightHint "right.hint" "An admin of the organization can invite people for you, or give you a role that may manage members."
    RightViewer "right.viewer" "Signed in as"
    RightOrganization "right.organization" "Organization"
    RightRole "right.role" "Your role"
    RightMissing "right.missing" "What is missing"
    NotFoundTitle "notFound.title" "There is no such page"
    NotFoundText "notFound.text" "The address may be mistyped, or the page has moved."
    ToInvitations "toInvitations" "To the invitations"
    AcceptTitle "accept.title" "Your invitation"
    AcceptNone "accept.none" "This address carries no invitation. Open the link in the mail once more, or ask for a new invitation."
    AcceptSignedIn "accept.signedIn" "You are signed in as {name}. If the invitation went to this account, it waits for you in the organization switcher."
    AcceptDone "accept.done" "Clerk says that the invitation is accepted."

    InviteTitle "invite.title" "Invite"
    InviteEmail "invite.email" "Email addresses"
    InviteHint "invite.hint" "One or many: type or paste them, or drop a file (CSV, TSV or text)."
    InviteFile "invite.file" "Choose a file"
    InviteRole "invite.role" "Role"
    InviteSend "invite.send" "Send invitation"
    InviteStop "invite.stop" "Stop"
    InviteStopping "invite.stopping" "Stopping…"
    InviteSent "invite.sent" "Invitation sent to {email}."
    InviteNothing "invite.nothing" "Nothing here can be sent as it is. Look at what is marked below."
    LaterFailed "later.failed" "A part of this page could not be fetched. What you typed is kept. Check your connection, then try again."
    FileUnreadable "file.unreadable" "{name} could not be read. If it is a folder, open it and drop the files in it. Otherwise choose the file again."
    FileEmpty "file.empty" "{name} is empty."
    FileTooLarge "file.tooLarge" "{name} is larger than 20 MB. Split the list into several files."
    FilePdf "file.pdf" "{name} is a PDF. Copy the addresses in it and paste them, or save the list as CSV."
    FilePicture "file.picture" "{name} is a picture. Addresses are only read in text: copy and paste them, or type them."
    FileWorkbook "file.workbook" "{name} is a workbook that could not be read. Open it and save the sheet as CSV, or copy its cells and paste them."
    FileProtected "file.protected" "{name} is protected by a password. Open it, then copy its cells and paste them, or save the list as CSV."
    FileNotFetched "file.notFetched" "{name} is a workbook, and the part of this page that reads workbooks could not be fetched. Check your connection, then choose the file again."
    FileForeign "file.foreign" "{name} is not a text. Open it in its own program, then copy the addresses and paste them, or save the list as CSV."
    FileArchive "file.archive" "{name} is an archive. Unpack it, then drop the files in it."
    FileDamaged "file.damaged" "{name}: some letters are damaged and show as �. Check the names, or save the file as UTF-8 and choose it again."
    FileGuessed "file.guessed" "{name} does not say how its letters are encoded. It was read as {letters} ({encoding}): check the names."
    LettersWestern "letters.western" "Western European"
    LettersCentral "letters.central" "Central European"
    LettersTurkish "letters.turkish" "Turkish"
    LettersBaltic "letters.baltic" "Baltic"
    LettersCyrillic "letters.cyrillic" "Cyrillic"
    LettersGreek "letters.greek" "Greek"
    LettersHebrew "letters.hebrew" "Hebrew"
    LettersArabic "letters.arabic" "Arabic"
    LettersVietnamese "letters.vietnamese" "Vietnamese"
    LettersThai "letters.thai" "Thai"
    LettersJapanese "letters.japanese" "Japanese"
    LettersChinese "letters.chinese" "Simplified Chinese"
    LettersTraditional "letters.traditional" "Traditional Chinese"
    LettersKorean "letters.korean" "Korean"

    EntriesTitle "entries.title" "To be invited"
    EntriesAll "entries.all" "Show all"
    EntriesLooks "entries.looks" "Show only what needs a look"
    EntriesClear "entries.clear" "Remove all"
    EntryEdit "entry.edit" "Edit {email}"
    EntryRemove "entry.remove" "Remove {email}"
    EntryDone "entry.done" "Done"
    EntryRole "entry.role" "Role of {email}"
    EntryRoleForAll "entry.roleForAll" "As for all"
    EntryUse "entry.use" "Use {domain}"
    EntryMeant "entry.meant" "It is right"
    EntryResend "entry.resend" "Resend"
    EntryLeave "entry.leave" "Leave it"

    VerdictNew "verdict.new" "New"
    VerdictTwice "verdict.twice" "Stands here twice"
    VerdictPending "verdict.pending" "Pending since {date}"
    VerdictPendingUndated "verdict.pendingUndated" "Pending"
    VerdictResent "verdict.resent" "The pending invitation is revoked, then a new one sent"
    VerdictMember "verdict.member" "Already a member: {name}"
    VerdictMemberUnnamed "verdict.memberUnnamed" "Already a member"
    VerdictBeforeUndated "verdict.beforeUndated" "Invited before: {status}"
    VerdictBefore "verdict.before" "Invited on {date}: {status}"
    VerdictMistyped "verdict.mistyped" "Mistyped?"
    VerdictUnknownRole "verdict.unknownRole" "No role is called “{role}”"
    VerdictNoSeat "verdict.noSeat" "No seat left"
    VerdictUnsettled "verdict.unsettled" "Looking up whether it went out…"
    StatusPending "status.pending" "pending"
    StatusAccepted "status.accepted" "accepted"
    StatusRevoked "status.revoked" "revoked"
    StatusExpired "status.expired" "expired"

    LookingUp "lookingUp" "Looking up who is a member or invited already: {read} of {total}…"
    LookUpFailed "lookUp.failed" "Who is a member or invited already could not be looked up to the end."
    SeatsNeeded "seats.needed" "{left} of {seats} left, this needs {needed}."

    StageWaiting "stage.waiting" "Waiting"
    StageSending "stage.sending" "Sending…"
    OutcomeOf "outcome.of" "{email}: {outcome}"
    OutcomeSent "outcome.sent" "Sent"
    OutcomePending "outcome.pending" "An invitation is pending already"
    OutcomeMissing "outcome.missing" "Not sent: Clerk’s list has no such invitation."
    OutcomeUnknown "outcome.unknown" "It could not be found out whether this went out. Look for it in the list before you send it again."
    OutcomeEnded "outcome.ended" "No longer pending: accepted, expired or revoked. Nothing was sent."
    OutcomeKept "outcome.kept" "Not sent yet"
    OutcomeRevoked "outcome.revoked" "Revoked"
    OutcomeAccepted "outcome.accepted" "Accepted meanwhile: this person has joined. Nothing more was sent."
    OutcomeNotRevoked "outcome.notRevoked" "Not revoked: the invitation stands as before."
    OutcomeWithdrawn "outcome.withdrawn" "Withdrawn, not sent again:"
    OutcomeWithdrawnUnknown "outcome.withdrawnUnknown" "Withdrawn. Whether a new invitation went out could not be found out. Look for it in the list before you send it again."

    BatchProgress "batch.progress" "{done} of {total} done"
    BatchOffline "batch.offline" "You are offline. It goes on when the connection is back."
    BatchStopped "batch.stopped" "Stopped. What had gone out has gone out, the rest is still in the box."
    BatchHalted "batch.halted" "It ended early. The rest is still in the box."
    BatchKept "batch.kept" "What was not sent is still in the box, each with its reason."
    BatchFound "batch.found" "The page was loaded anew while it was sending. What had not gone out is below."
    BatchRetry "batch.retry" "Try the failed again"
    BatchCopy "batch.copy" "Copy the failed"
    BatchCopied "batch.copied" "Copied."
    BatchNotCopied "batch.notCopied" "The browser does not allow copying here."
    BatchDownload "batch.download" "Download the result"

    GrantTitle "grant.title" "Give this role?"
    GrantText "grant.text" "{people} as {role}. That role allows:"
    GrantKeep "grant.keep" "Go back"
    GrantConfirm "grant.confirm" "Send"
    RolesLoading "roles.loading" "Loading roles…"
    RolesFailed "roles.failed" "The roles could not be loaded."
    RolesEmpty "roles.empty" "This organization has no roles to give. Its role set is managed in the Clerk Dashboard."
    RoleChoose "role.choose" "Choose a role"
    RoleMissing "role.missing" "Choose the role that this person is to have."
    RolesMigrating "roles.migrating" "The roles of this organization are being migrated."
    RolesMigratingHint "roles.migratingHint" "Invitations can be sent again when the migration is over."

    EmailMissing "email.missing" "Type the address of the person whom you want to invite."
    EmailNoAt "email.noAt" "That can’t be an address: it has no @."
    EmailSeveralAts "email.severalAts" "That can’t be one address: it has more than one @."
    EmailNoName "email.noName" "That can’t be an address: nothing stands before the @."
    EmailNoDomain "email.noDomain" "That can’t be an address: nothing stands after the @."
    EmailBadDomain "email.badDomain" "That can’t be an address: what stands after the @ is not a domain like example.com."
    EmailBadSpace "email.badSpace" "That can’t be an address: there is a space or an invisible character in it."
    EmailBadCharacter "email.badCharacter" "That can’t be an address: it holds “{character}”."
    EmailTooLong "email.tooLong" "That can’t be an address: it is too long."

    ShownTitle "shown.title" "Views"
    ShownPending "shown.pending" "Pending"
    ShownAttention "shown.attention" "Needs attention"
    ShownAccepted "shown.accepted" "Accepted"
    ShownRevoked "shown.revoked" "Revoked"
    ShownAll "shown.all" "All"
    ListTitle "list.title" "Pending invitations"
    ListAttention "list.attention" "Invitations that need attention"
    ListAccepted "list.accepted" "Accepted invitations"
    ListRevoked "list.revoked" "Revoked invitations"
    ListAll "list.all" "All invitations"
    ListSearch "list.search" "Search by address, role or status"
    ListCopy "list.copy" "Copy the addresses"
    ListExport "list.export" "Export as CSV"
    ListRefresh "list.refresh" "Refresh"
    ListUser "list.user" "User"
    ListInvited "list.invited" "Invited"
    ListExpires "list.expires" "Expires"
    ListRole "list.role" "Role"
    ListStatus "list.status" "Status"
    ListActions "list.actions" "Actions"
    ListNew "list.new" "New"
    ListLoading "list.loading" "Loading invitations…"
    ListEmpty "list.empty" "No invitations"
    ListEmptyHint "list.emptyHint" "People whom you invite stand here until they accept."
    ListNoAttention "list.noAttention" "Nothing needs attention"
    ListNoAttentionHint "list.noAttentionHint" "Invitations that have expired, or will within five days, stand here."
    ListNoAccepted "list.noAccepted" "Nobody has accepted an invitation yet"
    ListNoRevoked "list.noRevoked" "No invitation was revoked"
    ListNoMatch "list.noMatch" "Nothing matches"
    ListNoMatchHint "list.noMatchHint" "Each word is looked for in the address, the role and the status. Try fewer of them, or look among all invitations."
    ListFailed "list.failed" "The invitations could not be loaded."
    ListStale "list.stale" "What you see may be out of date: the list could not be refreshed."
    ListUnknownDate "list.unknownDate" "unknown"
    ListReading "list.reading" "Reading the list: {read} of {total}…"
    ListReadStopped "list.readStopped" "Only {read} of {total} were looked through."
    ListReadFailed "list.readFailed" "Only {read} of {total} were looked through, then the list could not be read on."
    ListReadOn "list.readOn" "Go on"
    NewsTitle "news.title" "While you were away:"
    NewsOf "news.of" "While you were away: {status}"
    NewsNamed "news.named" "{email}: {status}"
    NewsShow "news.show" "Show the list as it is now"
    SelectOf "select.of" "Select {email}"
    SelectPage "select.page" "Select all on this page"
    SelectNone "select.none" "Clear the selection"
    PagerTitle "pager.title" "Pages"
    PagerRows "pager.rows" "Rows per page"
    PagerRange "pager.range" "{first}–{last} of {total}"
    PagerFirst "pager.first" "First page"
    PagerPrevious "pager.previous" "Previous page"
    PagerNext "pager.next" "Next page"
    PagerLast "pager.last" "Last page"

    Revoke "revoke" "Revoke"
    RevokeOf "revoke.of" "Revoke the invitation of {email}"
    Revoking "revoke.running" "Revoking…"
    RevokeTitle "revoke.title" "Revoke this invitation?"
    RevokeManyTitle "revoke.manyTitle" "Revoke these invitations?"
    RevokeText "revoke.text" "The link in the mail stops working. You can invite this address again later."
    RevokeManyText "revoke.manyText" "The links in the mails stop working. You can invite these addresses again later."
    RevokeKeep "revoke.keep" "Keep it"
    RevokeConfirm "revoke.confirm" "Revoke invitation"
    Revoked "revoke.done" "The invitation of {email} is revoked."
    RevokeUnknown "revoke.unknown" "It could not be found out whether this invitation is revoked. Refresh the list to see."
    ResendOf "resend.of" "Resend the invitation of {email}"
    ResendManyTitle "resend.manyTitle" "Resend these invitations?"
    ResendText "resend.text" "The links in the earlier mails stop working, and each person gets a new mail."
    ResendDone "resend.done" "{email} was invited anew; the earlier link no longer works."
    Again "again" "Invite again"
    AgainOf "again.of" "Invite again: {email}"
    AgainManyTitle "again.manyTitle" "Invite these people again?"
    AgainText "again.text" "Each person gets a new mail."
    AgainOffer "again.offer" "Invite again (sends a new mail)"
    RetryOf "retry.of" "Try again: {email}"
    MoreOf "more.of" "More for {email}"
    MoreTitle "more.title" "Invitation"
    MoreCopy "more.copy" "Copy the address"
    MoreLink "more.link" "Copy the link"
    MoreClose "more.close" "Close"
    RoleChange "role.change" "Change role"
    RoleChangeTitle "role.changeTitle" "Give another role"
    RoleChangeText "role.changeText" "Clerk can’t change the role of an invitation: the earlier one is revoked, and a new mail is sent."
    RolesUnknown "roles.unknown" "The roles that can be given are not known yet."
    RoleAllows "role.allows" "That role allows:"
    ActNothing "act.nothing" "There is nothing among these that this can be done with."
    ActMigrating "act.migrating" "Nothing was changed: the roles of this organization are being migrated. Try again when that is over."
    ActRoleGone "act.roleGone" "Nothing was changed: the role that {email} was invited as can’t be given any more. Choose another one under “Change role”."
    ActBusy "act.busy" "Something is already being done with {email}."
    ActInBox "act.inBox" "What was withdrawn and not sent again is in the box above."

    ChangeSignedOut "change.signedOut" "Your session has ended."
    ChangeSignedIn "change.signedIn" "You are signed in as {name} now."
    ChangeSwitched "change.switched" "You are in {organization} now."
    ChangeRemoved "change.removed" "You are no longer a member of {organization}, or it was deleted."
    ChangeRenamed "change.renamed" "{before} is called {after} now."
    ChangeRightLost "change.rightLost" "You may no longer manage invitations in {organization}."
    ChangeRightGained "change.rightGained" "You may manage invitations in {organization} now."
    ChangeMigrationOver "change.migrationOver" "The migration of the roles is over. Invitations can be sent again."

    SeatsTitle "seats.title" "Seats"
    SeatsLimited "seats.limited" "{members} and {pending} of {seats}"
    SeatsUnlimited "seats.unlimited" "{members} and {pending}"
    SeatsFull "seats.full" "No seat is left. To invite more people, revoke an invitation, remove a member or get more seats."

    ErrorUnreachable "error.unreachable" "Clerk could not be reached. Check your connection."
    ErrorNoAnswer "error.noAnswer" "Clerk did not answer in time."
    ErrorFailing "error.failing" "Clerk has trouble at the moment. Try again in a minute."
    ErrorFailingStatus "error.failingStatus" "Clerk has trouble at the moment (HTTP status {status}). Try again in a minute."
    ErrorUnproved "error.unproved" "Clerk’s answer did not confirm it."
    ErrorSignedOut "error.signedOut" "Your session has ended. Sign in again."
    ErrorMoved "error.moved" "Another organization has become active meanwhile."
    ErrorTooMany "error.tooMany" "Clerk has had too many requests from here. Wait a minute, then try again."
    ErrorUnexpected "error.unexpected" "Clerk’s answer could not be understood. Reload the page, then try again."
    ReasonAlreadyInvited "reason.alreadyInvited" "An invitation to this address is already pending."
    ReasonAlreadyMember "reason.alreadyMember" "This person is already a member."
    ReasonBatchTooBig "reason.batchTooBig" "These are too many addresses for one go."
    ReasonSeatsNeeded "reason.seatsNeeded" "All paid seats are taken. Buy more seats, then invite again."
    ReasonFull "reason.full" "The organization is full: members and pending invitations have reached its maximum."
    ReasonAddressBlocked "reason.addressBlocked" "This application does not allow this address. Its allow list, its block list or its rule about addresses with a + forbids it."
    ReasonNoPermission "reason.noPermission" "You may no longer manage the members of this organization."
    ReasonNotMember "reason.notMember" "You are no longer a member of this organization."
    ReasonOrganizationGone "reason.organizationGone" "This organization is gone, or you can no longer see it."
    ReasonRoleGone "reason.roleGone" "This role does not exist any more. Choose another one."
    ReasonInvitationsOff "reason.invitationsOff" "This organization does not take invitations. That is a setting in the Clerk Dashboard."
    ReasonOrganizationsOff "reason.organizationsOff" "This application has organizations switched off. That is a setting in the Clerk Dashboard."
    ReasonReverification "reason.reverification" "Clerk wants you to prove once more that it is you. Sign out and in again, then try again."
    ReasonBlocked "reason.blocked" "Clerk’s protection against abuse refused this. Try again later, or from another network."
    ReasonInvitationGone "reason.invitationGone" "This invitation does not exist any more."
    ReasonNotPending "reason.notPending" "This invitation is no longer pending."
    ReasonRoleMigration "reason.roleMigration" "The roles of this organization are being migrated. Try again when that is over."
    ReasonLocked "reason.locked" "The organization is busy with another change. Try again in a moment."
    ReasonNotAnAddress "reason.notAnAddress" "Clerk does not take this for an address."
    ReasonMissing "reason.missing" "Clerk misses a value here."
    ReasonInvalidRole "reason.invalidRole" "This role can’t be given by invitation. Choose another one."
    ReasonInvalidValue "reason.invalidValue" "Clerk does not take this value."
    ReasonExclusive "reason.exclusive" "This person belongs to an organization that allows no other."
    ReasonUnknown "reason.unknown" "Clerk refused without saying why."
}

plurals! {
    Members "members" "{count} member" "{count} members"
    PendingInvitations "pendingInvitations" "{count} pending invitation" "{count} pending invitations"
    Seats "seats" "{count} seat" "{count} seats"
    SeatsLeft "seatsLeft" "{count} seat left." "{count} seats left."
    InviteSendMany "invite.sendMany" "Send {count} invitation" "Send {count} invitations"
    DaysLeft "daysLeft" "{count} day left" "{count} days left"
    DaysLeftAbout "daysLeftAbout" "about {count} day left" "about {count} days left"
    Selected "selected" "{count} selected" "{count} selected"
    SelectAll "selectAll" "Select all {count}" "Select all {count}"
    RevokeCount "revoke.count" "Revoke {count} invitation" "Revoke {count} invitations"
    ResendCount "resend.count" "Resend {count} invitation" "Resend {count} invitations"
    AgainCount "again.count" "Invite {count} person again" "Invite {count} people again"
    AndMore "andMore" "and {count} more" "and {count} more"
    NewsJoined "news.joined" "{count} new" "{count} new"
    CountNew "count.new" "{count} new" "{count} new"
    CountPending "count.pending" "{count} already pending" "{count} already pending"
    CountMembers "count.members" "{count} member" "{count} members"
    CountTwice "count.twice" "{count} twice" "{count} twice"
    CountLooks "count.looks" "{count} to look at" "{count} to look at"
    CountPeople "count.people" "{count} person" "{count} people"
    CountSent "count.sent" "{count} sent" "{count} sent"
    CountRevoked "count.revoked" "{count} revoked" "{count} revoked"
    CountEnded "count.ended" "{count} no longer pending" "{count} no longer pending"
    CountDoubtful "count.doubtful" "{count} in doubt" "{count} in doubt"
    CountLeftOut "count.leftOut" "{count} left out" "{count} left out"
    CountNotRevoked "count.notRevoked" "{count} not revoked" "{count} not revoked"
    CountThere "count.there" "{count} already there" "{count} already there"
    CountFailed "count.failed" "{count} not sent" "{count} not sent"
    CountFound "count.found" "{count} had gone out" "{count} had gone out"
    BatchLeft "batch.left" "about {count} second left" "about {count} seconds left"
    BatchWaits "batch.waits" "Clerk asks for patience. It goes on in {count} second." "Clerk asks for patience. It goes on in {count} seconds."
    TooManyWait "tooManyWait" "Clerk has had too many requests from here. Try again in {count} second." "Clerk has had too many requests from here. Try again in {count} seconds."
}
