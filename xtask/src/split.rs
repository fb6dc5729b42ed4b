//! Splits the page's wasm: what its start needs, and what can be fetched when it is first needed.
//!
//! The second module is the first one's continuation: it has no memory, table or global of its own but imports them, and
//! with them the functions that it calls. The first one reaches it through the function table alone: the slots of what
//! moved are empty until the second module fills them. Nothing else in the first one changes, so a call that comes too
//! early is a trap, as a panic is.
//!
//! binaryen has a wasm-split too, but its npm package lacks it.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use walrus::{
    ConstExpr, ConstOp, DataId, Element, ElementId, ElementItems, ElementKind, ExportItem, FunctionId,
    FunctionKind, GlobalId, GlobalKind, ImportedFunction, MemoryId, Module, TableId, TagId, TagKind,
    ir::{Value, Visitor, dfs_in_order},
    passes::gc,
};

/// What the second module imports from: the first one, whose exports the page hands to it under this name.
pub const MAIN: &str = "m";

/// The section that tells wasm-opt which proposals a module may use.
const FEATURES: &str = "target_features";

/// A module in two parts.
pub struct Split {
    /// The part that the page starts with.
    pub main: Vec<u8>,
    /// The part that is fetched later, to be instantiated with `{ m: exports of main }`; `None` when there is nothing
    /// that could wait.
    pub later: Option<Vec<u8>>,
}

/// Moves functions whose demangled name `is_later` accepts into a module of their own, and with them whatever nobody else
/// calls.
///
/// Only those move that are reached through the function table; one that is called directly by a function that stays,
/// stays with it. What is reached through the table is believed to be what its name says: a compiler that puts one
/// function into the slots of several, because they do the same, must be told not to.
///
/// # Errors
/// When the module cannot be read.
pub fn split(module: &[u8], is_later: &dyn Fn(&str) -> bool) -> Result<Split> {
    let whole = read(module)?;
    let bodies = bodies(&whole);
    let moved = Moved::find(&whole, &bodies, is_later);
    if moved.0.is_empty() {
        return Ok(Split { main: module.to_owned(), later: None });
    }
    let shared = shared(&whole, &bodies, &moved);
    let later = later(read(module)?, &moved, &shared);
    let main = main(whole, &moved, &shared);
    for part in [&main, &later] {
        read(part).context("the split wasm is not valid")?;
    }
    Ok(Split { main, later: Some(later) })
}

fn read(module: &[u8]) -> Result<Module> {
    Module::from_buffer(module).context("the wasm cannot be read")
}

/// The second module, importing by the names that the first one's exports have now.
///
/// # Errors
/// When the module cannot be read, or an export that it needs has no new name.
pub fn renamed(later: &[u8], names: &BTreeMap<String, String>) -> Result<Vec<u8>> {
    let mut later = read(later)?;
    for import in later.imports.iter_mut() {
        let name = names.get(&import.name);
        import.name = name.with_context(|| format!("the wasm no longer exports {:?}", import.name))?.clone();
    }
    Ok(later.emit_wasm())
}

/// A thing's number. Ids belong to one reading of a module; their numbers are the same in another reading of the same.
type Number = usize;

/// The functions that move.
struct Moved(BTreeSet<Number>);

impl Moved {
    fn find(module: &Module, bodies: &Bodies, is_later: &dyn Fn(&str) -> bool) -> Self {
        let (in_slots, mut roots) = taken(module);
        roots.extend(module.start.map(|start| start.index()));
        roots.extend(module.exports.iter().filter_map(|export| match export.item {
            ExportItem::Function(id) => Some(id.index()),
            _ => None,
        }));
        // Segments of data and of elements stay whole, and so do the functions that name one.
        roots.extend(bodies.iter().filter(|(_, body)| body.names_segment).map(|(number, _)| *number));
        let by_name = module.funcs.iter().filter(|function| match (&function.kind, &function.name) {
            (FunctionKind::Local(_), Some(name)) => is_later(&rustc_demangle::demangle(name).to_string()),
            _ => false,
        });
        let by_name: BTreeSet<_> = by_name.map(|function| function.id().index()).collect();
        roots.extend(in_slots.difference(&by_name));
        let stays = reached(roots, bodies);
        let entries = in_slots.intersection(&by_name).filter(|number| !stays.contains(number));
        let moved = reached(entries.copied(), bodies);
        // An import of the whole is nobody's to move: the first module passes it on.
        Self(
            moved
                .into_iter()
                .filter(|number| bodies.contains_key(number) && !stays.contains(number))
                .collect(),
        )
    }

