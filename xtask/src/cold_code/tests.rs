//! Runs small modules in an interpreter, separated in each possible way.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
};

use proptest::prelude::*;
use wasmi::{Engine, Extern, ExternType, Func, Instance, Linker, Module as Compiled, Store, Val};

use super::*;

/// Starts the page: calls its own functions directly, and what draws it through the table.
const PRIMARY: &str = r#"(module
  (type $number (func (param i32) (result i32)))
  (import "glue" "ten" (func $ten (result i32)))
  (table $table (export "table") 4 4 funcref)
  (table $texts 2 2 funcref)
  (memory (export "memory") 1)
  (global $stack (export "stack") (mut i32) (i32.const 7))
  (global $own (mut i32) (i32.const 100))
  (elem (i32.const 1) func $twice)
  (data (i32.const 8) "\05")
  (func $twice (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2)))
  (func $next (param i32) (result i32)
    (global.set $stack (i32.add (global.get $stack) (i32.const 1)))
    (i32.add (call $twice (local.get 0)) (global.get $stack)))
  (func $stored (param i32) (result i32) (i32.add (call $ten) (i32.load8_u (local.get 0))))
  (func $kept (param i32) (result i32)
    (global.set $own (i32.add (global.get $own) (local.get 0)))
    (global.get $own))
  (func $sizes (param i32) (result i32) (table.size $texts))
  (func $run (export "run") (param i32) (result i32)
    (i32.add
      (i32.add (call $next (local.get 0)) (call $stored (i32.const 8)))
      (i32.add
        (i32.add (call $kept (local.get 0)) (call $sizes (i32.const 0)))
        (call_indirect $table (type $number) (local.get 0) (i32.const 2))))))"#;

/// Draws the page: two modules, each of which calls its own functions directly, and those of others through the table.
const DRAWING: [&str; 2] = [
    r#"(module
  (type $number (func (param i32) (result i32)))
  (import "m" "table" (table 4 funcref))
  (import "m" "memory" (memory 1))
  (import "m" "stack" (global $stack (mut i32)))
  (elem (i32.const 2) func $draw)
  (data (i32.const 16) "\09")
  (func $draw (param i32) (result i32)
    (if (result i32) (i32.gt_s (local.get 0) (i32.const 50))
      (then (call $large (local.get 0)))
      (else (i32.add (call $small (i32.const 16)) (call_indirect (type $number) (local.get 0) (i32.const 3))))))
  (func $small (param i32) (result i32) (i32.add (i32.load8_u (local.get 0)) (global.get $stack)))
  (func $large (param i32) (result i32) (call_indirect (type $number) (local.get 0) (i32.const 1))))"#,
    r#"(module
  (import "m" "table" (table 4 funcref))
  (elem (i32.const 3) func $row)
  (func $row (param i32) (result i32) (i32.sub (call $cell (local.get 0)) (i32.const 3)))
  (func $cell (param i32) (result i32) (i32.mul (local.get 0) (local.get 0))))"#,
];

const NAMES: [&str; 11] =
    ["twice", "next", "stored", "kept", "sizes", "run", "draw", "small", "large", "row", "cell"];

fn wasm(text: &str) -> Vec<u8> {
    wat::parse_str(text).unwrap()
}

fn parts(cold: &[&str]) -> Parts {
    let profile = Profile::read(&cold.join("\n"));
    separate(&wasm(PRIMARY), &DRAWING.map(wasm), &profile).unwrap()
}

/// The page's wasm as it runs, with functions of the host in the place of those that have not arrived.
struct Running {
    store: Store<()>,
    primary: Instance,
    cold: Compiled,
    /// The names of the stubs that were called.
    called_stubs: Arc<Mutex<Vec<String>>>,
}

impl Running {
    fn start(parts: &Parts) -> Self {
        let engine = Engine::default();
        let mut store = Store::new(&engine, ());
        let [primary, drawing, cold] =
            [&parts.primary, &parts.drawing, &parts.cold].map(|wasm| Compiled::new(&engine, wasm).unwrap());
        let called_stubs = Arc::default();
        let started = Arc::default();
        let mut running = Self {
            primary: instance(&mut store, &primary, &started, &cold, &called_stubs),
            store,
            cold,
            called_stubs,
        };
        *started.lock().unwrap() = Some(running.primary);
        instance(&mut running.store, &drawing, &started, &running.cold, &running.called_stubs);
        running
    }

    /// Has the cold module arrive.
    fn arrive(&mut self) {
        let started = Arc::new(Mutex::new(Some(self.primary)));
        instance(&mut self.store, &self.cold, &started, &self.cold, &self.called_stubs);
    }

    fn run(&mut self, number: i32) -> i32 {
        let run = self.primary.get_typed_func::<i32, i32>(&self.store, "run").unwrap();
        run.call(&mut self.store, number).unwrap()
    }
}

