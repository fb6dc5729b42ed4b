//! Words with a colon in front of addresses: `E-mail: jane@example.com`, `SIP:jane@example.com`.

use crate::addresses::characters::{APOSTROPHE, DASH, LETTER, OPEN, QUOTE, SPACE, class, examine, trim};

/// Behind these stands the address of a mailbox. In lower case.
const MAIL: &str = "mailto|smtp|mail|mails|email|emails|e-mail|e-mails|e mail|mail address|email address|e-mail address|\
    email addresses|mail id|email id|work email|work e-mail|private email|personal email|home email|primary email|address|\
    url|contact|kontakt|reply to|to|cc|bcc|from|reply-to|\
    de|à|a|pour|para|da|van|aan|od|do|dw|от|кому|копия|من|إلى|نسخة|差出人|宛先|发件人|收件人|抄送|寄件者|收件者|\
    mailadresse|emailadresse|e-mailadresse|e-mail-adresse|email-adresse|mail-adresse|an|von|kopie|\
    courriel|mél|mel|adresse e-mail|adresse mail|adresse électronique|correo|correo electrónico|correo electronico|\
    correio|correio eletrônico|endereço de e-mail|posta|posta elettronica|indirizzo email|indirizzo e-mail|\
    e-mailadres|emailadres|poczta|adres e-mail|adres email|e-posta|eposta|e-post|epost|sähköposti|почта|\
    эл. почта|электронная почта|البريد|البريد الإلكتروني|بريد|الايميل|الإيميل|メール|メールアドレス|eメール|\
    邮箱|邮件|电子邮件|电子邮箱|郵箱|電子郵件|이메일|메일";
/// Behind these stands something else that may look like one.
const OTHER_KINDS: &str = "sip|sips|im|imap|pop|pop3|xmpp|jabber|jid|skype|teams|msteams|lync|msnim|aim|icq|ymsgr|matrix|\
    x400|x500|eum|notes|spo|cn|fax|tel|phone|telefon|telephone|mobile|mobil|handy|callto|facetime|imessage|http|https|\
    ftp|ftps|sftp|ssh|git|svn|scp|ldap|ldaps|rsync|file|news|nntp|urn|data|about|acct|upn|username|user name|login|\
    message-id|password|passwort|kennwort|passwd|pwd";

/// A shorter word needs a colon to be a label.
const SHORTEST: usize = 4;

/// What a label says of the address behind it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Label {
    /// It is that of a mailbox.
    Mail,
    /// It is none.
    Other,
    /// A word of letters without a blank behind its colon, which may be the name of a kind of address: `foo:jane@x.com`.
    Unknown,
}

/// The label at the end of the text before an address, and where it starts.
pub(super) fn label(before: &str) -> Option<(Label, usize)> {
    const AROUND: u16 = SPACE | OPEN | QUOTE | APOSTROPHE | DASH;
    // Nothing that is longer ends with a label.
    let near_from = before.ceil_char_boundary(before.len().saturating_sub(120));
    let near = before.get(near_from..)?;
    let text = trim(near, 0, AROUND);
    let mark = near.get(text.len()..)?;
    let has_colon = mark.contains([':', '：', '﹕', '=']);
    let has_dash = mark.chars().any(|c| class(c) == DASH);
    let text = if has_colon { without_qualifier(text) } else { text };
    let is_whole =
        |start: usize| near_from == 0 && trim(near.get(..start).unwrap_or(""), AROUND, AROUND).is_empty();
    if let Some(start) = ending(text, MAIL)
        && (has_colon || text.len().saturating_sub(start) >= SHORTEST && is_whole(start))
    {
        return Some((Label::Mail, near_from.saturating_add(start)));
    }
    if let Some(start) = ending(text, OTHER_KINDS)
        && (has_colon || has_dash && is_whole(start))
    {
        return Some((Label::Other, near_from.saturating_add(start)));
    }
    if !mark.ends_with(':') || !has_colon {
        return None;
    }
    let start = text.rfind(|c: char| !is_of_scheme(c)).map_or(0, |at| at.saturating_add(1));
    let word = text.get(start..).filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()))?;
    // `Ada:ada@x.com` is a name.
    let is_name = word.chars().skip(1).all(|c| c.is_ascii_lowercase())
        && word.starts_with(|c: char| c.is_ascii_uppercase());
    (!is_name).then_some((Label::Unknown, near_from.saturating_add(start)))
}

fn is_of_scheme(c: char) -> bool {
    c.is_ascii_alphanumeric() || "+-.".contains(c)
}

/// Without the number and the words in brackets of `E-mail 2 (work)`.
fn without_qualifier(text: &str) -> &str {
    let mut rest = text;
    if let Some((before, _)) = rest.strip_suffix([')', '）']).and_then(|inner| inner.rsplit_once(['(', '（']))
    {
        rest = before.trim_end();
    }
    rest.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end()
}

/// Where the longest of these labels starts with which `text` ends.
fn ending(text: &str, labels: &str) -> Option<usize> {
    examine(text.len());
    let mut best = None::<usize>;
    for label in labels.split('|') {
        let mut left = text.char_indices().rev();
        let mut start = text.len();
        let is_end = label.chars().rev().all(|wanted| {
            left.next().is_some_and(|(at, c)| {
                start = at;
                c == wanted || c.to_lowercase().eq([wanted])
            })
        });
        let is_word = || left.clone().next().is_none_or(|(_, c)| class(c) & LETTER == 0 && c != '_');
        if is_end && is_word() && best.is_none_or(|best| start < best) {
            best = Some(start);
        }
    }
    best
}
