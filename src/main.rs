//! Parses, builds the real doors, maps to an exit code.

fn main() {}
