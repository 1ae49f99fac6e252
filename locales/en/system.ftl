# Checks of the system: platform, disks, temporary files.
system-terminal =
    .title = This terminal
    .looks = Whether PATH in this terminal has the directories from the env file of fyne-setup
    .why = A terminal that was opened before an installation does not know the new settings, and finds neither go nor fyne
    .by-hand = Open a new terminal, or type the line that is shown
    .by-us = Nothing on disk is wrong, so there is nothing to fix
    .unseen = Other terminals that are open
    .looks-windows = Whether PATH in this terminal has the directories that the registry has
system-terminal-ok = this terminal has all settings
system-terminal-older = this terminal is older than its settings; open a new one, or type { $command }

system-unfinished =
    .title = Unfinished runs
    .looks = Whether a run of fyne-setup was interrupted, by a power cut or by kill
    .why = The rest of that run was not done; everything that is in use is complete
    .by-hand = Run the same command again, or undo the interrupted run: fyne-setup undo
    .by-us = The next command that changes anything (install, repair, undo) first finishes or undoes that run
    .unseen = Interrupted runs of other users and of other programs
system-unfinished-ok = every run has finished
system-unfinished-unread = cannot tell whether every run has finished: { $why }
system-unfinished-cut = interrupted: { $runs }
system-unfinished-decide = finish the run, or undo it with fyne-setup undo

# Words about a variable and where it is set, inside other sentences
system-blame-unset = { $variable }
system-blame-package = { $package }
system-blame-package-unnamed = that provides { $package }
system-blame-in-file = { $variable }={ $value } (set in { $file }, line { $line })
system-blame-in-registry = { $variable }={ $value } ({ $key }, { $name })
system-blame-registry = { $variable } is set in { $key } ({ $name }), which fyne-setup does not change; remove it there
system-blame-path-in-registry = { $dir } on PATH ({ $key }, { $name })
system-blame-in-terminal = { $variable }={ $value } (set in this terminal only)
system-blame-terminal = { $variable } is set only in this terminal, not in a file; unset it here
system-blame-not-ours = you cannot write to { $file }; fix line { $line } as the owner of the file
system-blame-returns-not-ours = you cannot write to { $file }; its owner has to take the carriage returns out of it
system-blame-returns = the line ends of { $file } are those of Windows (CRLF), and the carriage return is part of { $variable }
system-blame-entangled = line { $line } of { $file } sets more than { $variable }; remove { $variable } from it by hand
system-blame-goroot = { $variable } is set by { $file }, which belongs to this Go; decide whether to keep this Go
system-blame-path = { $dir } on PATH
system-blame-path-in-file = { $dir } on PATH (put there by { $file }, line { $line })
system-blame-path-command = line { $line } of { $file } puts { $dir } on PATH by running a command; put the directories of the system in front of it
system-blame-path-terminal = put { $dir } behind the directories of the system on PATH; no line of a file that we can read puts it there

system-os =
    .title = Operating system
    .looks = The kernel, the processor and /etc/os-release
    .why = Go and Fyne support only some platforms, and distributions use different package names
    .by-hand = Use 64-bit Linux on an x86_64 or aarch64 processor. On a distribution that fyne-setup does not know, install the packages by hand; the other checks name what is missing.
    .by-us = Nothing can be fixed here
    .unseen = Kernels and drivers that are patched, and limits of a container or a sandbox
    .looks-windows = The build of Windows and the processor
    .why-windows = Go supports Windows 10 and newer; winget, which brings the C compiler, needs version 1809 (build 17763)
    .by-hand-windows = Use 64-bit Windows 10 (1809 or newer) or Windows 11 on an x86_64 or ARM64 processor
    .unseen-windows = Edition and licence, and rules of a company that forbid single programs
