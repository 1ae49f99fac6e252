# Settings, profiles and what `env` prints. Every key has its twin in the other language.
