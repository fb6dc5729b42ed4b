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
    /// What is read anew, from its second page on.
    pub(super) next: Option<(FxHashMap<String, T>, FxHashSet<String>, u64)>,
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
    /// Takes a page in: rows with their id and the key of their address. `wins` tells whether another row about the same
    /// address takes the place of a known one.
    pub(super) fn take(
        &mut self,
        page: u32,
        rows: impl Iterator<Item = (String, String, T)>,
        total: u64,
        is_last: bool,
        needs_certainty: bool,
        wins: impl Fn(&T, &T) -> bool,
    ) -> Progress {
        let rows: Vec<_> = rows.collect();
        if page == 1
            && let Some(before) = self.total.filter(|_| self.is_certain || self.is_steady && !needs_certainty)
        {
            let new = rows.iter().filter(|(id, ..)| !self.ids.contains(id)).count() as u64;
            // The newest rows come first: what stands behind a row of the last reading is known.
            let was_read = |id: &String| self.ids.contains(id) && !self.noted.contains(id);
            let is_met = is_last || rows.iter().any(|(id, ..)| was_read(id));
            if is_met && before + new == total {
                rows.into_iter().for_each(|(id, key, row)| self.put(id, key, row, &wins));
                self.total = Some(total);
                self.noted.clear();
                return if self.is_certain { Progress::Certain } else { Progress::Ended };
            }
        }
        // While not all is known yet, each page counts at once; afterwards the whole takes the place of what was known.
        if self.total.is_none() {
            for (id, key, row) in rows.iter().cloned() {
                self.put(id, key, row, &wins);
            }
        }
        if page == 1 {
            self.next = Some((FxHashMap::default(), FxHashSet::default(), total));
        }
        let Some((people, ids, first_total)) = &mut self.next else { return Progress::Ended };
        let first_total = *first_total;
        for (id, key, row) in rows {
            ids.insert(id);
            match people.get(&key) {
                Some(known) if !wins(known, &row) => {}
                _ => drop(people.insert(key, row)),
            }
        }
        if !is_last {
            return Progress::GoesOn;
        }
        // A row that slipped from one page to another while they were read would be missing.
        self.is_steady = total == first_total;
        self.is_certain = self.is_steady && ids.len() as u64 == total;
        if let Some((people, ids, _)) = self.next.take() {
            (self.people, self.ids) = (people, ids);
        }
        self.noted.clear();
        self.total = Some(total);
        if self.is_certain { Progress::Certain } else { Progress::Ended }
    }

    fn put(&mut self, id: String, key: String, row: T, wins: impl Fn(&T, &T) -> bool) {
        self.ids.insert(id);
        match self.people.get(&key) {
            Some(known) if !wins(known, &row) => {}
            _ => drop(self.people.insert(key, row)),
        }
    }

    /// Puts a row in that is known from elsewhere.
    pub(super) fn note(&mut self, key: String, id: String, row: T) {
        if self.ids.insert(id.clone()) {
            self.total = self.total.map(|total| total + 1);
            self.noted.insert(id);
        }
        self.people.insert(key, row);
    }
}
