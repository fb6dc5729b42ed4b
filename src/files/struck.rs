//! What is struck out or hidden in a text with markup: whoever stands there may not be meant any more.

/// What strikes a text out, or hides it, wherever it stands.
const ELEMENTS: [&str; 6] = [
    "s",
    "strike",
    "del",
    "[style*='line-through' i]",
    "[style*='display:none' i]:not(tr),[style*='display: none' i]:not(tr),td[hidden]",
    "tr[style*='display:none' i]>*,tr[style*='display: none' i]>*,tr[hidden]>*",
];
/// How these begin in the markup.
const SIGNS: [&str; 9] = [
    "line-through",
    "<s>",
    "<s ",
    "<strike",
    "<del",
    "display:none",
    "display: none",
    "<tr hidden",
    "<td hidden",
];
/// A style sheet has no more classes that count.
const MOST_CLASSES: usize = 64;

/// Could something in `html` be struck out or hidden?
pub fn has_struck(html: &str) -> bool {
    let html = html.to_ascii_lowercase();
    SIGNS.iter().any(|sign| html.contains(sign))
}

/// The selectors of what is struck out or hidden. `css` is the style sheet within the text: Excel writes a class for each
/// kind of cell.
pub fn struck_selectors(css: &str) -> Vec<String> {
    let rules = css.split('}').filter_map(|rule| rule.split_once('{'));
    let struck = rules.filter(|(_, style)| style.to_ascii_lowercase().contains("line-through"));
    let names = struck.filter_map(|(selector, _)| Some(selector.trim().rsplit_once('.')?.1));
    let classes = names.filter(|name| {
        !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    });
    let classes = classes.take(MOST_CLASSES).map(|name| [".", name].concat());
    ELEMENTS.iter().map(|selector| (*selector).to_owned()).chain(classes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_classes_that_strike_a_cell_out_are_found_in_a_style_sheet() {
        let css = "<!--table {mso-number-format:x;}\n.xl65\n\t{color:black;\n\ttext-decoration:line-through;}\n.xl66 {color:red;}\n\
            .font5 {text-decoration:LINE-THROUGH}-->";
        assert_eq!(
            struck_selectors(css).get(ELEMENTS.len()..),
            Some(&[".xl65".to_owned(), ".font5".to_owned()][..])
        );
        assert_eq!(struck_selectors("a,b{text-decoration:line-through}").len(), ELEMENTS.len());
    }

    #[test]
    fn markup_that_strikes_nothing_out_is_told_at_once() {
        for html in ["<td>a@x.de</td>", "<span>strike</span>", "<style>td{color:red}</style>"] {
            assert!(!has_struck(html), "{html}");
        }
        for html in [
            "<S>a</S>",
            "<del>a</del>",
            "<tr style='display:none'>",
            "<td style=\"text-decoration:line-through\">",
        ] {
            assert!(has_struck(html), "{html}");
        }
    }
}