    fn has(&self, id: &FunctionId) -> bool {
        self.0.contains(&id.index())
    }
}

/// The functions whose address is taken: those that stand in a slot of a table which is known now, and all others.
fn taken(module: &Module) -> (BTreeSet<Number>, BTreeSet<Number>) {
    let (mut in_slots, mut otherwise) = (BTreeSet::new(), BTreeSet::new());
    for segment in module.elements.iter() {
        match &segment.items {
            ElementItems::Functions(functions) => {
                let numbers = functions.iter().map(|id| id.index());
                match slots(segment) {
                    Some(_) => in_slots.extend(numbers),
                    // Says only that code takes the address, which the code itself says too.
                    None if matches!(segment.kind, ElementKind::Declared) => {}
                    None => otherwise.extend(numbers),
                }
            }
            ElementItems::Expressions(_, items) => otherwise.extend(items.iter().filter_map(named)),
        }
    }
    let globals = module.globals.iter().filter_map(|global| match &global.kind {
        GlobalKind::Local(value) => named(value),
        GlobalKind::Import(_) => None,
    });
    otherwise.extend(globals);
    otherwise.extend(module.tables.iter().filter_map(|table| table.init.as_ref().and_then(named)));
    (in_slots, otherwise)
}

/// The function that an initial value is.
fn named(value: &ConstExpr) -> Option<Number> {
    match value {
        ConstExpr::RefFunc(id) => Some(id.index()),
        ConstExpr::Extended(steps) => steps.iter().find_map(|step| match step {
            ConstOp::RefFunc(id) => Some(id.index()),
            _ => None,
        }),
        _ => None,
    }
}

/// Slots of a table, and the functions that stand in them from the start.
struct Slots {
    table: TableId,
    first: i32,
    functions: Vec<FunctionId>,
}

/// The slots that a segment fills when the module starts, if they can be told beforehand.
fn slots(segment: &Element) -> Option<Slots> {
    match (&segment.kind, &segment.items) {
        (
            ElementKind::Active { table, offset: ConstExpr::Value(Value::I32(first)) },
            ElementItems::Functions(functions),
        ) => Some(Slots { table: *table, first: *first, functions: functions.clone() }),
        _ => None,
    }
}

/// The functions that calls lead to from `roots`, these among them.
fn reached(roots: impl IntoIterator<Item = Number>, bodies: &Bodies) -> BTreeSet<Number> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<_> = roots.into_iter().collect();
    while let Some(number) = open.pop() {
        if reached.insert(number) {
            open.extend(bodies.get(&number).into_iter().flat_map(|body| &body.uses.functions));
        }
    }
    reached
}

/// The code of the module's own functions.
type Bodies = BTreeMap<Number, Body>;

fn bodies(module: &Module) -> Bodies {
    let walked = module.funcs.iter_local().map(|(id, function)| {
        let mut body = Body::default();
        dfs_in_order(&mut body, function, function.entry_block());
        (id.index(), body)
    });
    walked.collect()
}

/// What a function's code names.
#[derive(Default)]
struct Body {
    uses: Uses,
    names_segment: bool,
}

/// Things of a module, by their kind.
#[derive(Default)]
struct Uses {
    functions: BTreeSet<Number>,
    tables: BTreeSet<Number>,
    memories: BTreeSet<Number>,
    globals: BTreeSet<Number>,
    tags: BTreeSet<Number>,
}

