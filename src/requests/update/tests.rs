use super::*;
use crate::domain::testing::now;
use crate::domain::{JoinRequests, Page, PageSize};
use crate::i18n::{Formats, LANGUAGES};
use crate::requests::{Call, call};
use proptest::prelude::*;
use std::cell::{Cell, RefCell};

fn request(name: &str) -> JoinRequest {
    JoinRequest { id: id(name), email: format!("{name}@x.de"), name: None, since: None }
}

fn id(name: &str) -> RequestId {
    RequestId(name.to_owned())
}

/// What Clerk does with the next answer.
#[derive(Clone, Debug)]
enum Does {
    Takes,
    TakesAndLosesTheReply,
    Refuses(Error),
}

/// Clerk with these requests.
#[derive(Default)]
struct Clerk {
    waiting: RefCell<Vec<JoinRequest>>,
    answered: RefCell<Vec<(RequestId, Answer)>>,
    does: RefCell<Vec<Does>>,
    is_unreachable: Cell<bool>,
    /// How many pages were asked for.
    asked: Cell<u32>,
}

impl JoinRequests for Clerk {
    async fn pending_requests(&self, page: u32, rows: u32) -> Result<(Vec<JoinRequest>, u64), Error> {
        self.asked.set(self.asked.get() + 1);
        if self.is_unreachable.get() {
            return Err(Error::Unreachable);
        }
        let waiting = self.waiting.borrow();
        let before = (page as usize - 1) * rows as usize;
        let shown = waiting.iter().skip(before).take(rows as usize).cloned().collect();
        Ok((shown, waiting.len() as u64))
    }

    async fn answer_request(&self, id: &RequestId, answer: Answer) -> Result<(), Error> {
        let does = self.does.borrow_mut().pop().unwrap_or(Does::Takes);
        if let Does::Refuses(error) = does {
            return Err(error);
        }
        let mut waiting = self.waiting.borrow_mut();
        let Some(at) = waiting.iter().position(|request| request.id == *id) else {
            return Err(Error::of(Reason::NotPending));
        };
        waiting.remove(at);
        self.answered.borrow_mut().push((id.clone(), answer));
        if matches!(does, Does::Takes) { Ok(()) } else { Err(Error::NoAnswer) }
    }
}

/// The requests of an organization, and Clerk.
struct Requests {
    model: Model,
    clerk: Clerk,
    words: Words,
}

impl Requests {
    fn of(names: &[&str]) -> Self {
        let clerk = Clerk {
            waiting: RefCell::new(names.iter().map(|name| request(name)).collect()),
            ..Clerk::default()
        };
        Self::with(clerk)
    }

    fn with(clerk: Clerk) -> Self {
        let words = Words::new(LANGUAGES[0], "en", Default::default(), Formats::ENGLISH);
        let mut requests = Self { model: Model::default(), clerk, words };
        requests.send(Msg::Opened);
        requests
    }

    fn step(&mut self, msg: Msg) -> Vec<Effect> {
        update(&mut self.model, msg, &Context { words: &self.words })
    }

    /// Sends a message, has Clerk called, and hands out the effects that are left.
    fn send(&mut self, msg: Msg) -> Vec<Effect> {
        let (mut open, mut left) = (self.step(msg), vec![]);
        while !open.is_empty() {
            match open.remove(0) {
                Effect::Call(asked) => {
                    let answer = now(call(&self.clerk, asked));
                    open.extend(self.step(answer));
                }
                other => left.push(other),
            }
        }
        left
    }

    fn stages(&self) -> Vec<(&str, &Stage)> {
        self.model.jobs.iter().map(|job| (job.request.id.0.as_str(), &job.stage)).collect()
    }

    fn selects(&mut self, names: &[&str]) {
        for name in names {
            self.send(Msg::Selected(Some(id(name)), true));
        }
    }
}

/// What is told, without the signs that keep a value in its own direction.
fn told(effects: &[Effect]) -> Option<String> {
    effects.iter().find_map(|effect| match effect {
        Effect::Toast(toast) => Some(toast.text.replace(['\u{2068}', '\u{2069}'], "")),
        _ => None,
    })
}

