# Checks of Go itself.

go-present =
    .title = Go
    .looks = The go command on PATH, and Go installations in common places
    .why = No Fyne program can be compiled without Go
    .by-hand = Download Go from https://go.dev/dl/, unpack it to /usr/local/go and put /usr/local/go/bin on PATH
    .by-us = Unpacks a verified Go into the data directory of fyne-setup; replaces nothing else on the machine
    .unseen = A Go in a place of its own that neither PATH nor a version manager names
    .by-hand-windows = Download the .msi from https://go.dev/dl/ and open it, then open a new terminal
go-present-ok = Go { $version } at { $path }
go-present-for-all = Go { $version } at { $path }, installed by fyne-setup for all users
go-present-unnamed = Go at { $path }, which is not a release
go-present-elsewhere = Go is installed at { $path }, but not on PATH
go-present-absent = Go is not installed
go-present-absent-cause = go is not on PATH, and Go is not in the common places
go-present-gone-cause = { $file }, line { $line }, puts { $dir } on PATH, and no Go is there: it was removed, or its installation did not end
go-present-unusable = Go at { $path } is not on PATH, and is too old or incomplete
go-present-not-go = { $path } is not the Go command
go-present-not-go-cause = another program named go comes first on PATH: { $path }
go-present-unknown = cannot look for go: { $why }
go-present-translated = { $path } is for { $platform }, but this Mac is { $own }
go-present-translated-cause = Rosetta translates { $platform } programs: builds are slow, what they make is for Intel, and Fyne programs crash
go-present-foreign = { $path } is for { $platform } and does not run here; this Mac is { $own }
go-present-foreign-cause = { $path } is Go for { $platform }
go-present-foreign-elsewhere = Go at { $path } is not on PATH, and is for { $platform }

go-several =
    .title = Several Go installations
    .looks = Which go comes first on PATH if there is more than one
    .why = Every build uses the first one; an old Go first on PATH hides a good one
    .by-hand = Put the directory of the good Go first on PATH, or remove the other one
    .by-us = Puts the directory of the good Go first on PATH, in the env file of fyne-setup
    .unseen = The path that an editor has of its own
    .by-us-windows = Puts the directory of the good Go first in Path of your own environment
go-several-none = go is not on PATH
go-several-one = only one is on PATH
go-several-right = { $path } comes first; { $others } more on PATH
go-several-right-unasked = { $path } comes first; { $others } more on PATH, of which { $unasked } not asked
go-several-shadowed = { $path } ({ $version }) hides a newer Go on PATH
go-several-shadowed-cause = { $first } is { $version } and comes before { $second } on PATH

go-version =
    .title = Go version
    .looks = The version of the Go in use, compared with what this Fyne needs and with the security floor of its release line
    .why = An older Go cannot compile this Fyne; a Go below the security floor has known vulnerabilities
    .by-hand = Install a current Go from https://go.dev/dl/
    .by-us = Installs a verified, recommended Go beside the existing one and puts it first on PATH
    .unseen = Vulnerabilities that became known after the manifest in use was issued; vulnerabilities of your own modules (govulncheck finds those)
go-version-ok = Go { $version }
go-version-none = no Go was found whose version could be checked
go-version-unknown = cannot read the version: { $why }
go-version-no-file = { $path } has no VERSION file
go-version-other = Go { $version } is in use, but { $wanted } was requested
go-version-other-cause = { $path } is { $version }
go-version-old = Go { $version } is too old; { $min } or newer is needed
go-version-old-cause = { $path } is Go { $version }, which cannot compile Fyne { $fyne }
go-version-old-for-cli = { $path } is Go { $version }: it can compile Fyne { $fyne }, but not the CLI { $cli }
go-version-new = Go { $version } is newer than Go { $line }, the newest release line known to work with this Fyne
go-version-new-cause = { $path } is Go { $version }
go-version-floor = Go { $version } has known vulnerabilities; { $floor } is the oldest { $line } release without known vulnerabilities
go-version-floor-cause = { $path } is Go { $version }, below { $floor }
go-version-numberless = the fyne CLI that Go { $version } builds does not start on macOS { $system }; a Fyne program that it builds does
go-version-numberless-cause = { $path } is Go { $version }: what it links by itself has no LC_UUID, which Go writes since { $line }. A Fyne program is linked by Apple's linker, which writes one
go-version-unsupported = Go { $version } works, but its release line no longer gets security fixes
go-version-vulnerabilities = { $path } is Go { $version }, below { $floor }: { $list }
go-version-vulnerability = { $id } ({ $what })
go-version-and = { $first }; { $second }
go-version-unfixed = no release of Go { $line } fixes { $ids }

