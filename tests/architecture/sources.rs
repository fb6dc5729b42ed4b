//! Reads the files of a crate, and finds which file uses what another one defines.
//!
//! A path is followed through imports and re-exports to the file that defines what it names. A method call names no file,
//! so it is not seen.

use proc_macro2::{TokenStream, TokenTree};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, Ident, UseTree, Visibility};

pub type Names = Vec<String>;

/// A path as it stands in a file; what starts with `self` or `super` starts with `crate` here.
pub struct Mention {
    pub path: Names,
    pub line: usize,
    /// The name that the path is imported by, and whether it is handed on.
    pub import: Option<(String, bool)>,
}

/// What a file says, without its tests.
#[derive(Default)]
pub struct File {
    pub path: String,
    pub module: Names,
    pub mentions: Vec<Mention>,
    pub functions: Names,
    /// How many lines it has.
    pub length: usize,
    /// Imported JavaScript functions whose exceptions are not caught, with their lines.
    pub uncaught: Vec<(String, usize)>,
}

impl File {
    fn read(path: &str, text: &str) -> Self {
        let names = path.trim_start_matches("src/").trim_end_matches(".rs").split('/');
        let module = names.filter(|name| !matches!(*name, "mod" | "lib")).map(str::to_owned).collect();
        let length = text.lines().count();
        let mut file = Self { path: path.to_owned(), module, length, ..Self::default() };
        file.visit_file(&syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}")));
        file
    }

    fn mention(&mut self, names: &[Ident], import: Option<(String, bool)>) {
        let Some(first) = names.first() else { return };
        let mut path: Names = names.iter().map(Ident::to_string).collect();
        let is_keyword =
            |name: &&String| matches!(&***name, "crate" | "self" | "super" | "clerk_invitations");
        let keywords: Names = path.iter().take_while(is_keyword).cloned().collect();
        if let Some(keyword) = keywords.first() {
            let ups = keywords.iter().filter(|name| *name == "super").count();
            let depth = if matches!(&**keyword, "self" | "super") { self.module.len() } else { 0 };
            path.splice(..keywords.len(), self.module[..depth.saturating_sub(ups)].iter().cloned());
            path.insert(0, "crate".to_owned());
        }
        self.mentions.push(Mention { path, line: first.span().start().line, import });
    }

    fn import(&mut self, before: &[Ident], tree: &UseTree, is_handed_on: bool) {
        let with = |name: &Ident| [before, std::slice::from_ref(name)].concat();
        let (path, name) = match tree {
            UseTree::Path(path) => return self.import(&with(&path.ident), &path.tree, is_handed_on),
            UseTree::Group(group) => {
                return group.items.iter().for_each(|tree| self.import(before, tree, is_handed_on));
            }
            UseTree::Name(name) if name.ident == "self" => (before.to_vec(), before.last().cloned()),
            UseTree::Name(name) => (with(&name.ident), Some(name.ident.clone())),
            UseTree::Rename(name) => (with(&name.ident), Some(name.rename.clone())),
            // What a glob brings is not known here: it counts as a use of the module's own file.
            UseTree::Glob(glob) => (with(&Ident::new("glob", glob.star_token.spans[0])), None),
        };
        self.mention(&path, Some((name.map(|name| name.to_string()).unwrap_or_default(), is_handed_on)));
    }

    /// The paths in what a macro is given.
    fn scan(&mut self, tokens: TokenStream) {
        let (mut path, mut colons) = (vec![], 0);
        for token in tokens {
            match token {
                TokenTree::Punct(sign) if sign.as_char() == ':' => colons += 1,
                TokenTree::Ident(name) if colons == 2 => (path, colons) = ([path, vec![name]].concat(), 0),
                other => {
                    self.mention(&path, None);
                    (path, colons) = (vec![], 0);
                    match other {
                        TokenTree::Ident(name) => path.push(name),
                        TokenTree::Group(group) => self.scan(group.stream()),
                        _ => {}
                    }
                }
            }
        }
        self.mention(&path, None);
    }

    fn imported(&self, name: &str) -> Option<&[String]> {
        let is_it = |mention: &&Mention| mention.import.as_ref().is_some_and(|(own, _)| own == name);
        self.mentions.iter().find(is_it).map(|mention| &*mention.path)
    }
}

