# Journal and history. Every key has its twin in the other language.