go-complete =
    .title = Go installation
    .looks = Whether the Go in use has the programs and sources that every Go has, and answers go version. Whether a source file in it cannot be read, or declares again what its package has. With --deep, every file is compared with the published one, except go.env, which users may change
    .why = A Go without its compiler or one of its packages fails in the middle of a build
    .by-hand = Remove the directory and unpack the same version of Go again. Never unpack Go over an older one: its files stay
    .by-us = Restores missing or damaged files from the verified archive of the same version, takes out files of another version, and keeps the old content. If this is not possible, installs a verified Go beside it
    .unseen = Without --deep: a changed file of the same length and time, or one that can be read and means something else. A Go of the system's packages is never compared
go-complete-ok = { $root } is complete
go-complete-none = no Go was found to check
go-complete-unknown = cannot run go: { $why }
go-complete-missing =
    { $count ->
        [one] { $first } is missing from { $root }
       *[other] { $first } and more files are missing from { $root } ({ $count } in all)
     }
go-complete-missing-cause = { $path } is missing, empty or truncated
go-complete-extra =
    { $count ->
        [one] { $root } contains a file of another Go version: { $first }
       *[other] { $root } contains { $count } files of another Go version; the first is { $first }
     }
go-complete-extra-cause = { $path } is not a file of { $version }, and with it its package cannot be compiled
go-complete-silent = { $path } does not run
go-complete-silent-cause = go version reports: { $said }

go-root =
    .title = GOROOT
    .looks = GOROOT, if it is set: whether it is the directory of the Go in use
    .why = Go finds its own directory. If GOROOT names another Go, or a directory that no longer exists, every command fails
    .by-hand = Remove the line that sets GOROOT, or run go env -u GOROOT
    .by-us = Removes the setting where it is set
    .unseen = GOROOT in a script or in the settings of an editor
go-root-unset = not set; Go finds its own directory
go-root-set = GOROOT is { $root }
go-root-same = GOROOT is { $root }, the Go in use
go-root-gone = GOROOT is { $root }, which does not contain a Go
go-root-gone-cause = GOROOT={ $root } is set in { $place }
go-root-other = GOROOT is { $root }, but the Go in use is { $tree }
go-root-other-cause = GOROOT={ $root } is set in { $place }; go on PATH belongs to { $tree }

go-env-file =
    .title = Go settings file
    .looks = The file that go env -w writes: lines that are not settings
    .why = Go silently ignores such lines, so a setting that looks set is not set, or another one is used instead
    .by-hand = Delete the lines that are shown
    .by-us = Comments out the lines, after a backup
    .unseen = Values that Go accepts and that are not what you meant
go-env-file-ok = { $file } contains only settings
go-env-file-off = switched off by GOENV=off
go-env-file-unread = not read: { $why }
go-env-file-garbage = { $file } has lines that are not settings ({ $count })
go-env-file-garbage-cause = line { $line } of { $file } is not a setting: { $text }

go-flags =
    .title = GOFLAGS
    .looks = GOFLAGS, split as Go splits it, and what Go says about it: flags that prevent a program with a window, flags that name a missing file, and whether the linker works with what GOFLAGS tells it
    .why = If Go cannot read GOFLAGS, it refuses every command
    .by-hand = Write each flag as -name=value, or run go env -u GOFLAGS
    .by-us = Removes the setting where it is set; in Go's own file only the flag that is wrong
    .unseen = Flags on the command line, which win over GOFLAGS, and flags that make a program slow or large
go-flags-none = not set
go-flags-ok = GOFLAGS={ $value }
go-flags-garbled = Go cannot read GOFLAGS={ $value }: { $word } is not a flag
go-flags-refused = Go refuses GOFLAGS={ $value }
go-flags-mod = GOFLAGS has -mod={ $value }, which Go does not know
go-flags-vendor = GOFLAGS has -mod=vendor, but the project has no vendor directory
go-flags-insecure = GOFLAGS has -insecure, which turns off the checks of downloads
go-flags-tag = GOFLAGS has the build tag { $tag }, which makes Fyne build programs without a window
go-flags-no-program = GOFLAGS has { $word }, which stops Go from building a program that can run
go-flags-linker = GOFLAGS tells the C linker { $words }, and with that it cannot link Fyne
go-flags-compiler = GOFLAGS has { $word }, but Fyne needs Go's own compiler
go-flags-file-gone = GOFLAGS has { $word }, but { $path } does not exist
go-flags-cause = GOFLAGS is set in { $place } and has { $word }

