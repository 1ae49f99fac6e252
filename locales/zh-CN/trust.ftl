# Checksum database and signatures. Every key has its twin in the other language.
