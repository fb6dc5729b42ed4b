//! Takes the texts of panics out of the page's wasm.
//!
//! Rust calls a function of its library where code panics, and hands it a text, the place in the source, and what formats
//! both. The page never shows any of that, and says with one sentence that it has broken down. So this step makes each of these
//! calls a call of the function that says so, before the wasm is split: what only panics refer to is then in neither module.
//! (The compiler has an option for that, `panic=immediate-abort`, which is not stable.)

use std::ops::Range;

use anyhow::{Context, Result, ensure};
use wasmparser::{
    FunctionBody, KnownCustom, Linking, Operator, Parser, Payload, RelocationEntry, RelocationType,
    SymbolInfo,
};

/// What stands in the names of the functions that panic, in both of the ways in which Rust mangles names.
const PANICS: [&str; 12] = [
    "4core9panicking",
    "4core6option13unwrap_failed",
    "4core6option13expect_failed",
    "4core6result13unwrap_failed",
    "4core4cell22panic_already_borrowed",
    "4core4cell30panic_already_mutably_borrowed",
    "4core3str16slice_error_fail",
    "5slice5index16slice_index_fail",
    "17len_mismatch_fail",
    "7raw_vec12handle_error",
    "17capacity_overflow",
    "3std9panicking11begin_panic",
];

/// What stands in the name of the function to call instead: it takes nothing and returns nothing.
const INSTEAD: &str = "5crash18show_crash_message";

/// So few calls mean that Rust gives its functions other names now.
const MIN_CALLS: usize = 200;

const NOP: u8 = 0x01;
/// The opcode of a call, and the function's index, which the linker pads to five bytes.
const CALL_LENGTH: usize = 6;

/// The wasm that the linker wrote, with relocations, without the texts of its panics.
///
/// # Errors
/// When the wasm cannot be read, or does not have the functions named here.
pub fn without_texts(linked: &[u8]) -> Result<Vec<u8>> {
    let (wasm, calls) = with_calls_replaced(linked)?;
    ensure!(calls >= MIN_CALLS, "only {calls} calls of {PANICS:?} in the wasm");
    Ok(wasm)
}

/// The wasm without those texts, and how many calls were replaced.
fn with_calls_replaced(linked: &[u8]) -> Result<(Vec<u8>, usize)> {
    let module = Module::read(linked)?;
    let (instead, symbol) = module.instead()?;
    let mut wasm = linked.to_vec();
    let (mut removed, mut calls) = (vec![], vec![]);
    for body in &module.bodies {
        for Call { arguments, call } in module.panics_in(body)? {
            wasm.get_mut(arguments.clone()).context("a call outside of the wasm")?.fill(NOP);
            let index = wasm.get_mut(call + 1..call + CALL_LENGTH).context("a call outside of the wasm")?;
            index.copy_from_slice(&padded(instead));
            removed.push(arguments);
            calls.push(call + 1);
        }
    }
    let relocations = module.relocations.rewritten(linked, &module.code, &removed, &calls, symbol);
    let Range { start, end } = module.relocations.section.clone();
    Ok(([&wasm[..start], &relocations, &wasm[end..]].concat(), calls.len()))
}

/// A call of a function that panics, as positions in the file.
struct Call {
    /// What puts the arguments together.
    arguments: Range<usize>,
    /// Where the instruction begins.
    call: usize,
}

/// What this step needs of a module.
#[derive(Default)]
struct Module<'a> {
    /// The content of the code section.
    code: Range<usize>,
    bodies: Vec<FunctionBody<'a>>,
    /// The name of each function.
    names: Vec<(u32, &'a str)>,
    /// The function that each symbol of a function stands for.
    symbols: Vec<(u32, u32)>,
    relocations: Relocations,
}

/// The relocations of the code section.
#[derive(Default)]
struct Relocations {
    /// Where the section stands, with its header.
    section: Range<usize>,
    /// What stands before the number of relocations: the section's name, and which section they belong to.
    head: Vec<u8>,
    /// Each, and where it stands.
    entries: Vec<(RelocationEntry, Range<usize>)>,
}

