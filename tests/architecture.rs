//! Do imports point the right way, does JavaScript stop at its door, and can nothing end the page by a panic?
//!
//! Sources are read as tokens, without comments and strings: enough to see where a path leads, not a Rust parser.

#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::Path;

/// What each layer may use of the crate. What is not named here (and not in [`FREE`]) may not exist.
const LAYERS: &[(&str, &[&str])] = &[
    ("domain", &["domain"]),
    ("json", &["json"]),
    ("config", &["config", "json", "domain"]),
    ("i18n", &["i18n", "json", "domain"]),
    ("browser", &["browser", "domain"]),
    ("clerk", &["clerk", "browser", "config", "domain"]),
    ("hooks", &["hooks", "clerk", "browser", "i18n", "config", "json", "domain"]),
    ("components", &["components", "hooks", "browser", "i18n", "domain"]),
];

/// Where everything comes together.
const FREE: &[&str] = &["pages", "app", "route", "main", "lib"];

/// Where JavaScript's own values are known.
const KNOW_JAVASCRIPT: &[&str] = &["clerk", "browser", "main", "lib"];
const JAVASCRIPT: &[&str] = &["JsValue", "js_sys", "wasm_bindgen"];

/// Crates that the domain does without, by the start of their names.
const NOT_IN_THE_DOMAIN: &[&str] = &["yew", "web_sys", "js_sys", "wasm_bindgen", "gloo"];

const PANICKING_CALLS: &[&str] =
    &["unwrap", "expect", "unwrap_err", "expect_err", "unwrap_throw", "expect_throw"];
const PANICKING_MACROS: &[&str] = &["panic", "unreachable", "todo", "unimplemented"];

/// Something that breaks a rule, and where.
#[derive(Debug, PartialEq)]
struct Fault {
    path: String,
    line: usize,
    what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.what)
    }
}

/// A word or a sign of the source; `::` is one.
struct Token<'a> {
    line: usize,
    text: &'a str,
}

/// The tokens of `text` without comments, white space, lifetimes and what stands in quotes.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let (mut tokens, mut rest, mut line) = (vec![], text, 1);
    while !rest.is_empty() {
        let (length, is_code) = lexeme(rest);
        let (lexeme, behind) = rest.split_at(length);
        if is_code {
            tokens.push(Token { line, text: lexeme });
        }
        line += lexeme.matches('\n').count();
        rest = behind;
    }
    tokens
}

/// The length of what `rest` starts with, and whether it is a token.
fn lexeme(rest: &str) -> (usize, bool) {
    let run = |is_part: fn(char) -> bool| rest.find(|c| !is_part(c)).unwrap_or(rest.len());
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let whole = |length: Option<usize>| (length.unwrap_or(rest.len()), false);
    match rest.chars().next() {
        _ if rest.starts_with("//") => whole(rest.find('\n')),
        _ if rest.starts_with("/*") => whole(block_comment(rest)),
        _ if rest.starts_with("::") => (2, true),
        Some(c) if c.is_whitespace() => (run(char::is_whitespace), false),
        Some('"') => whole(quoted(rest, '"')),
        Some('\'') => {
            let mut behind = rest.chars().skip(1);
            let is_character = behind.next() == Some('\\') || behind.next() == Some('\'');
            if is_character {
                return whole(quoted(rest, '\''));
            }
            (1 + rest[1..].find(|c| !is_word(c)).unwrap_or(rest.len() - 1), false)
        }
        Some(c) if is_word(c) => match raw_string(rest) {
            Some(length) => (length, false),
            None => (run(|c| c.is_alphanumeric() || c == '_'), true),
        },
        Some(c) => (c.len_utf8(), true),
        None => (0, false),
    }
}

/// The length of the block comment that `rest` starts with; such comments nest.
fn block_comment(rest: &str) -> Option<usize> {
    let (mut depth, mut at) = (0, 0);
    loop {
        let next = rest[at..].find("/*").map(|open| at + open);
        let end = at + rest[at..].find("*/")?;
        match next {
            Some(open) if open < end => (depth, at) = (depth + 1, open + 2),
            _ => (depth, at) = (depth - 1, end + 2),
        }
        if depth == 0 {
            return Some(at);
        }
    }
}

