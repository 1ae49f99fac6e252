# The frame of every report: headings, labels, endings.
report-machine = fyne-setup { $version } · { $name } · { $arch }
report-target = for Fyne { $fyne } with Go { $go } and { $cli }

report-group-system = System
report-group-go = Go
report-group-modules = Modules
report-group-cgo = C compiler and libraries
report-group-display = Display
report-group-cli = The fyne command
report-group-project = Project

report-group-ok = { $count ->
    [one] 1 check ok
   *[other] { $count } checks ok
}
report-group-part = { $count } ok, { $bad } not (see below)
report-sign-ok = ok
report-sign-failed = failed
report-sign-warning = warning
report-sign-unknown = unknown
report-sign-note = note
report-sign-waiting = waiting
report-sign-skipped = skipped
report-sign-undone = undone

report-waits = waits for: { $roots }
report-join = {"; "}
report-cause = cause
report-seen-off-path = { $what }: not on PATH
report-seen-unset = { $what }: not set
report-seen-not-found = { $what }: not found
report-seen-empty = { $what }: 0 bytes
report-seen = seen
report-where = where
report-remedy = fix
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
report-count-unknown = { $count } unknown
report-count-waiting = { $count } waiting
report-count-accepted = { $count } accepted
report-count-ok = { $count } ok
report-count-info = { $count ->
    [one] 1 note
   *[other] { $count } notes
}
report-count-skipped = { $count } skipped

report-healthy = This machine is ready for Fyne
report-healthy-but = Nothing else is wrong. Accepted and not fixed: { $titles }
report-named-but = The checks that you named found nothing but what was accepted: { $titles }; the other checks were not run
report-rests = Checked at the end
report-not-built = A quick look builds nothing: fyne-setup repair builds your project and opens a window
report-named-fine = The checks that you named found no problem; the other checks were not run
report-next-install = Next, let fyne-setup fix what it can:
report-next-explain = Next, read how to fix it:
report-next-administrator = Next, ask an administrator to run this:

report-nothing-to-do = Nothing to do: everything is ready
report-nothing-but = Nothing to do: nothing is wrong but what was accepted
report-nothing-unknown = Nothing was changed: not everything could be looked at
report-nothing-changed = Nothing was changed
report-nothing-fixed = Nothing was changed: the remaining problems need your decision
report-acted = { $what } ({ $time })
report-done = { $count ->
    [one] 1 step done
   *[other] { $count } steps done
}
report-to-undo = To undo what this run changed:
report-undone = { $what }: did not help, undone
report-not-done = { $what }: not done
report-cancelled = { $what }: not done, because an earlier step failed
report-stopped = { $what }: stopped
report-of = { $done } of { $total }
report-so-far = { $done } so far
report-packages-of = { $done } of { $total } packages
report-packages = { $done ->
    [one] 1 package so far
   *[other] { $done } packages so far
}
report-unknown = Could not be looked at
report-left = For you to decide
report-accepted = Accepted, and left as it is
report-not-yet = Not done yet
report-fixed = fixed: { $what }
report-left-line = { $title }: { $summary }

report-error = error:{" "}
report-hint = hint:{" "}
report-at = at:{" "}
report-log = log:{" "}
report-failure-more = more:{" "}
report-also = also:{" "}

report-explain-cause = What a log shows
report-explain-looks = What it checks
report-explain-exit-code = Exit code
report-explain-exit-errors = Errors that end with it
report-explain-why = Why it matters
report-explain-by-hand = How to fix it by hand
report-explain-by-us = What fyne-setup does
report-explain-unseen = What it cannot see

remedy-go-files = restore the damaged files of Go in { $root }
remedy-go = use Go { $version }
remedy-cli = install { $module }
remedy-packages = install { $packages }
remedy-administrator = an administrator has to run this (`su -c`, or whoever has sudo here)
remedy-capability = { $count ->
        [one] install the package that provides { $what }
       *[other] install the packages that provide { $what }
    }
