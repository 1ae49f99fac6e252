# Checks of the fyne CLI. Every key has its twin in the other language.
