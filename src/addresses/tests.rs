mod readings;

use super::characters::{EDGE, EXAMINED, WORD, class, fold, is_blank, is_invisible};
use super::csv::{field, record, safe_field, to_csv};
use super::parser::{Parser, Source};
use super::prose::{Prose, rewritten};
use super::table::{LONGEST_HEAD, LONGEST_SHARED};
use super::{Cause, Doubt, ParsedAddress};
use crate::domain::Email;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

fn is_role(text: &str) -> bool {
    ["admin", "member", "org:admin", "org:member"].contains(&text.to_lowercase().as_str())
}

fn parse(text: &str) -> Vec<ParsedAddress> {
    Parser::new(text.to_owned(), &is_role).collect()
}

fn texts(text: &str) -> Vec<String> {
    parse(text).into_iter().map(|address| address.text).collect()
}

/// `text`, `text|name`, or `text|name|role`, for short expectations.
fn lines(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for address in parse(text) {
        let cells = [Some(address.text), address.name, address.role].map(Option::unwrap_or_default);
        lines.push(cells.join("|").trim_end_matches('|').to_owned());
    }
    lines
}

#[test]
fn separators_separate() {
    let expected = ["a@b.co", "c@d.co", "e@f.co", "g@h.co"];
    for separator in
        [",", ";", " ", "\t", "\n", "\r\n", "\r", "\u{2028}", "\u{2029}", ", ", " ;\n", "،", "؛ ", "\u{a0}"]
    {
        assert_eq!(texts(&expected.join(separator)), expected, "{separator:?}");
    }
}

#[test]
fn what_surrounds_an_address_is_taken_off() {
    for text in [
        "<a@b.co>",
        "(a@b.co)",
        "[a@b.co]",
        "{a@b.co}",
        "\"a@b.co\"",
        "'a@b.co'",
        "“a@b.co”",
        "„a@b.co“",
        "‘a@b.co’",
        "«a@b.co»",
        "`a@b.co`",
        "a@b.co.",
        "a@b.co,",
        "a@b.co:",
        "a@b.co;",
        "a@b.co!",
        "(<a@b.co>).",
        "mailto:a@b.co",
        "MailTo:a@b.co?subject=Hi%20there",
        "<mailto:a@b.co>",
        "\u{feff}a@b.co",
        "a\u{200b}@b.\u{ad}co\u{202e}",
        "\u{a0}a@b.co\u{3000}",
        "**a@b.co**",
        "'mailto:a@b.co?x'.",
        "• a@b.co",
        "- a@b.co",
        "| a@b.co |",
        "\"<a@b.co>\"",
    ] {
        assert_eq!(lines(text), ["a@b.co"], "{text}");
    }
}

#[test]
fn what_belongs_to_an_address_stays() {
    for text in
        ["o'neil@b.co", "o’neil@b.co", "+a@b.co", "=a@b.co", "_a_@b.co", "a?b@c.de", "jörg@bücher.example"]
    {
        assert_eq!(lines(text), [text]);
    }
}

#[test]
fn a_name_beside_an_address_is_its_name() {
    for (text, expected) in [
        ("Ada Lovelace <a@b.co>", "a@b.co|Ada Lovelace"),
        ("Ada  Lovelace\u{a0}a@b.co", "a@b.co|Ada Lovelace"),
        ("a@b.co Ada Lovelace", "a@b.co|Ada Lovelace"),
        ("Ada a@b.co Lovelace", "a@b.co|Ada Lovelace"),
        ("Ada<a@b.co>", "a@b.co|Ada"),
        ("Ada (a@b.co)", "a@b.co|Ada"),
        ("a@b.co (Ada)", "a@b.co|Ada"),
        ("Ada \"a@b.co\"", "a@b.co|Ada"),
        ("[Ada](mailto:a@b.co)", "a@b.co|Ada"),
        ("- Ada: a@b.co", "a@b.co|Ada"),
        ("\"Doe, Jane\" <a@b.co>", "a@b.co|Doe, Jane"),
        ("“Jane” <a@b.co>", "a@b.co|Jane"),
        ("“Doe, Jane” <a@b.co>", "a@b.co|Doe, Jane"),
        ("'Jane Doe' <a@b.co>", "a@b.co|Jane Doe"),
        ("Jane \"JJ\" Doe <a@b.co>", "a@b.co|Jane \"JJ\" Doe"),
        ("\"JJ\" Jane \"X\" <a@b.co>", "a@b.co|\"JJ\" Jane \"X\""),
        ("Jane Doe (Sales) <a@b.co>", "a@b.co|Jane Doe (Sales)"),
        ("@ Ada a@b.co", "a@b.co|@ Ada"),
    ] {
        assert_eq!(lines(text), [expected], "{text}");
    }
}

