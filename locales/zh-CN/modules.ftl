# Checks of the module proxy, the checksum database and the caches. Every key has its twin in the other language.
