# Checks of display and OpenGL. Every key has its twin in the other language.
