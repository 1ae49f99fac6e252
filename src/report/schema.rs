//! The JSON schema of every document that we print (`fyne-setup schema`). It only grows; tests hold the documents to it.

use crate::embedded;

/// JSON Schema, draft 2020-12.
pub fn text() -> String {
    embedded::SCHEMA.text()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_schema_is_json_and_names_its_version() {
        let schema: serde_json::Value = serde_json::from_str(&super::text()).expect("JSON");
        assert_eq!(schema["properties"]["schema"]["const"], super::super::json::SCHEMA);
    }
}
