# Package managers and the commands that they are given. The same keys stand in every language.