system-os-ok = { $name }, { $processor }
system-os-ok-wsl = { $name }, { $processor }, on Windows Subsystem for Linux { $version }
system-os-noted = { $name }, { $processor }: { $what }
system-os-windows-container = this is a container of Windows: it has no desktop and no winget. It builds with --goal build, once a gcc of MinGW-w64 is in its image
system-os-windows-core = { $name } has no desktop and no App Installer: it builds with --goal build, and shows no window
system-os-windows-network = { $dir } is on a server: what Go keeps there is slow, and cmd works in no directory of a server
system-os-windows-guarded = controlled folder access guards { $dir }: go and gcc may not write there before somebody allows them. A project in another folder needs nothing
system-os-windows-onedrive = OneDrive keeps { $dir } on a server too, and holds files while a build writes them. A project in another folder needs nothing
system-os-windows-old = Windows { $release } is too old
system-os-windows-old-cause = fyne-setup needs Windows 10 version 1809 (build 17763) or newer, as winget does
system-os-windows-old-decide = update Windows
system-os-mac-unseen = which macOS this is could not be read
system-os-mac-old = macOS { $version } is too old
system-os-mac-old-cause = Fyne { $fyne } needs macOS { $least } or newer
system-os-mac-old-decide = update macOS, or choose an older Fyne: fyne-setup install --fyne 2.7.4
system-os-mac-translated = this is a program for Intel processors on Apple silicon, which Rosetta translates. If the whole terminal is one, switch off "Open using Rosetta" (Finder, Get Info of Terminal)
system-os-mac-gui = somebody has set a PATH for programs that are started from the Dock, without { $dir }: an editor does not find Go there
system-os-foreign = { $platform } is not supported
system-os-foreign-cause = this fyne-setup supports Linux, macOS and Windows, on x86_64 and aarch64
system-os-foreign-decide = use a supported machine, or set up Fyne by hand: https://docs.fyne.io
system-os-processor = fyne-setup has no Go for { $processor }
system-os-processor-cause = supported processors: { $known }
system-os-processor-half = install the 64-bit edition of this system, which most of these machines run too, or set up Fyne by hand: https://docs.fyne.io
system-os-kernel = Linux { $kernel } is too old for Go
system-os-kernel-cause = Go needs Linux { $least } or newer
system-os-kernel-decide = install a newer release of this distribution
system-os-by-hand = { $name }: fyne-setup names the packages, but does not run { $manager } for you
system-os-image = { $name } comes as one image, and takes no packages while it runs
system-os-image-cause = develop in a container, which shares your home: { $line }
system-os-unknown = fyne-setup does not know the packages of { $name }
system-os-unknown-cause = everything except system packages works; install the system packages by hand

system-wsl =
    .title = WSL
    .looks = In Windows Subsystem for Linux: /etc/resolv.conf, whether go, gcc, pkg-config or fyne is a script on a drive of Windows, the clock against that of the (virtual) hardware, and the memory
    .why = WSL is set up from two sides. Without a name server nothing can be downloaded, and after Windows slept the clock may be late, so that certificates seem not valid yet
    .by-hand = Edit /etc/wsl.conf here, or .wslconfig in your folder on Windows; then type wsl --shutdown in PowerShell and open the terminal again
    .by-us = Reports it, and shows the line to type or to write. Does not change the settings of WSL or of Windows
    .unseen = What only Windows knows: its firewall, its version of WSL, a VPN that changes its routes
system-wsl-none = this is not Windows Subsystem for Linux
system-wsl-ok = no setting of WSL is in the way (network: { $network })
system-wsl-first = WSL 1: programs are built, but no window is shown without an X server on Windows
system-wsl-nameless = no name server is set, so nothing can be downloaded
system-wsl-nameless-cause = { $file } has generateResolvConf=false, and /etc/resolv.conf names no server
system-wsl-nameless-decide = write a line "nameserver ADDRESS" into /etc/resolv.conf, or remove generateResolvConf from { $file } and type wsl --shutdown in PowerShell
system-wsl-nameless-lost-cause = WSL writes /etc/resolv.conf when it starts; the file is missing or names no server
system-wsl-nameless-lost-decide = let WSL write it again: in PowerShell on Windows, then open this terminal again
system-wsl-shadowed = { $name } is a script on a drive of Windows
system-wsl-shadowed-cause = PATH finds { $path } first; programs of Windows build for Windows
system-wsl-shadowed-decide = put the directories of Linux first on PATH, or keep those of Windows out: [interop] appendWindowsPath=false in { $file }, then wsl --shutdown in PowerShell
system-wsl-late = the clock is { $seconds } seconds behind
system-wsl-late-cause = the clock of WSL stands still while Windows sleeps; the clock of the hardware went on
system-wsl-late-decide = set the clock; if the command fails, type wsl --shutdown in PowerShell
system-wsl-narrow = WSL has { $memory } MB of memory; a first build of Fyne is slow with less than 3 GB (more: memory=4GB under [wsl2] in .wslconfig)
system-wsl-narrow-cause = by default WSL gets half of the memory of Windows. More: [wsl2] memory=4GB in .wslconfig in your folder on Windows, then wsl --shutdown in PowerShell
system-wsl-narrow-said-cause = line { $line } of { $file } says memory={ $value }

system-disk =
    .title = Disk space
    .looks = Free space for Go, for the caches and for temporary files
    .why = Go takes 250 MB, modules and the build cache take about 900 MB, and the first build writes 200 MB of temporary files
    .by-hand = Free some space: df -h shows which file system is full; go clean -cache empties Go's build cache
    .by-us = Never deletes your files to free space
    .unseen = Quotas of a user, and how much your own project will need
    .by-hand-windows = Free some space: Settings, System, Storage shows what takes it; go clean -cache empties Go's build cache