#[test]
fn a_surname_before_a_comma_belongs_to_the_address_behind_it() {
    assert_eq!(
        lines("Doe, Jane <jane@x.com>; Roe, Rick <rick@x.com>"),
        ["jane@x.com|Doe, Jane", "rick@x.com|Roe, Rick"]
    );
    assert_eq!(
        lines("Doe, Jane <jane@x.com>\nvan der Roe, Rick <rick@x.com>\n"),
        ["jane@x.com|Doe, Jane", "rick@x.com|van der Roe, Rick"]
    );
    assert_eq!(lines("Doe, Jane <jane@x.com>"), ["jane@x.com|Doe, Jane"]);
    assert_eq!(
        lines("\"Doe, Jane\" <jane@x.com>\n\"Roe, Rick\" <rick@x.com>"),
        ["jane@x.com|Doe, Jane", "rick@x.com|Roe, Rick"]
    );
    // Neither over the end of a line, nor a sentence, nor without `<>`, nor without a first name.
    for (text, first) in [
        ("Doe,\nJane <j@x.com>; k@x.com", "Doe"),
        ("This is too long, Jane <j@x.com>, k@x.com", "This is too long"),
        ("Doe, Jane j@x.com; k@x.com", "Doe"),
        ("Doe, <j@x.com>, k@x.com", "Doe"),
        ("Doe, Jane <j@x>; k@x.com", "Doe"),
    ] {
        assert_eq!(lines(text)[0], first, "{text}");
    }
}

#[test]
fn what_is_no_address_is_left_over() {
    for (text, expected) in [
        ("Ada Lovelace", vec!["Ada Lovelace"]),
        ("ada @x.de", vec!["ada @x.de"]),
        ("ada @ x.de", vec!["ada @ x.de"]),
        ("<ada@x>", vec!["ada@x"]),
        ("Ada <ada@x>", vec!["Ada <ada@x>"]),
        ("a@b@c.de", vec!["a@b@c.de"]),
        ("a@b.co Ada Lovelace c@d.co Bob", vec!["a@b.co", "Ada Lovelace", "c@d.co", "Bob"]),
        ("Ada a@b.co, Bob", vec!["a@b.co|Ada", "Bob"]),
        ("5\" pipe, a@b.co, c@d.co", vec!["5\" pipe", "a@b.co", "c@d.co"]),
        ("5\" pipe, 6\" pipe, a@b.co, c@d.co", vec!["5\" pipe", "6\" pipe", "a@b.co", "c@d.co"]),
        ("\"open, x\n\"y; a@b.co; c@d.co", vec!["\"open", "x", "\"y", "a@b.co", "c@d.co"]),
        ("\"a \"\"b, c\"\" d\"; a@b.co; c@d.co", vec!["\"a \"\"b, c\"\" d\"", "a@b.co", "c@d.co"]),
        ("\"open, a@b.co; c@d.co", vec!["\"open", "a@b.co", "c@d.co"]),
        ("\"open, a@b.co\n\"c@d.co", vec!["\"open", "a@b.co", "c@d.co"]),
        ("\"Doe, Jane\"; a@b.co; b@c.de", vec!["\"Doe, Jane\"", "a@b.co", "b@c.de"]),
        ("\"Ada\"; (Bob); a@b.co; c@d.co", vec!["Ada", "Bob", "a@b.co", "c@d.co"]),
    ] {
        assert_eq!(lines(text), expected, "{text}");
    }
}

#[test]
fn what_is_blank_is_nothing() {
    for text in [
        "",
        " ",
        "\u{feff}",
        ",,;\n\t",
        "<>",
        "\"\"",
        "\"",
        "@",
        "@@ @",
        "- – • * | ...",
        "“”",
        "\u{200b}\u{200e}",
    ] {
        assert_eq!(lines(text), [""; 0], "{text}");
    }
}