go-variables =
    .title = Other Go variables
    .looks = GO111MODULE, and what Go says about GOEXPERIMENT, GOAMD64 and all its other variables
    .why = A value that this Go does not know stops every build. Without module mode Go finds no module of Fyne
    .by-hand = Remove the line that sets the variable, or run go env -u NAME
    .by-us = Removes the setting where it is set
    .unseen = Variables that only programs of yours read
go-variables-ok = no value stops a build
go-variables-modules-off = module mode is turned off (GO111MODULE=off)
go-variables-refused = Go refuses { $name }={ $value }
go-variables-gopath = { $file } lies in a directory of GOPATH, where Go accepts no module
go-variables-gopath-decide = move { $file } and its project to another directory
go-variables-cause = { $name }={ $value } is set in { $place }

go-toolchain =
    .title = GOTOOLCHAIN
    .looks = GOTOOLCHAIN: whether the Go that it pins is installed or can be downloaded
    .why = If the pinned Go cannot be downloaded, every go command ends with a download error
    .by-hand = Run go env -u GOTOOLCHAIN, or remove the line that sets it
    .by-us = Removes the setting where it is set
    .unseen = Whether the download of another Go would succeed: nothing is downloaded here
go-toolchain-free = GOTOOLCHAIN is { $value }
go-toolchain-pinned = GOTOOLCHAIN pins { $value }, which is installed
go-toolchain-download = GOTOOLCHAIN pins { $value }, which Go will download
go-toolchain-no-name = GOTOOLCHAIN={ $value } does not name a Go that can be downloaded
go-toolchain-old = GOTOOLCHAIN={ $value } is too old for this Fyne
go-toolchain-unknown = GOTOOLCHAIN={ $value } is not installed, and was never released
go-toolchain-cause = GOTOOLCHAIN={ $value } is set in { $place }

go-target =
    .title = Build target
    .looks = GOOS and GOARCH: whether builds are for this machine
    .why = Values left over from a cross build make programs that cannot run here, and turn cgo off
    .by-hand = Run go env -u GOOS GOARCH, or remove the line that sets them
    .by-us = Removes the setting where it is set
    .unseen = GOOS and GOARCH in a script, and what a cross compilation needs
go-target-ok = this machine ({ $os }/{ $arch })
go-target-other = { $name } is { $value }, but this machine is { $own }
go-target-cause = { $name }={ $value } is set in { $place }
go-target-translated = this machine (darwin/{ $arch }), but this terminal runs under Rosetta
go-target-translated-cause = a program for Intel started it, or its application has "Open using Rosetta" ticked (Finder, Get Info): shells and compilers run as on Intel there. Open one without it

go-signature =
    .title = Start of programs
    .looks = On a Mac: whether the system starts go and fyne. The quarantine of a downloaded file, the signature (our own reader, then codesign), and the UUID that macOS 26 wants
    .why = A program with a broken signature is killed on Apple silicon ("Killed: 9"); a quarantined one that Apple has not seen is refused. A missing or ad hoc signature alone stops nothing that was built here
    .by-hand = Install Go or the fyne CLI again. Only for Go that fyne-setup verify FILE finds as published: xattr -d com.apple.quarantine FILE
    .by-us = Builds the fyne CLI again, which Go signs as it links it; puts Go that the checksum database verifies in front of Go that macOS stops. It does not start what macOS has not accepted
    .unseen = Whether Apple took a certificate back, and what a company's management of this Mac forbids
