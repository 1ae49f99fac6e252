# Checks of the project. Every key has its twin in the other language.
