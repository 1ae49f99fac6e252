# Checks of the system: platform, disks, temporary files. Every key has its twin in the other language.