impl<'a> Module<'a> {
    fn read(wasm: &'a [u8]) -> Result<Self> {
        let mut module = Self::default();
        let mut end_of_last = 0;
        for payload in Parser::new(0).parse_all(wasm) {
            let payload = payload.context("the wasm cannot be read")?;
            match &payload {
                Payload::CodeSectionStart { range, .. } => module.code = in_memory(range),
                Payload::CodeSectionEntry(body) => module.bodies.push(body.clone()),
                Payload::CustomSection(section) => match section.as_known() {
                    KnownCustom::Name(names) => module.read_names(names)?,
                    KnownCustom::Linking(linking) => module.read_symbols(linking)?,
                    KnownCustom::Reloc(reader) if section.name() == "reloc.CODE" => {
                        module.relocations.section = end_of_last..in_memory(&section.range()).end;
                        module.relocations.read(wasm, in_memory(&section.range()).start, &reader)?;
                    }
                    _ => {}
                },
                _ => {}
            }
            if let Some((_, range)) = payload.as_section() {
                end_of_last = in_memory(&range).end;
            }
        }
        ensure!(!module.relocations.entries.is_empty(), "the wasm has no relocations");
        Ok(module)
    }

    fn read_names(&mut self, sections: wasmparser::NameSectionReader<'a>) -> Result<()> {
        for section in sections {
            if let wasmparser::Name::Function(names) = section? {
                for name in names {
                    let name = name?;
                    self.names.push((name.index, name.name));
                }
            }
        }
        Ok(())
    }

    fn read_symbols(&mut self, linking: wasmparser::LinkingSectionReader<'a>) -> Result<()> {
        for section in linking.subsections() {
            if let Linking::SymbolTable(symbols) = section? {
                for (symbol, of) in (0..).zip(symbols) {
                    if let SymbolInfo::Func { index, .. } = of? {
                        self.symbols.push((symbol, index));
                    }
                }
            }
        }
        Ok(())
    }

    /// The function to call instead, and its symbol.
    fn instead(&self) -> Result<(u32, u32)> {
        let function = self.names.iter().find(|(_, name)| name.contains(INSTEAD));
        let (function, _) = function.with_context(|| format!("the wasm has no function {INSTEAD:?}"))?;
        let symbol = self.symbols.iter().find(|(_, of)| of == function);
        let (symbol, _) = symbol.with_context(|| format!("{INSTEAD:?} has no symbol"))?;
        Ok((*function, *symbol))
    }

    fn is_panic(&self, function: u32) -> bool {
        let found = self.names.binary_search_by_key(&function, |(index, _)| *index);
        let name = found.ok().and_then(|at| self.names.get(at)).map_or("", |(_, name)| name);
        PANICS.iter().any(|part| name.contains(part))
    }

    /// The calls of functions that panic. Each is followed by `unreachable`, since such a function does not return: what is
    /// on the stack then is of no matter, and what stands straight before the call can only serve its arguments.
    fn panics_in(&self, body: &FunctionBody) -> Result<Vec<Call>> {
        let mut calls = vec![];
        let mut straight_from = None;
        let mut last = None;
        for operator in body.get_operators_reader()?.into_iter_with_offsets() {
            let (operator, at) = operator?;
            let at = usize::try_from(at)?;
            if let (Some(call), Operator::Unreachable) = (last.take(), &operator) {
                calls.push(call);
            }
            let start = *straight_from.get_or_insert(at);
            match operator {
                Operator::Call { function_index } => {
                    last = self.is_panic(function_index).then_some(Call { arguments: start..at, call: at });
                    straight_from = None;
                }
                operator if leaves_the_line(&operator) => straight_from = None,
                _ => {}
            }
        }
        // A call whose index the linker has not padded has no relocation that could be changed.
        let is_padded = |call: &Call| {
            let index = call.call + 1 - self.code.start;
            self.relocations.entries.iter().any(|(entry, _)| entry.offset as usize == index)
        };
        Ok(calls.into_iter().filter(is_padded).collect())
    }
}

/// Whether something else than the next instruction may follow, or something else than the last one have come before.
fn leaves_the_line(operator: &Operator) -> bool {
    matches!(
        operator,
        Operator::Block { .. }
            | Operator::Loop { .. }
            | Operator::If { .. }
            | Operator::Else
            | Operator::End
            | Operator::Br { .. }
            | Operator::BrIf { .. }
            | Operator::BrTable { .. }
            | Operator::Return
            | Operator::Unreachable
            | Operator::CallIndirect { .. }
    )
}

