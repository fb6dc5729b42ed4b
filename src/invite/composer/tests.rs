use super::reading::{FIRST_SLICE, SLICE};
use super::*;
use crate::addresses::{Cause, Doubt, Meaning, ParsedAddress, Parser, TableColumn, TableSummary};
use crate::domain::known_people::Reading;
use crate::domain::role::MANAGE;
use crate::domain::{EmailProblem, Error, InvitationId, Permission, Problem, Reason, RoleKey, Seats, Status};
use crate::feedback::{FocusWhen, Severity, Speech, Toast, ToastAction};
use crate::files::{Encoding, FileProblem, FileText, ReadFile};
use crate::invite::encode_box;
use crate::invite::entry::{Entry, Source};
use crate::invite::import::{Import, ImportId, ImportMsg};
use crate::invite::model::{Editing, Grant};
use crate::invite::testing::{Form, KEY, key, roles, sent};
use crate::invite::update::{Msg, Step};
use crate::invite::verdict::Verdict;
use crate::outbox::{Action, Job, JournalEntry, Origin, Outcome, Task, journal};

fn focus(id: impl Into<String>) -> Effect {
    Effect::Focus(Focus::to(id))
}

fn id(name: &str) -> InvitationId {
    InvitationId(name.to_owned())
}

/// So many addresses: `a0@x.de` and so on.
fn many(count: usize) -> String {
    (0..count).map(|at| format!("a{at}@x.de\n")).collect()
}

fn has_gone_out(job: &Job) -> Outcome {
    let email = job.task.email.as_str();
    Outcome::Sent(crate::domain::testing::invitation(email, Status::Pending))
}

fn failed(_: &Job) -> Outcome {
    Outcome::Missing(crate::domain::Error::NoAnswer)
}

/// `has_gone_out` for all addresses but one.
fn failed_for(address: &str) -> impl Fn(&Job) -> Outcome {
    move |job| if job.task.email.as_str() == address { failed(job) } else { has_gone_out(job) }
}

fn states(form: &Form) -> Vec<&EntryState> {
    form.model.composer.entries.all().iter().map(|entry| &entry.state).collect()
}

// Reading texts.

#[test]
fn a_separator_behind_an_address_makes_an_entry_of_it() {
    for typed in ["a@x.de,", "a@x.de;", "a@x.de\t", "a@x.de ", "a@x.de\n", "Ada <a@x.de>,"] {
        let mut form = Form::new();
        form.type_text(&typed[..typed.len() - 1]);
        assert!(form.texts().is_empty(), "{typed:?}");
        form.type_text(typed);
        assert_eq!((form.texts(), form.model.text.as_str()), (vec!["a@x.de"], ""), "{typed:?}");
    }
}

#[test]
fn a_blank_behind_what_is_no_address_is_part_of_the_text() {
    let mut form = Form::new();
    form.type_text("Ada ");
    assert_eq!((form.texts().len(), form.model.text.as_str()), (0, "Ada "));
    assert_eq!(form.model.email_problem, None);
}

#[test]
fn a_text_that_is_no_address_becomes_an_entry_that_wants_a_look() {
    let mut form = Form::new();
    form.type_text("ada.x.de");
    assert_eq!(form.enter(false), [Effect::ShowText(String::new())]);
    assert_eq!((form.texts(), form.model.text.as_str()), (vec!["ada.x.de"], ""));
    assert_eq!(*form.verdict(0), Verdict::NotAnAddress(EmailProblem::NoAt));
    form.type_text("ada@x, bob@x.de,");
    assert_eq!(form.texts(), ["ada.x.de", "ada@x", "bob@x.de"]);
    assert_eq!(*form.verdict(1), Verdict::NotAnAddress(EmailProblem::BadDomain));
}

#[test]
fn enter_on_a_text_reads_it_and_enter_on_an_empty_box_sends() {
    let mut form = Form::new();
    form.type_text("a@x.de");
    assert_eq!(sent(&form.enter(false)), None);
    assert_eq!((form.texts(), form.model.text.as_str()), (vec!["a@x.de"], ""));
    assert_eq!(sent(&form.enter(false)), Some(vec!["a@x.de"]));
}

#[test]
fn enter_with_control_sends_the_text_in_the_box_as_well() {
    let mut form = Form::with("a@x.de");
    form.type_text("b@x.de");
    assert_eq!(sent(&form.enter(true)), Some(vec!["a@x.de", "b@x.de"]));
    // A text that is no address is kept, and keeps nothing else back.
    let mut form = Form::with("a@x.de");
    form.type_text("b@");
    assert_eq!(sent(&form.enter(true)), Some(vec!["a@x.de"]));
    assert_eq!((form.texts(), form.model.text.as_str()), (vec!["a@x.de", "b@"], ""));
}

/// A form whose code is still being fetched.
fn early() -> Form {
    let mut form = Form::new();
    form.is_later_here = false;
    form
}

#[test]
fn what_is_typed_and_pressed_before_the_code_has_arrived_is_carried_out_in_order() {
    let mut form = early();
    form.type_text("a@x.de");
    form.enter(false);
    form.type_text("b@x.de");
    form.send(Msg::BoxLeft);
    form.type_text("c@x.de, d");
    assert_eq!((form.model.unread.as_str(), form.model.text.as_str()), ("a@x.de\nb@x.de\n", "c@x.de, d"));
    assert_eq!(sent(&form.later_arrives()), None);
    assert_eq!((form.texts(), form.model.text.as_str()), (vec!["a@x.de", "b@x.de", "c@x.de"], "d"));
    assert_eq!(form.model.unread, "");
}

#[test]
fn a_press_of_send_sends_nothing_that_is_typed_before_the_code_has_arrived() {
    let presses: [fn(&mut Form) -> Vec<Effect>; 3] =
        [Form::press_send, |form| form.enter(true), |form| [form.enter(false), form.enter(false)].concat()];
    for press in presses {
        let mut form = early();
        form.type_text("a@x.de");
        press(&mut form);
        form.type_text("b@x.de, c");
        assert_eq!(sent(&form.later_arrives()), Some(vec!["a@x.de"]));
        assert_eq!((form.texts(), form.model.text.as_str()), (vec!["a@x.de", "b@x.de"], "c"));
    }
}

#[test]
fn enter_in_an_empty_box_sends_nothing_that_is_typed_before_the_code_has_arrived() {
    let mut form = early();
    form.enter(false);
    form.type_text("a@x.de");
    form.enter(false);
    form.type_text("b");
    assert_eq!(sent(&form.later_arrives()), None);
    assert_eq!((form.texts(), form.model.text.as_str()), (vec!["a@x.de"], "b"));
    assert_eq!(form.model.email_problem, None, "the box is no longer empty");
}

#[test]
fn what_is_pasted_does_not_run_together_with_what_is_typed_before_the_code_has_arrived() {
    for msg in [
        Msg::TextBrought("x.de, bob@x.de".to_owned()),
        Msg::RichTextBrought { number: 7, text: String::new() },
    ] {
        let mut form = early();
        form.type_text("ada@");
        form.send(msg);
        form.type_text("cy");
        if form.later_arrives().contains(&Effect::ReadFiles(7)) {
            form.compose(ComposerMsg::TextBrought("x.de, bob@x.de".to_owned()));
        }
        assert_eq!((form.texts(), form.model.text.as_str()), (vec!["ada@x.de", "bob@x.de"], "cy"));
    }
}

#[test]
fn a_text_with_markup_is_kept_like_any_other_until_the_code_has_arrived() {
    let mut form = early();
    form.send(Msg::RichTextBrought { number: 7, text: "x@x.de".to_owned() });
    assert_eq!(form.model.unread, "x@x.de\n");
    form.later_arrives();
    form.compose(ComposerMsg::TextBrought("x@x.de".to_owned()));
    assert_eq!((form.model.unread.as_str(), form.texts()), ("", vec!["x@x.de"]));
}

#[test]
fn a_beginning_is_kept_when_a_second_text_is_pasted_before_the_first_is_read() {
    let mut form = Form::new();
    form.type_text("ada@x.de");
    form.send(Msg::RichTextBrought { number: 1, text: String::new() });
    form.send(Msg::RichTextBrought { number: 2, text: String::new() });
    for text in ["b@x.de", "c@x.de"] {
        form.compose(ComposerMsg::TextBrought(text.to_owned()));
    }
    assert_eq!(form.texts(), ["ada@x.de", "b@x.de", "c@x.de"]);
}

#[test]
fn what_is_pasted_is_read_together_with_the_beginning_in_the_box() {
    let mut form = Form::new();
    form.type_text("ada@");
    form.paste("x.de, bob@x.de");
    assert_eq!(form.texts(), ["ada@x.de", "bob@x.de"]);
    // An address that is complete is no beginning.
    form.type_text("cy@x.de");
    form.paste("dee@x.de");
    assert_eq!(form.texts(), ["ada@x.de", "bob@x.de", "cy@x.de", "dee@x.de"]);
    assert_eq!(form.model.text, "");
}

#[test]
fn a_text_that_was_in_the_box_leaves_it_at_once_when_another_one_is_pasted() {
    let shows = Effect::ShowText(String::new());
    let mut form = Form::new();
    assert!(!form.paste("a@x.de").contains(&shows), "the box was empty");
    form.type_text("ada@");
    assert!(form.paste("x.de").contains(&shows));
}

#[test]
fn a_file_is_read_and_one_that_is_no_text_is_named() {
    let mut form = Form::new();
    assert_eq!(form.compose(ComposerMsg::FilesBrought(7)), [Effect::ReadFiles(7)]);
    let table = "email,role\na@x.de,org:admin\nb@x.de,\n".to_owned();
    let file = |name: &str, content| ReadFile { name: name.to_owned(), content };
    let text = FileText { text: table, encoding: Encoding::Western, is_certain: false };
    let files = vec![file("p.png", Err(FileProblem::Picture)), file("t.csv", Ok(text))];
    form.compose(ComposerMsg::FilesRead(files));
    assert_eq!(form.texts(), ["a@x.de", "b@x.de"]);
    assert_eq!(form.model.composer.entries.all()[0].role.as_deref(), Some("org:admin"));
    assert_eq!(form.model.composer.unreadable, [("p.png".to_owned(), FileProblem::Picture)]);
    assert_eq!(form.model.composer.guessed, [("t.csv".to_owned(), Encoding::Western)]);
    form.compose(ComposerMsg::TextBrought("c@x.de".to_owned()));
    assert!(form.model.composer.unreadable.is_empty() && form.model.composer.guessed.is_empty());
}

#[test]
fn a_link_fills_the_form_and_sends_nothing() {
    let mut form = Form::new();
    let effects =
        form.send(Msg::LinkOpened { people: "a@x.de,b@x.de".to_owned(), role: Some(key("org:guest")) });
    assert_eq!((sent(&effects), form.texts()), (None, vec!["a@x.de", "b@x.de"]));
    let given = |form: &Form| form.model.role(form.roles.as_ref()).cloned();
    assert_eq!(given(&form), Some(key("org:guest")));
    // A role that the organization does not have is not given.
    form.send(Msg::LinkOpened { people: String::new(), role: Some(key("org:owner")) });
    assert_eq!(given(&form), Some(key("org:member")));
}

