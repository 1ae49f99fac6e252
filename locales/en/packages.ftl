# Package managers and the commands that they are given.
