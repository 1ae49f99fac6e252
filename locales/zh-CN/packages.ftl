# Package managers and the commands that they are given. Every key has its twin in the other language.