#[test]
fn several_addresses_between_two_separators_are_all_taken() {
    for (text, expected) in [
        ("a@b.cd<e@f.gh>", vec!["a@b.cd", "e@f.gh"]),
        ("Ada <a@b.co> Bob <c@d.co>", vec!["a@b.co|Ada", "c@d.co|Bob"]),
        ("\"a@b.co, c@d.co\"; e@f.co", vec!["a@b.co", "c@d.co", "e@f.co"]),
        ("\"a@b.co, Bob, Ada <c@d.co>\"\te@f.co", vec!["a@b.co", "Bob", "c@d.co|Ada", "e@f.co"]),
        ("'a@b.co' <c@d.co>", vec!["a@b.co", "c@d.co"]),
    ] {
        assert_eq!(lines(text), expected, "{text}");
    }
}

#[test]
fn a_table_with_a_heading_is_read_by_it() {
    for separator in [",", ";", "\t"] {
        let table = |text: &str| lines(&text.replace('/', separator));
        assert_eq!(
            table(
                "Name/E-Mail/Role/Id\r\nAda/a@b.co/Admin/1\r\n/c@d.co//\n\n\"Doe\n\"\"X\"\" Jane\"/<e@f.co>/x/y"
            ),
            ["a@b.co|Ada|Admin", "c@d.co", "e@f.co|Doe \"X\" Jane|x"]
        );
        assert_eq!(
            table("\n \nVorname/NACHNAME/e-mail-adresse\nAda/Lovelace/a@b.co"),
            ["a@b.co|Ada Lovelace"]
        );
        assert_eq!(table("البريد الإلكتروني/الدور/الاسم\na@b.co/مدير/آدا"), ["a@b.co|آدا|مدير"]);
        assert_eq!(
            table("email/role\n\"Ada <a@b.co>, c@d.co\"/admin"),
            ["a@b.co|Ada|admin", "c@d.co||admin"]
        );
        assert_eq!(table("email/role/name\n/admin/Ada/x\n?/"), ["Ada x||admin"]);
        assert_eq!(table("email/name\na@b.co/Ada\nnonsense/Bob"), ["a@b.co|Ada", "nonsense|Bob"]);
    }
    assert_eq!(lines("email,name\n,\"Doe, Jane\""), ["\"Doe, Jane\""]);
    assert_eq!(lines("email,role,name\na@b.co,admin,Doe, Jane"), ["a@b.co|Doe Jane|admin"]);
    assert_eq!(lines("email,name\nJane <a@b.co>,Doe"), ["a@b.co|Jane"]);
}

#[test]
fn a_heading_alone_makes_a_table_of_one_column() {
    assert_eq!(
        lines("Email\na@b.co\n\"c@d.co\"\r\nAda <e@f.co>, g@h.co"),
        ["a@b.co", "c@d.co", "e@f.co|Ada", "g@h.co"]
    );
    assert_eq!(lines("\u{feff}E-Mail Address"), [""; 0]);
    assert_eq!(lines("email a@b.co"), ["a@b.co"]);
    assert_eq!(lines("people\na@b.co"), ["people", "a@b.co"]);
}

#[test]
fn an_address_in_a_column_about_something_else_is_not_taken() {
    assert_eq!(lines("email,name,manager\n,Ada,boss@x.de\na@b.co,Bob,boss@x.de"), ["Ada", "a@b.co|Bob"]);
}

#[test]
fn a_table_without_a_heading_is_known_by_its_addresses() {
    for separator in [",", ";", "\t"] {
        let table = |text: &str| lines(&text.replace('/', separator));
        assert_eq!(
            table("Ada/admin/a@b.co/1\nBob/Member/c@d.co/2"),
            ["a@b.co|Ada|admin", "c@d.co|Bob|Member"]
        );
        assert_eq!(table("a@b.co/Ada\n/Bob\nc@d.co/"), ["a@b.co|Ada", "Bob", "c@d.co"]);
        assert_eq!(table("\"Lovelace, Ada; \tx\"/a@b.co"), ["a@b.co|Lovelace, Ada; x"]);
        assert_eq!(table("Admin/Ada <a@b.co>"), ["a@b.co|Ada|Admin"]);
    }
    assert_eq!(lines("Doe;Jane <a@b.co>"), ["a@b.co|Doe Jane"]);
    assert_eq!(lines("Team, a@b.co; c@d.co"), ["Team", "a@b.co", "c@d.co"]);
    assert_eq!(lines("Ada,\"a@b.co; c@d.co\"\nBob,e@f.co"), ["a@b.co|Ada", "c@d.co|Ada", "e@f.co|Bob"]);
    assert_eq!(lines("a@b.co,Ada\nc@d.co,Bob,x"), ["a@b.co|Ada", "c@d.co|Bob"]);
    assert_eq!(lines("a@b.co,c@d.co\ne@f.co,g@h.co"), ["a@b.co", "c@d.co", "e@f.co", "g@h.co"]);
}

