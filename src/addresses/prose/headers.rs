//! The lines of a text, with those of mail headers told apart.

use crate::addresses::characters::{BREAK, class, examine, is_blank};

/// The people of a mail.
const PEOPLE: &str = "from|to|cc|bcc|reply-to|resent-from|resent-to|resent-cc|von|an|kopie|de|à|pour|para|cco|da|a|van|aan|\
    od|do|dw|от|кому|копия|من|إلى|نسخة|差出人|宛先|发件人|收件人|抄送|寄件者|收件者|副本|보낸 사람|받는 사람|참조";
/// What else a mail says of itself.
const REST: &str = "subject|date|sent|received|sender|importance|priority|precedence|references|attachments|organization|\
    return-path|delivered-to|envelope-to|message-id|in-reply-to|mime-version|user-agent|auto-submitted|dkim-signature|\
    domainkey-signature|authentication-results|thread-topic|thread-index|errors-to|feedback-id|\
    betreff|datum|gesendet|anlagen|wichtigkeit|objet|envoyé|date d'envoi|pièces jointes|asunto|enviado|enviado el|fecha|\
    assunto|enviada em|data|oggetto|inviato|onderwerp|verzonden|temat|wysłano|data wysłania|тема|дата|отправлено|\
    الموضوع|التاريخ|تاريخ الإرسال|件名|送信日時|日時|主题|发送时间|日期|主旨|寄件日期|제목|보낸 날짜";
/// The beginnings of further ones.
const FAMILIES: [&str; 6] = ["x-", "content-", "arc-", "list-", "received-", "resent-"];
const LONGEST: usize = 64;

/// What a line of a mail's header is about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Header {
    People,
    Rest,
}

/// The text before an address without the `To:` of a header in front of it.
pub(super) fn without_header(before: &str) -> &str {
    match header(before) {
        Some((Header::People, value)) => before.get(value..).unwrap_or(""),
        _ => before.split_once(": ").filter(|(name, _)| is_credit(name)).map_or(before, |(_, rest)| rest),
    }
}

/// Does it name the part that somebody had in a change of a program: `Author`, `Co-authored-by`?
fn is_credit(name: &str) -> bool {
    let name = name.trim().to_ascii_lowercase();
    name.len() <= LONGEST
        && (["author", "commit", "committer", "tagger"].contains(&&*name) || name.ends_with("-by"))
}

/// The kind of header that a line starts with, and where its value starts.
pub(super) fn header(line: &str) -> Option<(Header, usize)> {
    let near = line.get(..line.floor_char_boundary(LONGEST))?;
    examine(near.len());
    let (name, _) = near.split_once([':', '：'])?;
    let colon = line.get(name.len()..)?.chars().next().map_or(0, char::len_utf8);
    let value = name.len().saturating_add(colon);
    // Mails quote others with `>` and print the names in bold.
    let name = name.trim_start_matches(['>', ' ', '\t', '*']).trim_end_matches([' ', '*']).to_lowercase();
    let is_of = |known: &str| known.split('|').any(|known| known == name);
    if is_of(PEOPLE) {
        return Some((Header::People, value));
    }
    let is_name = || name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_of_family = || FAMILIES.iter().any(|family| name.starts_with(family)) && is_name();
    (is_of(REST) || is_of_family()).then_some((Header::Rest, value))
}

/// Divides a text into lines, one after another.
#[derive(Default)]
pub(super) struct Lines {
    /// The line before belongs to the header of a mail.
    is_in_header: bool,
}

impl Lines {
    /// The next line of `text` at `at` that people may stand in, which is moved behind it; `None` at the end of the text.
    /// The lines over which a header is folded are one.
    pub(super) fn next(&mut self, text: &str, at: &mut usize) -> Option<String> {
        while *at < text.len() {
            let (start, end, next) = line_at(text, *at);
            let line = text.get(start..end).unwrap_or("");
            let found = header(line);
            let is_block = self.is_in_header || found.is_some() && is_followed(text, next);
            *at = next;
            match found {
                Some((Header::People, _)) => {
                    self.is_in_header = true;
                    return Some(folded(text, line, at));
                }
                Some((Header::Rest, _)) if is_block => {
                    self.is_in_header = true;
                    folded(text, "", at);
                }
                _ => {
                    self.is_in_header = false;
                    return Some(line.to_owned());
                }
            }
        }
        None
    }
}

/// Where the line at `at` starts and ends, and where the next one starts.
fn line_at(text: &str, at: usize) -> (usize, usize, usize) {
    let rest = text.get(at..).unwrap_or("");
    for (offset, c) in rest.char_indices() {
        if class(c) == BREAK {
            let end = at.saturating_add(offset);
            let is_pair = c == '\r' && rest.get(offset..).is_some_and(|rest| rest.starts_with("\r\n"));
            return (at, end, end.saturating_add(if is_pair { 2 } else { c.len_utf8() }));
        }
    }
    (at, text.len(), text.len())
}

/// Is the next line one of a mail's header too?
fn is_followed(text: &str, mut at: usize) -> bool {
    // The header before may be folded.
    for _ in 0..4 {
        let rest = text.get(at..).unwrap_or("");
        let near = rest.get(..rest.floor_char_boundary(1000)).unwrap_or("");
        if !near.starts_with([' ', '\t']) {
            return header(near.lines().next().unwrap_or("")).is_some();
        }
        let (_, _, next) = line_at(near, 0);
        at = at.saturating_add(next);
    }
    false
}

/// `line` with those behind it that continue it, because they start with a blank. `at` is moved behind them.
fn folded(text: &str, line: &str, at: &mut usize) -> String {
    let mut whole = line.to_owned();
    while text.get(*at..).is_some_and(|rest| rest.starts_with([' ', '\t'])) {
        let (start, end, next) = line_at(text, *at);
        let more = text.get(start..end).unwrap_or("");
        if is_blank(more) {
            break;
        }
        whole.push(' ');
        whole.push_str(more.trim_start());
        *at = next;
    }
    whole
}