#[test]
fn a_link_is_told_of_until_all_that_it_has_brought_is_taken_out() {
    let is_told = |form: &Form| form.model.composer.is_from_link;
    let mut form = Form::new();
    form.send(Msg::LinkOpened { people: String::new(), role: Some(key("org:guest")) });
    assert!(!is_told(&form), "it has brought nobody");
    form.send(Msg::LinkOpened { people: "a@x.de,b@x.de".to_owned(), role: None });
    form.compose(ComposerMsg::Removed(form.id("a@x.de")));
    assert!(is_told(&form));
    form.compose(ComposerMsg::Removed(form.id("b@x.de")));
    assert!(!is_told(&form));
    form.paste("c@x.de, d@x.de");
    form.compose(ComposerMsg::Removed(form.id("c@x.de")));
    assert!(!is_told(&form), "what is left was pasted");
}

#[test]
fn a_long_text_is_read_in_slices_between_which_the_browser_can_draw() {
    let mut form = Form::new();
    let effects = form.step(ComposerMsg::TextBrought(many(2 * SLICE + 22)));
    let [Effect::ContinueImport, Effect::LookUp(_)] = *effects else { panic!("{effects:?}") };
    assert_eq!(form.texts().len(), SLICE);
    assert!(form.model.composer.is_importing());
    assert_eq!(form.step(ComposerMsg::ImportContinued), [Effect::ContinueImport]);
    assert_eq!(form.texts().len(), 2 * SLICE);
    assert_eq!(form.step(ComposerMsg::ImportContinued), [Effect::ContinueImport], "to judge them");
    assert_eq!(form.texts().len(), 2 * SLICE + 22);
    assert!(!form.model.composer.is_importing());
    assert_eq!(form.step(ComposerMsg::ImportContinued), [], "it is looked up once");
    assert_eq!(form.model.composer.verdicts.new, 2 * SLICE as u64 + 22);
}

#[test]
fn what_a_look_up_says_of_many_addresses_is_judged_in_a_task_of_its_own() {
    let mut form = Form::new();
    let reading = form.step(ComposerMsg::TextBrought(many(SLICE + 1)));
    let Some(Effect::LookUp(lookup)) = reading.last().cloned() else { panic!("{reading:?}") };
    form.serve(vec![Effect::ContinueImport]);
    let before = form.model.composer.verdicts.clone();
    let found = crate::domain::testing::now(crate::domain::known_people::look_up(&form.clerk, lookup));
    let effects = form.step(ComposerMsg::LookedUp(lookup, found));
    assert!(effects.contains(&Effect::ContinueImport), "{effects:?}");
    assert_eq!(form.model.composer.verdicts, before);
}

#[test]
fn whether_a_very_long_text_is_a_table_is_found_out_in_a_slice_of_its_own() {
    let mut form = Form::new();
    let people = 10 * SLICE;
    assert_eq!(form.step(ComposerMsg::TextBrought(many(people))), [Effect::ContinueImport]);
    assert_eq!(form.step(ComposerMsg::ImportContinued), [Effect::ContinueImport]);
    assert!(form.texts().is_empty() && form.model.composer.is_importing());
    let reading = form.step(ComposerMsg::ImportContinued);
    assert!(
        matches!(*reading, [Effect::ContinueImport, Effect::LookUp(_)]),
        "Clerk answers meanwhile: {reading:?}"
    );
    assert_eq!(form.texts().len(), FIRST_SLICE, "these are drawn");
    form.serve(reading);
    assert_eq!(form.model.composer.verdicts.new, people as u64);
}

#[test]
fn a_text_of_eight_thousand_bytes_is_read_at_once_and_a_longer_one_after_the_browser_has_drawn() {
    let padded = |bytes: usize| format!("{:<bytes$}", "a@x.de");
    for (text, read_at_once) in [(padded(8 * 1024), 1), (padded(8 * 1024 + 1), 0)] {
        let mut form = Form::new();
        form.step(ComposerMsg::TextBrought(text));
        assert_eq!(form.texts().len(), read_at_once);
    }
}

#[test]
fn behind_a_full_page_of_entries_a_text_is_read_in_full_slices() {
    let mut form = Form::with(&many(50));
    form.step(ComposerMsg::TextBrought(many(10 * SLICE)));
    form.step(ComposerMsg::ImportContinued);
    form.step(ComposerMsg::ImportContinued);
    assert_eq!(form.texts().len(), 50 + SLICE);
}

#[test]
fn send_that_is_pressed_while_a_long_text_with_few_addresses_is_read_sends_them() {
    let mut form = Form::new();
    let reading = form.step(ComposerMsg::TextBrought([many(20), "\n".repeat(9_000)].concat()));
    assert_eq!(form.press_send(), []);
    assert_eq!(sent(&form.serve(reading)).map(|sent| sent.len()), Some(20));
}

#[test]
fn send_that_is_pressed_while_a_text_is_read_waits_for_the_end_of_the_text() {
    let mut form = Form::new();
    let reading = form.step(ComposerMsg::TextBrought(many(2 * SLICE + 22)));
    assert_eq!(form.press_send(), []);
    assert!(form.model.composer.waits_to_send());
    let effects = form.serve(reading);
    assert_eq!(sent(&effects).map(|sent| sent.len()), Some(2 * SLICE + 22));
    assert!(!form.model.composer.waits_to_send());
    // It is one press: what is read later is not sent.
    form.end_run(has_gone_out);
    assert_eq!(sent(&form.compose(ComposerMsg::TextBrought(many(3)))), None);
}

#[test]
fn what_stands_behind_the_cursor_stays_typed() {
    let mut form = Form::new();
    form.send(Msg::TextTyped { text: "a@x.de,bob".to_owned(), cursor: Some(7) });
    assert_eq!((form.texts(), form.model.text.as_str()), (vec!["a@x.de"], "bob"));
    form.type_text("b@x.de; c@x");
    assert_eq!((form.texts(), form.model.text.as_str()), (vec!["a@x.de", "b@x.de"], "c@x"));
}

#[test]
fn a_word_and_an_address_with_only_a_comma_between_them_may_be_one_address() {
    let mut form = Form::new();
    form.type_text("jane,");
    form.type_text("doe@x.de");
    form.enter(false);
    assert_eq!(form.texts(), ["jane,doe@x.de"]);
    assert!(matches!(form.verdict(0), Verdict::Doubtful(Doubt { cause: Cause::Comma, .. })));
    // With a blank, after another entry, or behind a name they are two.
    for (typed, then, expected) in
        [("rick, ", "roe@x.de", ["rick", "roe@x.de"]), ("ada@x.de,", "kim@x.de", ["ada@x.de", "kim@x.de"])]
    {
        let mut form = Form::new();
        form.type_text(typed);
        let typed = [form.model.text.as_str(), then].concat();
        form.type_text(&typed);
        form.enter(false);
        assert_eq!(form.texts(), expected);
    }
}

#[test]
fn a_word_and_a_comma_belong_to_nothing_that_comes_behind_another_entry() {
    let mut form = Form::new();
    form.type_text("jane,");
    form.paste("b@x.de");
    form.type_text("doe@x.de");
    form.enter(false);
    assert_eq!(form.texts(), ["jane", "b@x.de", "doe@x.de"]);
}

#[test]
fn nothing_is_read_while_a_word_is_being_composed() {
    let mut form = Form::new();
    form.send(Msg::TextTyped { text: "a@x.de、".to_owned(), cursor: None });
    assert_eq!((form.texts().len(), form.model.text.as_str()), (0, "a@x.de、"));
}

#[test]
fn leaving_the_box_reads_what_is_in_it() {
    let mut form = Form::new();
    let left = crate::invite::update::update(&mut form.model, Msg::BoxLeft);
    assert_eq!(left, [], "an empty box fetches no code");
    for (typed, text) in [("a@x.de", "a@x.de"), ("broken", "broken")] {
        form.type_text(typed);
        form.send(Msg::BoxLeft);
        assert_eq!((form.texts().last(), form.model.text.as_str()), (Some(&text), ""));
    }
}

#[test]
fn a_table_that_is_pasted_does_not_run_together_with_what_is_typed() {
    let mut form = Form::new();
    form.type_text("ada");
    form.paste("email,role\nb@x.de,guest\n");
    assert_eq!(form.texts(), ["ada", "b@x.de"]);
}

// Sending.

#[test]
fn send_begins_a_run_with_what_can_be_sent() {
    let mut form = Form::with("a@x.de, Bob <b@x.de>, a@x.de, broken@x, c@gmial.com");
    let effects = form.press_send();
    let [Effect::Toast(None), Effect::Send(tasks)] = effects.as_slice() else { panic!("{effects:?}") };
    let said = Speech::Outcome("2 addresses need a fix and were not sent.".to_owned());
    assert!(form.said.contains(&said), "{:?}", form.said);
    assert_eq!(sent(&effects), Some(vec!["a@x.de", "b@x.de"]));
    assert!(tasks.iter().all(|task| task.action == Action::Invite && task.was_free && task.row.is_none()));
    assert!(tasks.iter().all(|task| task.role == key("org:member")));
    // A second press does nothing until that run has ended.
    assert_eq!(form.press_send(), []);
}

#[test]
fn a_press_of_send_that_leaves_nothing_out_speaks_of_no_fix() {
    let mut form = Form::with("a@x.de");
    form.said.clear();
    assert!(sent(&form.press_send()).is_some());
    assert_eq!(form.said, []);
}

#[test]
fn a_form_without_an_address_says_so() {
    let mut form = Form::new();
    assert_eq!(form.press_send(), [focus(ids::EMAIL)]);
    assert_eq!(form.model.email_problem, Some(FieldProblem::Missing));
}

#[test]
fn a_form_in_which_nothing_can_be_sent_says_so() {
    let mut form = Form::new();
    form.clerk.joined("a@x.de");
    form.clerk.invited("old", "b@x.de", Status::Pending);
    form.compose(ComposerMsg::TextBrought("a@x.de, b@x.de".to_owned()));
    assert_eq!(form.press_send(), [focus(ids::EMAIL)]);
    assert_eq!(form.model.email_problem, Some(FieldProblem::NothingToSend));
    // What the admin does next clears that.
    form.compose(ComposerMsg::Removed(form.id("a@x.de")));
    assert_eq!(form.model.email_problem, None);
}

#[test]
fn a_role_must_be_chosen_unless_each_entry_names_its_own() {
    let mut form = Form::with("a@x.de");
    form.roles = Some(roles(None));
    assert_eq!(form.press_send(), [focus(ids::ROLE)]);
    assert!(form.model.lacks_role);
    form.send(Msg::RoleChosen(key("org:guest")));
    assert!(!form.model.lacks_role);
    assert_eq!(sent(&form.press_send()), Some(vec!["a@x.de"]));

    let mut form = Form::new();
    form.roles = Some(roles(None));
    form.compose(ComposerMsg::TextBrought("email,role\na@x.de,org:guest\n".to_owned()));
    assert_eq!(sent(&form.press_send()), Some(vec!["a@x.de"]));
}