fn has(attributes: &[Attribute], is_it: impl Fn(&syn::MetaList) -> bool) -> bool {
    attributes.iter().any(|attribute| attribute.meta.require_list().is_ok_and(&is_it))
}

impl<'ast> Visit<'ast> for File {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        let is_test = |list: &syn::MetaList| {
            let condition = list.tokens.to_string().replace(' ', "");
            list.path.is_ident("cfg") && (condition == "test" || condition.starts_with("all(test,"))
        };
        if has(&module.attrs, is_test) {
            let span = module.span();
            self.length -= span.end().line + 1 - span.start().line;
            return;
        }
        self.module.push(module.ident.to_string());
        visit::visit_item_mod(self, module);
        self.module.pop();
    }

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.functions.push(function.sig.ident.to_string());
        visit::visit_item_fn(self, function);
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.import(&[], &item.tree, !matches!(item.vis, Visibility::Inherited));
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.mention(&path.segments.iter().map(|segment| segment.ident.clone()).collect::<Vec<_>>(), None);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.scan(call.tokens.clone());
        visit::visit_macro(self, call);
    }

    fn visit_foreign_item_fn(&mut self, function: &'ast syn::ForeignItemFn) {
        let name = &function.sig.ident;
        let says_catch =
            |list: &syn::MetaList| list.tokens.to_string().split([' ', ',']).any(|word| word == "catch");
        if !has(&function.attrs, says_catch) {
            self.uncaught.push((name.to_string(), name.span().start().line));
        }
        visit::visit_foreign_item_fn(self, function);
    }

    /// `pub(super)` uses nothing.
    fn visit_vis_restricted(&mut self, _: &'ast syn::VisRestricted) {}
}

/// The files by their modules.
pub struct Sources(pub BTreeMap<Names, File>);

/// One file uses what another one defines.
pub struct Use<'a> {
    pub by: &'a File,
    pub line: usize,
    pub of: &'a File,
    /// A module does not depend on a file in its folder of which it only hands something on.
    pub is_signpost: bool,
}

impl Sources {
    /// All files under `src`.
    pub fn of_the_crate() -> Self {
        let (mut files, mut folders) = (vec![], vec!["src".to_owned()]);
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(&folder)).expect("a folder")
            {
                let entry = entry.expect("an entry");
                let path = format!("{folder}/{}", entry.file_name().to_str().expect("a name in Unicode"));
                if entry.path().is_dir() {
                    folders.push(path);
                } else if path.ends_with(".rs") {
                    files.push((path, fs::read_to_string(entry.path()).expect("a text")));
                }
            }
        }
        Self::read(files.iter().map(|(path, text)| (&**path, &**text)))
    }

    /// Paths from the package's folder, and texts.
    pub fn read<'a>(sources: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let is_test = |path: &str| path.ends_with("/tests.rs") || path.ends_with("/testing.rs");
        let files = sources.into_iter().filter(|(path, _)| !is_test(path));
        let files = files.map(|(path, text)| File::read(path, text));
        Self(files.map(|file| (file.module.clone(), file)).collect())
    }

    /// The file that defines what `path` names in `module`, or that takes it from another crate. None for a module itself.
    fn definer(&self, module: &[String], path: &[String], imports: u32) -> Option<&File> {
        let (first, behind) = path.split_first()?;
        if first == "crate" {
            return self.definer(&[], behind, imports);
        }
        let child = [module, std::slice::from_ref(first)].concat();
        let file = self.0.get(module)?;
        match file.imported(first) {
            // A function may have the name of the module that it is in.
            import if self.0.contains_key(&child) && (import.is_none() || !behind.is_empty()) => {
                self.definer(&child, behind, imports)
            }
            // `use yew;` leads to itself.
            Some(import) if imports < 9 => self.definer(module, &[import, behind].concat(), imports + 1),
            _ => Some(file),
        }
    }

    pub fn mentions(&self) -> impl Iterator<Item = (&File, &Mention)> {
        self.0.values().flat_map(|file| file.mentions.iter().map(move |mention| (file, mention)))
    }

    pub fn uses(&self) -> Vec<Use<'_>> {
        let uses = self.mentions().filter_map(|(by, Mention { path, line, import })| {
            let of = self.definer(&by.module, path, 0).filter(|of| of.module != by.module)?;
            let is_signpost = matches!(import, Some((_, true))) && of.module.starts_with(&by.module);
            Some(Use { by, line: *line, of, is_signpost })
        });
        uses.collect()
    }
}
