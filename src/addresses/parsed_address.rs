//! What reading comes to.

/// An address that was read, or the text in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedAddress {
    /// The address as it was written, cleaned of the characters around it; where there is none, the text that stands in
    /// its place.
    pub text: String,
    /// The person's name, when it was written beside the address.
    pub name: Option<String>,
    /// The content of the role column, as written.
    pub role: Option<String>,
}