#[test]
fn one_is_accepted_at_once_and_declined_after_a_question() {
    let mut requests = Requests::of(&["a", "b"]);
    let effects = requests.send(Msg::Pressed(Answer::Accept, id("a")));
    assert_eq!(told(&effects).as_deref(), Some("a@x.de is now a member."));
    assert!(effects.contains(&Effect::TellJoined));
    assert_eq!(requests.model.waiting(), Some(1));

    assert_eq!(requests.send(Msg::Pressed(Answer::Decline, id("b"))), []);
    assert_eq!(requests.clerk.answered.borrow().len(), 1, "declined without a question");
    requests.send(Msg::Dismissed);
    assert_eq!(requests.model.asking, None);
    requests.send(Msg::Pressed(Answer::Decline, id("b")));
    let effects = requests.send(Msg::Confirmed);
    assert!(!effects.contains(&Effect::TellJoined));
    assert_eq!(*requests.clerk.answered.borrow(), [(id("a"), Answer::Accept), (id("b"), Answer::Decline)]);
    assert_eq!(requests.model.waiting(), Some(0));
}

#[test]
fn a_request_that_is_being_answered_or_was_answered_can_not_be_answered_again() {
    let mut requests = Requests::of(&["a", "b"]);
    let is_over = |requests: &mut Requests| {
        assert_eq!(requests.step(Msg::Pressed(Answer::Accept, id("a"))), []);
        requests.step(Msg::Pressed(Answer::Decline, id("a")));
        assert_eq!(requests.model.asking, None);
        requests.step(Msg::Selected(None, true));
        assert_eq!(requests.model.answerable(), [request("b")]);
    };
    requests.step(Msg::Pressed(Answer::Accept, id("a")));
    is_over(&mut requests);
    requests.step(Msg::Answered(id("a"), Ok(())));
    is_over(&mut requests);
}

#[test]
fn an_answer_about_another_request_leaves_the_one_that_is_on_its_way_alone() {
    for answer in [Ok(()), Err(Error::TooMany { wait: None })] {
        let mut requests = Requests::of(&["a", "b"]);
        requests.step(Msg::Pressed(Answer::Accept, id("a")));
        requests.step(Msg::Pressed(Answer::Accept, id("b")));
        requests.step(Msg::Answered(id("b"), answer));
        assert_eq!(requests.stages(), [("a", &Stage::Sending), ("b", &Stage::Waiting)]);
    }
}

#[test]
fn an_organization_that_is_opened_while_its_requests_are_asked_for_asks_no_second_time() {
    let mut requests = Requests::of(&["a"]);
    assert!(!requests.step(Msg::ReloadPressed).is_empty());
    assert_eq!(requests.step(Msg::Opened), []);
    assert!(!requests.step(Msg::ReloadPressed).is_empty(), "the admin wants it");
}

#[test]
fn the_selected_ones_are_answered_after_a_question_and_told_together() {
    let mut requests = Requests::of(&["a", "b", "c"]);
    assert_eq!(requests.send(Msg::SelectedPressed(Answer::Accept)), []);
    assert_eq!(requests.model.asking, None, "nothing is selected");
    requests.selects(&["a", "c"]);
    requests.send(Msg::SelectedPressed(Answer::Accept));
    let asked = requests.model.asking.clone().expect("a question");
    assert_eq!(asked.requests, [request("a"), request("c")]);
    let effects = requests.send(Msg::Confirmed);
    assert_eq!(told(&effects).as_deref(), Some("2 accepted"));
    assert!(requests.model.selected.is_empty());
    requests.send(Msg::ReloadPressed);
    assert_eq!((requests.model.rows(), requests.model.jobs.len()), (&[request("b")][..], 0));
}

#[test]
fn all_of_the_page_are_selected_and_those_that_left_it_are_not() {
    let mut requests = Requests::of(&["a", "b"]);
    requests.send(Msg::Selected(None, true));
    assert_eq!(requests.model.answerable().len(), 2);
    requests.clerk.waiting.borrow_mut().remove(0);
    requests.send(Msg::ReloadPressed);
    assert_eq!(requests.model.answerable(), [request("b")]);
    requests.send(Msg::Selected(None, false));
    assert_eq!(requests.model.answerable(), []);
}

#[test]
fn the_keyboard_goes_to_the_list_when_the_button_that_was_pressed_goes() {
    let mut requests = Requests::of(&["a"]);
    let focus = Effect::Focus(Focus::to(ids::LIST));
    assert!(requests.send(Msg::Pressed(Answer::Accept, id("a"))).contains(&focus));
}

