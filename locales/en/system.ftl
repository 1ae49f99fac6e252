# Checks of the system: platform, disks, temporary files. Every key has its twin in the other language.
system-terminal =
    .title = This terminal
    .looks = Whether the PATH of this terminal has the directories that our env file puts there
    .why = A terminal that was open before an installation does not know about it, and finds no go and no fyne
    .by-hand = Open a new terminal, or type the line that is shown
    .by-us = Nothing on disk is at fault, so there is nothing to mend
system-terminal-ok = it knows everything that was set up
system-terminal-older = this terminal is older than the last change of its settings
system-terminal-older-cause = its PATH was made before; type { $command }
system-terminal-decide = type this line in this terminal, or open a new one