#[test]
fn a_forgotten_quote_swallows_no_records() {
    assert_eq!(
        lines("email,name\na@b.co,\"Ada\nc@d.co,Bob\ne@f.co,\"Eve\""),
        ["a@b.co|\"Ada", "c@d.co|Bob", "e@f.co|Eve"]
    );
}

#[test]
fn a_separator_that_leaves_addresses_alone_is_preferred() {
    assert_eq!(lines("a@b.co,Ada; Eve\nc@d.co,Bob; Joe"), ["a@b.co|Ada; Eve", "c@d.co|Bob; Joe"]);
    assert_eq!(lines("Ada,\"x; y\",a@b.co"), ["a@b.co|Ada"]);
    assert_eq!(lines("\"x\ty\",a@b.co"), ["a@b.co"]);
}

#[test]
fn a_long_name_is_not_given_to_many() {
    let name = "x".repeat(LONGEST_SHARED + 1);
    assert_eq!(
        lines(&["email,name\n\"a@b.co,c@d.co\",", &name].concat()),
        [["a@b.co|", &name].concat(), "c@d.co".to_owned()]
    );
}

#[test]
fn no_spreadsheet_takes_a_safe_field_for_a_formula() {
    for (text, plain, safe) in [
        ("a", "a", "a"),
        ("a,\"b\"", "\"a,\"\"b\"\"\"", "\"a,\"\"b\"\"\""),
        ("a;b", "\"a;b\"", "\"a;b\""),
        ("a\nb", "\"a\nb\"", "\"a\nb\""),
        ("=1+1", "=1+1", "'=1+1"),
        ("+1,2", "\"+1,2\"", "\"'+1,2\""),
        ("-1", "-1", "'-1"),
        ("@x", "@x", "'@x"),
        ("\tx", "\"\tx\"", "\"'\tx\""),
        ("\rx", "\"\rx\"", "\"'\rx\""),
    ] {
        let (mut out, mut safe_out) = (String::new(), String::new());
        field(&mut out, text);
        safe_field(&mut safe_out, text);
        assert_eq!((out.as_str(), safe_out.as_str()), (plain, safe));
    }
    assert_eq!(lines("'+a@b.co"), ["+a@b.co"]);
}

#[test]
fn addresses_are_written_as_a_table() {
    assert_eq!(to_csv(&[]), "email,role,name\r\n");
    assert_eq!(
        to_csv(&parse("Ada <a@b.co>\n\"Doe, Jane\"")),
        "email,role,name\r\na@b.co,,Ada\r\n\"\"\"Doe, Jane\"\"\",,\r\n"
    );
}

/// How many characters are looked at for `text`.
fn examined(text: &str) -> usize {
    EXAMINED.set(0);
    let mut made = 0;
    for address in Parser::new(text.to_owned(), &is_role) {
        made += address.text.len()
            + address.name.map_or(0, |name| name.len())
            + address.role.map_or(0, |role| role.len());
    }
    // What is made is work as well.
    EXAMINED.get() + made
}

/// What may be looked at: so many characters for each byte, and the head once more for each kind of table.
fn most_examined(text: &str) -> usize {
    64 * text.len() + 160 * LONGEST_HEAD
}

#[test]
fn the_work_is_linear_for_a_megabyte_of_anything() {
    const LONG: usize = 1 << 20;
    for unit in ["<", "\"", "\"<", ",", "@", "\"\"", "<a@b.c>", "a ", "\"\n"] {
        let text = unit.repeat(LONG / unit.len());
        assert!(examined(&text) <= most_examined(&text), "{unit:?}");
    }
    let shared = ["email,name\n\"", &"a@b.c,".repeat(LONG / 12), "\",", &"x".repeat(LONG / 2)].concat();
    assert!(examined(&shared) <= most_examined(&shared), "a long name and many addresses");
}

