# Reports of many hosts, and pages for a browser.
fleet-title = Fyne on all hosts
fleet-sum = { $hosts ->
    [one] 1 host
   *[other] { $hosts } hosts
}: { $healthy } healthy, { $bad } with problems
fleet-next-heading = What to type
fleet-next = Type this on { $count ->
    [one] 1 host
   *[other] { $count } hosts
} ({ $hosts }); it fixes there what fyne-setup can fix:
fleet-problems = Problems
fleet-matrix = Hosts by checks
fleet-versions = Versions
fleet-oldest = Oldest reports
fleet-unread-heading = Reports that could not be read
fleet-bad-hosts = Hosts with problems
fleet-host = Host
fleet-hosts = Hosts
fleet-hosts-colon = Hosts:
fleet-hosts-count = { $count } hosts
fleet-healthy-hosts = Healthy hosts: { $count }
fleet-system = System
fleet-what = What
fleet-version-heading = Version
fleet-legend = ✗ fails, ! warns, ? could not be looked at
fleet-kind-go = Go
fleet-kind-fyne = Fyne (project)
fleet-kind-cli = fyne command
fleet-kind-manifest = Manifest
fleet-kind-program = fyne-setup
fleet-trouble = { $title } ({ $check }): { $count ->
    [one] 1 host
   *[other] { $count } hosts
}
fleet-fix = { $text } ({ $count ->
    [one] 1 host
   *[other] { $count } hosts
})
fleet-version = { $version } ({ $count })
fleet-and-more = { $names } and { $count } more
fleet-more = { $count } more; -v shows all
fleet-newer = { $file }:{ $line } is of a newer fyne-setup; what is new in it is not shown
fleet-unread = { $count ->
    [one] 1 report could not be read
   *[other] { $count } reports could not be read
}: the table is of the others
fleet-unread-hint = collect these reports again with fyne-setup check --json, then run the same command again
fleet-unread-line = { $file }:{ $line }: { $why }
fleet-unread-file = { $file }: { $why }
fleet-none = there is no report in { $places }
fleet-none-hint = name a directory with files of fyne-setup check --json, or files, or - for standard input
fleet-no-file = the file does not exist
fleet-special = it is no regular file
fleet-empty = the file is empty
fleet-too-large = the report has more than { $most } MiB
fleet-utf16 = the file is UTF-16; write it as UTF-8
fleet-list = it is a list; write the reports one after another
fleet-not-json = this is not JSON (column { $column })
fleet-cut-short = the report is cut short
fleet-other-form = a field has another form than in a report (column { $column })
fleet-other-schema = the report has schema { $schema }; this fyne-setup reads schema { $known }
fleet-other-command = it is a document of { $command }, not of check
fleet-no-report = it is not a report of fyne-setup check --json
fleet-no-host = the report names no host; add the field host
fleet-twice = a second report of { $host }; the first is in { $file }:{ $line }
fleet-written = written: { $path }

html-skip = Skip to the contents
html-contents = Contents
html-by = Written by fyne-setup { $version }
html-title = Fyne on { $name }
html-title-of = Fyne on { $host } ({ $name })
html-not-ready = This machine is not ready for Fyne
html-problems = Problems
html-plan = What fyne-setup would do
html-plan-says = These steps are done in this order, after you say yes. Each one can be undone.
html-checks = All checks
html-journal = What fyne-setup changed before
html-proof = The window of the last proof
html-proof-alt = The window of a small Fyne program, filled with a pattern of colors
html-proof-says = A small Fyne program was built on this machine and its window was seen on the screen.
html-machine = Machine
html-target = Versions
html-versions = Fyne { $fyne }, Go { $go }, { $cli }
html-time = Looked at
html-status = Status
html-check = Check
html-found = Found
html-ok = ok
html-info = note
html-warn = warning
html-fail = problem
html-unknown = unknown
html-waiting = waiting
html-skipped = skipped
html-accepted = accepted
html-no-file = { $path } cannot be written: it is no regular file
output-no-directory = { $path } cannot be written: the directory { $dir } does not exist
output-make-it = create it first: { $line }
output-not-in-a-file = { $path } cannot be written: { $dir } is no directory
output-denied = { $path } cannot be written: you may not write in { $dir }
output-elsewhere = name a file in a directory that you can write to
