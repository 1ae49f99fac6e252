# The compatibility manifest, and why a version was chosen. Every key has its twin in the other language.