/// Starts a module with what it imports.
fn instance(
    store: &mut Store<()>,
    module: &Compiled,
    primary: &Arc<Mutex<Option<Instance>>>,
    cold: &Compiled,
    called_stubs: &Arc<Mutex<Vec<String>>>,
) -> Instance {
    let mut linker = Linker::new(store.engine());
    for import in module.imports() {
        let (from, name) = (import.module(), import.name().to_owned());
        let item = match (from, import.ty()) {
            (super::PRIMARY, _) => primary.lock().unwrap().unwrap().get_export(&*store, &name).unwrap(),
            (STUBS, ExternType::Func(ty)) => {
                let (primary, cold, called_stubs) = (primary.clone(), cold.clone(), called_stubs.clone());
                let called = name.clone();
                Extern::Func(Func::new(&mut *store, ty.clone(), move |mut caller, values, results| {
                    called_stubs.lock().unwrap().push(called.clone());
                    let mut linker = Linker::new(caller.engine());
                    let exports = primary.lock().unwrap().unwrap();
                    for import in cold.imports() {
                        let item = exports.get_export(&caller, import.name()).unwrap();
                        linker.define(import.module(), import.name(), item).unwrap();
                    }
                    let cold = linker.instantiate_and_start(&mut caller, &cold)?;
                    cold.get_func(&caller, &called).unwrap().call(&mut caller, values, results)
                }))
            }
            (_, ExternType::Func(ty)) => Extern::Func(Func::new(&mut *store, ty.clone(), |_, _, results| {
                results[0] = Val::I32(10);
                Ok(())
            })),
            (from, ty) => panic!("{from} {name} {ty:?}"),
        };
        linker.define(from, &name, item).unwrap();
    }
    linker.instantiate_and_start(store, module).unwrap()
}

proptest! {
    #[test]
    fn whatever_is_cold_and_whenever_it_arrives_the_result_is_the_same(
        cold in proptest::sample::subsequence(NAMES.to_vec(), 0..=NAMES.len()),
        arrives_at in 0..5_usize,
    ) {
        let (mut whole, mut separated) = (Running::start(&parts(&[])), Running::start(&parts(&cold)));
        for (turn, number) in [3, 60, 3, 60].into_iter().enumerate() {
            if turn == arrives_at {
                separated.arrive();
            }
            prop_assert_eq!(whole.run(number), separated.run(number));
        }
        prop_assert!(whole.called_stubs.lock().unwrap().is_empty());
    }
}

#[test]
fn a_function_that_has_arrived_is_called_without_its_stub() {
    let mut page = Running::start(&parts(&["next", "cell"]));
    page.arrive();
    page.run(3);
    assert_eq!(*page.called_stubs.lock().unwrap(), [""; 0]);
}

#[test]
fn the_first_stub_that_is_called_brings_all_functions() {
    let mut page = Running::start(&parts(&["large", "small"]));
    page.run(3);
    assert_eq!(page.called_stubs.lock().unwrap().len(), 1);
    // The cold module has come with that.
    page.run(60);
    assert_eq!(page.called_stubs.lock().unwrap().len(), 1);
}

fn names_in(wasm: &[u8]) -> (usize, usize) {
    let module = Module::read(wasm).unwrap();
    (module.defined().count(), module.data.len())
}

#[test]
fn a_cold_function_moves_unless_it_is_exported_or_touches_what_is_not_shared() {
    let parts = parts(&NAMES);
    // `run`, `kept` and `sizes` stay.
    assert_eq!(names_in(&parts.primary), (3, 1));
    assert_eq!(names_in(&parts.drawing), (0, 1));
    assert_eq!(names_in(&parts.cold), (8, 0));
}

#[test]
fn without_a_profile_nothing_moves() {
    let parts = parts(&["unknown"]);
    assert_eq!([&parts.primary, &parts.drawing, &parts.cold].map(|wasm| names_in(wasm).0), [6, 5, 0]);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let [one, other] = [parts(&["cell"]), parts(&["cell"])];
    assert_eq!((one.primary, one.drawing, one.cold), (other.primary, other.drawing, other.cold));
}

#[test]
fn each_function_tells_its_name_when_it_is_called() {
    let parts = telling(&wasm(PRIMARY), &DRAWING.map(wasm)).unwrap();
    let told = |wasm: &[u8]| {
        let module = Module::read(wasm).unwrap();
        let told = module.imports.iter().filter(|import| import.module == CALLED);
        told.map(|import| import.name.to_owned()).collect::<BTreeSet<_>>()
    };
    let all = told(&parts.primary).union(&told(&parts.drawing)).cloned().collect::<BTreeSet<_>>();
    assert_eq!(all, NAMES.map(str::to_owned).into());
}

#[test]
fn a_secondary_module_with_items_of_its_own_is_refused() {
    let own = wasm("(module (memory 1))");
    assert!(separate(&wasm(PRIMARY), &[own], &Profile::default()).is_err());
}

#[test]
fn a_name_is_the_same_in_each_build_and_tells_the_types_of_a_generic_function() {
    let hashed = "_RINvCs1_4page4drawlECs2_3app";
    assert_eq!(profile::plain_name(hashed), "page::draw::<i32>");
    assert_eq!(profile::plain_name("_RNvCs3_4page4draw local_shim"), "page::draw local_shim");
    assert_eq!(profile::plain_name("main"), "main");
}

#[test]
fn a_profile_reads_what_it_writes() {
    let text = Profile::text(&["page::draw".to_owned(), "main".to_owned()].into());
    let profile = Profile::read(&text);
    assert!(profile.is_cold("_RNvCs3_4page4draw") && profile.is_cold("main") && !profile.is_cold("other"));
    assert!(text.starts_with('#') && text.ends_with("page::draw\n"), "{text}");
}