impl Visitor<'_> for Body {
    fn visit_function_id(&mut self, id: &FunctionId) {
        self.uses.functions.insert(id.index());
    }
    fn visit_table_id(&mut self, id: &TableId) {
        self.uses.tables.insert(id.index());
    }
    fn visit_memory_id(&mut self, id: &MemoryId) {
        self.uses.memories.insert(id.index());
    }
    fn visit_global_id(&mut self, id: &GlobalId) {
        self.uses.globals.insert(id.index());
    }
    fn visit_tag_id(&mut self, id: &TagId) {
        self.uses.tags.insert(id.index());
    }
    fn visit_data_id(&mut self, _: &DataId) {
        self.names_segment = true;
    }
    fn visit_element_id(&mut self, _: &ElementId) {
        self.names_segment = true;
    }
}

/// What the second module needs of the first one.
fn shared(module: &Module, bodies: &Bodies, moved: &Moved) -> Uses {
    let mut shared = Uses::default();
    for uses in moved.0.iter().filter_map(|number| bodies.get(number)).map(|body| &body.uses) {
        shared.functions.extend(uses.functions.difference(&moved.0));
        shared.tables.extend(&uses.tables);
        shared.memories.extend(&uses.memories);
        shared.globals.extend(&uses.globals);
        shared.tags.extend(&uses.tags);
    }
    let filled = module
        .elements
        .iter()
        .filter_map(slots)
        .filter(|slots| slots.functions.iter().any(|id| moved.has(id)));
    shared.tables.extend(filled.map(|slots| slots.table.index()));
    shared
}

/// The name under which the first module exports a thing to the second. wasm-bindgen gives none that starts like this.
fn name(kind: char, number: Number) -> String {
    format!("~{kind}{number}")
}

/// The whole without what moved, and with what the second module needs among its exports.
fn main(mut module: Module, moved: &Moved, shared: &Uses) -> Vec<u8> {
    let Module { exports, funcs, tables, memories, globals, tags, .. } = &mut module;
    for id in funcs.iter().map(|it| it.id()).filter(|id| shared.functions.contains(&id.index())) {
        exports.add(&name('f', id.index()), id);
    }
    for id in tables.iter().map(|it| it.id()).filter(|id| shared.tables.contains(&id.index())) {
        exports.add(&name('t', id.index()), id);
    }
    for id in memories.iter().map(|it| it.id()).filter(|id| shared.memories.contains(&id.index())) {
        exports.add(&name('m', id.index()), id);
    }
    for id in globals.iter().map(|it| it.id()).filter(|id| shared.globals.contains(&id.index())) {
        exports.add(&name('g', id.index()), id);
    }
    for id in tags.iter().map(|it| it.id()).filter(|id| shared.tags.contains(&id.index())) {
        exports.add(&name('e', id.index()), id);
    }
    let segments: Vec<_> = module.elements.iter().map(|segment| (segment.id(), slots(segment))).collect();
    for (id, slots) in segments {
        if let Some(slots) = slots.filter(|slots| slots.functions.iter().any(|id| moved.has(id))) {
            module.elements.delete(id);
            module.tables.get_mut(slots.table).elem_segments.remove(&id);
            fill(&mut module, &slots, |id| !moved.has(id));
        }
    }
    gc::run(&mut module);
    module.emit_wasm()
}