/// The length of the text in `quote`s that `rest` starts with.
fn quoted(rest: &str, quote: char) -> Option<usize> {
    let mut is_escaped = false;
    rest.char_indices().skip(1).find_map(|(at, c)| {
        let ends = c == quote && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        ends.then_some(at + 1)
    })
}

/// The length of the raw string that `rest` starts with.
fn raw_string(rest: &str) -> Option<usize> {
    let behind = ["r", "br", "cr"]
        .iter()
        .find_map(|prefix| rest.strip_prefix(prefix).filter(|behind| behind.starts_with(['"', '#'])))?;
    let text = behind.trim_start_matches('#');
    let hashes = behind.len() - text.len();
    let end = ["\"", &"#".repeat(hashes)].concat();
    let closes = text.strip_prefix('"')?.find(&end)?;
    Some(rest.len() - text.len() + 1 + closes + end.len())
}

/// The folder or file right under `src` that `path` belongs to.
fn layer(path: &str) -> &str {
    let below = path.strip_prefix("src/").unwrap_or(path);
    below.split('/').next().unwrap_or(below).trim_end_matches(".rs")
}

/// How many modules deep the module of `path` is; the root of the crate is 0.
fn depth(path: &str) -> i32 {
    let below = path.strip_prefix("src/").unwrap_or(path).trim_end_matches(".rs");
    let names = below.split('/').filter(|name| !matches!(*name, "mod" | "main" | "lib"));
    names.count().try_into().expect("a depth that can be counted")
}

/// The layers that paths in `tokens` lead to, each with its line.
fn destinations<'a>(path: &str, tokens: &[Token<'a>]) -> Vec<(usize, &'a str)> {
    let is =
        |at: Option<usize>, text| at.and_then(|at| tokens.get(at)).is_some_and(|token| token.text == text);
    let (mut found, mut braces, mut inline) = (vec![], 0, vec![]);
    for (at, token) in tokens.iter().enumerate() {
        let here = depth(path) + i32::try_from(inline.len()).expect("a depth that can be counted");
        let is_head = is(Some(at + 1), "::") && !is(at.checked_sub(1), "::");
        match token.text {
            "{" => {
                if is(at.checked_sub(2), "mod") {
                    inline.push(braces);
                }
                braces += 1;
            }
            "}" => {
                braces -= 1;
                inline.pop_if(|opened| *opened == braces);
            }
            "crate" if is(Some(at + 1), "as") => found.push((token.line, "crate")),
            "crate" | "clerk_invitations" if is(Some(at + 1), "::") => {
                reach(tokens, at + 2, 0, &mut found);
            }
            "self" | "super" if is_head => reach(tokens, at, here, &mut found),
            _ => {}
        }
    }
    found
}

/// Follows the part of a path, or of a tree of paths, that starts at `at` in a module of this depth, and notes
/// what it takes from the root of the crate.
fn reach<'a>(tokens: &[Token<'a>], at: usize, depth: i32, found: &mut Vec<(usize, &'a str)>) {
    let Some(token) = tokens.get(at) else { return };
    let leads_on = tokens.get(at + 1).is_some_and(|next| next.text == "::");
    match token.text {
        "{" => branches(tokens, at).into_iter().for_each(|branch| reach(tokens, branch, depth, found)),
        "self" if leads_on => reach(tokens, at + 2, depth, found),
        "super" if leads_on => reach(tokens, at + 2, depth - 1, found),
        text if depth == 0 => found.push((token.line, text)),
        _ => {}
    }
}

/// Where the parts of a group start, which opens at `opens` and has commas between them.
fn branches(tokens: &[Token<'_>], opens: usize) -> Vec<usize> {
    let (mut starts, mut nested) = (vec![], 0);
    for (at, token) in tokens.iter().enumerate().skip(opens) {
        nested += i32::from(token.text == "{") - i32::from(token.text == "}");
        if nested == 0 {
            break;
        }
        let starts_one = at == opens || (nested == 1 && token.text == ",");
        if starts_one && tokens.get(at + 1).is_some_and(|next| next.text != "}") {
            starts.push(at + 1);
        }
    }
    starts
}

/// The parts of `tokens` that are not in a module of tests.
///
/// Such a module is one in the file itself, behind `#[cfg(test)]` or `#[cfg(all(test, ..))]`.
fn shipped<'t, 'a>(tokens: &'t [Token<'a>]) -> Vec<&'t Token<'a>> {
    let (mut kept, mut rest) = (vec![], tokens);
    while let Some((first, behind)) = rest.split_first() {
        match test_module(rest) {
            Some(length) => rest = &rest[length..],
            None => {
                kept.push(first);
                rest = behind;
            }
        }
    }
    kept
}

