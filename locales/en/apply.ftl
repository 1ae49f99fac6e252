# Carrying a plan out. Every key has its twin in the other language.
apply-interrupted = interrupted
