//! Holds answers against `description.txt`: what Clerk's description of its Frontend API requires, in a form of our own.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde_json::Value;

/// An operation, as its line has it.
struct Operation {
    method: &'static str,
    /// Path segments, `*` for an id.
    path: Vec<&'static str>,
    statuses: Vec<u16>,
    answer: Body,
}

/// What stands in the answer.
enum Body {
    Anything,
    Bare(&'static str),
    /// The response, one of these, and the client.
    Enveloped {
        responses: Vec<&'static str>,
        client: &'static str,
    },
}

struct Description {
    operations: Vec<Operation>,
    /// Each object's fields with their types.
    objects: HashMap<&'static str, Vec<(&'static str, &'static str)>>,
}

static DESCRIPTION: LazyLock<Description> = LazyLock::new(|| {
    let lines = include_str!("description.txt").lines().filter(|l| !l.starts_with('#') && !l.is_empty());
    let mut read = Description { operations: Vec::new(), objects: HashMap::new() };
    let mut object = "";
    for line in lines {
        if line.contains(" -> ") {
            read.operations.push(operation(line));
        } else if let Some(field) = line.strip_prefix("  ") {
            let field = field.split_once(' ').expect("a field and its type");
            read.objects.entry(object).or_default().push(field);
        } else {
            object = line;
        }
    }
    read
});

fn operation(line: &'static str) -> Operation {
    let (asked, answered) = line.split_once(" -> ").expect("an answer");
    let mut words = asked.split(' ');
    let (method, path) = (words.next().expect("a method"), words.next().expect("a path"));
    let statuses =
        words.flat_map(|w| w.trim_start_matches('+').split(',')).map(|s| s.parse().expect("a status"));
    let answer = match (answered, answered.strip_prefix("bare "), answered.rsplit_once(", ")) {
        ("anything", ..) => Body::Anything,
        (_, Some(kind), _) => Body::Bare(kind),
        (_, _, Some((responses, client))) => {
            Body::Enveloped { responses: responses.split(" or ").collect(), client }
        }
        _ => panic!("{line} says nothing of its answer"),
    };
    Operation { method, path: path.split('/').collect(), statuses: statuses.collect(), answer }
}

/// Whether an answer is as the description says; `Err` says where it is not. What the description does not have is
/// not looked at.
pub fn check(method: &str, path: &str, status: u16, body: &Value) -> Result<(), String> {
    let path = path.split('?').next().unwrap_or_default();
    let Some(operation) = find(method, path) else { return Ok(()) };
    if status >= 400 {
        refusal(body)?;
    }
    if status != 200 {
        let is_told = operation.statuses.contains(&status);
        return if is_told { Ok(()) } else { Err(format!("{status} is none of its statuses")) };
    }
    match &operation.answer {
        Body::Anything => Ok(()),
        Body::Bare(kind) => fits(kind, body),
        Body::Enveloped { responses, client } => {
            let response = body.get("response").ok_or("there is no response")?;
            let tried: Vec<_> = responses.iter().map(|kind| fits(kind, response)).collect();
            if !tried.iter().any(Result::is_ok) {
                tried.into_iter().next().unwrap_or(Ok(()))?;
            }
            fits(client, body.get("client").ok_or("there is no client")?).map_err(|e| format!("client: {e}"))
        }
    }
}

/// The operation of a path; of two that fit, the one that names more of it.
fn find(method: &str, path: &str) -> Option<&'static Operation> {
    let asked: Vec<&str> = path.split('/').collect();
    let is_it = |o: &&Operation| {
        let fits = |(told, asked): (&&str, &&str)| *told == "*" || told == asked;
        o.method == method && o.path.len() == asked.len() && o.path.iter().zip(&asked).all(fits)
    };
    let ids = |o: &&Operation| o.path.iter().filter(|s| **s == "*").count();
    DESCRIPTION.operations.iter().filter(is_it).min_by_key(ids)
}

fn refusal(body: &Value) -> Result<(), String> {
    let errors = body["errors"].as_array().filter(|e| !e.is_empty()).ok_or("a refusal without errors")?;
    let is_told = |e: &Value| ["code", "message", "long_message"].iter().all(|f| e[f].is_string());
    if errors.iter().all(is_told) { Ok(()) } else { Err("an error lacks its code or message".to_owned()) }
}

fn fits(kind: &str, value: &Value) -> Result<(), String> {
    if let Some(row) = kind.strip_prefix("page of ") {
        let rows = value["data"].as_array().ok_or("there is no data")?;
        if !value["total_count"].is_u64() {
            return Err("there is no total_count".to_owned());
        }
        return rows.iter().try_for_each(|r| fits(row, r));
    }
    if let Some(kind) = kind.strip_suffix("|null") {
        return if value.is_null() { Ok(()) } else { fits(kind, value) };
    }
    if let Some(row) = kind.strip_prefix('[').and_then(|k| k.strip_suffix(']')) {
        let rows = value.as_array().ok_or_else(|| format!("{value} is no list"))?;
        return rows.iter().try_for_each(|r| fits(row, r));
    }
    let is_right = match kind {
        "text" => value.is_string(),
        "number" => value.is_i64() || value.is_u64(),
        "flag" => value.is_boolean(),
        "object" => value.is_object(),
        words if words.starts_with('\'') => {
            let word = value.as_str().unwrap_or_default();
            words.split('|').any(|w| w.trim_matches('\'') == word)
        }
        object => return has_fields(object, value),
    };
    if is_right { Ok(()) } else { Err(format!("{value} is not {kind}")) }
}

fn has_fields(object: &str, value: &Value) -> Result<(), String> {
    let fields = DESCRIPTION.objects.get(object).unwrap_or_else(|| panic!("no object {object} is described"));
    let given = value.as_object().ok_or_else(|| format!("{value} is no {object}"))?;
    fields.iter().try_for_each(|(name, kind)| match (given.get(name.trim_end_matches('?')), *name) {
        (Some(value), _) => fits(kind, value).map_err(|e| format!("{object}.{name}: {e}")),
        (None, name) if name.ends_with('?') => Ok(()),
        (None, _) => Err(format!("{object} lacks {name}")),
    })
}