remedy-image-container = create a container, which shares your home, and install in it
remedy-image-no-tool = this system takes no packages: get distrobox or toolbox, create a container, and run fyne-setup install in it
remedy-image-layer = or add the packages to the next image with { $line }, restart, and run fyne-setup install
remedy-older = bring { $what } up to date: it is too old
remedy-damaged = reinstall { $what }: files are damaged
remedy-visual-studio = add { $components } with the Visual Studio Installer (as administrator)
remedy-command-line-tools = install Apple's Command Line Tools. By hand this line opens a dialogue on the screen: click Install there
remedy-command-line-tools-again = install Apple's Command Line Tools again. By hand: this line removes the broken ones and opens a dialogue on the screen; click Install there
remedy-developer-dir = use the developer tools in { $dir }
remedy-developer-dir-reset = use the developer tools at their usual place
remedy-wslg-sockets = show them there again, as WSL itself does. It lasts until WSL is restarted; a newer WSL (wsl --update, in PowerShell) does it at every start
remedy-wslg-sockets-each-start = show them there again, as WSL itself does. The line below lasts until WSL is restarted; fyne-setup repair also writes { $file }, so that systemd does it at every start
remedy-windows-firewall = let WSL reach port { $port } through the firewall of Windows, which asks for an administrator
remedy-on-path = put { $dir } on PATH
remedy-line-ends = take the carriage returns out of { $file }
remedy-set = set { $key } to { $value }
remedy-registry = remove { $name } from { $key }
remedy-unset = remove the setting { $key }
remedy-garbage = comment out line { $line } of { $file }, which is not a setting
remedy-line = fix { $variable } in { $file }, line { $line }
remedy-whole-module = restore { $module } as published, and keep your changes
remedy-modules = download and verify the modules of Fyne { $fyne }
remedy-configure = let the package manager finish the interrupted installation
remedy-disown = take the files that belong to nobody out of the record
remedy-sum-lines = add the missing lines to { $file }
remedy-cache = move { $dir } aside, so that Go creates a cache that belongs to you
remedy-whole-builds = remove the damaged entries from { $dir }
deep-go = comparing Go with the published files
deep-modules = comparing the modules with the published ones
deep-builds = comparing the entries of the build cache with their names
deep-headers = compiling a use of each C header
deep-cli = comparing the fyne CLI with what was built and published
deep-cli-packaged = a package manager installed it
deep-cli-other = it is not the one that fyne-setup built, and a program of this kind cannot tell whether it was changed
report-left-time = about { $time } left
report-waits-for = waits for: { $what }
report-once = slow only this once

# fyne-setup report: the archive, and the page in it.
send-title = Report of fyne-setup { $version }, made { $time }
send-inside = What is inside
send-missing = What is missing, and why
send-left-out = What was left out
send-left-out-person = Your user name, the name of this machine, your home directory, addresses of mail and private hosts: replaced by user, host, /home/user, redacted and names that end in .example.
send-left-out-secrets = Passwords, tokens, logins in URLs and values of variables that have no effect on Go or Fyne: replaced by redacted.
send-left-out-files = Your project and your other files. Of a profile only the lines are kept that set variables of Go, Fyne or the system, or that read another file.
send-look = Nothing was sent. Read the files before you send the archive: names of directories and modules stand there.
send-written = Wrote { $file } ({ $size })
send-printed = The report goes to standard output ({ $size })
send-dry = Would write { $file } ({ $size }); nothing was written
send-what-check = what check finds here
send-what-plan = what repair would do
send-what-journal = what fyne-setup changed, and when
send-what-document = { $of }; for programs
send-what-machine = the system, the tools and their versions
send-what-settings = the settings in effect, each with the line that sets it
send-what-log = the log of a run
send-what-failure = the end of the newest log of a run that failed
send-what-proof = the window of the last proof
send-no-logs = There is no log.
send-no-failure = No log tells of a failure.
send-no-proof = No window was proven yet.
send-no-picture = The file is not a picture.
send-no-file = It is not a regular file.
send-settings-go = Go, otherwise than by default
send-settings-others = Other variables
send-settings-elsewhere = Set, and not in effect
send-settings-pending = From the next login on
send-settings-terminal = this terminal
send-settings-guess = this terminal, or the command in { $place }
send-elsewhere = Name a file in a directory that you can write to: --out FILE
send-output = Standard output cannot take the report
send-output-hint = Without --json, send it into a file or another program: fyne-setup report --out - > report.tar.gz
