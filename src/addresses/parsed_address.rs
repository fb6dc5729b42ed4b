//! What reading comes to.

/// An address that was read, or the text in its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ParsedAddress {
    /// The address as it was written, cleaned of the characters around it; where there is none, the text that stands in
    /// its place.
    pub text: String,
    /// The person's name, when it was written beside the address.
    pub name: Option<String>,
    /// The content of the role column, as written.
    pub role: Option<String>,
    /// Why another address may be meant. Such an address is not sent before the admin has looked at it.
    pub doubt: Option<Doubt>,
}

/// Why an address may not be the one that was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// What is odd about it.
    pub cause: Cause,
    /// The address that was probably meant, where that can be told.
    pub offer: Option<String>,
}

/// What is odd about an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A dash, a dot or an apostrophe stands at its start or end, where it may belong to the text around it:
    /// `-rick@example.com`. Or other text is glued to it: `jane@example.com/office`, `to=jane@example.com`.
    Edge,
    /// White space stands in it: `jane@example.com. au`.
    Blank,
    /// A comma stands in it, perhaps in the place of a dot: `jane,doe@example.com`.
    Comma,
    /// A typographic apostrophe stands in it: `o’malley@example.com`.
    Apostrophe,
    /// It is percent-encoded: `jane%2Bnews@example.com`.
    Encoded,
    /// A letter in it looks like another one: the Kelvin sign like `k`, the Cyrillic `а` like `a`.
    Lookalike(char),
    /// Letters were damaged on the way: a replacement character, a question mark in place of a letter, a sign that no address
    /// has, or UTF-8 that was read as another encoding.
    Damaged,
    /// It has letters outside of ASCII, and the encoding of the file that it came from was guessed.
    Guessed,
    /// It stands in a column that is not about the address to be invited: a second address, a sign-in name. Holds the
    /// heading of the column.
    Column(String),
    /// Words or signs around it say that its person is not to be invited: `not Bob (bob@example.com)`, `# bob@example.com`,
    /// `Declined: bob@example.com`. Holds them.
    Beside(String),
    /// Mail to it is read by nobody: `no-reply@example.com`.
    NoReply,
    /// Its row is an example that came with a template.
    Example,
}

impl ParsedAddress {
    /// One of which only the text is known.
    pub fn of_text(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}