/// The number of tokens of the test module that `tokens` start with.
fn test_module(tokens: &[Token<'_>]) -> Option<usize> {
    let starts = |wanted: &[&str]| {
        tokens.len() >= wanted.len() && tokens.iter().zip(wanted).all(|(token, text)| token.text == *text)
    };
    let is_test = starts(&["#", "[", "cfg", "(", "test", ")", "]"])
        || starts(&["#", "[", "cfg", "(", "all", "(", "test", ","]);
    let opens = tokens.iter().position(|token| matches!(token.text, "{" | ";"))?;
    let is_module = opens >= 2 && tokens[opens - 2].text == "mod" && tokens[opens].text == "{";
    if !is_test || !is_module {
        return None;
    }
    let mut nested = 0;
    let closes = tokens[opens..].iter().position(|token| {
        nested += i32::from(token.text == "{") - i32::from(token.text == "}");
        nested == 0
    })?;
    Some(opens + closes + 1)
}

/// Imports that point the wrong way.
fn backward(path: &str, tokens: &[Token<'_>]) -> Vec<(usize, String)> {
    let layer = layer(path);
    if FREE.contains(&layer) {
        return vec![];
    }
    let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == layer) else {
        return vec![(1, format!("{layer} is no layer that this test knows: say there what it may use"))];
    };
    let wrong = destinations(path, tokens).into_iter().filter(|(_, name)| !allowed.contains(name));
    wrong.map(|(line, name)| (line, format!("{layer} may not use crate::{name}"))).collect()
}

/// Words that do not belong where they stand.
fn strangers(path: &str, tokens: &[Token<'_>]) -> Vec<(usize, String)> {
    let layer = layer(path);
    let is_stranger = |text: &str| {
        let outside = layer == "domain" && NOT_IN_THE_DOMAIN.iter().any(|start| is_crate(text, start));
        outside || (!KNOW_JAVASCRIPT.contains(&layer) && JAVASCRIPT.contains(&text))
    };
    let strangers = tokens.iter().filter(|token| is_stranger(token.text));
    strangers.map(|token| (token.line, format!("{layer} may not know {}", token.text))).collect()
}

/// Is `word` the crate of that name or one of its family, as `gloo_net` is of `gloo`'s?
fn is_crate(word: &str, family: &str) -> bool {
    word.strip_prefix(family).is_some_and(|more| more.is_empty() || more.starts_with('_'))
}

/// What would end the page instead of being said.
fn panics(tokens: &[Token<'_>]) -> Vec<(usize, String)> {
    let shipped = shipped(tokens);
    let triples = (0..shipped.len()).map(|at| {
        let text = |at: Option<usize>| at.and_then(|at| shipped.get(at)).map_or("", |token| token.text);
        (text(at.checked_sub(1)), shipped[at], text(Some(at + 1)))
    });
    let panicking = triples.filter(|(before, token, behind)| {
        (matches!(*before, "." | "::") && PANICKING_CALLS.contains(&token.text))
            || (*behind == "!" && PANICKING_MACROS.contains(&token.text))
    });
    panicking.map(|(_, token, _)| (token.line, format!("{} can end the page", token.text))).collect()
}

/// All that is wrong with the file at `path` (from the package's folder, with `/`) with this text.
fn faults(path: &str, text: &str) -> Vec<Fault> {
    let tokens = tokens(text);
    let found = [backward(path, &tokens), strangers(path, &tokens), panics(&tokens)].concat();
    found.into_iter().map(|(line, what)| Fault { path: path.to_owned(), line, what }).collect()
}

/// The folders under `src` that have files and no `mod.rs`.
fn folders_without_a_map(paths: &[&str]) -> Vec<String> {
    let above = |path: &str| path.rsplit_once('/').map(|(folder, _)| folder.to_owned());
    let mut folders = BTreeSet::new();
    for path in paths {
        let mut folder = above(path);
        while let Some(name) = folder.filter(|name| name != "src") {
            folder = above(&name);
            folders.insert(name);
        }
    }
    folders.retain(|folder| !paths.contains(&&*format!("{folder}/mod.rs")));
    folders.into_iter().collect()
}

/// The modules that a source declares and keeps in files of their own.
fn declared<'a>(tokens: &[Token<'a>]) -> Vec<&'a str> {
    let modules = tokens.windows(3).filter(|three| three[0].text == "mod" && three[2].text == ";");
    modules.map(|three| three[1].text).collect()
}

