# Building: modules, the first build, the CLI. Every key has its twin in the other language.