go-signature-ok = no quarantine that nobody lifted and no signature that does not hold: { $programs }
go-signature-none = there is no program to look at
go-signature-unlooked = the quarantine and the signature of go and fyne were not looked at
go-signature-agreed = { $path } was downloaded, and the system starts it
go-signature-marked = { $path } was downloaded, and macOS did not say whether it lets it run: fyne-setup does not start it
go-signature-unknown = whether macOS starts { $path } could not be looked at: { $why }
go-signature-broken = the signature of { $path } does not hold
go-signature-broken-cause = { $path } was changed after it was signed, or was never signed; on Apple silicon the system kills it
go-signature-quarantined = macOS does not let { $path } run
go-signature-quarantined-cause = { $path } was downloaded by a browser or a chat program, which marked it (quarantine), and Apple has not notarized it
go-signature-number = { $path } does not start on macOS { $system }
go-signature-number-cause = { $path } was linked by Go 1.23 or older, which gives programs no LC_UUID; the loader of macOS 26 refuses them

go-bin =
    .title = Program directory
    .looks = GOBIN, or GOPATH/bin by default: whether go install can write programs there
    .why = Otherwise neither the fyne CLI nor any other tool can be installed
    .by-hand = Run go env -u GOBIN, or set it to a directory that you can write to
    .by-us = Removes a wrong setting where it is set
    .unseen = Quotas: whether there is room for the next program
go-bin-ok = { $path }
go-bin-unknown = there is no home directory for programs
go-bin-not-seen = cannot look at { $path }: { $why }
go-bin-read-only = you cannot write to { $path }, but fyne is already installed
go-bin-not-ours = you cannot write to { $path }, so nothing can be installed there
go-bin-noexec = the file system of { $path } is mounted noexec, so no program there can be run
go-bin-noexec-served = { $path } is mounted noexec, but fyne is installed elsewhere
go-bin-temporary = { $path } is a directory for temporary files, so programs there are soon gone
go-bin-elsewhere = { $path } is of no use for programs; { $place } is
go-bin-no-directory = { $path } is not a directory, so nothing can be installed there
go-bin-relative = { $path } is not an absolute path, so Go refuses it
go-bin-cause = { $variable }={ $value } is set in { $place }
go-bin-in-the-way = { $path } is in the way
go-bin-decide = look at { $path }, then move it away or make it yours

go-path =
    .title = PATH
    .looks = Whether PATH has the directories of Go and of the programs that go install writes, and whether a line of a shell profile removes them
    .why = Programs that are not on PATH fail with "command not found"
    .by-hand = Add the directory to PATH in ~/.profile, or fix the line that overwrites PATH
    .by-us = Puts the directories first on PATH in the env file of fyne-setup, and adds one marked block to your profile that reads this file
    .unseen = Terminals that are already open, programs that a desktop started before the last change, and shells that are in no list of logins
    .looks-windows = Whether PATH has the directories of Go and of the programs that go install writes, now and in the next terminal (both environments of the registry)
    .why-windows = Programs that are not on PATH fail with "is not recognized"
    .by-hand-windows = Add the directory to Path: Settings, System, About, Advanced system settings, Environment Variables. Not with setx, which cuts PATH
    .by-us-windows = Puts the directories first in Path of your own environment in the registry, and tells Windows
    .unseen-windows = Terminals that are already open, and programs that were started before the last change
go-path-ok = PATH has the directories of go and fyne
go-path-unknown = cannot find out where programs are installed
go-path-no-go = { $dir }, the directory of go, is not on PATH
go-path-no-bin = { $dir }, where go install puts programs, is not on PATH
go-path-bare = PATH of this terminal has none of the directories of the system
go-path-cause = no file that a login shell reads adds { $dir } to PATH
go-path-cause-windows = neither Path of your own environment in the registry nor Path of the machine has { $dir }
go-path-unreached = line { $line } of { $file } adds { $dir }, but a login with { $shell } does not reach that line
go-path-unreadable-cause = { $file } adds { $dir }, but the shell cannot read it: { $said }
go-path-unreadable-decide = fix the syntax of { $file }, as the message beside it shows
go-path-line-ends = the lines of { $file } end as on Windows (CRLF), so the shell reads them otherwise and { $dir } does not get onto PATH
go-path-overwritten = line { $line } of { $file } overwrites PATH and removes { $dir }, which { $added } had added
go-complete-confirmed = every file in { $root } is as published
go-complete-unconfirmed = cannot tell whether { $root } is as published: { $why }
go-complete-differs = { $count ->
    [one] one Go file in { $root } differs from the published one: { $first }
   *[other] { $count } Go files in { $root } differ from the published ones; the first is { $first }
}
go-complete-differs-cause = { $path } was changed or damaged
