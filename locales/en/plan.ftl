# What a plan does, one sentence an action.
plan-heading = The plan:
plan-empty = Nothing to do: everything is ready
plan-unknown = Nothing to do, as far as fyne-setup could look. It could not look at:
plan-nothing-by-itself = fyne-setup can change nothing here by itself
plan-refresh = Refresh the package lists of { $manager }
plan-repository = Enable the repository { $repository }, which some of the packages stand in
plan-packages = { $count ->
    [one] Install the system package { $names } with { $manager }
   *[other] Install { $count } system packages with { $manager }: { $names }{ $more ->
        [0] {""}
       *[other] {" "}and { $more } more
    }
}
plan-go = Download Go { $version }, verify it, and unpack it to { $root }
plan-go-bundled = Unpack Go { $version } from the bundle to { $root }, and verify it
plan-switch = Use Go from { $root } ({ $link })
plan-set = Set { $key }={ $value } in { $file }
plan-put-last = Move { $dir } from first to last on PATH in { $file }, line { $line }
plan-line-ends = Take the carriage returns out of { $file }, which ends its lines as on Windows
plan-fix = { $count ->
    [one] Comment out { $names } in { $file }, line { $lines }; what else the line sets stays
   *[other] Comment out { $names } in { $file }, lines { $lines }; what else they set stays
}
plan-fix-garbage = { $count ->
    [one] Comment out line { $lines } of { $file }, which is not a setting
   *[other] Comment out lines { $lines } of { $file }, which are not settings
}
plan-variable-remove = Remove { $name } from { $key }
plan-variable-front = Put { $dirs } in front of { $name } in { $key }
plan-unset = Remove { $key } from { $file }
plan-env-files = Write the settings for every shell, with { $path } on PATH
plan-profile = Add one marked block to { $file } that reads these settings
plan-modules = Download and verify the modules of Fyne { $fyne }
plan-modules-bundled = Take the modules of Fyne { $fyne } from the bundle, and verify them
plan-program = Build a small program with Fyne { $fyne }
plan-cli = Build { $module } and install it to { $bin }
plan-prove = Open the window of that program and check its content
plan-warm = Prepare the first `fyne build` with Fyne { $fyne }
plan-administrator = You may not install system packages here. Ask an administrator to run this. It can run before fyne-setup or at the same time; fyne-setup does the rest:
plan-administrator-bundle = You may not install system packages here. Ask an administrator to run this. It installs from the bundle for all users, system packages included. It can run before fyne-setup or at the same time; fyne-setup does the rest:
plan-administrator-only = The rest is ready: fyne-setup has nothing else to do
plan-anew = After that the plan is made anew. For the machine as it is now:
plan-unmet = The plan leaves these decisions to you:
plan-unmet-line = { $title } (fyne-setup explain { $id })
timings-heading = Time of each step, in seconds since the start:
timings-line = { $from } to { $to }  { $what }
timings-critical = * critical path: the steps that this run waited for
plan-libraries-standard = Compile the part of Go's standard library that needs no C compiler
plan-libraries-pure = Compile the part of Fyne { $fyne } that needs no C compiler
plan-libraries-gl = Compile the OpenGL bindings, the longest part of a first build
plan-reinstall = Reinstall { $names } with { $manager }: some files are damaged
plan-reinstall-newest = Install the newest { $names } with winget in the place of the one that is there, which is too old or damaged
plan-visual-studio = Add to { $dir }: { $components } (asks for an administrator, takes minutes)
plan-command-line-tools = Install Apple's Command Line Tools with softwareupdate (asks for an administrator, takes minutes; Apple's license applies)
plan-developer-dir = Use the developer tools in { $dir } (asks for an administrator)
plan-developer-dir-reset = Let xcode-select use the tools at their usual place (asks for an administrator)
plan-wslg-sockets = Show the sockets of WSLg ({ $dir }) in /tmp/.X11-unix again, until WSL is restarted
plan-wslg-sockets-each-start = Show the sockets of WSLg ({ $dir }) in /tmp/.X11-unix again, and at every start by { $file }
plan-windows-firewall = Let { $from } reach port { $port } through the firewall of Windows (Windows asks for an administrator)
plan-configure = Let { $manager } finish an interrupted installation
plan-restore-go = Restore the damaged files of Go { $version } in { $root } from its verified archive
plan-restore-modules = Restore { $modules } in the module cache as published, and keep your changes
plan-complete-sums = Add the missing lines to { $file }, from the checksum database
plan-pin = Pin the project in { $dir }: { $edits } in go.mod, and { $file }
plan-pin-lock = Write { $file }
plan-replace-cache = Move { $dir } aside and create a cache that belongs to you, with all readable files of the old one
plan-drop-builds = { $count ->
    [one] Remove one damaged entry from { $dir }; Go builds it again
   *[other] Remove { $count } damaged entries from { $dir }; Go builds them again
}
plan-for-go = Go
    .why = Fyne programs are written in Go. fyne-setup puts a verified Go of its own beside any other and removes none.
plan-for-compiler = C compiler and headers
    .why = Fyne draws through OpenGL, which Go reaches through C: a build needs a C compiler and the headers of the window system.
plan-for-cli = The fyne command
    .why = The fyne command packages a program with its icon. It is built here from verified source.
plan-for-settings = Settings
    .why = New terminals, and programs started from the desktop, have to find Go and the fyne command.
plan-for-display = Display
    .why = A window needs a display that programs can reach.
plan-for-project = Your project
    .why = These files belong to your program.
plan-for-proof = Proof that it works: a first window
    .why = Only a window that was seen shows that everything works together. Its build also fills the cache of Go, so that your own first build is short.
plan-for-build = Fyne's modules, and a first build
    .why = Fyne is downloaded, verified and compiled once, so that your own first build is short. No window is opened.
plan-size = { $size }
plan-root = needs root
plan-downloads = Downloads up to { $size }.
plan-downloads-more = Downloads up to { $size }, and what has no size here (system packages and the like).
plan-downloads-unknown = Downloads system packages or modules; their size is not known before.
plan-downloads-nothing = Downloads nothing: everything comes from the bundle. For this run it is unpacked to { $dir }.
plan-time = Takes about { $time }.
plan-time-moment = Takes a moment.
plan-moment = a moment
plan-edits = { $count ->
    [one] Edits this file of yours, and keeps a copy for `fyne-setup undo`: { $files }
   *[other] Edits these files of yours, and keeps copies for `fyne-setup undo`: { $files }
}
plan-because = because of { $title }: { $summary }
plan-explain-more = `fyne-setup explain ID` tells more about a check, such as cgo.headers.
plan-create-program = Write a first program with Fyne { $fyne } to { $dir } and build it
