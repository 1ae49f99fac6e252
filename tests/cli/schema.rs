//! A reader of the part of JSON Schema that our own schema uses. It names everything that does not fit.

use serde_json::Value;

use crate::program::run;

/// Checks a document against `fyne-setup schema`.
pub fn fits(document: &str) -> Value {
    let schema: Value = serde_json::from_str(&run(&["schema"]).out).expect("the schema is JSON");
    let value: Value = serde_json::from_str(document).unwrap_or_else(|it| panic!("{it}: {document}"));
    let mut faults = Vec::new();
    judge(&value, &schema, &schema, "$", &mut faults);
    assert!(faults.is_empty(), "{faults:#?}\n{document}");
    value
}

/// Checks a line of `--log-json`.
pub fn event(event: &Value) {
    let schema: Value = serde_json::from_str(&run(&["schema"]).out).expect("the schema is JSON");
    let mut faults = Vec::new();
    judge(event, &schema["$defs"]["event"], &schema, "$", &mut faults);
    assert!(faults.is_empty(), "{faults:#?}\n{event}");
}

fn judge(value: &Value, rule: &Value, root: &Value, at: &str, faults: &mut Vec<String>) {
    if let Some(name) = rule["$ref"].as_str() {
        let target = root.pointer(name.trim_start_matches('#')).expect("a reference of ours");
        return judge(value, target, root, at, faults);
    }
    if let Some(any) = rule["anyOf"].as_array() {
        let fits = |it: &Value| {
            let mut inner = Vec::new();
            judge(value, it, root, at, &mut inner);
            inner.is_empty()
        };
        if !any.iter().any(fits) {
            faults.push(format!("{at} is none of its kinds: {value}"));
        }
    }
    let kinds = rule["type"].as_array().cloned().unwrap_or_else(|| vec![rule["type"].clone()]);
    if !rule["type"].is_null() && !kinds.iter().any(|it| is(value, it.as_str().unwrap_or_default())) {
        faults.push(format!("{at} is no {}: {value}", rule["type"]));
    }
    if rule.get("const").is_some_and(|it| it != value)
        || rule["enum"].as_array().is_some_and(|it| !it.contains(value))
    {
        faults.push(format!("{at} may not be {value}"));
    }
    for name in rule["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if value.is_object() && value.get(name).is_none() {
            faults.push(format!("{at} lacks {name}"));
        }
    }
    for (name, rule) in rule["properties"].as_object().into_iter().flatten() {
        if let Some(inner) = value.get(name) {
            judge(inner, rule, root, &format!("{at}.{name}"), faults);
        }
    }
    if let (Some(items), Some(rule)) = (value.as_array(), rule.get("items")) {
        for (index, item) in items.iter().enumerate() {
            judge(item, rule, root, &format!("{at}[{index}]"), faults);
        }
    }
}

fn is(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64() || value.is_i64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        _ => false,
    }
}

#[test]
fn the_reader_finds_what_does_not_fit() {
    let schema: Value = serde_json::from_str(&run(&["schema"]).out).expect("JSON");
    for wrong in [
        r#"{"schema":2,"command":"check","ok":true,"exit":0}"#,
        r#"{"schema":1,"command":"check","ok":"yes","exit":0}"#,
        r#"{"schema":1,"command":"check","ok":true}"#,
        r#"{"schema":1,"command":"check","ok":true,"exit":0,"checks":[{"id":"a"}]}"#,
        r#"{"schema":1,"command":"check","ok":true,"exit":0,"actions":[{"id":1,"kind":"k","because":[],"state":"maybe","before":null,"after":null}]}"#,
    ] {
        let mut faults = Vec::new();
        judge(&serde_json::from_str(wrong).expect("JSON"), &schema, &schema, "$", &mut faults);
        assert!(!faults.is_empty(), "{wrong}");
    }
}
