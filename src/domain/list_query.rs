//! Which part of the list is requested: filter, search, sort and page. The address bar owns it, so that the browser's
//! "back" returns to the previous query, and a copied address shows the same list to another admin.

use crate::domain::invitation::Status;
use crate::domain::page_request::PageRequest;
use crate::domain::paging::{Page, PageSize};
use crate::domain::query_string::{add, named, without};

/// Which invitations are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StatusFilter {
    /// Those that the invitee has not answered yet.
    #[default]
    Pending,
    /// Those that have expired, and those that expire soon ([`Invitation::needs_attention`]), where nothing newer exists
    /// for the address.
    ///
    /// [`Invitation::needs_attention`]: crate::domain::Invitation::needs_attention
    Attention,
    /// Those that were accepted.
    Accepted,
    /// Those that were revoked.
    Revoked,
    /// All of them, whatever their status.
    All,
}

/// A column that the list can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The address.
    Email,
    /// When it was sent.
    Invited,
    /// When its status last changed: when the invitee joined, or an admin revoked it.
    Changed,
    /// When its link stops working.
    Expires,
    /// The role's name.
    Role,
    /// The status.
    Status,
}

/// The order of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// The column that it is sorted by.
    pub by: Column,
    /// Largest, latest or last in the alphabet first.
    pub is_descending: bool,
}

/// Within how many days people have joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JoinedWithin {
    /// Seven.
    Week,
    /// Thirty.
    Month,
}

impl JoinedWithin {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Week, Self::Month];

    /// How many days that is.
    pub fn days(self) -> u32 {
        match self {
            Self::Week => 7,
            Self::Month => 30,
        }
    }
}

/// Which part of the list is requested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListQuery {
    /// Which invitations are listed.
    pub filter: StatusFilter,
    /// Words that must each be found in the address, the role or the status.
    pub search: String,
    /// Their order; `None` is the usual one of the filter ([`StatusFilter::usual_sort`]), else Clerk's, the newest first.
    pub sort: Option<Sort>,
    /// Only those whose invitee has joined within so many days.
    pub joined: Option<JoinedWithin>,
    /// The page, and how many rows it has.
    pub page: PageRequest,
}

/// What an address names as filter where the requests to join are to be shown, in the place of invitations.
pub const REQUESTS: &str = "requests";
/// The parameter of an address that names the filter.
pub const FILTER: &str = "view";
const SEARCH: &str = "search";
const SORT: &str = "sort";
const JOINED: &str = "joined";

/// Percent-encodes a text for a query, or decodes one. The browser does it in the page.
pub type Coding = fn(&str) -> String;

impl StatusFilter {
    /// All of them, in the order of the filter bar.
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

    /// The statuses to request from Clerk; empty for all of them. Whether an invitation needs attention depends on what is
    /// newer for the same address, whatever became of that.
    pub fn statuses(self) -> Vec<Status> {
        match self {
            Self::Pending => vec![Status::Pending],
            // Clerk uses both words, and does not document how they differ.
            Self::Accepted => vec![Status::Accepted, Status::Other("completed".to_owned())],
            Self::Revoked => vec![Status::Revoked],
            Self::Attention | Self::All => vec![],
        }
    }

    /// The order when the admin has chosen none, where that is not Clerk's: what needs attention stands with the oldest
    /// first, those who have joined with the last one first.
    pub fn usual_sort(self) -> Option<Sort> {
        match self {
            Self::Attention => Some(Sort { by: Column::Invited, is_descending: false }),
            Self::Accepted => Some(Sort { by: Column::Changed, is_descending: true }),
            Self::Pending | Self::Revoked | Self::All => None,
        }
    }

    /// The same query of another kind of invitations: in the same order and by the same words, where that has a meaning.
    pub fn of(self, query: &ListQuery) -> ListQuery {
        let sort = query.sort.filter(|sort| sort.by.fits(self));
        let joined = query.joined.filter(|_| self == Self::Accepted);
        ListQuery { filter: self, sort, joined, ..query.clone() }.on_first_page()
    }

    /// Whether an invitation of this status may stand in the list.
    pub fn lists(self, status: &Status) -> bool {
        match self {
            Self::Pending => *status == Status::Pending,
            Self::Attention => matches!(status, Status::Pending | Status::Expired),
            Self::Accepted => status.is_accepted(),
            Self::Revoked => *status == Status::Revoked,
            Self::All => true,
        }
    }
}

impl Column {
    /// All of them, from left to right.
    pub const ALL: [Self; 6] =
        [Self::Email, Self::Invited, Self::Changed, Self::Expires, Self::Role, Self::Status];

    /// How the address bar names it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Invited => "invited",
            Self::Changed => "changed",
            Self::Expires => "expires",
            Self::Role => "role",
            Self::Status => "status",
        }
    }

    /// Is the column shown with this filter? Accepted and revoked invitations do not expire, and all of them have the
    /// same status. Nothing has happened yet to those that are pending.
    pub fn fits(self, filter: StatusFilter) -> bool {
        match self {
            Self::Email | Self::Invited | Self::Role => true,
            Self::Expires => matches!(filter, StatusFilter::Pending | StatusFilter::Attention),
            Self::Changed => !matches!(filter, StatusFilter::Pending | StatusFilter::Attention),
            Self::Status => matches!(filter, StatusFilter::Attention | StatusFilter::All),
        }
    }
}