#[test]
fn a_full_organization_can_still_decline() {
    let mut requests = Requests::of(&["a", "b", "c"]);
    let sends = |name, answer| Effect::Call(Call::Answer(id(name), answer));
    let effects = requests.step(Msg::Pressed(Answer::Accept, id("a")));
    assert!(effects.contains(&sends("a", Answer::Accept)));
    requests.step(Msg::Pressed(Answer::Accept, id("b")));
    requests.step(Msg::Pressed(Answer::Decline, id("c")));
    requests.step(Msg::Confirmed);
    let effects = requests.step(Msg::Answered(id("a"), Err(Error::of(Reason::Full))));
    assert!(effects.contains(&sends("c", Answer::Decline)), "{effects:?}");
    let full = Stage::Done(Outcome::Failed(Error::of(Reason::Full)));
    assert_eq!(requests.stages(), [("a", &full), ("b", &full), ("c", &Stage::Sending)]);
}

#[test]
fn a_lost_reply_is_settled_by_the_list_and_never_sent_again() {
    let mut requests = Requests::of(&["a"]);
    requests.clerk.does.replace(vec![Does::TakesAndLosesTheReply]);
    let effects = requests.send(Msg::Pressed(Answer::Accept, id("a")));
    assert_eq!(requests.stages(), [("a", &Stage::Done(Outcome::Gone))]);
    assert!(!effects.contains(&Effect::TellJoined));
    requests.send(Msg::Pressed(Answer::Accept, id("a")));
    assert_eq!(requests.clerk.answered.borrow().len(), 1);

    let mut requests = Requests::of(&["a"]);
    requests.clerk.does.replace(vec![Does::Refuses(Error::Unreachable)]);
    requests.send(Msg::Pressed(Answer::Accept, id("a")));
    assert_eq!(requests.stages(), [("a", &Stage::Done(Outcome::Failed(Error::Unreachable)))]);
    requests.send(Msg::Pressed(Answer::Accept, id("a")));
    assert_eq!(requests.stages(), [("a", &Stage::Done(Outcome::Answered))]);
}

#[test]
fn a_request_whose_reply_was_lost_is_looked_for_on_all_pages_and_on_no_more() {
    // Clerk lists at most 500 at a time.
    for (count, name, still_waits, pages) in
        [(501, "r0", true, 1), (501, "r500", true, 2), (501, "gone", false, 2), (500, "gone", false, 1)]
    {
        let waiting = (0..count).map(|n| request(&format!("r{n}"))).collect();
        let clerk = Clerk { waiting: RefCell::new(waiting), ..Clerk::default() };
        let checked = now(call(&clerk, Call::Check(id(name), Error::NoAnswer)));
        assert_eq!(checked, Msg::Checked(id(name), Error::NoAnswer, Ok(still_waits)));
        assert_eq!(clerk.asked.get(), pages, "{name} of {count}");
    }
}

#[test]
fn nothing_is_claimed_when_the_list_cannot_be_read_either() {
    let mut requests = Requests::of(&["a"]);
    requests.clerk.does.replace(vec![Does::Refuses(Error::NoAnswer)]);
    requests.clerk.is_unreachable.set(true);
    let effects = requests.send(Msg::Pressed(Answer::Accept, id("a")));
    assert_eq!(requests.stages(), [("a", &Stage::Done(Outcome::Unknown(Error::NoAnswer)))]);
    assert_eq!(told(&effects).as_deref(), Some("1 not answered"));
    assert_eq!(requests.model.waiting(), Some(1));
}

#[test]
fn what_somebody_else_has_answered_is_gone_and_the_next_one_is_sent() {
    let mut requests = Requests::of(&["a", "b"]);
    requests.clerk.waiting.borrow_mut().remove(0);
    requests.selects(&["a", "b"]);
    requests.send(Msg::SelectedPressed(Answer::Accept));
    let effects = requests.send(Msg::Confirmed);
    assert_eq!(
        requests.stages(),
        [("a", &Stage::Done(Outcome::Gone)), ("b", &Stage::Done(Outcome::Answered))]
    );
    assert_eq!(told(&effects).as_deref(), Some("1 accepted, 1 not answered"));
}

#[test]
fn what_is_told_of_several_is_a_warning_only_where_one_was_not_answered() {
    for (first, severity) in
        [(Does::Takes, Severity::Success), (Does::TakesAndLosesTheReply, Severity::Warning)]
    {
        let mut requests = Requests::of(&["a", "b"]);
        requests.clerk.does.replace(vec![first]);
        requests.send(Msg::Selected(None, true));
        requests.send(Msg::SelectedPressed(Answer::Accept));
        let effects = requests.send(Msg::Confirmed);
        let is_so = |effect: &Effect| matches!(effect, Effect::Toast(toast) if toast.severity == severity);
        assert!(effects.iter().any(is_so), "{effects:?}");
    }
}