/// What moved, and nothing else: all that it needs is imported.
fn later(mut module: Module, moved: &Moved, shared: &Uses) -> Vec<u8> {
    let segments: Vec<_> = module.elements.iter().filter_map(slots).collect();
    empty(&mut module);
    let Module { imports, funcs, tables, memories, globals, tags, .. } = &mut module;
    for function in funcs.iter_mut().filter(|it| shared.functions.contains(&it.id().index())) {
        let import = imports.add(MAIN, &name('f', function.id().index()), function.id());
        function.kind = FunctionKind::Import(ImportedFunction { import, ty: function.ty() });
    }
    for table in tables.iter_mut().filter(|it| shared.tables.contains(&it.id().index())) {
        table.import = Some(imports.add(MAIN, &name('t', table.id().index()), table.id()));
        table.init = None;
    }
    for memory in memories.iter_mut().filter(|it| shared.memories.contains(&it.id().index())) {
        memory.import = Some(imports.add(MAIN, &name('m', memory.id().index()), memory.id()));
    }
    let ids: Vec<_> = globals.iter().map(|it| it.id()).collect();
    for id in ids.into_iter().filter(|id| shared.globals.contains(&id.index())) {
        let import = imports.add(MAIN, &name('g', id.index()), id);
        globals.get_mut(id).kind = GlobalKind::Import(import);
    }
    for tag in tags.iter_mut().filter(|it| shared.tags.contains(&it.id().index())) {
        tag.kind = TagKind::Import(imports.add(MAIN, &name('e', tag.id().index()), tag.id()));
    }
    for slots in &segments {
        fill(&mut module, slots, |id| moved.has(id));
    }
    gc::run(&mut module);
    module.emit_wasm()
}

/// Leaves of a module only what belongs to no section that acts by itself.
fn empty(module: &mut Module) {
    module.start = None;
    let exports: Vec<_> = module.exports.iter().map(|it| it.id()).collect();
    exports.into_iter().for_each(|id| module.exports.delete(id));
    let imports: Vec<_> = module.imports.iter().map(|it| it.id()).collect();
    imports.into_iter().for_each(|id| module.imports.delete(id));
    let data: Vec<_> = module.data.iter().map(|it| it.id()).collect();
    data.into_iter().for_each(|id| module.data.delete(id));
    module.memories.iter_mut().for_each(|memory| memory.data_segments.clear());
    let segments: Vec<_> = module.elements.iter().map(|it| it.id()).collect();
    segments.into_iter().for_each(|id| module.elements.delete(id));
    module.tables.iter_mut().for_each(|table| table.elem_segments.clear());
    let customs = module.customs.iter().filter(|(_, section)| section.name() != FEATURES);
    let customs: Vec<_> = customs.map(|(id, _)| id).collect();
    for id in customs {
        module.customs.delete(id);
    }
}

