//! A wasm module, as far as moving its functions takes.

use std::collections::{BTreeMap, HashMap};

use anyhow::{Context, Result, bail, ensure};
use wasmparser::{
    ConstExpr, Data, DataKind, ElementItems, ElementKind, Export, ExternalKind, FuncType, FunctionBody,
    Global, Import, KnownCustom, MemoryType, Name, Operator, Parser, Payload, Table, TypeRef,
};

/// The items of a module, each kind by its index. Imported ones come first.
#[derive(Default)]
pub struct Module<'a> {
    types: Vec<FuncType>,
    pub imports: Vec<Import<'a>>,
    /// The type of each function, by its index among the types.
    functions: Vec<u32>,
    /// Those of the functions that are no imports, in their order.
    bodies: Vec<FunctionBody<'a>>,
    pub tables: Vec<Table<'a>>,
    pub memories: Vec<MemoryType>,
    pub globals: Vec<Global<'a>>,
    pub exports: Vec<Export<'a>>,
    /// The functions that the module puts into the table, by their slots there.
    pub slots: BTreeMap<u32, u32>,
    pub data: Vec<Data<'a>>,
    names: HashMap<u32, &'a str>,
}

impl<'a> Module<'a> {
    /// # Errors
    /// When it is no module, or has something in it that the page's modules do not have.
    pub fn read(wasm: &'a [u8]) -> Result<Self> {
        let mut module = Self::default();
        for payload in Parser::new(0).parse_all(wasm) {
            module.take_in(payload?)?;
        }
        Ok(module)
    }

    fn take_in(&mut self, payload: Payload<'a>) -> Result<()> {
        match payload {
            Payload::TypeSection(types) => {
                for group in types.into_iter_err_on_gc_types() {
                    self.types.push(group?);
                }
            }
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    let import = import?;
                    if let TypeRef::Func(ty) = import.ty {
                        self.functions.push(ty);
                    }
                    self.imports.push(import);
                }
            }
            Payload::FunctionSection(types) => {
                for ty in types {
                    self.functions.push(ty?);
                }
            }
            Payload::TableSection(tables) => self.tables = tables.into_iter().collect::<Result<_, _>>()?,
            Payload::MemorySection(memories) => {
                self.memories = memories.into_iter().collect::<Result<_, _>>()?;
            }
            Payload::GlobalSection(globals) => {
                self.globals = globals.into_iter().collect::<Result<_, _>>()?
            }
            Payload::ExportSection(exports) => {
                self.exports = exports.into_iter().collect::<Result<_, _>>()?
            }
            Payload::ElementSection(segments) => {
                for segment in segments {
                    let segment = segment?;
                    let ElementKind::Active { table_index, offset_expr } = segment.kind else {
                        bail!("a segment of the table's functions is not active")
                    };
                    ensure!(table_index.unwrap_or(0) == 0, "functions stand in a second table");
                    self.put_in_slots(constant(&offset_expr)?, segment.items)?;
                }
            }
            Payload::CodeSectionEntry(body) => self.bodies.push(body),
            Payload::DataSection(data) => {
                for data in data {
                    let data = data?;
                    ensure!(matches!(data.kind, DataKind::Active { .. }), "a segment of data is not active");
                    self.data.push(data);
                }
            }
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(sections) = section.as_known() {
                    for section in sections {
                        let Name::Function(names) = section? else { continue };
                        for name in names {
                            let name = name?;
                            self.names.insert(name.index, name.name);
                        }
                    }
                }
            }
            Payload::StartSection { .. } | Payload::TagSection(_) => {
                bail!("the wasm has a section that the page's modules do not have: {payload:?}")
            }
            _ => {}
        }
        Ok(())
    }

    fn put_in_slots(&mut self, first: u32, items: ElementItems) -> Result<()> {
        match items {
            ElementItems::Functions(functions) => {
                for (slot, function) in (first..).zip(functions) {
                    self.slots.insert(slot, function?);
                }
            }
            ElementItems::Expressions(_, expressions) => {
                for (slot, expression) in (first..).zip(expressions) {
                    match expression?.get_operators_reader().read()? {
                        Operator::RefFunc { function_index } => {
                            self.slots.insert(slot, function_index);
                        }
                        Operator::RefNull { .. } => {}
                        other => bail!("a slot of the table holds {other:?}"),
                    }
                }
            }
        }
        Ok(())
    }

    /// How many functions are imports.
    pub fn imported(&self) -> u32 {
        (self.functions.len() - self.bodies.len()) as u32
    }

    /// What a function consists of; `None` for an import.
    pub fn body(&self, function: u32) -> Option<&FunctionBody<'a>> {
        self.bodies.get(function.checked_sub(self.imported())? as usize)
    }

    /// The functions that are no imports.
    pub fn defined(&self) -> impl Iterator<Item = (u32, &FunctionBody<'a>)> {
        (self.imported()..).zip(&self.bodies)
    }

    /// The type at an index.
    ///
    /// # Errors
    /// When there is none.
    pub fn ty(&self, index: u32) -> Result<&FuncType> {
        self.types.get(index as usize).context("a type is missing")
    }

    /// The type of a function.
    ///
    /// # Errors
    /// When there is no such function.
    pub fn type_of(&self, function: u32) -> Result<&FuncType> {
        self.ty(*self.functions.get(function as usize).context("a function is missing")?)
    }

    /// The name that the compiler gave a function; "" when the module does not say.
    pub fn name(&self, function: u32) -> &'a str {
        self.names.get(&function).copied().unwrap_or_default()
    }

    /// The name by which other modules share an item of this one: by which it is exported, or by which this one imports it.
    pub fn shared_name(&self, kind: ExternalKind, index: u32) -> Option<&'a str> {
        let mut imports = self.imports.iter().filter(|import| kind_of(import.ty) == kind);
        let import = imports.nth(index as usize).map(|import| import.name);
        import.or_else(|| {
            let mut exports = self.exports.iter();
            Some(exports.find(|export| export.kind == kind && export.index == index)?.name)
        })
    }
}

/// What kind of item an import is.
pub fn kind_of(ty: TypeRef) -> ExternalKind {
    match ty {
        TypeRef::Func(_) | TypeRef::FuncExact(_) => ExternalKind::Func,
        TypeRef::Table(_) => ExternalKind::Table,
        TypeRef::Memory(_) => ExternalKind::Memory,
        TypeRef::Global(_) => ExternalKind::Global,
        TypeRef::Tag(_) => ExternalKind::Tag,
    }
}

fn constant(expression: &ConstExpr) -> Result<u32> {
    match expression.get_operators_reader().read()? {
        Operator::I32Const { value } => Ok(value as u32),
        other => bail!("a segment begins at {other:?}"),
    }
}