#[test]
fn a_role_that_is_chosen_in_an_empty_form_fetches_no_code() {
    let choose =
        |form: &mut Form| crate::invite::update::update(&mut form.model, Msg::RoleChosen(key("org:guest")));
    let judges = [Effect::Compose(ComposerMsg::InputChanged { is_list: false })];
    assert_eq!(choose(&mut Form::new()), []);
    assert_eq!(choose(&mut Form::with("a@x.de")), judges);
    // A table in which nobody was found is still told of.
    let (mut form, _) = with_table(&[], &[]);
    assert_eq!(choose(&mut form), judges);
}

#[test]
fn an_address_that_another_run_is_at_work_on_is_left_out() {
    let mut form = Form::with("a@x.de, b@x.de");
    let busy = form.tasks()[0].clone();
    form.start_run(Origin::List, vec![Task { row: Some(id("a")), ..busy }]);
    assert_eq!(sent(&form.press_send()), Some(vec!["b@x.de"]));

    let mut form = Form::with("A@x.de");
    let busy = form.tasks()[0].clone();
    form.start_run(Origin::List, vec![busy]);
    assert_eq!(form.press_send(), [focus(ids::EMAIL)]);
    assert_eq!(form.model.email_problem, Some(FieldProblem::Busy("A@x.de".to_owned())));
}

#[test]
fn each_role_that_allows_much_is_asked_about_with_who_gets_it_and_given_only_on_confirmation() {
    let mut form = with_strong_roles();
    assert_eq!(form.press_send(), []);
    let question = form.model.composer.question.clone().expect("a question");
    let grant = |role: &str, person: &str| Grant { role: key(role), people: vec![person.to_owned()] };
    assert_eq!(question.grants, [grant("org:admin", "a@x.de"), grant("org:lead", "b@x.de")]);
    assert_eq!(question.tasks.len(), 3);
    assert_eq!(form.compose(ComposerMsg::GrantDismissed), []);
    assert_eq!(form.model.composer.question, None);
    assert_eq!(sent(&form.compose(ComposerMsg::GrantConfirmed)), None, "there is no question any more");
    form.press_send();
    assert_eq!(sent(&form.compose(ComposerMsg::GrantConfirmed)), Some(vec!["b@x.de", "a@x.de", "c@x.de"]));
    assert_eq!(form.model.composer.question, None);
}

/// Two people at roles that allow much, and one at a harmless one.
fn with_strong_roles() -> Form {
    let mut form = Form::new();
    let manage = Permission { key: MANAGE.to_owned(), name: "Manage members".to_owned() };
    let guest = form.roles.as_mut().expect("roles").all.last_mut().expect("a role");
    (guest.key, guest.name, guest.permissions) = (key("org:lead"), "Lead".to_owned(), vec![manage]);
    let table = "email,role\nb@x.de,org:lead\na@x.de,org:admin\nc@x.de,org:member\n";
    form.compose(ComposerMsg::TextBrought(table.to_owned()));
    form
}

#[test]
fn entries_for_which_there_is_no_seat_are_not_sent() {
    let mut form = Form::new();
    form.seats = Some(Seats { members: 3, pending: 1, most: std::num::NonZeroU64::new(6) });
    form.compose(ComposerMsg::TextBrought(many(3)));
    assert_eq!(*form.verdict(2), Verdict::NoSeat);
    assert_eq!(sent(&form.press_send()), Some(vec!["a0@x.de", "a1@x.de"]));
}

#[test]
fn a_pending_invitation_is_sent_anew_only_when_the_admin_wants_that() {
    let mut form = Form::new();
    form.clerk.invited("old", "a@x.de", Status::Pending);
    form.compose(ComposerMsg::TextBrought("a@x.de, b@x.de".to_owned()));
    let entry = form.id("a@x.de");
    form.compose(ComposerMsg::ResendChosen(entry, true));
    form.compose(ComposerMsg::ResendChosen(entry, false));
    assert_eq!(form.model.composer.verdicts.sendable, 1);
    form.compose(ComposerMsg::ResendChosen(entry, true));
    let effects = form.press_send();
    let Some(Effect::Send(tasks)) = effects.last() else { panic!("{effects:?}") };
    assert_eq!(tasks[0].action, Action::Replace(id("old")));
    assert!(!tasks[0].was_free);
    assert_eq!(tasks[1].action, Action::Invite);
}

#[test]
fn enter_with_control_reads_the_text_although_a_run_is_on_its_way() {
    let mut form = Form::with("a@x.de");
    form.press_send();
    form.type_text("b@x.de");
    assert_eq!(sent(&form.enter(true)), None);
    assert_eq!((form.texts(), form.model.text.as_str()), (vec!["a@x.de", "b@x.de"], ""));
}