/// Every source under `src`: its path from the package's folder, and its text.
fn sources() -> Vec<(String, String)> {
    fn walk(folder: &Path, name: &str, sources: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let own = path.file_name().and_then(|name| name.to_str()).expect("a name in Unicode");
            let name = format!("{name}/{own}");
            if path.is_dir() {
                walk(&path, &name, sources);
            } else if own.ends_with(".rs") {
                sources.push((name, fs::read_to_string(&path).expect("a text")));
            }
        }
    }
    let mut sources = vec![];
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), "src", &mut sources);
    sources.sort();
    sources
}

#[test]
fn the_sources_keep_to_the_architecture() {
    let faults: Vec<_> = sources().iter().flat_map(|(path, text)| faults(path, text)).collect();
    let lines: Vec<_> = faults.iter().map(Fault::to_string).collect();
    assert!(lines.is_empty(), "\n{}", lines.join("\n"));
}

#[test]
fn each_folder_opens_with_its_map() {
    let sources = sources();
    let paths: Vec<_> = sources.iter().map(|(path, _)| &**path).collect();
    assert_eq!(folders_without_a_map(&paths), [""; 0], "a mod.rs is missing");
}

#[test]
fn the_scan_sees_every_module_of_the_crate() {
    let sources = sources();
    let sees = |path: &str| sources.iter().any(|(seen, _)| seen == path);
    for path in ["src/lib.rs", "src/main.rs", "src/domain/mod.rs", "src/domain/email.rs", "src/i18n/mod.rs"] {
        assert!(sees(path), "{path} was not scanned");
    }
    for (path, text) in &sources {
        let folder = match path.rsplit_once('/') {
            Some((folder, "mod.rs" | "lib.rs" | "main.rs")) => folder,
            _ => path.trim_end_matches(".rs"),
        };
        for module in declared(&tokens(text)) {
            let (file, map) = (format!("{folder}/{module}.rs"), format!("{folder}/{module}/mod.rs"));
            assert!(
                sees(&file) || sees(&map),
                "{path} declares {module}; neither {file} nor {map} was scanned"
            );
        }
    }
}

/// The faults of a sample, without its path.
fn said(path: &str, text: &str) -> Vec<String> {
    faults(path, text).into_iter().map(|fault| format!("{}: {}", fault.line, fault.what)).collect()
}

#[test]
fn a_fault_names_its_file_and_line() {
    let found = faults("src/domain/email.rs", "//! Addresses.\n\nuse crate::clerk::Client;\n");
    let lines: Vec<_> = found.iter().map(Fault::to_string).collect();
    assert_eq!(lines, ["src/domain/email.rs:3: domain may not use crate::clerk"]);
}

#[test]
fn each_layer_uses_what_it_may_and_nothing_else() {
    let all =
        ["domain", "config", "i18n", "browser", "clerk", "hooks", "components", "pages", "route", "app"];
    for (layer, allowed) in [
        ("domain", "domain"),
        ("config", "config domain"),
        ("i18n", "i18n domain"),
        ("browser", "browser domain"),
        ("clerk", "clerk domain config browser"),
        ("hooks", "hooks domain config i18n clerk browser"),
        ("components", "components domain i18n hooks browser"),
    ] {
        for other in all {
            let found = said(&format!("src/{layer}/x.rs"), &format!("use crate::{other}::X;"));
            let is_allowed = allowed.split(' ').any(|name| name == other);
            assert_eq!(found.is_empty(), is_allowed, "{layer} and {other}: {found:?}");
        }
    }
    for other in all {
        assert_eq!(said("src/pages/x.rs", &format!("use crate::{other}::X;")), [""; 0]);
    }
}

#[test]
fn a_layer_in_one_file_has_the_same_rule() {
    assert_eq!(said("src/config.rs", "use crate::i18n::Words;"), ["1: config may not use crate::i18n"]);
    assert_eq!(said("src/config.rs", "use super::hooks::use_x;"), ["1: config may not use crate::hooks"]);
}

