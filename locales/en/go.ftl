# Checks of Go itself. Every key has its twin in the other language.