#[test]
fn the_work_is_linear_whatever_is_repeated_and_whatever_stands_around_it() {
    const LONG: usize = 1 << 16;
    const UNITS: &str = "<|\"|\"<|,|@|\"\"|<a@b.c>|a |\"\n| |\n|a|'|(|a@b|a@b.c |a@b,|\"a@b,| \"x, y\"| \"\"\"|\
        ,\"|,\"a|\"a,|a,|mailto:|mailto:@|?|'\"|(a)|a, b <c@d.e>,|\r|\",\"|\"\",|\" \"|a\"b |a\"\" |@ |\u{200b}|\
        “”|\"a\n,|a\tb@c.d\n|<\"'|x <|a@b.c<d,\"";
    const AROUND: &str = "…|\"…|mailto:…a@b.c|…a@b.c d@e.f|email,name\n…|email,name\n\"…\",x|email\n…|\
        email;role;name\na@b.c;…\n\"|name,email\n\"x\",\"…|a@b.c,…|\"a@b c@d, …\"";
    for unit in UNITS.split('|') {
        let long = unit.repeat(LONG / unit.len());
        for around in AROUND.split('|') {
            let text = around.replace('…', &long);
            assert!(examined(&text) <= most_examined(&text), "{unit:?} in {around:?}");
        }
    }
}

/// Checks that each word of `text` that is not blank, as the head of `mod.rs` defines them, stands in `all`, apart from labels
/// and the numbers of lists.
fn assert_kept(text: &str, all: &str) {
    let plain = |text: &str| text.chars().map(fold).collect::<String>().to_lowercase();
    let (text, all) = (plain(text), plain(all));
    let is_inner = |c: char| class(c) & WORD == 0 || ":|/\\&=".contains(c);
    for word in text.split(is_inner) {
        let word = word.trim_matches(|c| class(c) & EDGE != 0);
        let is_number = word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit());
        let is_left_out =
            is_blank(word) || is_number || ["email", "e-mail", "mail", "mailto"].contains(&word);
        // The name of a group, as mail programs write it.
        let is_left_out = is_left_out || text.contains(&[word, ":"].concat());
        let mut pieces = word.split(|c| class(c) & EDGE != 0);
        let is_kept = all.contains(word) || pieces.all(|piece| all.contains(piece));
        assert!(is_left_out || is_kept, "{word:?} is not in {all:?}");
    }
}

fn written(addresses: &[ParsedAddress]) -> String {
    let mut all = String::new();
    for address in addresses {
        for text in [Some(&address.text), address.name.as_ref(), address.role.as_ref()].into_iter().flatten()
        {
            all.push_str(text);
            all.push('\n');
        }
    }
    all
}

/// Is what was read back the same? What fills a cell is no longer doubted for its edges.
fn is_same(back: &ParsedAddress, before: &ParsedAddress) -> bool {
    let is_around = |doubt: &Doubt| matches!(doubt.cause, Cause::Edge | Cause::Beside(_));
    let is_settled = before.doubt.as_ref().is_some_and(is_around);
    let doubt = if is_settled { back.doubt.clone() } else { before.doubt.clone() };
    *back == ParsedAddress { doubt, ..before.clone() }
}

