# The frame of every report: headings, labels, endings. Every key has its twin in the other language.
report-machine = fyne-setup { $version } · { $name } · { $arch }
report-target = for Fyne { $fyne } with Go { $go } and { $cli }

report-group-system = System
report-group-go = Go
report-group-modules = Modules
report-group-cgo = C compiler and libraries
report-group-display = Display
report-group-cli = The fyne command
report-group-project = Project

report-waits = waits for: { $roots }
report-join = {"; "}
report-cause = cause
report-seen = seen
report-where = where
report-remedy = to do
report-details = more
report-more = { $count ->
    [one] and one more line (-v shows it)
   *[other] and { $count } more lines (-v shows them)
}
report-variable-in = { $variable }, set in { $file }
report-variable-here = { $variable }, set in this terminal only

report-count-fail = { $count ->
    [one] 1 problem
   *[other] { $count } problems
}
report-count-warn = { $count ->
    [one] 1 warning
   *[other] { $count } warnings
}
report-count-unknown = { $count } could not be seen
report-count-waiting = { $count } waiting
report-count-ok = { $count } good
report-count-info = { $count ->
    [one] 1 note
   *[other] { $count } notes
}
report-count-skipped = { $count } skipped

report-healthy = This machine is ready for Fyne
report-next-install = Next, let fyne-setup do what it can:
report-next-explain = Next, read how this is mended:

report-nothing-to-do = Nothing to do: everything is in place
report-nothing-mended = Nothing was changed: what is wrong here needs you
report-acted = { $what } ({ $time })
report-undone = { $what }: did not help, taken back
report-not-done = { $what }: not done
report-cancelled = { $what }: not done, because something before it failed
report-failed = { $what }: { $why } ({ $time })
report-stopped = { $what }: stopped
report-of = { $done } of { $total }
report-so-far = { $done } so far
report-packages-of = { $done } of { $total } packages
report-packages = { $done ->
    [one] 1 package so far
   *[other] { $done } packages so far
}
report-left = Left for you
report-left-line = { $title }: { $summary }

report-error = error:{" "}
report-hint = hint:{" "}
report-at = at:{" "}
report-log = log:{" "}
report-also = also:{" "}

report-explain-looks = What it looks at
report-explain-why = Why it matters
report-explain-by-hand = How to mend it by hand
report-explain-by-us = What fyne-setup does

remedy-go-files = restore the damaged files of Go in { $root }
remedy-go = put Go { $version } in use
remedy-cli = install { $module }
remedy-packages = install { $packages }
remedy-capability = install the package that brings { $capability }
remedy-damaged = install { $what } again: its files are damaged
remedy-on-path = put { $dir } on PATH
remedy-set = set { $key } to { $value }
remedy-unset = take back the setting { $key }
remedy-garbage = comment out line { $line } of { $file }, which is no setting
remedy-line = mend { $variable } in { $file }, line { $line }
remedy-whole-module = keep what was changed in { $module }, and put back what was published
remedy-modules = download and verify the modules of Fyne { $fyne }
remedy-configure = let the package manager finish what was interrupted
remedy-sum-lines = add the lines that { $file } lacks
remedy-cache = move { $dir } aside, so that Go makes a cache of yours
remedy-whole-builds = take the garbled entries out of { $dir }
deep-go = comparing Go with what was published
deep-modules = comparing the modules with what was published
deep-builds = comparing the build cache with its names
