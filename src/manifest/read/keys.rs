//! Keys that nobody knows: where they stand, and what was meant. Pure. There is no list of keys here: what is written
//! and does not come back when the manifest that was read is written again, is unknown.

use toml::de::{DeTable, DeValue};
use toml::{Spanned, Table, Value};

use super::super::model::Manifest;
use super::Fault;
use crate::failure::Code;

/// Parts of a folded manifest that are no part of [`Manifest`].
const OTHERS: [&str; 2] = ["packages", "mirrors"];

/// Every key of the text that the manifest read from it does not have.
pub fn unknown(tree: &DeTable<'_>, manifest: &Manifest) -> Vec<Fault> {
    let read = Table::try_from(manifest).unwrap_or_default();
    let mut faults = Vec::new();
    in_table(tree, &read, &OTHERS, &mut faults);
    faults
}

/// The key of the table at this place of the text that is most like the one that is missing there.
pub fn misspelt(tree: &DeTable<'_>, start: usize, missing: &str) -> Option<String> {
    let table = table_at(tree, start).unwrap_or(tree);
    nearest(missing, table.keys().map(|it| it.get_ref().as_ref())).map(str::to_owned)
}

fn in_table(written: &DeTable<'_>, read: &Table, others: &[&str], faults: &mut Vec<Fault>) {
    for (key, value) in written {
        let name = key.get_ref().as_ref();
        match read.get(name) {
            Some(read) => in_value(value, read, faults),
            None if others.contains(&name) => {}
            None => {
                let free = read.keys().map(String::as_str).filter(|it| !written.contains_key(*it));
                let fault = Fault::new(
                    Code::ManifestUnknownKey,
                    Some(key.span().start),
                    text!("manifest-unknown-key", key = name),
                );
                faults.push(match nearest(name, free) {
                    Some(near) => fault.hint(text!("usage-did-you-mean", near = near)),
                    None => fault,
                });
            }
        }
    }
}

fn in_value(written: &Spanned<DeValue<'_>>, read: &Value, faults: &mut Vec<Fault>) {
    match (written.get_ref(), read) {
        (DeValue::Table(written), Value::Table(read)) => in_table(written, read, &[], faults),
        (DeValue::Array(written), Value::Array(read)) => {
            written.iter().zip(read).for_each(|(written, read)| in_value(written, read, faults));
        }
        _ => {}
    }
}

fn table_at<'t, 'i>(tree: &'t DeTable<'i>, start: usize) -> Option<&'t DeTable<'i>> {
    tree.values().find_map(|value| in_which(value, start))
}

fn in_which<'t, 'i>(value: &'t Spanned<DeValue<'i>>, start: usize) -> Option<&'t DeTable<'i>> {
    match value.get_ref() {
        DeValue::Table(table) if value.span().start == start => Some(table),
        DeValue::Table(table) => table_at(table, start),
        DeValue::Array(array) => array.iter().find_map(|it| in_which(it, start)),
        _ => None,
    }
}

fn nearest<'n>(word: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let near = names.map(|it| (strsim::jaro_winkler(word, it), it)).filter(|it| it.0 > 0.75);
    near.max_by(|a, b| a.0.total_cmp(&b.0)).map(|it| it.1)
}
