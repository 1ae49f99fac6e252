# What a plan does, one sentence an action. Every key has its twin in the other language.
plan-heading = This will be done:
plan-empty = Nothing to do: everything is in place
plan-refresh = Refresh the package lists of { $manager }
plan-packages = { $count ->
    [one] Install one system package with { $manager }
   *[other] Install { $count } system packages with { $manager }
}
plan-go = Download Go { $version }, verify it, and unpack it to { $root }
plan-switch = Put Go from { $root } in use ({ $link })
plan-set = Set { $key }={ $value } in { $file }
plan-put-last = Put { $dir } last on PATH instead of first in { $file }, line { $line }
plan-mend = { $count ->
    [one] Take { $names } out of { $file }, line { $lines }
   *[other] Take { $names } out of { $file }, lines { $lines }
}
plan-mend-garbage = { $count ->
    [one] Comment out line { $lines } of { $file }, which is no setting
   *[other] Comment out lines { $lines } of { $file }, which are no settings
}
plan-unset = Remove { $key } from { $file }
plan-env-files = Write our settings for every shell, with { $path } on PATH
plan-profile = Add one marked block to { $file } that reads our settings
plan-modules = Download and verify the modules of Fyne { $fyne }
plan-program = Build a small program with Fyne { $fyne }
plan-cli = Build { $module } and install it to { $bin }
plan-prove = Open its window and look at it
plan-warm = Prepare the first `fyne build` with Fyne { $fyne }
plan-unmet = This will not be done, it is for you to decide:
plan-unmet-line = { $title } (fyne-setup explain { $id })
timings-heading = What took how long, in seconds from the beginning:
timings-line = { $from } to { $to }  { $what }
timings-critical = * the critical path: what this run waited for
plan-libraries-standard = Compile the part of Go's standard library that needs no C compiler
plan-libraries-pure = Compile what needs no C compiler of Fyne { $fyne }
plan-libraries-gl = Compile the OpenGL bindings, the longest part of a first build
plan-reinstall = Lay the files of { $names } again with { $manager }: some are damaged
plan-configure = Let { $manager } finish what was interrupted
plan-restore-go = Restore the damaged files of Go { $version } in { $root } from its verified archive
plan-restore-modules = Put back { $modules } in the module cache as published, keeping what was changed
plan-complete-sums = Add the lines that { $file } lacks, from the checksum database
plan-replace-cache = Move { $dir } aside and make a cache of yours in its place, with what can be read of the old one
plan-drop-builds = { $count ->
    [one] Take one garbled entry out of { $dir }; Go makes it again
   *[other] Take { $count } garbled entries out of { $dir }; Go makes them again
}