#[test]
fn too_many_requests_are_waited_out() {
    for (wait, seconds) in [(Some(3), 3), (None, USUAL_WAIT)] {
        let mut requests = Requests::of(&["a", "b", "c"]);
        requests.clerk.does.replace(vec![Does::Refuses(Error::TooMany { wait })]);
        requests.selects(&["a", "b"]);
        requests.send(Msg::SelectedPressed(Answer::Accept));
        assert!(requests.send(Msg::Confirmed).contains(&Effect::ResumeIn(seconds)));
        assert_eq!(requests.stages(), [("a", &Stage::Waiting), ("b", &Stage::Waiting)]);
        // Nor is what the admin answers meanwhile sent before.
        assert_eq!(
            requests.send(Msg::Pressed(Answer::Accept, id("c"))),
            [Effect::Focus(Focus::to(ids::LIST))]
        );
        assert_eq!(told(&requests.send(Msg::Resumed)).as_deref(), Some("3 accepted"));
    }
}

#[test]
fn what_stands_in_the_way_of_all_ends_all_and_a_lost_right_is_told() {
    for (error, is_denied) in [
        (Error::of(Reason::NoPermission), true),
        (Error::of(Reason::Full), false),
        (Error::SignedOut, false),
        (Error::Moved, false),
    ] {
        let mut requests = Requests::of(&["a", "b"]);
        requests.clerk.does.replace(vec![Does::Refuses(error.clone())]);
        requests.selects(&["a", "b"]);
        requests.send(Msg::SelectedPressed(Answer::Accept));
        let effects = requests.send(Msg::Confirmed);
        let failed = Stage::Done(Outcome::Failed(error.clone()));
        assert_eq!(requests.stages(), [("a", &failed), ("b", &failed)], "{error:?}");
        assert_eq!(effects.contains(&Effect::TellDenied), is_denied);
        assert!(told(&effects).is_some());
    }
    let mut requests = Requests::of(&["a"]);
    let question = match &requests.step(Msg::ReloadPressed)[..] {
        [Effect::Call(Call::List(question))] => question.clone(),
        other => panic!("{other:?}"),
    };
    let denied = Err(Error::of(Reason::NoPermission));
    assert_eq!(requests.step(Msg::PageAnswered(question, denied)), [Effect::TellDenied]);
}

#[test]
fn a_page_that_has_emptied_gives_way_to_the_last_one() {
    let names: Vec<_> = (0..11).map(|n| format!("r{n}")).collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    let mut requests = Requests::of(&names);
    let second = PageRequest { page: Page::nearest(2), size: PageSize::Ten };
    requests.send(Msg::PageChosen(second));
    assert_eq!(requests.model.rows(), [request("r10")]);
    requests.send(Msg::Pressed(Answer::Accept, id("r10")));
    requests.send(Msg::ReloadPressed);
    assert_eq!((requests.model.rows().len(), requests.model.page.wanted().page), (10, Page::FIRST));
}

proptest! {
    /// Whatever is pressed, and whatever Clerk does, each request is answered at most once, and what is said to be answered was.
    #[test]
    fn each_request_is_answered_once_and_nothing_is_claimed(
        presses in prop::collection::vec((0usize..4, any::<bool>()), 1..8),
        does in prop::collection::vec(0u8..4, 0..8),
    ) {
        let mut requests = Requests::of(&["a", "b", "c", "d"]);
        let does = does.into_iter().map(|what| match what {
            0 => Does::TakesAndLosesTheReply,
            1 => Does::Refuses(Error::TooMany { wait: None }),
            2 => Does::Refuses(Error::Failing { status: Some(502) }),
            _ => Does::Takes,
        });
        requests.clerk.does.replace(does.collect());
        for (which, accepts) in presses {
            let answer = if accepts { Answer::Accept } else { Answer::Decline };
            requests.send(Msg::Pressed(answer, id(["a", "b", "c", "d"][which])));
            requests.send(Msg::Confirmed);
            requests.send(Msg::Resumed);
        }
        let answered = requests.clerk.answered.borrow();
        for name in ["a", "b", "c", "d"] {
            prop_assert!(answered.iter().filter(|(of, _)| *of == id(name)).count() <= 1);
        }
        for job in requests.model.jobs.iter().filter(|job| job.stage == Stage::Done(Outcome::Answered)) {
            prop_assert!(answered.contains(&(job.request.id.clone(), job.answer)));
        }
    }
}
