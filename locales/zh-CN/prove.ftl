# The proof: a real window. Every key has its twin in the other language.
