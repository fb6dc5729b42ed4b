//! Reads a table again as the admin says, and adds the people that its status column excludes.

use crate::addresses::Meaning;
use crate::feedback::ids;
use crate::invite::composer::Update;
use crate::invite::entry::Source;
use crate::invite::import::{Changing, ImportId, ImportMsg, Step};
use std::collections::HashSet;

impl Update<'_, '_> {
    /// Carries out what the admin does with a table. Returns the id of the element that gets the focus.
    pub(super) fn attend_to_import(&mut self, id: ImportId, msg: ImportMsg) -> Option<String> {
        let imports = &mut self.model.composer.imports;
        let changing = imports.changing.take_if(|changing| changing.import == id);
        match msg {
            ImportMsg::Dismissed => {
                imports.forget(|other| other == id);
                Some(ids::EMAIL.to_owned())
            }
            ImportMsg::LeftOutTaken => {
                imports.changing = changing;
                self.take_in_left_out(id);
                Some(change_id(id))
            }
            msg => match (changing, msg) {
                (None, ImportMsg::ChangePressed) => {
                    imports.changing = imports.table(id).map(Changing::of);
                    let meanings = imports.changing.iter().flat_map(|changing| &changing.meanings);
                    let first = meanings.take_while(|meaning| **meaning == Meaning::Secret).count();
                    Some(column_id(first))
                }
                (None, _) => None,
                (Some(changing), msg) => match changing.update(msg) {
                    Step::Stays(changing) => {
                        imports.changing = Some(changing);
                        None
                    }
                    Step::Closes => Some(change_id(id)),
                    Step::Reads(meanings) => {
                        if let Some(parser) = imports.parser_with(id, &meanings) {
                            imports.add_again(id, parser);
                            self.model.composer.entries.retain(|entry| entry.source != Source::Read(id));
                            self.continue_import();
                        }
                        Some(change_id(id))
                    }
                },
            },
        }
    }

    /// Adds the people whom the status column of a table excludes.
    fn take_in_left_out(&mut self, id: ImportId) {
        let composer = &mut self.model.composer;
        for parsed in composer.imports.take_left_out(id) {
            composer.entries.add(parsed, Source::Read(id), self.context.address_key);
        }
    }

    /// Forgets the tables whose entries are all gone.
    pub(super) fn forget_empty_imports(&mut self) {
        let composer = &mut self.model.composer;
        if !composer.imports.tables().is_empty() {
            let entries = composer.entries.all().iter();
            let present: HashSet<_> = entries.filter_map(|entry| entry.import()).collect();
            composer.imports.forget_empty(&present);
        }
    }
}

/// The id of the button that shows the columns of a table, for the keyboard to come back to.
pub fn change_id(id: ImportId) -> String {
    ["import-", &id.0.to_string()].concat()
}

/// The id of the field for the meaning of the column at this place.
pub fn column_id(at: usize) -> String {
    ["import-column-", &at.to_string()].concat()
}
