# Journal and history. Every key has its twin in the other language.
history-no-such-run = there is no run { $run }
history-no-such-run-hint = fyne-setup history lists them
history-unreadable = cannot read the journal { $path }: { $why }
history-unreadable-hint = it says what fyne-setup changed, so nothing is done without it; if it is none of ours, move { $path } away
history-newer = { $run } was written by a newer fyne-setup; it shows and takes back that run
history-empty = fyne-setup has changed nothing here
history-unread = { $count ->
    [one] One line of the journal could not be read
   *[other] { $count } lines of the journal could not be read
}
history-cut-short = cut short
history-run = { $run }: { $command }, { $date }, { $exit }
history-exit = exit { $exit }
history-at-work = at work
history-end-unknown = end unknown
history-taken-back = taken back
history-step-back = { $what }: taken back
history-step-cut = { $what }: cut short
history-step-failed = { $what }: failed
history-took-back = took back { $runs }

# Taking back: undo and uninstall.
undo-nothing = There is nothing to take back
undo-runs = { $count ->
    [one] This takes back the run { $runs }
   *[other] This takes back { $count } runs, the newest first: { $runs }
}
undo-directories = Our own directories go: { $paths }
undo-caches = Go's own caches stay: { $paths }
undo-gone = Nothing of fyne-setup is left here
undo-step = Take back: { $what }
undo-built-on = { $run } cannot be taken back alone: { $later } changed again what it had changed
undo-built-on-hint = take the later one back first: fyne-setup undo { $last }; or everything: fyne-setup uninstall
undo-newer = { $run } was written by a newer fyne-setup
undo-newer-hint = take it back with that version; nothing was changed
undo-packages-unknown = { $manager } does not say which packages are installed
undo-merged = { $path } was changed by somebody else too: only our lines are out
undo-copied = { $path } was changed by somebody else; that is kept as { $copy }
undo-upgraded = Packages that had to become newer stay so: { $names }
undo-upgraded-stay = packages that became newer stay so
undo-go-mended-stays = a Go that was mended stays as long as the run that brought it
undo-changed =
    .title = Changed since
undo-changed-summary = { $path } is not as fyne-setup left it, so it is left alone
undo-changed-decide = Take your own changes out of it, or have it taken back with a copy kept:
undo-needed =
    .title = Needed by others
undo-needed-summary = { $names } stay, because { $by } came to need them
undo-kept-summary = { $names } stay, because the package manager will not remove them
undo-rights =
    .title = No rights
undo-rights-summary = there are no rights to remove { $names }
undo-rights-decide = Ask an administrator to run this, then run the same command again:
undo-foreign =
    .title = Not ours
undo-foreign-summary = { $path } is not of fyne-setup, and stays