impl Relocations {
    fn read(&mut self, wasm: &[u8], start: usize, reader: &wasmparser::RelocSectionReader) -> Result<()> {
        let mut starts = vec![];
        let entries = reader.entries();
        let end = in_memory(&entries.range()).end;
        self.head = wasm.get(start..in_memory(&entries.range()).start).unwrap_or_default().to_vec();
        for entry in entries.into_iter_with_offsets() {
            let (at, entry) = entry?;
            starts.push((usize::try_from(at)?, entry));
        }
        let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([end]).collect::<Vec<_>>();
        self.entries = starts.iter().zip(ends).map(|((at, entry), end)| (*entry, *at..end)).collect();
        Ok(())
    }

    /// The section, with its header: without the relocations in `removed`, and with `symbol` in those at `calls`.
    fn rewritten(
        &self,
        wasm: &[u8],
        code: &Range<usize>,
        removed: &[Range<usize>],
        calls: &[usize],
        symbol: u32,
    ) -> Vec<u8> {
        let (mut count, mut entries) = (0, vec![]);
        for (entry, bytes) in &self.entries {
            let at = entry.offset as usize + code.start;
            let before = removed.partition_point(|arguments| arguments.start <= at);
            if before.checked_sub(1).and_then(|last| removed.get(last)).is_some_and(|last| last.contains(&at))
            {
                continue;
            }
            count += 1;
            if calls.binary_search(&at).is_ok() {
                entries.push(RelocationType::FunctionIndexLeb as u8);
                entries.extend(leb(entry.offset));
                entries.extend(leb(symbol));
            } else {
                entries.extend_from_slice(&wasm[bytes.clone()]);
            }
        }
        let content = [self.head.clone(), leb(count), entries].concat();
        [vec![0], leb(content.len() as u32), content].concat()
    }
}

fn in_memory(range: &Range<u64>) -> Range<usize> {
    range.start as usize..range.end as usize
}

/// A number as WebAssembly has it.
fn leb(mut number: u32) -> Vec<u8> {
    let mut bytes = vec![];
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}

