//! Writes one part of the page's wasm.

use std::collections::HashMap;

use anyhow::{Context, Result, anyhow, bail, ensure};
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, ExportKind, ExportSection,
    Function, FunctionSection, GlobalSection, ImportSection, Instruction, MemorySection, MemoryType,
    TableSection, TableType, TypeSection,
    reencode::{self, Reencode, RoundtripReencoder},
};
use wasmparser::{ExternalKind, FuncType, FunctionBody, Operator, TypeRef};

use super::{CALLED, Id, Layout, PRIMARY, Part, STUBS, module::Module, profile::plain_name};

/// One part of the wasm, while it is written.
pub struct Writer<'p, 'a> {
    modules: &'p [Module<'a>],
    layout: &'p Layout,
    part: Part,
    /// Whether each function tells that it is called.
    is_telling: bool,
    /// The types that are in use so far.
    types: Vec<FuncType>,
    /// The functions that this part imports: from where, by which name, and the index of the type.
    imports: Vec<(String, String, u32)>,
    /// The functions of this part, by their indices in it.
    functions: HashMap<Id, u32>,
    /// The items that this part shares with the primary one, in the order of their indices by kind.
    shared: Vec<(ExternalKind, String, EntityType)>,
}

impl<'p, 'a> Writer<'p, 'a> {
    pub fn new(modules: &'p [Module<'a>], layout: &'p Layout, part: Part) -> Self {
        Self {
            modules,
            layout,
            part,
            is_telling: false,
            types: vec![],
            imports: vec![],
            functions: HashMap::new(),
            shared: vec![],
        }
    }

    /// Has each function tell that it is called.
    pub fn telling(mut self) -> Self {
        self.is_telling = true;
        self
    }

    /// Writes the part.
    ///
    /// # Errors
    /// When the modules that were read do not belong together.
    pub fn write(mut self) -> Result<Vec<u8>> {
        // All imports come first: the index of each function depends on their number.
        if self.part == Part::Primary {
            self.import_from_the_glue()?;
        }
        let stubs = self.import_stubs()?;
        let own = self.own_functions();
        let listeners = self.import_listeners(&own);
        for (id, index) in own.iter().zip(self.imports.len() as u32..) {
            self.functions.insert(*id, index);
        }

        let (functions, code) = self.code(&own, listeners)?;
        let elements = self.elements(stubs)?;
        let data = self.data()?;
        let (tables, memories, globals) = self.own_items()?;
        let exports = self.exports()?;
        let mut wasm = wasm_encoder::Module::new();
        wasm.section(&self.type_section()?).section(&self.import_section()).section(&functions);
        if self.part == Part::Primary {
            wasm.section(&tables).section(&memories).section(&globals);
        }
        if !exports.is_empty() {
            wasm.section(&exports);
        }
        wasm.section(&elements).section(&code);
        if !data.is_empty() {
            wasm.section(&data);
        }
        Ok(wasm.finish())
    }

    /// The functions that the primary module imports keep their indices.
    fn import_from_the_glue(&mut self) -> Result<()> {
        let primary = &self.modules[0];
        for (function, import) in (0..).zip(&primary.imports) {
            ensure!(matches!(import.ty, TypeRef::Func(_)), "the primary wasm imports {:?}", import.name);
            self.functions.insert(Id { module: 0, function }, function);
            self.import(import.module, import.name, primary.type_of(function)?);
        }
        Ok(())
    }

    /// Imports the stubs of the cold functions of the modules that this part consists of otherwise. Answers the slots of the table which they
    /// are in, each with the stub: by a slot's number boot.js finds the function itself.
    fn import_stubs(&mut self) -> Result<Vec<(u32, u32)>> {
        let (layout, part) = (self.layout, self.part);
        let mut slots = vec![];
        for (slot, id) in layout.cold_slots().filter(|(_, id)| Part::of(id.module) == part) {
            slots.push((slot, self.imports.len() as u32));
            self.import(STUBS, &slot.to_string(), self.modules[id.module].type_of(id.function)?);
        }
        Ok(slots)
    }

    /// Imports what hears of the calls of each own function; answers their indices.
    fn import_listeners(&mut self, own: &[Id]) -> Vec<Option<u32>> {
        if !self.is_telling {
            return vec![None; own.len()];
        }
        let first = self.imports.len() as u32;
        for id in own {
            let name = plain_name(self.modules[id.module].name(id.function));
            self.import(CALLED, &name, &FuncType::new([], []));
        }
        (first..).map(Some).take(own.len()).collect()
    }

    fn import(&mut self, module: &str, name: &str, ty: &FuncType) {
        let ty = self.type_index(ty);
        self.imports.push((module.to_owned(), name.to_owned(), ty));
    }

    fn code(&mut self, own: &[Id], listeners: Vec<Option<u32>>) -> Result<(FunctionSection, CodeSection)> {
        let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
        for (id, listener) in own.iter().zip(listeners) {
            let module = &self.modules[id.module];
            functions.function(self.type_index(module.type_of(id.function)?));
            let body = module.body(id.function).context("a function has no body")?;
            code.function(&self.function(id.module, body, listener)?);
        }
        Ok((functions, code))
    }

    /// The segments that put functions into their slots of the table: one for each row of slots without a gap.
    fn elements(&mut self, stubs: Vec<(u32, u32)>) -> Result<ElementSection> {
        let own = self.layout.slots.iter().filter_map(|(slot, id)| Some((*slot, *self.functions.get(id)?)));
        let mut slots: Vec<_> = own.chain(stubs).collect();
        slots.sort_unstable();
        let mut segments = ElementSection::new();
        for row in slots.chunk_by(|(slot, _), (next, _)| slot + 1 == *next) {
            let Some((first, _)) = row.first() else { continue };
            let functions: Vec<u32> = row.iter().map(|(_, function)| *function).collect();
            // The shortest form leaves the first table unsaid.
            let table = Some(self.shared_index(0, ExternalKind::Table, 0)?).filter(|table| *table > 0);
            segments.active(
                table,
                &ConstExpr::i32_const(*first as i32),
                Elements::Functions(functions.into()),
            );
        }
        Ok(segments)
    }

    /// The data of the modules that this part consists of; cold functions find theirs there too, in the memory.
    fn data(&mut self) -> Result<DataSection> {
        let (mut data, part) = (DataSection::new(), self.part);
        let modules = self.modules.iter().enumerate();
        for (module, items) in modules.filter(|(module, _)| Part::of(*module) == part) {
            for segment in &items.data {
                In { writer: self, module }.parse_data(&mut data, segment.clone()).map_err(failed)?;
            }
        }
        Ok(data)
    }

    /// What the primary module has and shares: the table got longer.
    fn own_items(&mut self) -> Result<(TableSection, MemorySection, GlobalSection)> {
        let (mut tables, mut memories, mut globals) =
            <(TableSection, MemorySection, GlobalSection)>::default();
        let (primary, length) = (&self.modules[0], u64::from(self.layout.table));
        let mut inside = In { writer: self, module: 0 };
        for (number, table) in primary.tables.iter().enumerate() {
            let mut ty = inside.table_type(table.ty).map_err(failed)?;
            if number == 0 {
                (ty.minimum, ty.maximum) = (length, ty.maximum.map(|_| length));
            }
            tables.table(ty);
        }
        for memory in &primary.memories {
            memories.memory(inside.memory_type(*memory).map_err(failed)?);
        }
        for global in &primary.globals {
            inside.parse_global(&mut globals, global.clone()).map_err(failed)?;
        }
        Ok((tables, memories, globals))
    }

    /// What the primary module exports; and the cold functions, for their stubs.
    fn exports(&mut self) -> Result<ExportSection> {
        let mut exports = ExportSection::new();
        match self.part {
            Part::Primary => {
                for export in &self.modules[0].exports {
                    let mut inside = In { writer: self, module: 0 };
                    inside.parse_export(&mut exports, *export).map_err(failed)?;
                }
            }
            Part::Drawing => {}
            Part::Cold => {
                for (slot, id) in self.layout.cold_slots() {
                    let function = self.functions.get(&id).context("a cold function is missing")?;
                    exports.export(&slot.to_string(), ExportKind::Func, *function);
                }
            }
        }
        Ok(exports)
    }

    fn type_section(&self) -> Result<TypeSection> {
        let mut types = TypeSection::new();
        for ty in &self.types {
            types.ty().func_type(&RoundtripReencoder.func_type(ty.clone()).map_err(unread)?);
        }
        Ok(types)
    }

    fn import_section(&self) -> ImportSection {
        let mut imports = ImportSection::new();
        for (module, name, ty) in &self.imports {
            imports.import(module, name, EntityType::Function(*ty));
        }
        for (_, name, ty) in &self.shared {
            imports.import(PRIMARY, name, *ty);
        }
        imports
    }

    /// The functions of this part. Those of one type and length are beside each other: brotli then makes 1 % less of them than by name.
    fn own_functions(&self) -> Vec<Id> {
        let all =
            self.modules.iter().enumerate().flat_map(|(module, items)| {
                items.defined().map(move |(function, _)| Id { module, function })
            });
        let mut own: Vec<Id> = all.filter(|id| self.layout.part(*id) == self.part).collect();
        own.sort_by_cached_key(|id| {
            let module = &self.modules[id.module];
            let ty = module.type_of(id.function);
            let [takes, gives] = ty.map_or([0, 0], |ty| [ty.params().len(), ty.results().len()]);
            (takes, gives, module.body(id.function).map_or(0, |body| body.as_bytes().len()))
        });
        own
    }

    fn type_index(&mut self, ty: &FuncType) -> u32 {
        let known = self.types.iter().position(|known| known == ty);
        known.unwrap_or_else(|| {
            self.types.push(ty.clone());
            self.types.len() - 1
        }) as u32
    }

    /// The index in this part of an item that the primary module has.
    fn shared_index(&mut self, module: usize, kind: ExternalKind, index: u32) -> Result<u32> {
        if self.part == Part::Primary {
            return Ok(index);
        }
        let name = self.modules[module]
            .shared_name(kind, index)
            .with_context(|| format!("{kind:?} {index} is not shared"))?;
        let mut alike = self.shared.iter().filter(|(other, ..)| *other == kind);
        if let Some(known) = alike.position(|(_, other, _)| other == name) {
            return Ok(known as u32);
        }
        let ty = self.shared_type(name)?;
        self.shared.push((kind, name.to_owned(), ty));
        Ok(self.shared.iter().filter(|(other, ..)| *other == kind).count() as u32 - 1)
    }

    /// The type by which to import what the primary module exports by this name. Its size is left to that module.
    fn shared_type(&self, name: &str) -> Result<EntityType> {
        let primary = &self.modules[0];
        let export = primary.exports.iter().find(|export| export.name == name);
        let export = export.with_context(|| format!("nothing is exported as {name:?}"))?;
        let index = export.index as usize;
        match export.kind {
            ExternalKind::Table => {
                let ty = primary.tables.get(index).context("a table is missing")?.ty;
                let ty = RoundtripReencoder.table_type(ty).map_err(unread)?;
                Ok(EntityType::Table(TableType { minimum: 0, maximum: None, ..ty }))
            }
            ExternalKind::Memory => {
                let ty = *primary.memories.get(index).context("a memory is missing")?;
                let ty = RoundtripReencoder.memory_type(ty).map_err(unread)?;
                Ok(EntityType::Memory(MemoryType { minimum: 0, maximum: None, ..ty }))
            }
            ExternalKind::Global => {
                let ty = primary.globals.get(index).context("a global is missing")?.ty;
                Ok(EntityType::Global(RoundtripReencoder.global_type(ty).map_err(unread)?))
            }
            other => bail!("{other:?} cannot be shared"),
        }
    }

    /// A function of a module that was read, as it is in this part.
    fn function(&mut self, module: usize, body: &FunctionBody, listener: Option<u32>) -> Result<Function> {
        let mut inside = In { writer: self, module };
        let mut function = inside.new_function_with_parsed_locals(body).map_err(failed)?;
        if let Some(listener) = listener {
            function.instruction(&Instruction::Call(listener));
        }
        for operator in body.get_operators_reader()? {
            let operator = operator?;
            let Operator::Call { function_index } = operator else {
                function.instruction(&inside.instruction(operator).map_err(failed)?);
                continue;
            };
            let called = Id { module, function: function_index };
            if let Some(index) = inside.writer.functions.get(&called) {
                function.instruction(&Instruction::Call(*index));
                continue;
            }
            let slot = *inside.writer.layout.slot_of.get(&called).context("a function has no slot")?;
            let modules = inside.writer.modules;
            let type_index = inside.writer.type_index(modules[module].type_of(function_index)?);
            let table_index = inside.writer.shared_index(0, ExternalKind::Table, 0)?;
            function.instruction(&Instruction::I32Const(slot as i32));
            function.instruction(&Instruction::CallIndirect { type_index, table_index });
        }
        Ok(function)
    }
}

