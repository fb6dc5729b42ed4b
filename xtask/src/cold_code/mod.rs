//! Moves code that the page starts without into a wasm module of its own, which arrives behind the first rows.
//!
//! [`crate::wasm_split`] can only move what nothing at the start *refers* to. Of what remains, much is never *called* before the
//! first rows are there: what handles an answer that rarely comes, or draws what is not on the screen yet. The profile names those
//! functions (`cold` in the words of compilers), and this step puts them into a third part:
//!
//! - the primary module starts the page,
//! - one module behind it draws the page,
//! - the cold module holds what the profile names, of both.
//!
//! Each calls functions of the others through the table, which they share, as they share the memory. Until the cold module has arrived
//! there is a stub in each of its slots: a function of boot.js that brings the module and goes on with the function itself. What the
//! profile does not know makes the page slower, never wrong.
//!
//! What the compiler puts into its only caller moves with that or not at all: `#[inline(never)]` keeps a larger cold function out of a
//! caller that is needed at the start.
//!
//! This is done to the modules as wasm-opt leaves them, so that it costs none of its optimizations.

mod module;
mod profile;
#[cfg(test)]
mod tests;
mod writer;

use std::collections::{BTreeMap, HashMap, HashSet};

use anyhow::{Result, ensure};
use wasmparser::{ExternalKind, Operator};

use module::Module;
pub use profile::Profile;
use writer::Writer;

/// The compiler flag that the profile requires: names that tell the types of a generic function.
pub const RUSTFLAG: &str = "-Csymbol-mangling-version=v0";

/// The module that the others import what is shared from: `m`, as assets/boot.js has it.
pub const PRIMARY: &str = "m";

/// Where the stubs of cold functions are imported from, each by the number of its slot in the table.
pub const STUBS: &str = "s";

/// Where a module whose calls are listened to imports a function for each of its own, by their plain names.
pub const CALLED: &str = "c";

/// The page's wasm, in parts by when they are needed.
pub struct Parts {
    /// The module that the page starts with.
    pub primary: Vec<u8>,
    /// What draws the page.
    pub drawing: Vec<u8>,
    /// What neither calls before the first rows are there.
    pub cold: Vec<u8>,
}

/// Moves the functions that `profile` names out of the `primary` module, and of those that draw the page, which become one module.
/// All have the names that the compiler gave their functions.
///
/// # Errors
/// When a module cannot be read, or has something in it that the page's modules do not have.
pub fn separate(primary: &[u8], drawing: &[Vec<u8>], profile: &Profile) -> Result<Parts> {
    let modules = read(primary, drawing)?;
    let layout = Layout::new(&modules, profile)?;
    let write = |part| Writer::new(&modules, &layout, part).write();
    Ok(Parts { primary: write(Part::Primary)?, drawing: write(Part::Drawing)?, cold: write(Part::Cold)? })
}

/// The same modules with nothing moved out of them, but with each function telling that it is called: it calls what is imported from
/// [`CALLED`] by its name.
///
/// # Errors
/// As [`separate`].
pub fn telling(primary: &[u8], drawing: &[Vec<u8>]) -> Result<Parts> {
    let modules = read(primary, drawing)?;
    let layout = Layout::new(&modules, &Profile::default())?;
    let write = |part| Writer::new(&modules, &layout, part).telling().write();
    Ok(Parts { primary: write(Part::Primary)?, drawing: write(Part::Drawing)?, cold: write(Part::Cold)? })
}

fn read<'a>(primary: &'a [u8], drawing: &'a [Vec<u8>]) -> Result<Vec<Module<'a>>> {
    let others = drawing.iter().map(Vec::as_slice);
    let modules = [primary].into_iter().chain(others).map(Module::read).collect::<Result<Vec<_>>>()?;
    for module in &modules[1..] {
        let has_own = !module.tables.is_empty() || !module.memories.is_empty() || !module.globals.is_empty();
        ensure!(
            !has_own && module.exports.is_empty() && module.imported() == 0,
            "a secondary module has items of its own"
        );
    }
    Ok(modules)
}

/// A function of one of the modules that are read, which are numbered: the primary one is 0.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Id {
    module: usize,
    function: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Primary,
    Drawing,
    Cold,
}

impl Part {
    /// The part that what stays of a module is in.
    fn of(module: usize) -> Self {
        if module == 0 { Self::Primary } else { Self::Drawing }
    }
}

/// What stands where.
struct Layout {
    cold: HashSet<Id>,
    /// The functions in the table, by their slots.
    slots: BTreeMap<u32, Id>,
    /// The slot of each function that has one.
    slot_of: HashMap<Id, u32>,
    /// How many slots the table has.
    table: u32,
}

impl Layout {
    fn new(modules: &[Module], profile: &Profile) -> Result<Self> {
        let mut layout = Self {
            cold: HashSet::new(),
            slots: BTreeMap::new(),
            slot_of: HashMap::new(),
            table: modules[0].tables.first().map_or(0, |table| table.ty.initial as u32),
        };
        for (number, module) in modules.iter().enumerate() {
            for (&slot, &function) in &module.slots {
                ensure!(!layout.slots.contains_key(&slot), "two modules put functions into slot {slot}");
                layout.put(slot, Id { module: number, function });
            }
            for (function, body) in module.defined() {
                let is_cold = profile.is_cold(module.name(function));
                if is_cold && can_move(module, function, body)? {
                    layout.cold.insert(Id { module: number, function });
                }
            }
        }
        for (number, module) in modules.iter().enumerate() {
            for (function, body) in module.defined() {
                let caller = Id { module: number, function };
                for operator in body.get_operators_reader()? {
                    let Operator::Call { function_index } = operator? else { continue };
                    let called = Id { module: number, function: function_index };
                    if layout.part(called) != layout.part(caller) && !layout.slot_of.contains_key(&called) {
                        layout.put(layout.table, called);
                        layout.table += 1;
                    }
                }
            }
        }
        Ok(layout)
    }

    fn put(&mut self, slot: u32, id: Id) {
        self.slots.insert(slot, id);
        self.slot_of.insert(id, slot);
    }

    fn part(&self, id: Id) -> Part {
        if self.cold.contains(&id) { Part::Cold } else { Part::of(id.module) }
    }

    /// The cold functions in the table, by their slots.
    fn cold_slots(&self) -> impl Iterator<Item = (u32, Id)> {
        self.slots.iter().map(|(slot, id)| (*slot, *id)).filter(|(_, id)| self.cold.contains(id))
    }
}

/// Whether a function can be in another module: not if its own one exports it, or if it touches what that does not share.
fn can_move(module: &Module, function: u32, body: &wasmparser::FunctionBody) -> Result<bool> {
    if module.shared_name(ExternalKind::Func, function).is_some() {
        return Ok(false);
    }
    let is_shared = |kind, index| module.shared_name(kind, index).is_some();
    for operator in body.get_operators_reader()? {
        let can_move = match operator? {
            Operator::GlobalGet { global_index } | Operator::GlobalSet { global_index } => {
                is_shared(ExternalKind::Global, global_index)
            }
            Operator::TableGet { table }
            | Operator::TableSet { table }
            | Operator::TableGrow { table }
            | Operator::TableSize { table }
            | Operator::TableFill { table } => is_shared(ExternalKind::Table, table),
            Operator::RefFunc { .. } => false,
            _ => true,
        };
        if !can_move {
            return Ok(false);
        }
    }
    Ok(true)
}