#[test]
fn the_template_names_the_columns_and_the_role_that_is_chosen() {
    let effects = Form::new().compose(ComposerMsg::TemplatePressed);
    let [Effect::Download(table)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(table, "email,role,name\r\nada@example.com,org:member,Ada Lovelace\r\n");
}

// Moving among the entries.

#[test]
fn the_keyboard_walks_from_the_empty_box_over_the_entries_and_back() {
    let mut form = Form::with("a@x.de, b@x.de, c@x.de");
    let [a, b, c] = ["a@x.de", "b@x.de", "c@x.de"].map(|text| form.id(text));
    let mut walk = |from, step| form.compose(ComposerMsg::Walked(from, step));
    assert_eq!(walk(None, Step::Last), [focus(entry_id(c))]);
    assert_eq!(walk(Some(c), Step::Previous), [focus(entry_id(b))]);
    assert_eq!(walk(Some(b), Step::First), [focus(entry_id(a))]);
    assert_eq!(walk(Some(a), Step::Previous), [focus(entry_id(a))], "in front of the first there is nothing");
    assert_eq!(walk(Some(a), Step::Next), [focus(entry_id(b))]);
    assert_eq!(walk(Some(c), Step::Next), [focus(ids::EMAIL)]);
    assert_eq!(walk(Some(a), Step::Box), [focus(ids::EMAIL)]);
}

#[test]
fn the_keyboard_walks_only_over_what_is_drawn() {
    let mut form = Form::with(&many(60));
    form.compose(ComposerMsg::Walked(None, Step::Last));
    assert_eq!(form.model.composer.current, Some(form.id("a49@x.de")));
    let mut form = Form::with("a@x.de, b@gmial.com, c@x.de");
    form.compose(ComposerMsg::OnlyToFixChosen(true));
    form.compose(ComposerMsg::Walked(None, Step::Last));
    assert_eq!(form.model.composer.current, Some(form.id("b@gmial.com")));
}

#[test]
fn the_keyboard_arrives_at_the_entry_that_it_has_left_else_at_the_last_one() {
    let form = Form::with("a@x.de, b@x.de, c@x.de");
    let [a, b, c] = ["a@x.de", "b@x.de", "c@x.de"].map(|text| form.id(text));
    let shown = form.model.composer.shown();
    for (left, arrives) in [(Some(a), a), (Some(b), b), (None, c), (Some(c + 1), c)] {
        assert_eq!(shown.tab_stop(left), Some(arrives));
    }
    assert_eq!(Form::new().model.composer.shown().tab_stop(None), None);
}

#[test]
fn backspace_goes_to_the_entry_before_and_delete_to_the_next_one() {
    let mut form = Form::with("a@x.de, b@x.de, c@x.de, d@x.de");
    let [a, b, c, d] = ["a@x.de", "b@x.de", "c@x.de", "d@x.de"].map(|text| form.id(text));
    let goes_to = |effects: Vec<Effect>, id| assert!(effects.contains(&focus(id)), "{effects:?}");
    goes_to(form.compose(ComposerMsg::RemovedBackwards(c)), entry_id(b));
    goes_to(form.compose(ComposerMsg::Removed(a)), entry_id(b));
    goes_to(form.compose(ComposerMsg::RemovedBackwards(b)), entry_id(d));
    goes_to(form.compose(ComposerMsg::Removed(d)), ids::EMAIL.to_owned());
}

#[test]
fn all_entries_are_shown_again_once_none_is_held_back() {
    let mut form = Form::with("a@x.de, b@gmial.com");
    form.compose(ComposerMsg::OnlyToFixChosen(true));
    form.compose(ComposerMsg::DomainUsed(form.id("b@gmial.com"), "gmail.com".to_owned()));
    assert!(!form.model.composer.only_to_fix);
}

#[test]
fn stop_ends_the_run_of_the_form_and_not_one_of_the_list() {
    let mut form = Form::with("a@x.de, b@x.de");
    let other = form.tasks()[0].clone();
    form.start_run(Origin::List, vec![other]);
    assert_eq!(form.compose(ComposerMsg::StopPressed), [focus(ids::SEND)]);
    form.press_send();
    let run = form.outbox.sending().map(|run| run.id).expect("a run");
    assert_eq!(form.compose(ComposerMsg::StopPressed), [focus(ids::SEND), Effect::Stop(run)]);
}

// Entries.

#[test]
fn each_element_that_gets_the_focus_back_has_an_id_of_its_own() {
    let [one, two] = [1, 2].map(ImportId);
    let ids = [entry_id(1), entry_id(2), change_id(one), change_id(two), column_id(1), column_id(2)];
    assert_eq!(std::collections::HashSet::from(ids).len(), 6);
}

#[test]
fn a_removed_entry_leaves_the_keyboard_on_the_next_one() {
    let mut form = Form::with("a@x.de, b@x.de");
    let (first, second) = (form.id("a@x.de"), form.id("b@x.de"));
    let effects = form.compose(ComposerMsg::Removed(first));
    assert_eq!(effects, [offers_undo(1), focus(entry_id(second))]);
    let effects = form.compose(ComposerMsg::Removed(second));
    assert_eq!(effects, [offers_undo(1), focus(ids::EMAIL)]);
    assert!(form.texts().is_empty());
}

/// So many entries were taken out, and can be had back.
fn offers_undo(count: u32) -> Effect {
    let text =
        if count == 1 { "Removed 1 address.".to_owned() } else { format!("Removed {count} addresses.") };
    let action = Some(ToastAction::Undo);
    Effect::Toast(Some(Toast { action, ..Toast::new(Severity::Info, text) }))
}

#[test]
fn what_was_taken_out_last_comes_back_to_its_places() {
    let mut form = Form::with("a@x.de, b@gmial.com, c@x.de, d@gmial.com");
    let ids = ["b@gmial.com", "d@gmial.com"].map(|text| form.id(text)).to_vec();
    form.compose(ComposerMsg::AllRemoved(ids));
    assert_eq!(form.texts(), ["a@x.de", "c@x.de"]);
    assert_eq!(form.compose(ComposerMsg::UndoPressed), [focus(ids::EMAIL)]);
    assert_eq!(form.texts(), ["a@x.de", "b@gmial.com", "c@x.de", "d@gmial.com"]);
    assert_eq!(form.model.composer.to_fix(), 2);
    form.compose(ComposerMsg::UndoPressed);
    assert_eq!(form.texts().len(), 4, "it comes back once");
    // What was sent since does not come back to be sent again.
    form.compose(ComposerMsg::Removed(form.id("a@x.de")));
    form.press_send();
    form.compose(ComposerMsg::UndoPressed);
    assert_eq!(form.texts().len(), 3);
}

#[test]
fn the_sum_of_the_verdicts_is_read_out_when_it_changes() {
    let mut form = Form::with("a@x.de");
    assert_eq!(form.said.pop(), Some(Speech::State("1 new".to_owned())));
    form.said.clear();
    form.compose(ComposerMsg::Reached(form.id("a@x.de")));
    assert_eq!(form.said, []);
    form.paste("b@gmial.com");
    assert_eq!(form.said.pop(), Some(Speech::State("1 new, 1 to fix".to_owned())));
}

#[test]
fn the_sum_is_read_out_neither_when_it_stays_the_same_nor_when_the_form_is_not_on_screen() {
    let mut form = Form::with("a@x.de");
    form.said.clear();
    form.compose(ComposerMsg::InputChanged { is_list: false });
    form.is_current = false;
    form.paste("b@x.de");
    assert_eq!((form.model.composer.verdicts.new, form.said), (2, vec![]));
}

#[test]
fn all_entries_are_taken_out_at_once() {
    let mut form = Form::with("a@x.de, broken@x");
    form.compose(ComposerMsg::OnlyToFixChosen(true));
    assert!(form.model.composer.only_to_fix);
    assert_eq!(form.compose(ComposerMsg::Cleared), [offers_undo(2), focus(ids::EMAIL)]);
    assert!(form.texts().is_empty() && !form.model.composer.only_to_fix);
}

#[test]
fn an_entry_is_edited_in_its_place() {
    let mut form = Form::with("a@x.de, Bob <b@x.de>, c@x.de");
    let entry = form.id("b@x.de");
    let editing =
        |text: &str| Editing { id: entry, text: text.to_owned(), role: Some("org:guest".to_owned()) };
    assert_eq!(form.compose(ComposerMsg::Edited(editing("b"))), [focus(ids::EDITOR)]);
    assert_eq!(form.compose(ComposerMsg::Edited(editing("bee@x.de"))), [], "the keyboard is there already");
    assert_eq!(form.compose(ComposerMsg::EditTaken), [focus(entry_id(entry))]);
    assert_eq!(form.texts(), ["a@x.de", "bee@x.de", "c@x.de"]);
    let edited = &form.model.composer.entries.all()[1];
    assert_eq!((edited.name.as_deref(), edited.role.as_deref()), (Some("Bob"), Some("org:guest")));
    assert_eq!(form.model.composer.editing, None);
    // Left as it was.
    form.compose(ComposerMsg::Edited(editing("x")));
    assert_eq!(form.compose(ComposerMsg::EditLeft), [focus(entry_id(entry))]);
    assert_eq!(form.texts(), ["a@x.de", "bee@x.de", "c@x.de"]);
    assert_eq!(form.compose(ComposerMsg::EditTaken), [], "nothing is being edited");
}

/// Puts another text in the place of the first entry's.
fn edit_first(form: &mut Form, text: &str) {
    let id = form.model.composer.entries.all()[0].id;
    form.compose(ComposerMsg::Edited(Editing { id, text: text.to_owned(), role: None }));
    form.compose(ComposerMsg::EditTaken);
}

#[test]
fn an_entry_is_edited_into_an_address_with_a_name() {
    let mut form = Form::with("a@x.de");
    edit_first(&mut form, "Bob <bob@x.de>");
    assert_eq!((form.texts(), form.verdict(0)), (vec!["bob@x.de"], &Verdict::New));
    assert_eq!(form.model.composer.entries.all()[0].name.as_deref(), Some("Bob"));
}

#[test]
fn a_letter_that_only_looks_like_another_one_is_doubted_although_it_was_typed() {
    let mut form = Form::with("a@x.de");
    edit_first(&mut form, "mi\u{212a}e@x.de");
    assert!(matches!(form.verdict(0), Verdict::Doubtful(Doubt { cause: Cause::Lookalike('\u{212a}'), .. })));
}

#[test]
fn an_entry_that_is_edited_into_several_keeps_the_first_in_its_place() {
    let mut form = Form::with("a@x.de, b@x.de");
    let role = Some("org:guest".to_owned());
    let editing = Editing { id: form.id("a@x.de"), text: "c@x.de, d@x.de".to_owned(), role };
    form.compose(ComposerMsg::Edited(editing));
    form.compose(ComposerMsg::EditTaken);
    assert_eq!(form.texts(), ["c@x.de", "b@x.de", "d@x.de"]);
    let roles = form.model.composer.entries.all().iter().map(|entry| entry.role.as_deref());
    assert_eq!(roles.collect::<Vec<_>>(), [Some("org:guest"), None, Some("org:guest")]);
}

#[test]
fn an_entry_that_is_edited_into_nothing_is_taken_out() {
    let mut form = Form::with("a@x.de, b@x.de");
    form.compose(ComposerMsg::Edited(Editing { id: form.id("a@x.de"), text: " ".to_owned(), role: None }));
    form.compose(ComposerMsg::EditTaken);
    assert_eq!(form.texts(), ["b@x.de"]);
}

#[test]
fn an_edit_that_changes_nothing_keeps_a_wish_to_resend_and_forgets_a_failure() {
    let mut form = Form::new();
    form.clerk.invited("old", "a@x.de", Status::Pending);
    form.compose(ComposerMsg::TextBrought("a@x.de, b@x.de".to_owned()));
    form.compose(ComposerMsg::ResendChosen(form.id("a@x.de"), true));
    form.press_send();
    form.end_run(failed_for("b@x.de"));
    form.compose(ComposerMsg::TextBrought("a@x.de".to_owned()));
    form.compose(ComposerMsg::ResendChosen(form.id("a@x.de"), true));
    for text in ["a@x.de", "b@x.de"] {
        let id = form.id(text);
        form.compose(ComposerMsg::Edited(Editing { id, text: text.to_owned(), role: None }));
        form.compose(ComposerMsg::EditTaken);
    }
    assert_eq!(form.texts(), ["b@x.de", "a@x.de"]);
    assert_eq!(states(&form), [&EntryState::Draft, &EntryState::Resend]);
    // Another address is another matter.
    let id = form.id("a@x.de");
    form.compose(ComposerMsg::Edited(Editing { id, text: "c@x.de".to_owned(), role: None }));
    form.compose(ComposerMsg::EditTaken);
    assert_eq!(states(&form), [&EntryState::Draft, &EntryState::Draft]);
}

#[test]
fn a_mistyped_domain_is_replaced_or_confirmed() {
    let mut form = Form::with("a@gmial.com, b@gmial.com");
    assert_eq!(*form.verdict(0), Verdict::Mistyped("gmail.com".to_owned()));
    let (first, second) = (form.id("a@gmial.com"), form.id("b@gmial.com"));
    let effects = form.compose(ComposerMsg::DomainUsed(first, "gmail.com".to_owned()));
    assert_eq!(effects, [focus(entry_id(first))]);
    form.compose(ComposerMsg::TextConfirmed(second));
    assert_eq!(form.texts(), ["a@gmail.com", "b@gmial.com"]);
    assert_eq!((form.verdict(0), form.verdict(1)), (&Verdict::New, &Verdict::New));
}

// Doubts.

fn doubtful(text: &str, cause: Cause, offer: Option<&str>) -> ParsedAddress {
    let doubt = Doubt { cause, offer: offer.map(str::to_owned) };
    ParsedAddress { doubt: Some(doubt), ..ParsedAddress::of_text(text.to_owned()) }
}

/// A form with an entry for each of these.
fn with_parsed(parsed: impl IntoIterator<Item = ParsedAddress>) -> Form {
    let mut form = Form::new();
    for parsed in parsed {
        form.model.composer.entries.add(parsed, Source::Typed, KEY);
    }
    form.compose(ComposerMsg::InputChanged { is_list: false });
    form
}

#[test]
fn what_may_mean_another_address_is_not_sent_before_the_admin_has_looked() {
    let mut form = with_parsed([
        doubtful("-rick@x.de", Cause::Edge, Some("rick@x.de")),
        doubtful("jane@x.de. au", Cause::Blank, Some("jane@x.de.au")),
        ParsedAddress::of_text("good@x.de".to_owned()),
    ]);
    assert!(matches!(form.verdict(0), Verdict::Doubtful(Doubt { cause: Cause::Edge, .. })));
    assert_eq!((form.model.composer.verdicts.to_review, form.model.composer.verdicts.new), (2, 1));
    assert_eq!(sent(&form.press_send()), Some(vec!["good@x.de"]));
    assert_eq!(
        form.model.composer.entries.all()[0].parsed().doubt.map(|doubt| doubt.cause),
        Some(Cause::Edge)
    );
}

#[test]
fn a_doubt_is_settled_by_the_offer_or_by_a_word_that_the_text_is_right() {
    let mut form = with_parsed([
        doubtful("-rick@x.de", Cause::Edge, Some("rick@x.de")),
        doubtful("-mia@x.de", Cause::Edge, Some("mia@x.de")),
    ]);
    let (first, second) = (form.id("-rick@x.de"), form.id("-mia@x.de"));
    assert_eq!(form.compose(ComposerMsg::OfferUsed(first)), [focus(entry_id(first))]);
    assert_eq!(form.compose(ComposerMsg::TextConfirmed(second)), [focus(entry_id(second))]);
    assert_eq!(sent(&form.press_send()), Some(vec!["rick@x.de", "-mia@x.de"]));
}

#[test]
fn what_can_be_no_address_and_what_was_damaged_can_not_be_said_to_be_right() {
    let mut form = with_parsed([
        doubtful("jane@x.de. au", Cause::Blank, None),
        doubtful("j\u{c3}\u{b6}rg@x.de", Cause::Damaged, None),
    ]);
    for text in ["jane@x.de. au", "j\u{c3}\u{b6}rg@x.de"] {
        form.compose(ComposerMsg::TextConfirmed(form.id(text)));
    }
    assert_eq!(sent(&form.press_send()), None);
    assert_eq!(form.model.composer.verdicts.to_review, 2);
}

#[test]
fn a_doubtful_entry_takes_nothing_from_the_same_address_that_is_certain() {
    let form = with_parsed([
        ParsedAddress { role: Some("admin".to_owned()), ..doubtful("a@x.de", Cause::Example, None) },
        ParsedAddress::of_text("a@x.de".to_owned()),
    ]);
    assert!(matches!(form.verdict(0), Verdict::Doubtful(_)));
    assert_eq!(form.verdict(1), &Verdict::New);
}

#[test]
fn a_doubt_is_settled_by_what_is_typed_in_its_place_and_not_by_another_role() {
    let edit = |form: &mut Form, text: &str, role: Option<&str>| {
        let id = form.model.composer.entries.all()[0].id;
        let role = role.map(str::to_owned);
        form.compose(ComposerMsg::Edited(Editing { id, text: text.to_owned(), role }));
        form.compose(ComposerMsg::EditTaken);
    };
    let mut form = with_parsed([doubtful("-rick@x.de", Cause::Edge, Some("rick@x.de"))]);
    edit(&mut form, "-rick@x.de", Some("org:guest"));
    assert!(matches!(form.verdict(0), Verdict::Doubtful(_)));
    edit(&mut form, "-rick2@x.de", None);
    assert_eq!((form.texts(), form.verdict(0)), (vec!["-rick2@x.de"], &Verdict::New));
}

#[test]
fn another_spelling_of_a_gmail_address_that_clerk_has_is_pointed_out_and_can_be_sent() {
    let mut form = Form::new();
    form.clerk.joined("invented.person.4711@gmail.com");
    form.clerk.joined("in.vented@x.de");
    form.clerk.invited("old", "some.body@googlemail.com", Status::Pending);
    let typed = "inventedperson4711@gmail.com, invented.person.4711@googlemail.com, somebody+x@gmail.com, \
        invented@x.de, another@gmail.com, invented.person.4711@gmail.com";
    form.compose(ComposerMsg::TextBrought(typed.to_owned()));
    let same = |at: usize| match form.verdict(at) {
        Verdict::SameMailbox(same) => (same.address.as_str(), same.is_member),
        other => panic!("{other:?}"),
    };
    assert_eq!(same(0), ("invented.person.4711@gmail.com", true));
    assert_eq!(same(1), ("invented.person.4711@gmail.com", true));
    assert_eq!(same(2), ("some.body@googlemail.com", false));
    assert_eq!((form.verdict(3), form.verdict(4)), (&Verdict::New, &Verdict::New));
    assert!(matches!(form.verdict(5), Verdict::Member(_)));
    assert_eq!(form.model.composer.verdicts.new, 5);
    assert_eq!(sent(&form.press_send()).map(|sent| sent.len()), Some(5));
}

#[test]
fn another_spelling_of_an_address_hides_nothing_that_the_entry_needs() {
    let mut form = Form::new();
    form.clerk.joined("invented.person.4711@gmail.com");
    form.paste("email,role\ninventedperson4711@gmail.com,Owner\n");
    assert_eq!(form.verdict(0), &Verdict::UnknownRole("Owner".to_owned()));
    assert_eq!(form.model.composer.to_fix(), 1);
}

// Roles in a file.

fn requesting(text: &str, role: &str) -> ParsedAddress {
    let role = Some(role.to_owned()).filter(|role| !role.is_empty());
    ParsedAddress { role, ..ParsedAddress::of_text(text.to_owned()) }
}

#[test]
fn all_unknown_roles_are_settled_by_one_act() {
    let people = || {
        let of = [
            ("jane@x.de", "Developer"),
            ("jane@x.de", "Owner"),
            ("rick@x.de", "Developer "),
            ("mia@x.de", "guest"),
        ];
        with_parsed(of.map(|(text, role)| requesting(text, role)))
    };
    let mut form = people();
    let unknown = |form: &Form| form.model.composer.verdicts.unknown_roles.clone();
    assert_eq!(unknown(&form), [("Developer".to_owned(), 2), ("Owner".to_owned(), 1)]);
    assert_eq!(form.model.composer.verdicts.to_review, 2);
    let effects = form.compose(ComposerMsg::UnknownRolesSettled(Some(key("org:member"))));
    assert_eq!((effects, unknown(&form)), (vec![focus(ids::SEND)], vec![]));
    let roles = |form: &mut Form| -> Vec<_> { form.tasks().into_iter().map(|task| task.role.0).collect() };
    assert_eq!(roles(&mut form), ["org:member", "org:member", "org:guest"]);
    assert_eq!(form.verdict(1), &Verdict::Twice);
    // Or by the role that is chosen for all.
    let mut form = people();
    form.send(Msg::RoleChosen(key("org:guest")));
    form.compose(ComposerMsg::UnknownRolesSettled(None));
    assert_eq!(roles(&mut form), ["org:guest", "org:guest", "org:guest"]);
}

#[test]
fn different_roles_for_the_same_person_are_asked_about_in_any_order() {
    for roles in [["admin", "member"], ["member", "admin"]] {
        let mut form = with_parsed([requesting("jane@x.de", roles[0]), requesting("Jane@X.de", roles[1])]);
        let several = vec![key("org:admin"), key("org:member")];
        assert_eq!((form.verdict(0), form.verdict(1)), (&Verdict::SeveralRoles(several), &Verdict::Twice));
        assert_eq!(sent(&form.press_send()), None);
        let first = form.id("jane@x.de");
        let effects = form.compose(ComposerMsg::RoleSettled(first, key("org:member")));
        assert_eq!(effects, [focus(entry_id(first))]);
        assert_eq!((form.verdict(0), form.verdict(1)), (&Verdict::New, &Verdict::Twice));
        let given: Vec<_> = form.tasks().into_iter().map(|task| task.role.0).collect();
        assert_eq!(given, ["org:member"]);
    }
}

#[test]
fn an_edit_takes_a_role_from_all_entries_of_the_person() {
    let mut form = with_parsed([requesting("a@x.de", "org:guest"), requesting("a@x.de", "org:guest")]);
    let id = form.id("a@x.de");
    form.compose(ComposerMsg::Edited(Editing { id, text: "a@x.de".to_owned(), role: None }));
    form.compose(ComposerMsg::EditTaken);
    assert!(form.model.composer.entries.all().iter().all(|entry| entry.role.is_none()));
}

#[test]
fn a_person_without_a_role_is_requested_with_the_one_for_all() {
    let mut form = with_parsed([requesting("jane@x.de", "admin"), requesting("jane@x.de", "")]);
    assert!(matches!(form.verdict(0), Verdict::SeveralRoles(_)));
    form.send(Msg::RoleChosen(key("org:admin")));
    assert_eq!(form.verdict(0), &Verdict::New);
    // A role that does not exist here hides no other one.
    let form = with_parsed([requesting("jane@x.de", "admin"), requesting("jane@x.de", "Owner")]);
    assert_eq!(form.verdict(0), &Verdict::UnknownRole("Owner".to_owned()));
}

// Tables that were read.

/// A form with a table from which these addresses were read.
fn with_table(texts: &[&str], left_out: &[&str]) -> (Form, ImportId) {
    let mut form = Form::new();
    let column = |meaning| TableColumn { heading: "Some".to_owned(), sample: String::new(), meaning };
    let parsed = |text: &&str| ParsedAddress::of_text((*text).to_owned());
    let summary = TableSummary {
        columns: [Meaning::Secret, Meaning::Address, Meaning::Ignored].map(column).to_vec(),
        people: texts.len() as u64,
        without_address: 0,
        left_out: left_out.iter().map(parsed).collect(),
        notes: vec![],
    };
    let import = form.model.composer.imports.add_table(Some("team.csv"), summary);
    for text in texts {
        form.model.composer.entries.add(parsed(text), Source::Read(import), KEY);
    }
    form.compose(ComposerMsg::InputChanged { is_list: false });
    (form, import)
}

#[test]
fn a_table_is_told_of_until_its_entries_are_gone() {
    let (mut form, _) = with_table(&["a@x.de", "b@x.de"], &[]);
    form.compose(ComposerMsg::Removed(form.id("a@x.de")));
    assert_eq!(form.model.composer.imports.tables().len(), 1);
    form.compose(ComposerMsg::Removed(form.id("b@x.de")));
    assert!(form.model.composer.imports.tables().is_empty());
    let (mut form, import) = with_table(&["a@x.de"], &[]);
    assert_eq!(form.compose(ComposerMsg::Import(import, ImportMsg::Dismissed)), [focus(ids::EMAIL)]);
    assert_eq!((form.model.composer.imports.tables().len(), form.texts()), (0, vec!["a@x.de"]));
    let (mut form, _) = with_table(&["a@x.de", "broken"], &[]);
    form.press_send();
    assert_eq!(form.model.composer.imports.tables().len(), 1);
    form.end_run(has_gone_out);
    assert!(form.model.composer.imports.tables().is_empty());
    let (mut form, _) = with_table(&["a@x.de"], &[]);
    form.compose(ComposerMsg::Cleared);
    assert!(form.model.composer.imports.tables().is_empty());
}

#[test]
fn letters_of_a_guessed_encoding_want_a_look_and_plain_ones_do_not() {
    let read = |is_certain| {
        let mut form = Form::new();
        let text = "Name,Mail\nJörg,jörg@x.de\nAda,ada@x.de\nÄnne,\n".to_owned();
        let content = Ok(FileText { text, encoding: Encoding::Western, is_certain });
        form.compose(ComposerMsg::FilesRead(vec![ReadFile { name: "team.csv".to_owned(), content }]));
        form
    };
    let mut form = read(false);
    assert!(matches!(form.verdict(0), Verdict::Doubtful(doubt) if doubt.cause == Cause::Guessed));
    assert_eq!(form.verdict(1), &Verdict::New);
    assert!(matches!(form.verdict(2), Verdict::NotAnAddress(_)), "a name alone");
    form.compose(ComposerMsg::TextConfirmed(form.id("jörg@x.de")));
    assert_eq!(form.verdict(0), &Verdict::New);
    assert_eq!(read(true).verdict(0), &Verdict::New);
}

#[test]
fn people_who_were_left_out_are_taken_in_by_one_act() {
    let (mut form, import) = with_table(&["a@x.de"], &["b@x.de", "c@x.de"]);
    let effects = form.compose(ComposerMsg::Import(import, ImportMsg::LeftOutTaken));
    assert_eq!(effects, [focus(change_id(import))]);
    form.compose(ComposerMsg::Import(import, ImportMsg::LeftOutTaken));
    assert_eq!(form.texts(), ["a@x.de", "b@x.de", "c@x.de"]);
}

#[test]
fn the_columns_of_a_table_are_shown_changed_and_left() {
    let (mut form, import) = with_table(&["a@x.de"], &[]);
    let mut on = |msg| form.compose(ComposerMsg::Import(import, msg));
    assert_eq!(on(ImportMsg::ChangePressed), [focus(column_id(1))], "the first one is secret");
    assert_eq!(on(ImportMsg::MeaningChosen(2, Meaning::Role)), []);
    assert_eq!(on(ImportMsg::Cancelled), [focus(change_id(import))]);
    on(ImportMsg::ChangePressed);
    let changing = form.model.composer.imports.changing.clone().expect("a panel");
    assert_eq!(changing.meanings, [Meaning::Secret, Meaning::Address, Meaning::Ignored]);
}

#[test]
fn another_reading_of_a_table_does_not_bring_back_what_the_admin_changed_or_took_out() {
    let (mut form, import) = with_table(&["a@x.de", "b@x.de", "c@gmial.com"], &[]);
    form.compose(ComposerMsg::Removed(form.id("a@x.de")));
    form.compose(ComposerMsg::DomainUsed(form.id("c@gmial.com"), "gmail.com".to_owned()));
    let again = Parser::new("a@x.de\nc@gmial.com\nd@x.de\n".to_owned(), &|_| false);
    form.model.composer.imports.add_again(import, again);
    form.compose(ComposerMsg::ImportContinued);
    assert_eq!(form.texts(), ["b@x.de", "c@gmail.com", "d@x.de"]);
    assert_eq!(form.model.composer.imports.tables().len(), 1);
}

#[test]
fn another_reading_of_a_table_leaves_the_entries_that_come_from_elsewhere() {
    let mut form = Form::with("typed@x.de");
    form.paste("email,role\na@x.de,org:guest\nb@x.de,org:admin\n");
    let import = form.model.composer.imports.tables()[0].id;
    for msg in [ImportMsg::ChangePressed, ImportMsg::Applied] {
        form.compose(ComposerMsg::Import(import, msg));
    }
    assert_eq!(form.texts(), ["typed@x.de", "a@x.de", "b@x.de"]);
}

#[test]
fn a_table_that_is_read_anew_takes_its_own_place_among_several() {
    let mut form = Form::new();
    form.paste("email,role,team\na@x.de,org:guest,Sales\nb@x.de,org:admin,Sales\n");
    form.paste("email,role,team\nc@x.de,org:guest,Sales\nd@x.de,org:admin,Sales\n");
    let ids: Vec<_> = form.model.composer.imports.tables().iter().map(|table| table.id).collect();
    for msg in [ImportMsg::ChangePressed, ImportMsg::MeaningChosen(2, Meaning::Name), ImportMsg::Applied] {
        form.compose(ComposerMsg::Import(ids[0], msg));
    }
    let of_team = |table: &Import| table.summary.columns[2].meaning;
    let meanings: Vec<_> = form.model.composer.imports.tables().iter().map(of_team).collect();
    assert_eq!(meanings, [Meaning::Name, Meaning::Ignored]);
}

// After a run.

#[test]
fn what_has_gone_out_leaves_the_form_and_the_rest_stays_with_the_reason() {
    let outcomes = [
        ("sent", None),
        ("pending", Some(Outcome::Pending)),
        ("revoked", Some(Outcome::Revoked)),
        ("ended", Some(Outcome::NoLongerPending)),
        ("accepted", Some(Outcome::Accepted)),
        ("missing", Some(Outcome::Missing(crate::domain::Error::NoAnswer))),
        ("unknown", Some(Outcome::Unknown(crate::domain::Error::NoAnswer))),
        ("standing", Some(Outcome::NotRevoked(crate::domain::Error::NoAnswer))),
        ("doubtful", Some(Outcome::RevokeUnknown(crate::domain::Error::NoAnswer))),
        ("kept", Some(Outcome::Kept)),
    ];
    let addresses: Vec<_> = outcomes.iter().map(|(name, _)| format!("{name}@x.de")).collect();
    let mut form = Form::with(&addresses.join("\n"));
    form.press_send();
    // What the admin adds meanwhile is not touched.
    form.compose(ComposerMsg::TextBrought("later@x.de".to_owned()));
    let outcome = |job: &Job| {
        let name = job.task.email.as_str().trim_end_matches("@x.de");
        let (_, outcome) = outcomes.iter().find(|(other, _)| *other == name).expect("an outcome");
        outcome.clone().unwrap_or_else(|| has_gone_out(job))
    };
    form.end_run(outcome);
    let stay =
        ["missing", "unknown", "standing", "doubtful", "kept", "later"].map(|name| format!("{name}@x.de"));
    assert_eq!(form.texts(), stay);
    for (entry, (_, outcome)) in form.model.composer.entries.all().iter().zip(&outcomes[5..]) {
        let EntryState::NotSent(result) = &entry.state else { panic!("{entry:?}") };
        assert_eq!(Some(&result.outcome), outcome.as_ref());
    }
    assert_eq!(form.model.composer.entries.all()[5].state, EntryState::Draft);
}

#[test]
fn a_run_that_has_ended_is_told_and_the_list_hears_of_what_was_sent() {
    let mut form = Form::with("a@x.de, b@x.de");
    form.press_send();
    let effects = form.end_run(failed_for("b@x.de"));
    let [Effect::TellSent(told), Effect::Focus(focus)] = effects.as_slice() else { panic!("{effects:?}") };
    // The report stands in the form: it is read out, and no toast says the same.
    assert!(form.said.contains(&Speech::Outcome("1 sent, 1 not sent".to_owned())), "{:?}", form.said);
    assert_eq!((told.as_slice(), focus.to.as_str()), ([id("a@x.de")].as_slice(), ids::EMAIL));
    assert_eq!(form.model.composer.report.as_ref().map(|report| report.jobs.len()), Some(2));
    // The one that was sent is pending now, without a question to Clerk.
    let asked = form.clerk.asked.get();
    form.compose(ComposerMsg::TextBrought("a@x.de".to_owned()));
    assert!(matches!(form.verdict(1), Verdict::Pending(..)));
    assert_eq!(form.clerk.asked.get(), asked);
}

#[test]
fn after_a_run_the_keyboard_goes_to_the_box_only_from_where_the_admin_has_sent() {
    let mut form = Form::with("a@x.de");
    form.press_send();
    let from = [ids::EMAIL, ids::ROLE, ids::SEND].map(str::to_owned).to_vec();
    let focus = Focus { when: FocusWhen::On(from), ..Focus::to(ids::EMAIL) };
    assert!(form.end_run(failed).contains(&Effect::Focus(focus)));
}

#[test]
fn after_a_run_only_what_was_not_sent_is_shown_where_that_is_more_than_one() {
    let mut form = Form::with("a@x.de, b@x.de");
    form.press_send();
    form.end_run(failed_for("b@x.de"));
    assert!(!form.model.composer.only_to_fix, "its reason stands below the box");
    form.paste("c@x.de");
    form.press_send();
    form.end_run(failed);
    assert!(form.model.composer.only_to_fix);
}

#[test]
fn a_report_goes_when_the_admin_types_on_unless_something_was_not_sent() {
    let mut form = Form::with("a@x.de, b@x.de");
    form.press_send();
    form.end_run(has_gone_out);
    assert!(form.model.composer.report.is_some());
    form.type_text("c");
    assert_eq!(form.model.composer.report, None);
    let mut form = Form::with("a@x.de, b@x.de");
    form.press_send();
    form.end_run(failed_for("b@x.de"));
    form.type_text("c");
    assert!(form.model.composer.report.is_some());
}

#[test]
fn a_run_that_ends_when_the_form_is_not_on_screen_moves_no_keyboard() {
    let mut form = Form::with("a@x.de");
    form.press_send();
    form.is_current = false;
    let effects = form.end_run(failed);
    let [Effect::Toast(Some(_)), Effect::TellSent(told)] = effects.as_slice() else { panic!("{effects:?}") };
    assert!(told.is_empty());
    assert_eq!(form.texts(), ["a@x.de"]);
}

#[test]
fn roles_are_read_again_after_a_run_that_could_not_give_one() {
    for reason in [Reason::RoleGone, Reason::RoleMigration] {
        let mut form = Form::with("a@x.de");
        form.press_send();
        let halted = Some(crate::domain::Error::of(reason));
        let effects = form.end_run_early(halted, |_| (Outcome::Kept, false));
        assert!(effects.contains(&Effect::ReloadRoles), "{reason:?}");
    }
}

#[test]
fn what_clerk_refuses_for_good_is_not_sent_again_before_the_admin_has_changed_it() {
    let mut form = Form::with("no@x.de, later@x.de, new@x.de");
    form.press_send();
    form.end_run(|job| match job.task.email.as_str() {
        "no@x.de" => Outcome::Refused(Problem::new("not_allowed_access", None, "")),
        "later@x.de" => Outcome::Missing(Error::Failing { status: Some(503) }),
        _ => has_gone_out(job),
    });
    assert_eq!(form.model.composer.verdicts.sendable, 1, "the button counts what it sends");
    let before = form.model.composer.entries.get(form.id("no@x.de")).cloned();
    assert_eq!(sent(&form.press_send()), Some(vec!["later@x.de"]));
    assert_eq!(form.model.composer.entries.get(form.id("no@x.de")).cloned(), before, "it keeps its reason");
    form.end_run(has_gone_out);
    assert_eq!(sent(&form.press_send()), None);
    let id = form.id("no@x.de");
    form.compose(ComposerMsg::Edited(Editing { id, text: "yes@x.de".to_owned(), role: None }));
    form.compose(ComposerMsg::EditTaken);
    assert_eq!(sent(&form.press_send()), Some(vec!["yes@x.de"]));
}

#[test]
fn a_refused_role_is_tried_again_with_another_one() {
    let mut form = Form::with("a@x.de");
    form.press_send();
    form.end_run(|_| Outcome::Refused(Problem::new("form_param_value_invalid", Some("role"), "")));
    form.send(Msg::RoleChosen(key("org:guest")));
    assert_eq!(sent(&form.press_send()), Some(vec!["a@x.de"]));
}

#[test]
fn a_retry_sends_only_what_has_failed() {
    let mut form = Form::with("a@x.de, b@x.de, c@x.de");
    form.press_send();
    form.end_run(failed_for("b@x.de"));
    form.compose(ComposerMsg::TextBrought("d@x.de".to_owned()));
    assert_eq!(form.model.composer.verdicts.failed, 1);
    assert_eq!(sent(&form.retry()), Some(vec!["b@x.de"]));
    assert_eq!(form.model.composer.report, None);
    assert_eq!(states(&form), [&EntryState::Draft, &EntryState::Draft]);
}

#[test]
fn a_retry_at_another_role_asks_before_it_gives_that_role() {
    let mut form = Form::with("a@x.de");
    form.press_send();
    form.end_run(failed);
    form.send(Msg::RoleChosen(key("org:admin")));
    assert_eq!(sent(&form.retry()), None);
    let asked = form.model.composer.question.iter().flat_map(|question| &question.grants);
    assert_eq!(asked.map(|grant| &grant.role).collect::<Vec<_>>(), [&key("org:admin")]);
    assert_eq!(sent(&form.compose(ComposerMsg::GrantConfirmed)), Some(vec!["a@x.de"]));
    // The admin has agreed to it.
    form.end_run(failed);
    assert_eq!(sent(&form.retry()), Some(vec!["a@x.de"]));
}

#[test]
fn a_retry_asks_about_a_role_that_the_admin_has_not_agreed_to_for_that_address() {
    let mut form = with_strong_roles();
    form.press_send();
    form.compose(ComposerMsg::GrantConfirmed);
    form.end_run(failed);
    assert!(sent(&form.retry()).is_some(), "the admin has agreed to both");
    form.end_run(failed);
    // An invitation that a run of the list has lost comes with a role that the form has never asked about.
    let email = crate::domain::Email::parse("d@x.de", KEY).expect("an address");
    let action = Action::Replace(id("old"));
    let task = Task { email, role: key("org:admin"), action, was_free: false, row: Some(id("old")) };
    form.start_run(Origin::List, vec![task]);
    form.end_run_early(None, |job| (failed(job), true));
    assert_eq!(sent(&form.retry()), None);
    let question = form.model.composer.question.clone().expect("a question");
    assert_eq!(question.grants, [Grant { role: key("org:admin"), people: vec!["d@x.de".to_owned()] }]);
    assert_eq!(sent(&form.compose(ComposerMsg::GrantConfirmed)).map(|sent| sent.len()), Some(4));
}

#[test]
fn a_role_that_was_harmless_when_it_was_sent_is_asked_about_on_a_retry_when_it_is_no_longer() {
    let mut form = Form::with("a@x.de");
    form.press_send();
    form.end_run(failed);
    let member = &mut form.roles.as_mut().expect("roles").all[1];
    member.permissions.push(Permission { key: MANAGE.to_owned(), name: String::new() });
    assert_eq!(sent(&form.retry()), None);
    assert!(form.model.composer.question.is_some());
}

#[test]
fn a_retry_with_nothing_to_send_says_so_and_keeps_the_report() {
    let mut form = Form::with("a@x.de");
    form.press_send();
    form.end_run(failed);
    form.compose(ComposerMsg::Cleared);
    assert_eq!(form.retry(), [focus(ids::EMAIL)]);
    assert_eq!(form.model.email_problem, Some(FieldProblem::NothingToSend));
    assert!(form.model.composer.report.is_some());
}

#[test]
fn what_was_not_sent_is_copied_as_addresses_or_as_a_table_where_more_is_known() {
    let mut form = Form::with("a@x.de, b@x.de, c@x.de");
    form.press_send();
    form.end_run(failed_for("b@x.de"));
    form.compose(ComposerMsg::TextBrought("new@x.de".to_owned()));
    assert_eq!(form.compose(ComposerMsg::CopyPressed), [Effect::Copy("b@x.de".to_owned())]);
    let link = "https://x.de/accept".to_owned();
    assert_eq!(form.compose(ComposerMsg::JoinLinkPressed(link.clone())), [Effect::Copy(link)]);

    let mut form = Form::with("Ada <a@x.de>, b@x.de");
    form.press_send();
    form.end_run(failed);
    let effects = form.compose(ComposerMsg::CopyPressed);
    let [Effect::Copy(table)] = effects.as_slice() else { panic!("{effects:?}") };
    let mut again = Form::with(table);
    again.press_send();
    assert_eq!(again.texts(), ["a@x.de", "b@x.de"]);
    assert_eq!(again.model.composer.entries.all()[0].name.as_deref(), Some("Ada"));
}

#[test]
fn the_role_of_a_person_who_was_not_sent_to_is_copied_and_outlives_the_page() {
    let mut form = Form::with("email,role\na@x.de,org:guest\n");
    form.press_send();
    form.end_run(failed);
    let effects = form.compose(ComposerMsg::CopyPressed);
    let [Effect::Copy(table)] = effects.as_slice() else { panic!("{effects:?}") };
    for again in [Form::with(table), restored(&saved(&mut form))] {
        let entry = &again.model.composer.entries.all()[0];
        assert_eq!((entry.text.as_str(), entry.role.as_deref()), ("a@x.de", Some("org:guest")));
    }
}

#[test]
fn the_outcome_of_each_address_is_offered_as_a_file() {
    let mut form = Form::with("a@x.de, b@x.de");
    assert_eq!(form.compose(ComposerMsg::DownloadPressed), []);
    form.press_send();
    form.end_run(failed_for("b@x.de"));
    let effects = form.compose(ComposerMsg::DownloadPressed);
    let [Effect::Download(table)] = effects.as_slice() else { panic!("{effects:?}") };
    let lines: Vec<_> = table.lines().map(|line| line.split(',').next().unwrap_or_default()).collect();
    assert_eq!(lines, ["email", "a@x.de", "b@x.de"]);
}

#[test]
fn an_invitation_that_a_run_of_the_list_has_lost_goes_into_the_form_once() {
    let resend = |form: &mut Form| {
        let email = crate::domain::Email::parse("a@x.de", KEY).expect("an address");
        let action = Action::Replace(id("old"));
        let task = Task { email, role: key("org:guest"), action, was_free: false, row: Some(id("old")) };
        form.start_run(Origin::List, vec![task]);
    };
    let mut form = Form::with("b@x.de");
    for _ in 0..2 {
        resend(&mut form);
        form.end_run_early(None, |job| (failed(job), true));
        assert_eq!(form.texts(), ["b@x.de", "a@x.de"]);
    }
    let lost = &form.model.composer.entries.all()[1];
    assert_eq!((lost.role.as_deref(), &lost.review), (Some("org:guest"), &Review::Confirmed));
    assert!(matches!(&lost.state, EntryState::NotSent(result) if result.is_revoked));
    // It leaves the form when it is sent from the list after all.
    resend(&mut form);
    form.end_run(has_gone_out);
    assert_eq!(form.texts(), ["b@x.de"]);
    // What a run of the list has left as it was is nothing to the form.
    resend(&mut form);
    form.end_run(failed);
    assert_eq!(form.texts(), ["b@x.de"]);
}

#[test]
fn an_invitation_that_a_run_of_the_list_has_lost_is_sent_from_the_form() {
    let mut form = Form::new();
    form.clerk.invited("old", "a@x.de", Status::Revoked);
    let email = crate::domain::Email::parse("a@x.de", KEY).expect("an address");
    let action = Action::Replace(id("old"));
    let lost = Task { email, role: key("org:guest"), action, was_free: false, row: Some(id("old")) };
    form.start_run(Origin::List, vec![lost]);
    form.end_run_early(None, |job| (failed(job), true));
    let effects = form.press_send();
    let Some(Effect::Send(tasks)) = effects.last() else { panic!("{effects:?}") };
    assert_eq!((tasks.len(), &tasks[0].action, &tasks[0].role), (1, &Action::Invite, &key("org:guest")));
    form.end_run(has_gone_out);
    assert!(form.texts().is_empty());
}

// Known people.

#[test]
fn the_entries_are_being_looked_up_until_clerk_has_answered_or_failed() {
    let brought = || ComposerMsg::TextBrought("a@x.de".to_owned());
    let mut form = Form::new();
    let reading = form.step(brought());
    assert!(form.model.composer.is_looking_up());
    form.serve(reading);
    assert!(!form.model.composer.is_looking_up());
    let mut form = Form::new();
    form.clerk.fails_at.set(2);
    form.compose(brought());
    assert!(!form.model.composer.is_looking_up());
}

#[test]
fn a_form_that_is_emptied_and_filled_again_asks_nothing_again() {
    let mut form = Form::new();
    form.clerk.joined("ada@x.de");
    assert_eq!(form.clerk.asked.get(), 0, "nothing is asked for an empty form");
    form.compose(ComposerMsg::TextBrought("ada@x.de".to_owned()));
    assert_eq!(form.clerk.asked.get(), 3);
    for _ in 0..2 {
        form.compose(ComposerMsg::Cleared);
        form.compose(ComposerMsg::TextBrought("ada@x.de".to_owned()));
        assert_eq!(*form.verdict(0), Verdict::Member("ada@x.de".to_owned()));
    }
    assert_eq!(form.clerk.asked.get(), 3);
}

#[test]
fn a_list_that_has_changed_asks_three_pages_and_nothing_known_is_forgotten_meanwhile() {
    let mut form = Form::new();
    form.clerk.joined("ada@x.de");
    form.clerk.invited("old", "bob@x.de", Status::Pending);
    form.compose(ComposerMsg::TextBrought("ada@x.de, bob@x.de, cy@x.de".to_owned()));
    form.clerk.invited("new", "cy@x.de", Status::Pending);
    form.clerk.asked.set(0);
    let known = |form: &Form| {
        assert!(matches!(form.verdict(0), Verdict::Member(_)));
        assert!(matches!(form.verdict(1), Verdict::Pending(..)));
    };
    let mut open = form.step(ComposerMsg::InputChanged { is_list: true });
    known(&form);
    while let Some(Effect::LookUp(lookup)) = open.pop() {
        let found = crate::domain::testing::now(crate::domain::known_people::look_up(&form.clerk, lookup));
        open = form.step(ComposerMsg::LookedUp(lookup, found));
        known(&form);
    }
    assert_eq!(form.clerk.asked.get(), 3);
    assert!(matches!(form.verdict(2), Verdict::Pending(..)));
}

#[test]
fn a_change_of_the_list_asks_nothing_while_the_form_is_empty() {
    let mut form = Form::with("a@x.de");
    form.compose(ComposerMsg::Cleared);
    form.clerk.asked.set(0);
    assert_eq!(form.send(Msg::ListChanged), []);
    assert_eq!(form.clerk.asked.get(), 0);
    form.compose(ComposerMsg::TextBrought("a@x.de".to_owned()));
    assert_eq!(form.clerk.asked.get(), 3, "what is known may be out of date");
}

#[test]
fn a_change_of_the_roles_judges_the_entries_anew_without_asking() {
    let mut form = Form::new();
    form.compose(ComposerMsg::TextBrought("email,role\na@x.de,org:owner\n".to_owned()));
    assert_eq!(*form.verdict(0), Verdict::UnknownRole("org:owner".to_owned()));
    form.clerk.asked.set(0);
    form.roles.as_mut().expect("roles").all[2].key = key("org:owner");
    form.compose(ComposerMsg::InputChanged { is_list: false });
    assert_eq!((form.verdict(0), form.clerk.asked.get()), (&Verdict::New, 0));
}

#[test]
fn a_look_up_that_has_failed_is_tried_again_when_the_admin_wants_that() {
    let mut form = Form::new();
    form.clerk.joined("ada@x.de");
    form.clerk.fails_at.set(2);
    form.compose(ComposerMsg::TextBrought("ada@x.de".to_owned()));
    assert!(matches!(form.model.composer.people.reading(), Reading::Failed(_)));
    form.compose(ComposerMsg::TextBrought("b@x.de".to_owned()));
    assert_eq!((form.clerk.asked.get(), form.verdict(0)), (2, &Verdict::New));
    form.compose(ComposerMsg::LookUpRetried);
    assert!(matches!(form.verdict(0), Verdict::Member(_)));
}

// After a reload.

/// A form that finds a journal with these addresses, each with the invitation that was to be replaced.
fn reloaded(clerk: impl FnOnce(&Form), journal: &[(&str, Option<&str>)]) -> (Form, Vec<Effect>) {
    let entry = |(email, replaces): &(&str, Option<&str>)| JournalEntry {
        email: (*email).to_owned(),
        role: key("org:guest"),
        replaces: replaces.map(id),
    };
    let entries: Vec<_> = journal.iter().map(entry).collect();
    let mut form = Form::new();
    clerk(&form);
    let effects = form.compose(ComposerMsg::JournalFound(journal::encode(entries.iter())));
    (form, effects)
}

#[test]
fn a_look_up_tells_nothing_of_a_reload_where_no_journal_was_found() {
    assert_eq!(Form::with("a@x.de").model.composer.found, None);
}

#[test]
fn an_invitation_that_has_gone_out_leaves_the_form_at_the_first_look() {
    let (form, effects) = reloaded(
        |form| {
            form.clerk.invited("new", "new@x.de", Status::Pending);
            form.clerk.invited("newer", "resent@x.de", Status::Pending);
            form.clerk.invited("old", "resent@x.de", Status::Revoked);
            form.clerk.joined("joined@x.de");
        },
        &[("New@x.de", None), ("resent@x.de", Some("old")), ("joined@x.de", Some("gone"))],
    );
    assert!(form.texts().is_empty());
    assert_eq!(form.model.composer.found, Some(3));
    // At once what the pending ones tell, then what the members tell; there is nothing to look for any more.
    assert_eq!(effects, [Effect::SaveJournal, Effect::SaveJournal]);
}

#[test]
fn what_was_not_begun_and_what_was_not_sent_stay_after_a_second_look() {
    let (mut form, effects) = reloaded(
        |form| {
            form.clerk.invited("old", "resend@x.de", Status::Pending);
            form.clerk.invited("was", "lost@x.de", Status::Revoked);
        },
        &[("resend@x.de", Some("old")), ("lost@x.de", Some("was")), ("new@x.de", None)],
    );
    assert_eq!(effects, [Effect::LookAgainSoon]);
    assert!(states(&form).iter().all(|state| matches!(state, EntryState::Unsettled(_))));
    assert_eq!(form.compose(ComposerMsg::LookAgain), [Effect::SaveJournal]);
    assert_eq!(form.texts(), ["resend@x.de", "lost@x.de", "new@x.de"]);
    assert_eq!(states(&form), [&EntryState::Resend, &EntryState::Draft, &EntryState::Draft]);
    assert_eq!(form.model.composer.found, Some(0));
    // A press of Send does what was to be done.
    let effects = form.press_send();
    let Some(Effect::Send(tasks)) = effects.last() else { panic!("{effects:?}") };
    let actions: Vec<_> = tasks.iter().map(|task| &task.action).collect();
    assert_eq!(actions, [&Action::Replace(id("old")), &Action::Invite, &Action::Invite]);
    assert!(tasks.iter().all(|task| task.role == key("org:guest")));
}

#[test]
fn what_comes_true_between_the_two_looks_is_believed() {
    let (mut form, effects) = reloaded(
        |form| form.clerk.invited("old", "resend@x.de", Status::Pending),
        &[("resend@x.de", Some("old")), ("new@x.de", None), ("joins@x.de", None), ("never@x.de", None)],
    );
    assert_eq!(effects, [Effect::LookAgainSoon]);
    // The browser has carried the calls out after all.
    form.clerk.invited.borrow_mut()[0].status = Status::Revoked;
    form.clerk.invited("newer", "resend@x.de", Status::Pending);
    form.clerk.invited("new", "new@x.de", Status::Pending);
    form.clerk.joined("joins@x.de");
    let effects = form.compose(ComposerMsg::LookAgain);
    assert!(effects.iter().all(|effect| *effect == Effect::SaveJournal), "there is no third look");
    assert_eq!((form.texts(), form.model.composer.found), (vec!["never@x.de"], Some(3)));
}

#[test]
fn a_change_of_the_list_is_no_second_look() {
    let (mut form, _) = reloaded(|_| {}, &[("a@x.de", None)]);
    form.send(Msg::ListChanged);
    assert!(form.model.composer.entries.unsettled() > 0, "the call may still be on its way");
    form.clerk.invited("new", "a@x.de", Status::Pending);
    form.compose(ComposerMsg::LookAgain);
    assert_eq!((form.texts().len(), form.model.composer.found), (0, Some(1)));
    // All is settled: another look would ask for nothing.
    form.clerk.asked.set(0);
    assert_eq!(form.compose(ComposerMsg::LookAgain), []);
    assert_eq!(form.clerk.asked.get(), 0);
}

#[test]
fn nothing_is_sent_while_it_is_not_known_what_became_of_an_entry() {
    let (mut form, _) = reloaded(|_| {}, &[("a@x.de", None)]);
    form.compose(ComposerMsg::TextBrought("b@x.de".to_owned()));
    assert_eq!(form.press_send(), []);
    assert_eq!(sent(&form.compose(ComposerMsg::LookAgain)), None);
    assert_eq!(sent(&form.press_send()), Some(vec!["a@x.de", "b@x.de"]));
}

#[test]
fn a_look_that_fails_settles_nothing_and_can_be_tried_again() {
    // The first of two looks, and the second: each of their three pages.
    for fails_at in 1..=6 {
        let mut form = Form::new();
        form.clerk.fails_at.set(fails_at);
        let journaled = JournalEntry { email: "a@x.de".to_owned(), role: key("org:guest"), replaces: None };
        let effects = form.compose(ComposerMsg::JournalFound(journal::encode([&journaled].into_iter())));
        if fails_at > 3 {
            assert_eq!(effects, [Effect::LookAgainSoon]);
            form.compose(ComposerMsg::LookAgain);
        }
        assert!(form.model.composer.entries.unsettled() > 0, "{fails_at}");
        assert!(matches!(form.model.composer.people.reading(), Reading::Failed(_)));
        let effects = form.compose(ComposerMsg::LookUpRetried);
        if fails_at > 3 {
            assert_eq!(effects, [Effect::SaveJournal]);
        } else {
            assert_eq!(effects, [Effect::LookAgainSoon]);
            form.compose(ComposerMsg::LookAgain);
        }
        assert_eq!(states(&form), [&EntryState::Draft], "{fails_at}");
    }
}

#[test]
fn an_unsettled_entry_that_the_admin_changes_or_takes_out_leaves_the_journal() {
    let both = [("a@x.de", None), ("b@x.de", None)];
    let (mut form, _) = reloaded(|_| {}, &both);
    let saves = |effects: Vec<Effect>| effects.contains(&Effect::SaveJournal);
    let edit = |form: &mut Form, text: &str| {
        let id = form.id("a@x.de");
        form.compose(ComposerMsg::Edited(Editing { id, text: text.to_owned(), role: None }));
        form.compose(ComposerMsg::EditTaken)
    };
    assert!(!saves(edit(&mut form, "a@x.de")));
    assert!(matches!(states(&form)[0], EntryState::Unsettled(_)), "it is still not known");
    assert!(saves(edit(&mut form, "c@x.de")));
    assert_eq!(states(&form)[0], &EntryState::Draft);
    let (mut form, _) = reloaded(|_| {}, &both);
    assert!(saves(edit(&mut form, "")));
    let removed = form.id("b@x.de");
    assert!(saves(form.compose(ComposerMsg::Removed(removed))));
    assert!(form.texts().is_empty());
}

#[test]
fn a_journal_is_looked_up_although_the_form_has_other_entries() {
    let mut form = Form::with("z@x.de");
    form.clerk.invited("new", "a@x.de", Status::Pending);
    let journaled = JournalEntry { email: "a@x.de".to_owned(), role: RoleKey(String::new()), replaces: None };
    form.compose(ComposerMsg::JournalFound(journal::encode([&journaled].into_iter())));
    assert_eq!((form.texts(), form.model.composer.found), (vec!["z@x.de"], Some(1)));
}

// What outlives the page.

/// What a form saves when the page is left.
fn saved(form: &mut Form) -> String {
    let effects = form.compose(ComposerMsg::Leaving);
    match &effects[..] {
        [Effect::SaveDraft(draft)] => draft.clone(),
        other => panic!("{other:?}"),
    }
}

/// A form that a page opened anew begins with.
fn restored(draft: &str) -> Form {
    let mut form = Form::new();
    form.compose(ComposerMsg::DraftFound(draft.to_owned()));
    form
}

#[test]
fn what_is_in_the_form_outlives_the_page() {
    let mut form = Form::with("Ada <a@x.de>, max@gmial.com, broken@@x, -rick@x.de");
    let mistyped = form.model.composer.entries.all()[1].id;
    form.compose(ComposerMsg::TextConfirmed(mistyped));
    form.send(Msg::RoleChosen(key("org:guest")));
    form.type_text("half@typ");
    let before = form.model.composer.entries.all().to_vec();
    let verdicts = form.model.composer.verdicts.each.clone();

    let form = restored(&saved(&mut form));
    assert_eq!((form.model.text.as_str(), &form.model.picked), ("half@typ", &Some(key("org:guest"))));
    let told = |entries: &[Entry]| -> Vec<_> {
        entries.iter().map(|entry| (entry.parsed(), entry.review.clone(), entry.state.clone())).collect()
    };
    assert_eq!(told(form.model.composer.entries.all()), told(&before));
    assert_eq!(form.model.composer.verdicts.each, verdicts);
}

#[test]
fn that_a_link_has_filled_the_form_outlives_the_page() {
    let mut form = Form::new();
    form.send(Msg::LinkOpened { people: "a@x.de".to_owned(), role: None });
    let mut form = restored(&saved(&mut form));
    assert!(form.model.composer.is_from_link);
    // What is put back behind it changes nothing of that.
    form.compose(ComposerMsg::DraftFound(saved(&mut Form::with("b@x.de"))));
    assert!(form.model.composer.is_from_link);
    assert!(!restored(&saved(&mut Form::with("b@x.de"))).model.composer.is_from_link);
}

#[test]
fn a_form_in_which_nothing_would_be_lost_is_forgotten() {
    assert_eq!(saved(&mut Form::new()), "");
    let mut form = Form::with("a@x.de");
    form.compose(ComposerMsg::Cleared);
    assert_eq!(saved(&mut form), "");
}

#[test]
fn what_a_run_is_at_work_on_is_left_to_the_journal() {
    let mut form = Form::with("a@x.de, b@x.de");
    form.press_send();
    form.paste("c@x.de");
    let form = restored(&saved(&mut form));
    let texts: Vec<_> = form.model.composer.entries.all().iter().map(|entry| entry.text.as_str()).collect();
    assert_eq!(texts, ["c@x.de"]);
}

#[test]
fn a_text_that_is_being_read_is_read_to_its_end_and_not_sent() {
    let mut form = Form::new();
    let many: String = (0..2_000).map(|n| format!("p{n}@x.de\n")).collect();
    form.step(ComposerMsg::TextBrought(many));
    form.step(ComposerMsg::TextEntered { text: String::new(), sends: true });
    assert!(form.model.composer.waits_to_send());
    let effects = form.step(ComposerMsg::Leaving);
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Send(_))), "{effects:?}");
    let Some(Effect::SaveDraft(draft)) = effects.last() else { panic!("{effects:?}") };
    assert_eq!(restored(draft).model.composer.entries.all().len(), 2_000);
}