#[test]
fn an_unknown_layer_needs_a_rule() {
    let unknown = "is no layer that this test knows";
    assert!(said("src/shared/mod.rs", "")[0].contains(unknown));
    assert!(said("src/shared.rs", "")[0].contains(unknown));
}

#[test]
fn no_way_of_writing_an_import_hides_it() {
    for text in [
        "use crate::clerk;",
        "use crate::clerk::{Client, Error};",
        "use crate::{domain::Email, clerk::Client};",
        "use crate::{\n    domain::{Email, Role},\n    clerk::{Client},\n};",
        "use {crate::clerk::Client, std::rc::Rc};",
        "pub(crate) use crate::clerk as door;",
        "fn f() { crate::clerk::load(); }",
        "fn f(client: &crate::clerk::Client) {}",
        "macro_rules! m { () => { $crate::clerk::load() } }",
        "use clerk_invitations::clerk::Client;",
        "use ::clerk_invitations::clerk::Client;",
        "use super::super::clerk::Client;",
        "use super::{super::clerk::Client, Email};",
        "use self::super::super::clerk::Client;",
        "mod tests { use super::super::super::clerk::Client; }",
        "mod one {}\nuse super::super::clerk::Client;",
    ] {
        let found = said("src/domain/email.rs", text);
        assert!(
            found.iter().any(|found| found.ends_with("domain may not use crate::clerk")),
            "{text} {found:?}"
        );
    }
    for text in ["use crate::*;", "use crate as all;", "use crate::{self};", "use super::super::*;"] {
        assert_eq!(said("src/domain/email.rs", text).len(), 1, "{text}");
    }
    assert_eq!(said("src/domain/mod.rs", "use super::clerk::X;"), ["1: domain may not use crate::clerk"]);
}

#[test]
fn a_layer_may_use_itself_in_any_way() {
    for text in [
        "use super::role::Role;",
        "use super::{Email, role::{Role, RoleKey}};",
        "use self::inner::clerk;",
        "pub(crate) fn f() {}",
        "pub(super) fn f() {}",
        "pub(in crate::domain) fn f() {}",
        "fn f(self) { self.clerk(); domain::clerk::x() }",
        "use crate::{domain::{Email, clerk::X}};",
        "mod tests { use super::*; use super::super::role::Role; }",
        "use other::{crate_like::clerk};",
    ] {
        assert_eq!(said("src/domain/email.rs", text), [""; 0], "{text}");
    }
}

#[test]
fn what_is_not_code_is_not_read() {
    for text in [
        "// use crate::clerk::Client; a.unwrap()\n",
        "/// `JsValue` and [`crate::clerk`]\n",
        "/* outer /* use crate::clerk; */ panic!() */",
        r#"const A: &str = "use crate::clerk; \" JsValue";"#,
        r##"const A: &str = r#"a "JsValue" and crate::clerk"#;"##,
        r#"const A: &[u8] = b"JsValue";"#,
        r#"const A: (char, char, &str) = ('"', '\'', "panic!() JsValue");"#,
        r#"const A: &str = "\\"; const B: &str = "JsValue";"#,
    ] {
        assert_eq!(said("src/domain/email.rs", text), [""; 0], "{text}");
    }
}

#[test]
fn code_behind_what_is_not_code_is_read() {
    for text in [
        "/* outer /* inner */ */ use crate::clerk::X;",
        r#"const A: char = '"'; use crate::clerk::X; const B: char = '"';"#,
        r#"const A: char = '\''; use crate::clerk::X;"#,
        r#"const A: &str = "\\"; use crate::clerk::X;"#,
        r##"const A: &str = r#"""#; use crate::clerk::X;"##,
        r#"const A: &str = r"\"; use crate::clerk::X;"#,
        "fn f<'a>(a: &'a str) -> &'a str { crate::clerk::x(a) }",
        "const A: char = 'ä'; use crate::clerk::X;",
    ] {
        assert_eq!(said("src/domain/email.rs", text), ["1: domain may not use crate::clerk"], "{text}");
    }
}