system-disk-ok = at least { $free } MB free
system-disk-full = only { $free } MB free for { $path }
system-disk-full-cause = { $path } is on a file system with { $free } MB free; { $need } MB are needed
system-disk-files = { $path } has no room for more files ({ $files } left)
system-disk-files-cause = the file system of { $path } has free bytes, but only { $files } more files fit (inodes)
system-disk-decide = free some space on the file system of { $path }
system-disk-unknown = cannot find out the free space for { $path }: { $why }

system-tmp =
    .title = Temporary directory
    .looks = The directory in TMPDIR (/tmp by default), and GOTMPDIR if it is set: whether it exists, is writable, and may contain programs that run
    .why = Go compiles in this directory, and go run and go test start programs there. gcc uses it too.
    .by-hand = Unset TMPDIR where it is set, or create the directory. If no program may run there, set GOTMPDIR to another directory.
    .by-us = Comments out the line that sets the variable, after a backup
    .unseen = What cleans the directory while a build runs, and security modules that forbid single programs
    .looks-windows = The directory in TMP (or TEMP), and GOTMPDIR if it is set: whether it exists and is writable
    .by-hand-windows = Correct TMP where it is set, or create the directory
    .by-us-windows = Removes the setting where it is set, if it is yours
    .unseen-windows = What cleans the directory while a build runs, and antivirus programs that forbid new programs there
system-tmp-ok = { $path }
system-tmp-absent = the temporary directory { $path } does not exist
system-tmp-no-directory = { $path } is not a directory
system-tmp-not-writable = the temporary directory { $path } is not writable
system-tmp-noexec = no program can run in { $path }
system-tmp-unknown = cannot look at { $path }: { $why }
system-tmp-cause = { $setting } names a directory in which Go cannot work
system-tmp-plain-cause = every build needs { $path }
system-tmp-noexec-cause = { $path } is mounted noexec, so go run and go test cannot start the programs that they build
system-tmp-decide = make { $path } a directory that everyone can write to
system-tmp-decide-windows = make { $path } a directory that you can write to
system-tmp-noexec-decide = let Go build in one of your own directories

system-home =
    .title = Home directory
    .looks = HOME, and whether that directory exists and is writable
    .why = Go keeps modules, programs and its build cache in the home directory, and does not work without HOME
    .by-hand = Export HOME; create the directory or make its user the owner; remount a read-only file system
    .by-us = Does not change the home directory
    .unseen = A network file system that comes and goes
    .looks-windows = The folder of your profile (USERPROFILE), and whether it exists and is writable
    .why-windows = Go keeps modules and programs there, and its build cache in %LocalAppData%
    .by-hand-windows = Set USERPROFILE to the right folder, or sign in again; a folder that is not yours is for an administrator to correct
    .by-us-windows = Does not change the profile
system-home-ok = { $path }
system-home-bad = { $why }
system-home-unset = { $variable } is not set
system-home-unset-cause = { $variable } is missing from the environment of { $user }; Go does not know where to keep modules and its build cache
system-home-unset-decide = set { $variable }, then run the same command again
system-home-absent = the home directory { $path } does not exist
system-home-absent-decide = create the directory { $path }, or set { $variable } to the right directory
system-home-read-only = the home directory { $path } is not writable
system-home-read-only-decide = make { $path } writable, or set { $variable } to a writable directory
system-home-unknown = cannot look at { $path }: { $why }
system-home-cause = { $variable }={ $path }

system-packages =
    .title = Package manager
    .looks = Whether the package manager is there and can read its record, whether an earlier installation was interrupted or left a lock, whether needed packages are on hold, whether package lists exist, and which process holds the lock
    .why = Headers, the C compiler and OpenGL are packages; after an interruption the package manager refuses every new installation
    .by-hand = Run the command that the cause names, as root
    .by-us = Runs the same command before it installs anything; waits for a busy package manager
    .unseen = Whether the next transaction succeeds: it is simulated before it runs, not here
    .looks-windows = Whether winget is there, and whether a policy turns it off
    .why-windows = winget brings the C compiler
    .by-hand-windows = Install App Installer from the Microsoft Store, or type the line that is shown in PowerShell
    .by-us-windows = Reports it, but does not install App Installer
    .unseen-windows = Whether the next installation succeeds, and what winget itself says that it installed: that takes the network
