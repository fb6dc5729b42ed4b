//! What of the list is wanted: which invitations, in which order, which page of them. All of it stands in the address,
//! so that "back" leads to what was seen before and a copied address shows the same to somebody else.

use crate::domain::error::Error;
use crate::domain::invitation::{Invitation, Status, Timestamp};
use crate::domain::paging::{Page, PageSize};
use crate::domain::sending::{Invitations, MOST_PAGES, MOST_ROWS};
use crate::domain::view::{View, named, without};

/// Which invitations are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// Those that wait for an answer.
    #[default]
    Pending,
    /// Those that have expired, and those that soon will.
    Attention,
    /// Those that were accepted.
    Accepted,
    /// Those that were revoked.
    Revoked,
    /// Whatever became of them.
    All,
}

/// A column that the list can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The address.
    Email,
    /// When it was invited.
    Invited,
    /// When its link stops working.
    Expires,
    /// The role's name.
    Role,
    /// What became of it.
    Status,
}

/// An order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// By what.
    pub by: Column,
    /// The other way round.
    pub is_descending: bool,
}

/// What of the list is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// Which invitations.
    pub shown: Shown,
    /// Words that must each be found in the address, the role or the status.
    pub search: String,
    /// In which order; Clerk's (the newest first) when none is named.
    pub sort: Option<Sort>,
    /// Which page.
    pub view: View,
}

const SHOWN: &str = "view";
const SEARCH: &str = "search";
const SORT: &str = "sort";

/// Makes a text fit for an address, or reads it off one.
pub type Coding = fn(&str) -> String;

impl Shown {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Pending, Self::Attention, Self::Accepted, Self::Revoked, Self::All];

    fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Attention => "attention",
            Self::Accepted => "accepted",
            Self::Revoked => "revoked",
            Self::All => "all",
        }
    }

    /// What Clerk is asked for; nothing means everything.
    pub fn statuses(self) -> Vec<Status> {
        match self {
            Self::Pending => vec![Status::Pending],
            Self::Attention => vec![Status::Pending, Status::Expired],
            // Clerk knows both words, and nowhere says what makes them different.
            Self::Accepted => vec![Status::Accepted, Status::Other("completed".to_owned())],
            Self::Revoked => vec![Status::Revoked],
            Self::All => vec![],
        }
    }
}

impl Column {
    /// All of them, in the order in which they stand.
    pub const ALL: [Self; 5] = [Self::Email, Self::Invited, Self::Expires, Self::Role, Self::Status];

    fn word(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Invited => "invited",
            Self::Expires => "expires",
            Self::Role => "role",
            Self::Status => "status",
        }
    }

    /// Does it say anything about those? What was accepted or revoked expires no more, and is all of one status.
    pub fn fits(self, shown: Shown) -> bool {
        match self {
            Self::Email | Self::Invited | Self::Role => true,
            Self::Expires => !matches!(shown, Shown::Accepted | Shown::Revoked),
            Self::Status => matches!(shown, Shown::Attention | Shown::All),
        }
    }
}

impl Listing {
    /// Reads the query of an address. What makes no sense in it is as if it were not there. `usual` is the size when
    /// none is named.
    pub fn from_query(query: &str, usual: PageSize, decode: Coding) -> Self {
        let word = named(query, SHOWN).unwrap_or_default();
        let shown = Shown::ALL.into_iter().find(|shown| shown.word() == word).unwrap_or_default();
        let sort = named(query, SORT).and_then(|word| {
            let (word, is_descending) = word.strip_prefix('-').map_or((word, false), |word| (word, true));
            let by = Column::ALL.into_iter().find(|column| column.word() == word)?;
            by.fits(shown).then_some(Sort { by, is_descending })
        });
        let search = named(query, SEARCH).map_or_else(String::new, decode);
        Self { shown, search, sort, view: View::from_query(query, usual) }
    }

    /// Writes it into a query, in which what is not ours stays.
    pub fn to_query(&self, query: &str, usual: PageSize, encode: Coding) -> String {
        let mut parts = without(query, &[SHOWN, SEARCH, SORT]);
        let mut part = |name: &str, sign: &str, value: &str| parts.push([name, "=", sign, value].concat());
        if self.shown != Shown::default() {
            part(SHOWN, "", self.shown.word());
        }
        if !self.search.is_empty() {
            part(SEARCH, "", &encode(&self.search));
        }
        if let Some(sort) = self.sort {
            part(SORT, if sort.is_descending { "-" } else { "" }, sort.by.word());
        }
        self.view.to_query(&parts.join("&"), usual)
    }