#[test]
fn the_domain_knows_no_view_and_no_browser() {
    for word in
        ["yew", "web_sys", "js_sys", "wasm_bindgen", "wasm_bindgen_futures", "gloo", "gloo_net", "yew_router"]
    {
        let found = said("src/domain/email.rs", &format!("\nuse {word}::X;"));
        assert_eq!(found, [format!("2: domain may not know {word}")]);
        assert_eq!(said("src/domain/email.rs", &format!("fn f() {{ {word}::x(); }}")).len(), 1);
    }
    assert_eq!(said("src/domain/email.rs", "let yewtree = 1;"), [""; 0]);
}

#[test]
fn javascript_stops_at_its_door() {
    for text in ["fn f(value: &JsValue) {}", "use js_sys::Array;", "use wasm_bindgen::JsCast;"] {
        for layer in ["domain", "config", "i18n", "hooks", "components", "pages"] {
            let found = said(&format!("src/{layer}/x.rs"), text);
            assert_eq!(found.len(), 1, "{layer} {text} {found:?}");
        }
        for path in ["src/app.rs", "src/route.rs", "src/config.rs"] {
            assert_eq!(said(path, text).len(), 1, "{path} {text}");
        }
        for path in ["src/clerk/x.rs", "src/browser/x.rs", "src/main.rs", "src/lib.rs"] {
            assert_eq!(said(path, text), [""; 0], "{path} {text}");
        }
    }
    assert_eq!(said("src/hooks/x.rs", "wasm_bindgen_futures::spawn_local(f());"), [""; 0]);
}

#[test]
fn nothing_that_panics_is_shipped() {
    for text in [
        "a.unwrap();",
        "a\n.unwrap ()",
        "a.map(Option::unwrap)",
        "a.expect(\"b\");",
        "a.unwrap_err();",
        "a.unwrap_throw();",
        "a.expect_throw(\"b\");",
        "panic!(\"a\");",
        "unreachable!()",
        "todo!()",
        "unimplemented!()",
        "std::panic!()",
        "#[cfg(test)] use a::b; fn f() { a.unwrap(); }",
        "#[cfg(test)] mod tests { fn f() {} } fn g() { a.unwrap(); }",
        "#[cfg(test)] mod tests; fn g() { a.unwrap(); }",
        "#[cfg(not(test))] mod shipped { fn f() { a.unwrap(); } }",
        "#[cfg(any(test, feature))] mod shipped { fn f() { a.unwrap(); } }",
        "mod tests { fn f() { a.unwrap(); } }",
    ] {
        for path in ["src/domain/x.rs", "src/clerk/x.rs", "src/pages/x.rs", "src/main.rs"] {
            assert_eq!(said(path, text).len(), 1, "{path} {text}");
        }
    }
}

#[test]
fn tests_may_panic_and_so_may_what_only_looks_like_it() {
    for text in [
        "#[cfg(test)]\nmod tests { fn f() { if a { a.unwrap() } else { panic!() } } }",
        "#[cfg(all(test, not(target_arch = \"wasm32\")))]\nmod tests { fn f() { a.expect(\"b\"); } }",
        "#[cfg(test)] #[allow(dead_code)] pub(crate) mod tests { fn f() { todo!() } }",
        "a.unwrap_or(b).unwrap_or_default().unwrap_or_else(f);",
        "#[expect(dead_code)] fn f() {}",
        "std::panic::set_hook(hook);",
        "fn expect(a: u8) {}",
    ] {
        assert_eq!(said("src/clerk/x.rs", text), [""; 0], "{text}");
    }
}

#[test]
fn a_folder_without_a_map_is_found() {
    let with = ["src/lib.rs", "src/domain/mod.rs", "src/domain/email.rs"];
    assert_eq!(folders_without_a_map(&with), [""; 0]);
    assert_eq!(folders_without_a_map(&["src/lib.rs", "src/domain/email.rs"]), ["src/domain"]);
    assert_eq!(folders_without_a_map(&["src/pages/mod.rs", "src/pages/list/row.rs"]), ["src/pages/list"]);
    assert_eq!(folders_without_a_map(&["src/a/b/mod.rs"]), ["src/a"]);
}

#[test]
fn declared_modules_are_those_with_files() {
    let text =
        "pub mod domain;\nmod clerk;\n#[cfg(test)]\nmod tests { mod inner; }\n// mod ghost;\nmod inline {}";
    assert_eq!(declared(&tokens(text)), ["domain", "clerk", "inner"]);
}
