# Journal and history.
history-no-such-run = run { $run } does not exist
history-no-such-run-hint = fyne-setup history lists all runs
history-unreadable = cannot read the journal { $path }: { $why }
history-unreadable-hint = the journal records what fyne-setup changed, so fyne-setup does nothing without it; if the file is not from fyne-setup, move { $path } away
history-newer = { $run } was written by a newer fyne-setup; use that version to show or undo this run
history-empty = fyne-setup has changed nothing here
history-cut-short = interrupted
history-run = { $run }: { $command }, { $date }, { $exit }
history-exit = exit { $exit }
history-at-work = running
history-end-unknown = result unknown
history-taken-back = undone
history-step-back = { $what }: undone
history-step-cut = { $what }: interrupted
history-step-failed = { $what }: failed
history-took-back = undid { $runs }

# Taking back: undo and uninstall.
undo-no-way-back = { $run } has nothing to undo, and nothing was changed. What it did stays:
undo-earlier = To undo the run before it, { $run }:
undo-nothing = There is nothing to undo
undo-runs = { $count ->
    [one] This undoes the run { $runs }
   *[other] This undoes { $count } runs, the newest first: { $runs }
}
undo-run = { $run } ({ $command }, { $date })
undo-undone = Undone: { $run }
undo-undone-partly = Partly undone: { $run }
undo-remains = { $count ->
    [one] Another run remains: { $run }. To undo it too:
   *[other] { $count } other runs remain, the last is { $run }. To undo it too:
}
undo-directories = Directories of fyne-setup that will be removed: { $paths }
undo-done = Removed or put back: { $what }
undo-part-packages = { $count ->
    [one] 1 package
   *[other] { $count } packages
}
undo-part-go = Go { $versions }
undo-part-cli = the fyne command
undo-part-profiles = { $count ->
    [one] the block in 1 profile
   *[other] the blocks in { $count } profiles
}
undo-part-settings = { $count ->
    [one] 1 setting
   *[other] { $count } settings
}
undo-stays-caches = The caches of Go stay, because all your Go programs use them: { $paths }. To remove them too:
undo-stays-caches-shared = Go also keeps caches in { $paths }. Other files can be there too, so nothing is suggested for removing them.
undo-stays-others = Mesa, Fyne and Go keep files of their own for every program that you run: { $paths }. fyne-setup removes none of them.
undo-stays-packaged = This program stays: { $path }, from the package { $package }. To remove it too:
undo-stays-program = This program stays: { $path }. To remove it too:
undo-stays-own = The records and downloads of fyne-setup stay. To undo everything and remove them too:
undo-gone = Everything from fyne-setup has been removed
undo-gone-caches = There was nothing to remove but the caches of fyne-setup itself
undo-nothing-to-remove = There is nothing to remove
undo-gone-project = The project { $path } is gone: there is nothing to undo in it
undo-gone-directory = { $path } is gone: there is nothing to undo in it
undo-stays-settings = What you have set yourself stays: { $paths }. To remove it too:
undo-will-packages = { $count ->
    [one] Remove 1 package
   *[other] Remove { $count } packages
}
undo-did-packages = { $count ->
    [0] Removed no package
    [one] Removed 1 package
   *[other] Removed { $count } packages
}
undo-will-go = Remove Go { $version } from { $root }
undo-did-go = Removed Go { $version } from { $root }
undo-will-dir = Remove { $path } if it is empty
undo-did-dir = Removed { $path } if it was empty
undo-will-restore = { $more ->
    [0] Put back { $path } as it was
   *[other] Put back { $path } as it was, and { $more } more
}
undo-did-restore = { $more ->
    [0] Put back { $path } as it was
   *[other] Put back { $path } as it was, and { $more } more
}
undo-will-remove = { $more ->
    [0] Remove { $path }
   *[other] Remove { $path } and { $more } more
}
undo-did-remove = { $more ->
    [0] Removed { $path }
   *[other] Removed { $path } and { $more } more
}
undo-will-relink = Point { $path } to { $target } again
undo-did-relink = Pointed { $path } to { $target } again
undo-will-repository = Disable the repository { $name }
undo-did-repository = Disabled the repository { $name }
undo-will-registry = Put back { $name } in { $key }
undo-did-registry = Put back { $name } in { $key }
undo-will-developer = Choose the developer tools that were in use before
undo-did-developer = Chose the developer tools that were in use before
undo-will-sockets = Hide the display sockets of WSLg again
undo-did-sockets = Hid the display sockets of WSLg again
undo-will-firewall = Remove the rule for port { $port } from the firewall of Windows
undo-did-firewall = Removed the rule for port { $port } from the firewall of Windows
undo-did-leave = Left { $path } as it is
undo-did-merge = Took the lines of fyne-setup out of { $path }
undo-purge = Caches of Go that will be removed and cannot be put back: { $paths }
undo-purged = Removed the caches of Go: { $paths }
undo-sized = { $path } ({ $size })
undo-step = Undo: { $what }
undo-built-on = { $run } cannot be undone alone: { $later } changed the same things later
undo-built-on-hint = undo the later run first: fyne-setup undo { $last }; or undo everything: fyne-setup uninstall
undo-newer = { $run } was written by a newer fyne-setup
undo-newer-hint = undo it with that version; nothing was changed
undo-packages-layered = { $names } is out of the next image; that counts after a restart
undo-packages-layered-hint = systemctl reboot restarts it. What was running stays as it is until then.
undo-packages-unknown = { $manager } does not report which packages are installed
undo-merged = { $path } also has changes by others: only the lines of fyne-setup were removed
undo-copied = { $path } also has changes by others; a copy with them is kept as { $copy }
undo-upgraded = Packages that had to be upgraded stay upgraded: { $names }
undo-upgraded-stay = upgraded packages stay upgraded
undo-go-mended-stays = a repaired Go is kept until the run that installed it is undone
undo-changed =
    .title = Changed since