impl ListQuery {
    /// Reads the query of an address. A value that is not understood counts as absent. `usual` is the number of rows when
    /// the query names none.
    pub fn from_query(query: &str, usual: PageSize, decode: Coding) -> Self {
        let word = named(query, FILTER).unwrap_or_default();
        let filter = StatusFilter::ALL.into_iter().find(|filter| filter.word() == word).unwrap_or_default();
        let sort = named(query, SORT).and_then(|word| {
            let (word, is_descending) = word.strip_prefix('-').map_or((word, false), |word| (word, true));
            let by = Column::ALL.into_iter().find(|column| column.word() == word)?;
            by.fits(filter).then_some(Sort { by, is_descending })
        });
        let search = named(query, SEARCH).map_or_else(String::new, decode);
        let joined = named(query, JOINED).filter(|_| filter == StatusFilter::Accepted).and_then(|days| {
            // As all numbers of an address: each type of them brings code of its own.
            let days = days.parse::<u64>().ok()?;
            JoinedWithin::ALL.into_iter().find(|joined| u64::from(joined.days()) == days)
        });
        Self { filter, search, sort, joined, page: PageRequest::from_query(query, usual) }
    }

    /// Writes it into `query`, and returns that without its `?`. Parameters of other features (`lang`) stay as they are.
    pub fn to_query(&self, query: &str, usual: PageSize, encode: Coding) -> String {
        let mut query = without(query, &[FILTER, SEARCH, SORT, JOINED]);
        if self.filter != StatusFilter::default() {
            add(&mut query, FILTER, self.filter.word());
        }
        if !self.search.is_empty() {
            add(&mut query, SEARCH, &encode(&self.search));
        }
        if let Some(sort) = self.sort {
            let sign = if sort.is_descending { "-" } else { "" };
            add(&mut query, SORT, &[sign, sort.by.word()].concat());
        }
        if let Some(joined) = self.joined {
            add(&mut query, JOINED, &joined.days().to_string());
        }
        self.page.to_query(&query, usual)
    }

    /// The same query from its first page: with another order or search the old page number means nothing.
    pub fn on_first_page(self) -> Self {
        Self { page: PageRequest { page: Page::FIRST, ..self.page }, ..self }
    }

    /// Does it need the whole list? Clerk can neither search nor sort.
    pub fn needs_all(&self) -> bool {
        self.filter.usual_sort().is_some() || self.sort.is_some() || !self.search.trim().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn plain(text: &str) -> String {
        text.to_owned()
    }

    fn read(query: &str) -> ListQuery {
        ListQuery::from_query(query, PageSize::Ten, plain)
    }

    #[test]
    fn an_address_without_any_of_it_shows_the_pending_ones_as_clerk_has_them() {
        let wanted = read("?lang=de");
        assert_eq!((wanted.filter, wanted.sort, wanted.needs_all()), (StatusFilter::Pending, None, false));
        assert_eq!(wanted.to_query("?lang=de", PageSize::Ten, plain), "lang=de");
    }

    #[test]
    fn nonsense_counts_as_absent() {
        let usual = read("");
        for query in
            ["?view=x", "?sort=y", "?sort=", "?sort=-", "?view&search&sort", "?view=accepted2&sort=--email"]
        {
            assert_eq!(read(query), usual, "{query}");
        }
        // Only who has joined has done so within some days.
        assert_eq!((read("?joined=7").joined, read("?view=accepted&joined=8").joined), (None, None));
        assert_eq!(read("?view=accepted&joined=7").joined, Some(JoinedWithin::Week));
        // All revoked invitations have the same status.
        assert_eq!(read("?view=revoked&sort=status").sort, None);
    }

    #[test]
    fn another_tab_keeps_the_search_and_of_the_rest_what_has_a_meaning_there() {
        let joined = read("?view=accepted&search=ada&sort=-changed&joined=7&page=3");
        assert_eq!(StatusFilter::Accepted.of(&joined), ListQuery { page: read("").page, ..joined.clone() });
        assert_eq!(StatusFilter::Revoked.of(&joined), read("?view=revoked&search=ada&sort=-changed"));
        assert_eq!(StatusFilter::Pending.of(&joined), read("?search=ada"));
    }

    fn queries() -> impl Strategy<Value = ListQuery> {
        let sort = proptest::option::of((0usize..6, any::<bool>()));
        (0usize..5, "[a-z@ %=&]{0,12}", sort, 1u64..9999, 0usize..4).prop_map(
            |(filter, search, sort, number, size)| {
                let filter = StatusFilter::ALL[filter];
                let sort = sort.map(|(by, is_descending)| Sort { by: Column::ALL[by], is_descending });
                let page = PageRequest { page: Page::nearest(number), size: PageSize::ALL[size] };
                let joined = (filter == StatusFilter::Accepted).then_some(JoinedWithin::Week);
                ListQuery { filter, search, sort: sort.filter(|sort| sort.by.fits(filter)), joined, page }
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
        fn an_address_shows_what_it_was_written_for(wanted in queries(), usual in 0usize..4, rest in "(lang=de|&|x=1)*") {
            let usual = PageSize::ALL[usual];
            let query = wanted.to_query(&rest, usual, encode);
            prop_assert_eq!(&ListQuery::from_query(&query, usual, decode), &wanted);
            prop_assert_eq!(wanted.to_query(&query, usual, encode), query);
        }

        #[test]
        fn no_query_makes_it_panic(query in "\\PC*") {
            let _ = read(&query).to_query(&query, PageSize::Ten, plain);
        }
    }
}