/// Fills the slots whose function is among `ours`, and leaves the others as they are.
fn fill(module: &mut Module, slots: &Slots, ours: impl Fn(&FunctionId) -> bool) {
    let mut slot = slots.first;
    for run in slots.functions.chunk_by(|one, next| ours(one) == ours(next)) {
        if run.first().is_some_and(&ours) {
            let offset = ConstExpr::Value(Value::I32(slot));
            let kind = ElementKind::Active { table: slots.table, offset };
            let id = module.elements.add(kind, ElementItems::Functions(run.to_vec()));
            module.tables.get_mut(slots.table).elem_segments.insert(id);
        }
        slot += run.len() as i32;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use wasmi::{Engine, ExternRef, Func, Instance, Linker, Nullable, Store};

    /// The page's start calls through the table: slot 1 is `near`, 2 `far`, 3 `other`, 4 `near` again, 7 `far2`, 8 `far3`.
    /// What is in `app::far` is to move.
    const PAGE: &str = r#"
    (module
      (import "js" "twice" (func $twice (param i32) (result i32)))
      (import "js" "thrice" (func $thrice (param i32) (result i32)))
      (memory $memory (export "memory") 1)
      (data (i32.const 16) "\07")
      (global $stack (export "stack") (mut i32) (i32.const 100))
      (table $calls 10 funcref)
      (table $refs (export "refs") 2 externref)
      (type $call (func (param i32) (result i32)))
      (elem (table $calls) (i32.const 1) func $near $far $other $near)
      (elem (table $calls) (i32.const 7) func $far2 $far3)
      (func (export "call") (param i32 i32) (result i32)
        (call_indirect $calls (type $call) (local.get 1) (local.get 0)))
      (func (export "peek") (param i32) (result i32) (i32.load (local.get 0)))
      (func $near (@name "app::near::run") (type $call)
        (i32.add (call $both (local.get 0)) (call $direct (local.get 0))))
      (func $far (@name "app::far::run") (type $call)
        (global.set $stack (i32.sub (global.get $stack) (i32.const 16)))
        (i32.store (i32.const 32) (call $thrice (i32.add (local.get 0) (i32.load (i32.const 16)))))
        (i32.add (call $both (i32.load (i32.const 32))) (call $helper (local.get 0))))
      (func $other (@name "<app::Other<app::far::It> as core::Fn>::call") (type $call) (i32.add (local.get 0) (i32.const 5)))
      (func $far2 (@name "<app::far::It as core::Fn>::call") (type $call)
        (i32.add (table.grow $refs (table.get $refs (i32.const 0)) (local.get 0)) (global.get $stack)))
      (func $far3 (@name "app::far::last") (type $call)
        (call_indirect $calls (type $call) (call $far (local.get 0)) (i32.const 1)))
      (func $both (@name "core::both") (type $call) (call $twice (local.get 0)))
      (func $helper (@name "hashbrown::helper") (type $call)
        (if (result i32) (i32.eqz (local.get 0)) (then (i32.const 0))
          (else (i32.add (i32.const 3) (call $helper (i32.sub (local.get 0) (i32.const 1)))))))
      (func $direct (@name "app::far::direct") (type $call) (i32.mul (local.get 0) (i32.const 11)))
    )"#;

    fn wasm(text: &str) -> Vec<u8> {
        wat::parse_str(text).unwrap()
    }

    fn parts(text: &str) -> (Vec<u8>, Vec<u8>) {
        let split =
            split(&wasm(text), &|name| name.trim_start_matches('<').starts_with("app::far::")).unwrap();
        (split.main, split.later.expect("something that moves"))
    }

    /// What a module is made of: the names of its own functions.
    fn functions(module: &[u8]) -> Vec<String> {
        let module = read(module).unwrap();
        let mut names: Vec<_> =
            module.funcs.iter_local().filter_map(|(id, _)| module.funcs.get(id).name.clone()).collect();
        names.sort();
        names
    }

    fn imports(module: &[u8]) -> Vec<(String, String)> {
        let module = read(module).unwrap();
        module.imports.iter().map(|import| (import.module.clone(), import.name.clone())).collect()
    }

    fn exports(module: &[u8]) -> Vec<String> {
        let module = read(module).unwrap();
        module.exports.iter().map(|export| export.name.clone()).collect()
    }

    /// A running page.
    struct Page {
        store: Store<()>,
        linker: Linker<()>,
        main: Instance,
    }

    impl Page {
        fn start(module: &[u8]) -> Self {
            let engine = Engine::default();
            let (mut store, mut linker) = (Store::new(&engine, ()), Linker::new(&engine));
            for (name, factor) in [("twice", 2), ("thrice", 3)] {
                let times = Func::wrap(&mut store, move |number: i32| number * factor);
                linker.define("js", name, times).unwrap();
            }
            let module = wasmi::Module::new(&engine, module).unwrap();
            let main = linker.instantiate_and_start(&mut store, &module).unwrap();
            Self { store, linker, main }
        }

        fn fetch(&mut self, later: &[u8]) {
            let module = wasmi::Module::new(self.store.engine(), later).unwrap();
            self.linker.instance(&mut self.store, MAIN, self.main).unwrap();
            self.linker.instantiate_and_start(&mut self.store, &module).unwrap();
        }

        fn call(&mut self, slot: i32, argument: i32) -> Option<i32> {
            let call = self.main.get_typed_func::<(i32, i32), i32>(&self.store, "call").unwrap();
            call.call(&mut self.store, (slot, argument)).ok()
        }

        fn peek(&mut self, address: i32) -> i32 {
            let peek = self.main.get_typed_func::<i32, i32>(&self.store, "peek").unwrap();
            peek.call(&mut self.store, address).unwrap()
        }

        fn stack(&self) -> i32 {
            let stack = self.main.get_global(&self.store, "stack").unwrap();
            stack.get(&self.store).i32().unwrap()
        }

        fn refs(&self) -> u64 {
            self.main.get_table(&self.store, "refs").unwrap().size(&self.store)
        }

        fn state(&mut self) -> (i32, i32, u64) {
            (self.peek(32), self.stack(), self.refs())
        }
    }

    #[test]
    fn the_first_module_does_by_itself_what_needs_no_second() {
        let (mut whole, mut main) = (Page::start(&wasm(PAGE)), Page::start(&parts(PAGE).0));
        for slot in [1, 3, 4] {
            assert_eq!(main.call(slot, 6), whole.call(slot, 6), "slot {slot}");
            assert!(main.call(slot, 6).is_some(), "slot {slot}");
        }
    }

    #[test]
    fn a_call_that_comes_too_early_is_a_trap() {
        let mut main = Page::start(&parts(PAGE).0);
        for slot in [2, 7, 8] {
            assert_eq!(main.call(slot, 6), None, "slot {slot}");
        }
    }

    #[test]
    fn with_the_second_module_everything_is_as_it_was_in_one() {
        let (main, later) = parts(PAGE);
        let (mut whole, mut page) = (Page::start(&wasm(PAGE)), Page::start(&main));
        assert_eq!(page.call(1, 3), whole.call(1, 3));
        page.fetch(&later);
        for slot in 0..12 {
            for argument in [0, 1, 9] {
                assert_eq!(page.call(slot, argument), whole.call(slot, argument), "slot {slot}");
                assert_eq!(page.state(), whole.state(), "after slot {slot}");
            }
        }
    }

    #[test]
    fn both_modules_have_one_memory_one_stack_and_the_same_tables() {
        let (main, later) = parts(PAGE);
        let mut page = Page::start(&main);
        let object = Nullable::Val(ExternRef::new(&mut page.store, "an object"));
        let refs = page.main.get_table(&page.store, "refs").unwrap();
        refs.set(&mut page.store, 0, object.into()).unwrap();
        page.fetch(&later);
        page.call(2, 1).expect("far is there");
        assert_eq!(page.peek(32), (1 + 7) * 3, "what it wrote, from what the first module's data says");
        assert_eq!(page.stack(), 84);
        page.call(7, 2).expect("far2 is there");
        assert_eq!(page.refs(), 4);
        let grown = refs.get(&page.store, 3).unwrap();
        assert!(matches!(grown, wasmi::Ref::Extern(Nullable::Val(_))), "the object that stood in slot 0");
    }

    #[test]
    fn a_function_moves_by_its_name_or_because_nobody_else_calls_it() {
        let (main, later) = parts(PAGE);
        let far =
            ["<app::far::It as core::Fn>::call", "app::far::last", "app::far::run", "hashbrown::helper"];
        assert_eq!(functions(&later), far);
        assert!(functions(&main).iter().all(|name| !far.contains(&name.as_str())));
    }

    #[test]
    fn what_a_function_that_stays_calls_directly_stays_whatever_its_name() {
        assert!(functions(&parts(PAGE).0).contains(&"app::far::direct".to_owned()));
    }

    #[test]
    fn a_helper_of_both_sides_stays_and_is_exported() {
        let (main, later) = parts(PAGE);
        assert!(functions(&main).contains(&"core::both".to_owned()));
        let ours = exports(&main);
        let theirs = imports(&later);
        assert!(theirs.iter().all(|(module, name)| module == MAIN && ours.contains(name)), "{theirs:?}");
        assert_eq!(ours.iter().filter(|name| name.starts_with('~')).count(), theirs.len());
    }

    #[test]
    fn what_only_the_second_module_asks_of_javascript_goes_through_the_first() {
        let (main, _) = parts(PAGE);
        assert!(imports(&main).contains(&("js".to_owned(), "thrice".to_owned())));
    }

    #[test]
    fn the_second_module_has_only_functions_of_its_own() {
        let later = read(&parts(PAGE).1).unwrap();
        assert_eq!((later.data.iter().count(), later.exports.iter().count(), later.start), (0, 0, None));
        assert!(later.memories.iter().all(|memory| memory.import.is_some()));
        assert!(later.tables.iter().all(|table| table.import.is_some()));
        assert!(later.globals.iter().all(|global| matches!(global.kind, GlobalKind::Import(_))));
    }

    #[test]
    fn a_function_that_copies_from_a_segment_stays() {
        let text = r#"(module (memory 1) (table 4 funcref) (data $data "abc")
            (elem (i32.const 0) func $copy $drop $far)
            (func $copy (@name "app::far::copy")
              (memory.init $data (i32.const 0) (i32.const 0) (i32.const 3)))
            (func $drop (@name "app::far::drop") (data.drop $data))
            (func $far (@name "app::far::run")))"#;
        let (main, later) = parts(text);
        assert_eq!(functions(&main), ["app::far::copy", "app::far::drop"]);
        assert_eq!(functions(&later), ["app::far::run"]);
    }

    #[test]
    fn a_function_whose_address_the_code_takes_goes_where_that_code_is() {
        let text = r#"(module (table $calls 4 funcref) (table $kept (export "kept") 1 funcref)
            (elem (table $calls) (i32.const 0) func $near $far)
            (elem declare func $handed $held)
            (func $near (export "near") (table.set $kept (i32.const 0) (ref.func $held)))
            (func $far (@name "app::far::run") (table.set $kept (i32.const 0) (ref.func $handed)))
            (func $handed (@name "app::far::handed"))
            (func $held (@name "app::far::held")))"#;
        let (main, later) = parts(text);
        assert!(functions(&main).contains(&"app::far::held".to_owned()));
        assert_eq!(functions(&later), ["app::far::handed", "app::far::run"]);
    }

    #[test]
    fn what_the_page_starts_with_and_what_it_exports_stays() {
        let text = r#"(module (table 4 funcref) (elem (i32.const 0) func $start $out $far)
            (start $start)
            (func $start (@name "app::far::start"))
            (func $out (@name "app::far::out") (export "out"))
            (func $far (@name "app::far::run")))"#;
        assert_eq!(functions(&parts(text).1), ["app::far::run"]);
    }

    #[test]
    fn a_name_is_understood_as_the_linker_writes_it() {
        let text = r#"(module (table 4 funcref) (elem (i32.const 0) func 0)
            (func (@name "_RNvNtCsbDqzXfLQacH_3app3far3run")))"#;
        let far = |name: &str| name.starts_with("app[") && name.ends_with("]::far::run");
        assert!(split(&wasm(text), &far).unwrap().later.is_some());
    }

    #[test]
    fn the_second_module_can_follow_when_the_exports_of_the_first_are_renamed() {
        let (main, later) = parts(PAGE);
        let names = exports(&main).into_iter().enumerate();
        let names: BTreeMap<_, _> = names.map(|(index, name)| (name, format!("e{index}"))).collect();
        let theirs = imports(&renamed(&later, &names).unwrap());
        let expected = imports(&later).into_iter().map(|(module, name)| (module, names[&name].clone()));
        assert_eq!(theirs, expected.collect::<Vec<_>>());
    }

    #[test]
    fn an_export_that_got_lost_on_the_way_stops_the_build() {
        assert!(renamed(&parts(PAGE).1, &BTreeMap::new()).is_err());
    }

    #[test]
    fn a_module_without_anything_that_could_wait_is_left_as_it_is() {
        let whole = wasm(PAGE);
        let split = split(&whole, &|_| false).unwrap();
        assert_eq!(split.main, whole);
        assert!(split.later.is_none());
    }

    #[test]
    fn the_same_module_is_split_the_same_way() {
        assert_eq!(parts(PAGE), parts(PAGE));
    }
}
