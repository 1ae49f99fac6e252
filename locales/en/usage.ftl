# Usage errors and help. Every key has its twin in the other language.