/// The same number in five bytes.
fn padded(number: u32) -> [u8; 5] {
    [0, 7, 14, 21, 28].map(|shift| (number >> shift) as u8 & 0x7f | if shift < 28 { 0x80 } else { 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An address that the linker has filled in, as an `i32.const` has it.
    const ADDRESS: [u8; 6] = [0x41, 0x80, 0x80, 0xc0, 0x80, 0x00];
    const UNREACHABLE: u8 = 0x00;
    const DROP: u8 = 0x1a;
    const END: u8 = 0x0b;
    const PANIC: &str = "_RNvNtCs1_4core9panicking5panic";
    const CRASH: &str = "_ZN4page5crash18show_crash_message17h0E";

    fn call(function: u32) -> Vec<u8> {
        [&[0x10][..], &padded(function)].concat()
    }

    fn section(id: u8, content: &[u8]) -> Vec<u8> {
        [&[id][..], &leb(content.len() as u32), content].concat()
    }

    fn custom(name: &str, content: &[u8]) -> Vec<u8> {
        section(0, &[&text(name)[..], content].concat())
    }

    fn text(text: &str) -> Vec<u8> {
        [&leb(text.len() as u32)[..], text.as_bytes()].concat()
    }

    /// A module of three functions: one that panics and takes an address, one that takes nothing, and a third with `code`.
    /// Relocations are types, positions in that code, and symbols: the functions, and then a text.
    fn linked(names: [&str; 2], code: &[u8], relocations: &[(u8, u32, u8)]) -> Vec<u8> {
        let body = |code: &[u8]| [&leb(code.len() as u32 + 1)[..], &[0], code].concat();
        let before = [vec![3], body(&[UNREACHABLE, END]), body(&[END])].concat();
        let relocations = relocations.iter().map(|(ty, at, symbol)| {
            let addend = vec![0; usize::from(*ty != 0)];
            [vec![*ty], leb(before.len() as u32 + 2 + at), vec![*symbol], addend].concat()
        });
        let entries: Vec<_> = relocations.collect();
        let names = [names[0], names[1], "work"];
        let listed: Vec<_> =
            (0..).zip(names).map(|(index, name)| [vec![index], text(name)].concat()).collect();
        let listed = [vec![3], listed.concat()].concat();
        let symbols = (0..).zip(names).map(|(index, name)| [vec![0, 0, index], text(name)].concat());
        let symbols = [vec![4], symbols.collect::<Vec<_>>().concat(), vec![1, 0x10], text("said")].concat();
        [
            b"\0asm\x01\0\0\0".to_vec(),
            section(1, &[2, 0x60, 1, 0x7f, 0, 0x60, 0, 0]),
            section(3, &[3, 0, 1, 1]),
            section(10, &[before, body(code)].concat()),
            custom("linking", &[vec![2, 8], leb(symbols.len() as u32), symbols].concat()),
            custom("reloc.CODE", &[vec![2], leb(entries.len() as u32), entries.concat()].concat()),
            custom("name", &[vec![1], leb(listed.len() as u32), listed].concat()),
        ]
        .concat()
    }

    /// The code of the third function, and the types and symbols of the relocations.
    fn read(wasm: &[u8]) -> (Vec<u8>, Vec<(RelocationType, u32)>) {
        let module = Module::read(wasm).unwrap();
        let body = in_memory(&module.bodies[2].range());
        let entries = module.relocations.entries.iter();
        // Before its code stands that it has no locals.
        (wasm[body.start + 1..body.end].to_vec(), entries.map(|(entry, _)| (entry.ty, entry.index)).collect())
    }

    #[test]
    fn a_panic_becomes_a_call_of_what_says_so_and_its_text_is_referred_to_no_longer() {
        let code = [&ADDRESS[..], &call(0), &[UNREACHABLE, END]].concat();
        let wasm = linked([PANIC, CRASH], &code, &[(4, 1, 3), (0, 7, 0)]);
        let (wasm, calls) = with_calls_replaced(&wasm).unwrap();
        let replaced = [&[NOP; 6][..], &call(1), &[UNREACHABLE, END]].concat();
        assert_eq!((calls, read(&wasm)), (1, (replaced, vec![(RelocationType::FunctionIndexLeb, 1)])));
    }

    #[test]
    fn what_is_done_before_the_arguments_of_a_panic_stays() {
        let code = [&ADDRESS[..], &[DROP], &call(1), &ADDRESS, &call(0), &[UNREACHABLE, END]].concat();
        let wasm = linked([PANIC, CRASH], &code, &[(4, 1, 3), (0, 8, 1), (4, 14, 3), (0, 20, 0)]);
        let (wasm, calls) = with_calls_replaced(&wasm).unwrap();
        let replaced = [&ADDRESS[..], &[DROP], &call(1), &[NOP; 6], &call(1), &[UNREACHABLE, END]].concat();
        let kept = [(RelocationType::MemoryAddrSleb, 3), (RelocationType::FunctionIndexLeb, 1)];
        assert_eq!((calls, read(&wasm)), (1, (replaced, [&kept[..], &kept[1..]].concat())));
    }

    #[test]
    fn other_calls_stay_as_they_are() {
        let code = [&ADDRESS[..], &call(0), &[END]].concat();
        for (name, code) in
            [(PANIC, code.clone()), ("_RNv4core3fmt5write", [&code[..12], &[UNREACHABLE, END]].concat())]
        {
            let wasm = linked([name, CRASH], &code, &[(4, 1, 3), (0, 7, 0)]);
            let (unchanged, calls) = with_calls_replaced(&wasm).unwrap();
            assert_eq!((calls, read(&unchanged)), (0, read(&wasm)));
        }
    }

    #[test]
    fn a_wasm_without_the_functions_that_are_named_here_fails_the_build() {
        let code = [&ADDRESS[..], &call(0), &[UNREACHABLE, END]].concat();
        let error =
            |names| without_texts(&linked(names, &code, &[(4, 1, 3), (0, 7, 0)])).unwrap_err().to_string();
        assert!(error([PANIC, "other"]).contains("no function"));
        assert!(error([PANIC, CRASH]).contains("only 1 calls"));
    }
}