/// Checks the promises that the head of `mod.rs` makes, and that its addresses can be written and read back.
fn check(text: &str) {
    let mut parser = Parser::new(text.to_owned(), &is_role);
    let addresses: Vec<ParsedAddress> = parser.by_ref().collect();
    // A table that is written holds no doubts, apart from those that the address itself gives.
    let (back, is_prose) = (parse(&to_csv(&addresses)), matches!(parser.source, Source::Prose(_)));
    let is_same = |back: &ParsedAddress, before: &ParsedAddress| match is_prose {
        true => is_same(back, before),
        false => {
            ParsedAddress { doubt: None, ..back.clone() } == ParsedAddress { doubt: None, ..before.clone() }
        }
    };
    assert!(
        back.len() == addresses.len()
            && back.iter().zip(&addresses).all(|(back, before)| is_same(back, before)),
        "written: {:?}\nread back: {back:?}\nbefore: {addresses:?}",
        to_csv(&addresses)
    );
    for address in &addresses {
        assert!(!is_blank(&address.text));
        assert!(![&address.name, &address.role].into_iter().flatten().any(|text| is_blank(text)));
        let back: Vec<_> = Prose::cell(address.text.clone()).collect();
        let alone = ParsedAddress { name: None, role: None, ..address.clone() };
        assert!(back.len() == 1 && is_same(&back[0], &alone), "{back:?} is not {alone:?}");
    }
    let all = written(&addresses);
    let text: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    match &parser.source {
        Source::Prose(_) => {
            assert_kept(&rewritten(&text), &all);
            assert_kept(&all, &[&rewritten(&text), " ", &all.replace(' ', "")].concat());
        }
        Source::Table(table) => {
            let summary = &table.summary;
            let seen = [all, written(&summary.left_out), summary.notes.join("\n")].concat();
            // Each address of the address column is seen; what is sent stood there.
            for cell in table.address_cells() {
                for word in rewritten(&cell).split(|c| class(c) & WORD == 0) {
                    let word = word.trim_matches(|c| class(c) & EDGE != 0);
                    assert!(Email::check(word).is_err() || seen.contains(word), "{word:?} is lost: {seen:?}");
                }
            }
            let folded: String = text.chars().map(fold).collect();
            for address in &addresses {
                let is_address = Email::check(&address.text).is_ok();
                assert!(!is_address || folded.contains(&address.text), "{address:?} is made up");
            }
        }
        Source::Cards(_) | Source::Calendar(_) => {}
    }
    assert!(examined(&text) <= most_examined(&text));
}

/// Texts that are hard to read. (`a` and `b` are tags of HTML, which are left out.)
fn hostile() -> impl Strategy<Value = String> {
    let signs = [
        "\"\"\"<>@@@,;\t\n\r .'=+-xyxy“”„‘’«»([{}]):|*?–•`مرح،؛",
        "\u{200b}\u{200e}\u{202e}\u{ad}\u{61c}\u{feff}\u{a0}\u{2028}\u{85}",
    ];
    let signs: Vec<char> = signs.concat().chars().collect();
    let plain: Vec<char> = "\"\"\"@@,, \nxy<>".chars().collect();
    let bits: Vec<&str> = vec![
        "a@b.co",
        "Ada@x.de",
        "jörg@bücher.example",
        "x@y",
        "@",
        "a@",
        "<a@b.co>",
        "\"Doe, Jane\" <jane@x.com>",
        "Doe, Jane <jane@x.com>",
        "mailto:m@b.co",
        "MAILTO:m@b.co?subject=x",
        "Ada",
        "Ada Lovelace",
        "مرحبا",
        "“Ada”",
        "'Ada'",
        "admin",
        "org:member",
        "email",
        "role",
        "name",
        "E-Mail;Name",
        "email,role,name",
        "email\tx",
        "\n",
        "\n",
        "\r\n",
        ",",
        ",",
        ";",
        ";",
        "\t",
        " ",
        " ",
        "\"",
        "\"",
        "\"\"",
        "<",
        ">",
        "(",
        ")",
        "\u{feff}",
        "\u{200b}",
        "\u{2028}",
        ".",
        "-",
        "=1+1",
        "?",
        "،",
        "\"a, b\"",
        "\"a@b.co; c@d.co\"",
        "\",\"",
    ];
    let from = |signs: Vec<char>, most| {
        prop::collection::vec(prop::sample::select(signs), 0..most)
            .prop_map(|signs| signs.into_iter().collect::<String>())
    };
    let mixed = prop::collection::vec(prop::sample::select(bits), 0..24).prop_map(|bits| bits.concat());
    let headed = (
        prop::sample::select(vec!["email,role,name\n", "name;email\n", "Email\n", "x\tMail\trole\n"]),
        from(plain.clone(), 60),
    );
    let grid = (
        prop::sample::select(vec![",", ";", "\t"]),
        prop::collection::vec(
            prop::collection::vec(
                prop::sample::select(vec![
                    "",
                    "a@b.co",
                    "c@d.co",
                    "Ada <e@f.co>",
                    "Ada",
                    "\"Doe, Jane\"",
                    "admin",
                    "Member",
                    "\"a@b.co, c@d.co\"",
                    "x",
                    "\"",
                    "-",
                    "email",
                    "role",
                    "name",
                    " @ ",
                ]),
                1..4,
            ),
            1..5,
        ),
    );
    prop_oneof![
        3 => from(signs, 60),
        3 => from(plain, 40),
        1 => "\\PC{0,80}",
        3 => mixed,
        2 => headed.prop_map(|(heading, rest)| [heading, &rest].concat()),
        2 => grid.prop_map(|(separator, rows)| {
            rows.into_iter().map(|row| row.join(separator)).collect::<Vec<_>>().join("\n")
        }),
    ]
}