undo-changed-summary = { $path } has changed since fyne-setup wrote it, so it is kept
undo-changed-decide = Remove your own changes from it, or undo it anyway and keep a copy:
undo-needed =
    .title = Still needed
undo-needed-summary = { $names } are kept, because { $by } now need them
undo-kept-summary = { $names } are kept, because the package manager refuses to remove them
undo-unproven =
    .title = Perhaps yours
undo-unproven-summary = { $names } are kept: the installation was interrupted, and no record says that it brought them
undo-theirs =
    .title = Yours by now
undo-theirs-summary = { $names } are kept, because somebody installed or chose them after fyne-setup did
undo-not-ours-decide = If you do not need them, remove them:
undo-rights =
    .title = No rights
undo-rights-summary = you have no rights to remove { $names }
undo-rights-decide = Ask an administrator to run this, then run the same command again:
undo-foreign =
    .title = Not from fyne-setup
undo-foreign-summary = { $path } is not from fyne-setup, so it is kept

# Lines of the journal that no run wrote, and what is shown before something is undone.
journal-refused = the journal { $file }, line { $line }, cannot be trusted: { $why }
journal-refused-hint = fyne-setup does not write such a line, so nothing was changed; if { $file } is not from fyne-setup, move it away
journal-why-path = { $path } is not a path that this step can have changed ({ $what })
journal-why-bytes = this step cannot have changed { $path } in that way ({ $what })
journal-why-form = { $path } is not an absolute path without ".."
journal-why-link = { $path } goes through the link { $link }
journal-why-mode = { $path } would get the mode { $mode }
journal-why-owner = { $path } would belong to { $owner }
journal-why-no-go = { $path } is not Go { $version } of this user
journal-why-no-tree = { $path } is not a directory of Go
journal-why-no-cache = { $path } is not a cache of Go
journal-why-target = { $path } can be changed by other users
journal-why-packages = this step does not install packages ({ $what })
journal-why-name = { $name } is not a package name
undo-unread =
    .title = Unknown changes
undo-unread-summary = line { $line } of the journal { $file } cannot be read, so what run { $run } changed there is not undone
undo-unread-decide = Look at that line. The journal is kept.
undo-paths-more = and { $count } more
undo-first = First undoing the edits of the interrupted run { $run }:
undo-unwritten =
    .title = Settings that fyne-setup did not write
undo-unwritten-summary = { $path } would get back a text that fyne-setup does not write, so it is kept as it is
undo-unwritten-decide = Shells run this file at every login. If the older text is yours, put it back:
journal-unread = { $count ->
    [one] line { $lines } of the journal cannot be read; what it said is unknown
   *[other] { $count } lines of the journal cannot be read ({ $lines }); what they said is unknown
}
