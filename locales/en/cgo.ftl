# Checks of compiler, pkg-config and headers. Every key has its twin in the other language.