system-packages-ok = { $manager }
system-packages-none = fyne-setup does not know a package manager for this system
system-packages-unknown = cannot query the package manager: { $why }
system-packages-busy = { $manager } is busy: { $process }
system-packages-interrupted = { $program } was interrupted
system-packages-interrupted-cause = an earlier installation was interrupted; { $program } installs nothing until { $command } has finished it
system-packages-held = needed packages are on hold: { $names }
system-packages-held-cause = { $names } must not change because of { $by }, so missing packages cannot be installed
system-packages-held-edit = take { $names } out of { $by }, if you no longer need it there
system-packages-absent = { $program } is missing
system-packages-absent-cause = packages are missing, and { $manager }, the package manager of this system, is missing too
system-packages-absent-decide = install { $manager }, or add the missing packages to the image from which this system was made
system-packages-instead = winget is missing; { $manager } is here, and fyne-setup names what to type
system-packages-policy = a policy of your organisation turns App Installer, and with it winget, off
system-packages-policy-decide = ask whoever looks after this computer for a gcc of MinGW-w64, or for an exception
system-packages-app-installer = winget comes with App Installer (Microsoft.DesktopAppInstaller), which is missing, not registered for you yet, or forbidden here
system-packages-app-installer-decide = install App Installer from the Microsoft Store; where it is there and not registered, this line in PowerShell does it. Where a policy forbids it, ask whoever looks after this computer for a MinGW-w64 gcc
system-packages-left-lock = { $manager } was interrupted and left its lock { $path }
system-packages-left-lock-cause = no process uses { $path }; { $manager } installs nothing while it is there, and { $command } removes it
system-packages-unreadable = { $manager } cannot read its record of installed packages
system-packages-unreadable-cause = the record is damaged; { $manager } installs nothing until { $command } has rebuilt it
system-packages-held-decide = remove the hold, if you no longer need it
system-packages-lists = { $manager } has no package lists; they are downloaded before the first installation

system-supply-unneeded = no package has to be installed
system-supply-unknown = cannot read the files of the package manager: { $why }

system-package-sources =
    .title = Package sources
    .looks = Only if a package is needed: whether apt can read its configuration and its sources, whether two sources contradict each other, and whether hooks, owners, releases and discs that its files name exist
    .why = One bad line can make apt refuse all work; then no package can be installed
    .by-hand = Comment out the line that the cause names; a file that belongs to nobody is taken from the record with the tool of the distribution that wrote it
    .by-us = Comments out the line, after a backup; of two sources that contradict each other, only one whose packages the other has too
    .unseen = Whether a server still has the packages that its lists name; managers other than apt
    .looks-windows = Nothing: winget keeps its sources itself
    .why-windows = It matters to the package managers of Linux
    .by-hand-windows = Nothing has to be done
    .by-us-windows = Nothing has to be done
    .unseen-windows = Whether a source of winget answers
system-package-sources-ok = { $count ->
    [0] none to read
    [one] { $count } source
   *[other] { $count } sources
}
system-package-sources-key = the key { $key } of { $source } ({ $file }, line { $line }) is missing; apt ignores that source
system-package-sources-unreadable = apt cannot read { $file }, so it installs nothing
system-package-sources-unreadable-cause = line { $line } of { $file }: { $words }
system-package-sources-syntax = correct the syntax of { $file }
system-package-sources-conflict = { $file } and { $other } describe the same source with different values of { $option }
system-package-sources-conflict-cause = { $option } of { $source } differs between { $file }, line { $line }, and { $other }, line { $number }; apt reads no source at all
system-package-sources-conflict-decide = decide which of the two is right, and remove the source from { $file } or { $other }
system-package-sources-hook = apt runs { $program }, which does not exist
system-package-sources-hook-cause = { $key } is set in { $file }, line { $line }; apt stops when that program fails
system-package-sources-orphan = { $file } names { $owner }, who does not exist
system-package-sources-orphan-cause = line { $line } of { $file } gives { $path } to { $owner }; no package can be installed until that line is gone
system-package-sources-release = { $file } prefers the release { $value }, which no source has
system-package-sources-release-cause = APT::Default-Release is { $value } in { $file }, line { $line }; apt installs nothing until a source has that release
system-package-sources-disc = { $file } names a disc as a source
system-package-sources-disc-cause = line { $line } of { $file } names the disc that this system was installed from; apt waits for it
system-package-sources-disc-decide = add a source on the network, or insert the disc

system-package-proxy =
    .title = Proxy of the package manager
    .looks = Only if a package is needed: the proxies in the package manager's own files; whether one on this machine answers, and whether the name of another one is known
    .why = The package manager downloads everything through it; if the proxy does not answer, nothing can be installed
    .by-hand = Comment out the line that names the proxy, or correct it
    .by-us = Comments out the line, after a backup
    .unseen = Whether a proxy that answers lets the package manager through
    .looks-windows = Nothing: winget uses the proxy of Windows
    .by-hand-windows = Correct the proxy in Settings, Network and internet, Proxy
    .by-us-windows = Does not change the settings of Windows
system-package-proxy-none = no proxy is set
system-package-proxy-ok = { $value }
system-package-proxy-dead = { $key } names { $address }, but nothing listens there
system-package-proxy-unknown-host = { $key } names { $address }, but no such host is known
system-package-proxy-cause = { $key } is set in { $file }, line { $line }
