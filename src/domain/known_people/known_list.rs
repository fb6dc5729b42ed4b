//! One of Clerk's lists, as far as it was read.

use rustc_hash::{FxHashMap, FxHashSet};

/// One list, as far as it is known.
#[derive(Clone, Debug)]
pub(super) struct KnownList<T> {
    pub(super) people: FxHashMap<String, T>,
    /// The ids of all rows, several of which may be about one address.
    pub(super) ids: FxHashSet<String>,
    /// The ids of those that were noted since the list was last known as a whole. Older rows may stand below them that are
    /// not known.
    noted: FxHashSet<String>,
    /// How many rows there were when it was read to its end; `None` before.
    pub(super) total: Option<u64>,
    /// Whether each of these rows is known: none slipped from one page to another while they were read.
    is_certain: bool,
    /// Whether its total stayed the same while it was read. Otherwise a row may have slipped.
    is_steady: bool,
    /// The list as far as it has been read once more.
    pub(super) next: Option<Rereading<T>>,
}

/// A list that is being read once more, while what was known stays in force.
#[derive(Clone, Debug)]
pub(super) struct Rereading<T> {
    people: FxHashMap<String, T>,
    ids: FxHashSet<String>,
    /// How many rows there were when its first page was read.
    total: u64,
}

/// A row of a list.
#[derive(Clone)]
pub(super) struct Row<T> {
    pub(super) id: String,
    /// The key of its address.
    pub(super) key: String,
    pub(super) person: T,
}

impl<T> Default for Rereading<T> {
    fn default() -> Self {
        Self { people: FxHashMap::default(), ids: FxHashSet::default(), total: 0 }
    }
}

impl<T> Default for KnownList<T> {
    fn default() -> Self {
        Self {
            people: FxHashMap::default(),
            ids: FxHashSet::default(),
            noted: FxHashSet::default(),
            total: None,
            is_certain: false,
            is_steady: false,
            next: None,
        }
    }
}

/// Whether the reading of a list has come to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    GoesOn,
    /// It has, but a row may be missing.
    Ended,
    /// It has, and every row is known.
    Certain,
}

impl<T: Clone> KnownList<T> {
    /// Takes a page in. `wins` tells whether another row about the same address takes the place of a known one.
    pub(super) fn take(
        &mut self,
        page: u32,
        rows: Vec<Row<T>>,
        total: u64,
        is_last: bool,
        needs_certainty: bool,
        wins: impl Fn(&T, &T) -> bool,
    ) -> Progress {
        if page == 1 {
            if self.has_only_gained(&rows, total, is_last, needs_certainty) {
                rows.into_iter().for_each(|row| self.put(row, &wins));
                self.total = Some(total);
                self.noted.clear();
                return self.ended();
            }
            self.next = Some(Rereading { total, ..Rereading::default() });
        }
        // While not all is known yet, each page counts at once; afterwards the whole takes the place of what was known.
        if self.total.is_none() {
            rows.iter().cloned().for_each(|row| self.put(row, &wins));
        }
        let Some(next) = &mut self.next else { return Progress::Ended };
        for row in rows {
            next.ids.insert(row.id);
            put(&mut next.people, row.key, row.person, &wins);
        }
        if is_last { self.end_rereading(total) } else { Progress::GoesOn }
    }

    /// Whether the first page explains the total: every row that is not on it is known already.
    fn has_only_gained(&self, rows: &[Row<T>], total: u64, is_last: bool, needs_certainty: bool) -> bool {
        let is_reliable = self.is_certain || self.is_steady && !needs_certainty;
        let Some(before) = self.total.filter(|_| is_reliable) else { return false };
        let new = rows.iter().filter(|row| !self.ids.contains(&row.id)).count() as u64;
        // The newest rows come first: what stands behind a row of the last reading is known.
        let was_read = |row: &Row<T>| self.ids.contains(&row.id) && !self.noted.contains(&row.id);
        (is_last || rows.iter().any(was_read)) && before + new == total
    }

    /// The rows that were read take the place of those that were known.
    fn end_rereading(&mut self, total: u64) -> Progress {
        let Some(Rereading { people, ids, total: first_total }) = self.next.take() else {
            return Progress::Ended;
        };
        // A row that slipped from one page to another while they were read would be missing.
        self.is_steady = total == first_total;
        self.is_certain = self.is_steady && ids.len() as u64 == total;
        (self.people, self.ids, self.total) = (people, ids, Some(total));
        self.noted.clear();
        self.ended()
    }

    fn ended(&self) -> Progress {
        if self.is_certain { Progress::Certain } else { Progress::Ended }
    }

    fn put(&mut self, row: Row<T>, wins: impl Fn(&T, &T) -> bool) {
        self.ids.insert(row.id);
        put(&mut self.people, row.key, row.person, wins);
    }

    /// Adds a row that is known from elsewhere.
    pub(super) fn note(&mut self, key: String, id: String, person: T) {
        if self.ids.insert(id.clone()) {
            self.total = self.total.map(|total| total + 1);
            self.noted.insert(id);
        }
        self.people.insert(key, person);
    }
}

/// Puts a person in, unless the known one about the same address counts for more.
fn put<T>(people: &mut FxHashMap<String, T>, key: String, person: T, wins: impl Fn(&T, &T) -> bool) {
    if people.get(&key).is_none_or(|known| wins(known, &person)) {
        people.insert(key, person);
    }
}