/// An address in something that can stand around it.
fn decorated(address: &str, how: usize) -> String {
    let shapes = [
        "_",
        "<_>",
        "Ada Lovelace <_>",
        "\"Doe, Jane\" <_>",
        "“Ada” <_>",
        "mailto:_",
        "<mailto:_>",
        "MailTo:_?subject=x%20y",
        "(_)",
        "[_]",
        "{_}",
        "'_'",
        "\"_\"",
        "„_“",
        "«_»",
        "‘_’",
        "_.",
        "_:",
        " _ ",
        "\u{a0}_\u{a0}",
        "\u{200b}_\u{200e}",
        "\u{feff}_",
        "Ada _",
        "_ (Ada)",
        "\u{202e}<\u{ad}_\u{202c}>",
        "Ada<_>",
        "<_>.",
        "(Ada: _)",
        "آدا <_>",
        "- _",
        "`_`",
        "**_**",
    ];
    shapes[how % shapes.len()].replace('_', address)
}

proptest! {
    // The same texts in each run, so that a failure is the doing of a change. The fuzzer looks for others.
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(1), ..ProptestConfig::with_cases(1024) })]

    #[test]
    fn nothing_is_lost_and_everything_can_be_read_back(text in hostile()) {
        check(&text);
    }

    #[test]
    fn addresses_are_found_in_any_decoration(
        people in prop::collection::vec((0usize..8, any::<usize>()), 0..6),
        separator in prop::sample::select(vec![
            ", ", ",", "; ", ";", "\n", "\r\n", "\r", "\t", "\u{2028}", ",\n", ";\r\n", " , ", "\n\n",
        ]),
        start in prop::sample::select(vec!["", "\u{feff}", "\n", "\u{feff}\r\n", ", "]),
        end in prop::sample::select(vec!["", "\n", "\r\n", ";", ",\n"]),
    ) {
        const ADDRESSES: [&str; 8] = [
            "a@b.co", "Ada.Lovelace+x@Example.ORG", "o'neil@x-y.museum", "jörg@bücher.example", "_a_@b.co",
            "x@1.2.co", "+49@b.co", "مرحبا@مثال.شبكة",
        ];
        let written: Vec<String> = people.iter().map(|(who, how)| decorated(ADDRESSES[*who], *how)).collect();
        let expected: Vec<&str> = people.iter().map(|(who, _)| ADDRESSES[*who]).collect();
        let text = [start, &written.join(separator), end].concat();
        prop_assert_eq!(texts(&text), expected, "{:?}", text);
    }

    #[test]
    fn records_are_those_of_rfc_4180(
        rows in prop::collection::vec(prop::collection::vec("[ab\",;\t\r\n @é]{0,6}|\\PC{0,4}", 2..5), 0..6),
        separator in prop::sample::select(b",;\t".to_vec()),
        has_crlf in any::<bool>(),
    ) {
        let terminator = if has_crlf { ::csv::Terminator::CRLF } else { ::csv::Terminator::Any(b'\n') };
        let mut writer = ::csv::WriterBuilder::new()
            .delimiter(separator)
            .terminator(terminator)
            .flexible(true)
            .from_writer(Vec::new());
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let mut reader = ::csv::ReaderBuilder::new()
            .delimiter(separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let expected: Vec<Vec<String>> =
            reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
        let (mut at, mut read) = (0, Vec::new());
        while at < text.len() {
            let (cells, next) = record(&text, at, separator);
            read.push(cells);
            at = next;
        }
        prop_assert_eq!(&read, &expected);
        prop_assert_eq!(read, rows);
    }

    #[test]
    fn a_field_is_read_back_by_anybody(cells in prop::collection::vec("[ab\",;\t\r\n =é]{0,6}", 2..4)) {
        let mut text = String::new();
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                text.push(',');
            }
            field(&mut text, cell);
        }
        let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        let read = reader.records().next().unwrap().unwrap();
        prop_assert_eq!(read.iter().map(str::to_owned).collect::<Vec<_>>(), cells.clone());
        prop_assert_eq!(record(&text, 0, b',').0, cells);
    }
}
