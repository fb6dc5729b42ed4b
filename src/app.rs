//! The application: starts a page where it is mounted, and ends it.

use crate::browser::{self, Mount, Unmount, log_error, log_warning, show_crash_message_in};
use crate::clerk::Starter;
use crate::config::{self, ConfigFailure};
use crate::drawing;
use crate::language::{load_words, words_at_start};
use crate::program::{Beginning, Msg, Program, Tasks, fetch_screens};
use std::cell::RefCell;
use std::rc::Rc;

thread_local! {
    /// Starts clerk-js for all pages in the document.
    static STARTER: Rc<Starter> = Rc::default();
}

/// Starts the page where it is mounted, by the HTTP status and the text of its `config.json`.
pub fn start(mount: Mount, status: u16, text: &str) -> Unmount {
    let (config, unknown) = config::read(status, text, browser::parse_json, browser::decode_base64);
    for key in unknown {
        log_warning(&["config.json: ", &*key, " is not a key of this page"].concat());
    }
    match config {
        Ok(config) => draw(Beginning { config: Rc::new(config), mount, starter: STARTER.with(Rc::clone) }),
        Err(failure) => show_setup(mount, failure),
    }
}

/// Begins and draws the page.
pub fn draw(beginning: Beginning) -> Unmount {
    let words = words_at_start(&beginning.mount, beginning.config.locale.as_deref());
    let program = Program::new(beginning, words);
    begin(&program);
    let drawn = Rc::new(RefCell::new(None::<Unmount>));
    let (place, drawing) = (drawn.clone(), program.clone());
    program.spawn(async move {
        // Where it does not arrive, `boot.js` says that the page could not start.
        let Some(draw) = fetch_drawing().await else { return };
        // What Clerk has answered by now is taken in first, and drawn with everything else.
        browser::sleep(0).await;
        place.replace(Some(draw(drawing)));
    });
    Box::new(move || {
        // What is in the form is there again when it is mounted again.
        program.send(Msg::Leaving);
        if let Some(unmount) = drawn.take() {
            unmount();
        }
        program.end();
    })
}

/// Shows why there is no configuration, by code that is fetched for that.
#[inline(never)] // Cold: see xtask/src/cold_code.
fn show_setup(mount: Mount, failure: ConfigFailure) -> Unmount {
    let tasks = Tasks::default();
    let shown = Rc::new(RefCell::new(None::<Unmount>));
    let place = shown.clone();
    tasks.spawn(Box::pin(async move {
        let words = match load_words(&mount, None).await {
            Some(words) => words,
            None => words_at_start(&mount, None),
        };
        let Some(screens) = fetch_screens().await else {
            log_error("config.json is unusable, and the screen that says why is missing.");
            return show_crash_message_in(&mount);
        };
        mount.set_language(&words.locale, words.language.is_rtl);
        mount.show_skeleton(false);
        mount.add_style(screens.style);
        place.replace(Some((screens.show_setup)(mount, words, failure)));
    }));
    Box::new(move || {
        tasks.end();
        if let Some(unmount) = shown.take() {
            unmount();
        }
    })
}

/// Has the page begin, and the words of the reader's language come.
fn begin(program: &Program) {
    let loaded = program.clone();
    program.spawn(async move {
        if let Some(words) = load_words(loaded.mount(), loaded.config().locale.as_deref()).await {
            loaded.send(Msg::WordsLoaded(words));
        }
    });
    program.begin();
}

/// Draws a page where it is mounted.
type Draw = fn(Program) -> Unmount;

/// What draws the page: the code that arrives last at the start. Clerk's answers are taken in while it does.
#[cfg_attr(feature = "split", wasm_split_helpers::wasm_split(drawing, wasm_split_path = crate::program::split))]
fn renderer() -> Draw {
    drawing::draw
}

/// Waits for what draws the page; `None` when it did not arrive.
async fn fetch_drawing() -> Option<Draw> {
    if !browser::later("drawing").await {
        return None;
    }
    let draw = renderer();
    // With the feature the function is async. It waits for nothing: see `program::split`.
    #[cfg(feature = "split")]
    let draw = draw.await;
    Some(draw)
}
