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

system-unfinished =
    .title = Unfinished runs
    .looks = Whether a run of fyne-setup was cut short, by a power cut or by kill
    .why = What it had still to do is not done; what is in use is whole all the same
    .by-hand = Run the same command again; or take back what was done: fyne-setup undo
    .by-us = The next command that changes anything (install, repair, undo) finishes it first, or takes it back
system-unfinished-ok = every run came to its end
system-unfinished-cut = cut short: { $runs }
system-unfinished-decide = finish it, or take it back with fyne-setup undo

# Words about a variable and where it is set, inside other sentences
system-blame-unset = { $variable }
system-blame-in-file = { $variable }={ $value } (set in { $file }, line { $line })
system-blame-in-terminal = { $variable }={ $value } (set in this terminal only)
system-blame-terminal = only this terminal sets { $variable }; no file does. Unset it here
system-blame-not-ours = { $file } is not ours to write; mend line { $line } as its owner
system-blame-entangled = line { $line } of { $file } does more than set { $variable }; take { $variable } out of it by hand
system-blame-goroot = { $variable } is set by { $file }, which belongs to this Go; decide whether that Go is wanted

system-os =
    .title = Operating system
    .looks = The kernel, the processor and /etc/os-release
    .why = Go and Fyne exist for some platforms only, and the names of packages differ between distributions
    .by-hand = Use 64-bit Linux on an x86_64 or aarch64 processor. On a distribution that fyne-setup does not know, install the packages by hand; the other checks name what is missing.
    .by-us = Nothing can be mended here
system-os-ok = { $name }, { $processor }
system-os-ok-wsl = { $name }, { $processor }, in Windows Subsystem for Linux
system-os-foreign = { $platform } is not supported
system-os-foreign-cause = this fyne-setup supports Linux on x86_64 and aarch64
system-os-foreign-decide = use a supported machine, or set Fyne up by hand: https://docs.fyne.io
system-os-processor = there is no Go of ours for { $processor }
system-os-processor-cause = supported are { $known }
system-os-kernel = Linux { $kernel } is too old for Go
system-os-kernel-cause = Go needs Linux { $least } or newer
system-os-kernel-decide = install a newer release of this distribution
system-os-by-hand = { $name }: fyne-setup names its packages and leaves { $manager } to you
system-os-unknown = { $name } is not a distribution whose packages we know
system-os-unknown-cause = everything but system packages works; those have to be installed by hand

system-disk =
    .title = Disk space
    .looks = Free space where fyne-setup keeps Go, where caches lie, and where temporary files go
    .why = Go unpacks to 250 MB, modules and the build cache take about 900 MB, and the first build lays down 200 MB of temporary files
    .by-hand = Free some space: df -h shows where it is short; go clean -cache empties Go's build cache
    .by-us = Nothing of yours is ever deleted to make room
system-disk-ok = at least { $free } MB free
system-disk-full = only { $free } MB free for { $path }
system-disk-full-cause = { $path } lies on a file system with { $free } MB free; { $need } MB are needed
system-disk-decide = free some space on the file system of { $path }
system-disk-unknown = the free space for { $path } cannot be seen: { $why }

system-tmp =
    .title = Temporary directory
    .looks = The directory that TMPDIR names (else /tmp), and GOTMPDIR where it is set: whether it exists, can be written, and may hold programs
    .why = Go compiles there, and go run and go test start programs there. gcc uses it too.
    .by-hand = Unset TMPDIR where it is set, or make the directory. For one in which nothing may be executed, set GOTMPDIR to another.
    .by-us = The line that sets the variable is commented out, with a backup
system-tmp-ok = { $path }
system-tmp-absent = the temporary directory { $path } does not exist
system-tmp-no-directory = { $path } is not a directory
system-tmp-not-writable = the temporary directory { $path } cannot be written
system-tmp-noexec = nothing can be executed in { $path }
system-tmp-unknown = cannot look at { $path }: { $why }
system-tmp-cause = { $setting } names a directory in which Go cannot work
system-tmp-plain-cause = every build needs { $path }
system-tmp-noexec-cause = { $path } is mounted noexec, so that go run and go test cannot start what they build
system-tmp-decide = make { $path } a directory that everybody can write
system-tmp-noexec-decide = let Go build in a directory of yours

system-home =
    .title = Home directory
    .looks = HOME, and whether that directory exists and can be written
    .why = Go keeps modules, programs and its build cache there, and refuses to work without HOME
    .by-hand = Export HOME; make the directory or give it to its user; remount a read-only file system
    .by-us = Nothing is changed here
system-home-ok = { $path }
system-home-unset = HOME is not set
system-home-unset-cause = the environment has no HOME for { $user }; Go does not know where to keep modules and its build cache
system-home-unset-decide = set HOME, then run this again
system-home-absent = the home directory { $path } does not exist
system-home-absent-decide = make the directory { $path }, or let HOME name the right one
system-home-read-only = the home directory { $path } cannot be written
system-home-read-only-decide = make { $path } writable, or let HOME name a directory that is
system-home-unknown = cannot look at { $path }: { $why }
system-home-cause = HOME={ $path }

system-packages =
    .title = Package manager
    .looks = Whether an earlier installation was interrupted, packages on hold, whether package lists are there, and who holds the lock
    .why = Headers, the C compiler and OpenGL come as packages; an interrupted dpkg refuses every further installation
    .by-hand = Finish it: sudo dpkg --configure -a
    .by-us = The same command is run before anything is installed; a busy package manager is waited for
system-packages-ok = { $manager }
system-packages-none = no package manager that we know
system-packages-unknown = cannot ask the package manager: { $why }
system-packages-busy = { $manager } is at work just now: { $process }
system-packages-interrupted = dpkg was interrupted
system-packages-interrupted-cause = an earlier installation was cut off; dpkg installs nothing until dpkg --configure -a has finished it
system-packages-held = on hold, but needed: { $names }
system-packages-held-cause = { $names } must not change, as apt-mark hold says, so that what is missing cannot be installed
system-packages-held-decide = take the hold off, if it is no longer meant
system-packages-lists = { $manager } has no package lists; they are fetched before anything is installed