/// Writes what stands in one of the modules that were read.
struct In<'w, 'p, 'a> {
    writer: &'w mut Writer<'p, 'a>,
    module: usize,
}

type Reencoded<T> = Result<T, reencode::Error<anyhow::Error>>;

impl In<'_, '_, '_> {
    fn shared(&mut self, kind: ExternalKind, index: u32) -> Reencoded<u32> {
        self.writer.shared_index(self.module, kind, index).map_err(reencode::Error::UserError)
    }
}

impl Reencode for In<'_, '_, '_> {
    type Error = anyhow::Error;

    fn type_index(&mut self, index: u32) -> Reencoded<u32> {
        let modules = self.writer.modules;
        let ty = modules[self.module].ty(index).map_err(reencode::Error::UserError)?;
        Ok(self.writer.type_index(ty))
    }

    fn function_index(&mut self, function: u32) -> Reencoded<u32> {
        let index = self.writer.functions.get(&Id { module: self.module, function }).copied();
        let missing = || anyhow!("a function is referred to from another module");
        index.ok_or_else(|| reencode::Error::UserError(missing()))
    }

    fn global_index(&mut self, index: u32) -> Reencoded<u32> {
        self.shared(ExternalKind::Global, index)
    }

    fn table_index(&mut self, index: u32) -> Reencoded<u32> {
        self.shared(ExternalKind::Table, index)
    }

    fn memory_index(&mut self, index: u32) -> Reencoded<u32> {
        self.shared(ExternalKind::Memory, index)
    }
}

fn failed(error: reencode::Error<anyhow::Error>) -> anyhow::Error {
    anyhow!("the wasm cannot be written: {error}")
}

fn unread(error: reencode::Error) -> anyhow::Error {
    anyhow!("the wasm has a type that cannot be written: {error}")
}