    /// Others from the start: another order or other words, so that the page that was looked at is of no meaning.
    pub fn on_first_page(self) -> Self {
        Self { view: View { page: Page::FIRST, ..self.view }, ..self }
    }

    /// Must the whole list be read for it? Clerk neither searches nor sorts.
    pub fn needs_all(&self) -> bool {
        self.shown == Shown::Attention || self.sort.is_some() || !self.search.trim().is_empty()
    }
}

/// How many invitations there are of each kind, in the order of [`Shown::ALL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// The numbers.
    pub each: [u64; 5],
    /// There may be more that need attention: not all of a long list was looked at.
    pub is_at_least: bool,
}

/// Counts them. Clerk counts by status; who has little time left stands at the end of the pending ones, unless somebody
/// gave some of them another time than usual.
///
/// # Errors
/// Of the first page that could not be read.
pub async fn count(service: &impl Invitations, now: Timestamp) -> Result<Counts, Error> {
    let (rows, pending) = service.list(&[Status::Pending], 1, MOST_ROWS).await?;
    let needing =
        |rows: Vec<_>| rows.iter().filter(|row: &&Invitation| row.needs_attention(now)).count() as u64;
    let mut counts = Counts { each: [pending, needing(rows), 0, 0, 0], is_at_least: false };
    let last = pending.div_ceil(u64::from(MOST_ROWS)).min(u64::from(MOST_PAGES)) as u32;
    for page in (2..=last).rev() {
        let needing = needing(service.list(&[Status::Pending], page, MOST_ROWS).await?.0);
        counts.each[1] += needing;
        if needing == 0 {
            counts.is_at_least = page > 2;
            break;
        }
    }
    counts.each[1] += service.list(&[Status::Expired], 1, 1).await?.1;
    for shown in [Shown::Accepted, Shown::Revoked, Shown::All] {
        counts.each[shown as usize] = service.list(&shown.statuses(), 1, 1).await?.1;
    }
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn plain(text: &str) -> String {
        text.to_owned()
    }

    fn read(query: &str) -> Listing {
        Listing::from_query(query, PageSize::Ten, plain)
    }

    #[test]
    fn an_address_without_any_of_it_shows_the_pending_ones_as_clerk_has_them() {
        let listing = read("?lang=de");
        assert_eq!((listing.shown, listing.sort, listing.needs_all()), (Shown::Pending, None, false));
        assert_eq!(listing.to_query("?lang=de", PageSize::Ten, plain), "lang=de");
    }

    #[test]
    fn nonsense_is_as_if_it_were_not_there() {
        let usual = read("");
        for query in
            ["?view=x", "?sort=y", "?sort=", "?sort=-", "?view&search&sort", "?view=accepted2&sort=--email"]
        {
            assert_eq!(read(query), usual, "{query}");
        }
        // Everything there is of one status.
        assert_eq!(read("?view=revoked&sort=status").sort, None);
    }

    fn listings() -> impl Strategy<Value = Listing> {
        let sort = proptest::option::of((0usize..5, any::<bool>()));
        (0usize..5, "[a-z@ %=&]{0,12}", sort, 1u64..9999, 0usize..4).prop_map(
            |(shown, search, sort, page, size)| {
                let shown = Shown::ALL[shown];
                let sort = sort.map(|(by, is_descending)| Sort { by: Column::ALL[by], is_descending });
                let view = View { page: Page::nearest(page), size: PageSize::ALL[size] };
                Listing { shown, search, sort: sort.filter(|sort| sort.by.fits(shown)), view }
            },
        )
    }

    fn encode(text: &str) -> String {
        text.bytes().map(|byte| format!("%{byte:02x}")).collect()
    }

    fn decode(text: &str) -> String {
        let bytes = text.split('%').skip(1).filter_map(|hex| u8::from_str_radix(hex, 16).ok()).collect();
        String::from_utf8(bytes).unwrap_or_default()
    }

    proptest! {
        #[test]
        fn an_address_shows_what_it_was_written_for(listing in listings(), usual in 0usize..4, rest in "(lang=de|&|x=1)*") {
            let usual = PageSize::ALL[usual];
            let query = listing.to_query(&rest, usual, encode);
            prop_assert_eq!(&Listing::from_query(&query, usual, decode), &listing);
            prop_assert_eq!(listing.to_query(&query, usual, encode), query);
        }

        #[test]
        fn no_query_makes_it_panic(query in "\\PC*") {
            let _ = read(&query).to_query(&query, PageSize::Ten, plain);
        }
    }
}