#[test]
fn what_waits_for_the_code_that_reads_it_outlives_the_page() {
    let mut form = Form::new();
    form.is_later_here = false;
    assert_eq!(encode_box(&form.model), "");
    form.paste("a@x.de, b@x.de");
    form.type_text("c@x.");
    let form = restored(&encode_box(&form.model));
    assert_eq!((form.model.composer.entries.all().len(), form.model.text.as_str()), (2, "c@x."));
}

#[test]
fn what_was_found_and_what_was_typed_since_both_outlive_a_page_that_is_left_at_once() {
    for (was_in_box, texts) in [("b@x.de", &["a@x.de", "c@x.de", "b@x.de"][..]), ("", &["a@x.de", "c@x.de"])]
    {
        let mut form = Form::with("a@x.de");
        form.type_text(was_in_box);
        let draft = saved(&mut form);
        let mut form = Form::new();
        form.is_later_here = false;
        form.model.found = draft.clone();
        assert_eq!(encode_box(&form.model), draft);
        form.paste("c@x.de");
        form.type_text("d@x.");
        form.send(Msg::RoleChosen(key("org:guest")));
        let form = restored(&encode_box(&form.model));
        assert_eq!(form.texts(), texts);
        assert_eq!((form.model.text.as_str(), &form.model.picked), ("d@x.", &Some(key("org:guest"))));
    }
}

#[test]
fn what_was_typed_meanwhile_stays_before_what_is_put_back() {
    let mut form = Form::with("a@x.de");
    form.type_text("b@x.de");
    let draft = saved(&mut form);
    let mut form = Form::new();
    form.type_text("new@x.d");
    form.compose(ComposerMsg::DraftFound(draft));
    assert_eq!((form.model.composer.entries.all().len(), form.model.text.as_str()), (2, "new@x.d"));
}
