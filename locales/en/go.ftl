# Checks of Go itself. Every key has its twin in the other language.

go-present =
    .title = Go
    .looks = The go command on PATH, and Go trees in well-known places
    .why = Nothing of Fyne can be compiled without Go
    .by-hand = Download Go from https://go.dev/dl/, unpack it to /usr/local/go and put /usr/local/go/bin on PATH
    .by-us = A verified Go is unpacked into our data directory; nothing else on the machine is replaced
go-present-ok = Go { $version } at { $path }
go-present-unnamed = a Go of no release at { $path }
go-present-elsewhere = Go is at { $path }, not on PATH
go-present-absent = Go is not installed
go-present-absent-cause = there is no go on PATH, and no Go in the usual places
go-present-unusable = the Go at { $path } is not on PATH, and too old or incomplete
go-present-not-go = { $path } is not the Go command
go-present-not-go-cause = another program called go comes first on PATH: { $path }
go-present-unknown = cannot look for go: { $why }

go-several =
    .title = Several Go
    .looks = Which go comes first on PATH where there is more than one
    .why = The first one is what every build runs; an old one in front hides a good one
    .by-hand = Put the directory of the good one first on PATH, or remove the other
    .by-us = The directory of the good one goes in front on PATH, through our env file
go-several-none = there is no go on PATH
go-several-one = only one is on PATH
go-several-right = { $path } comes first of { $others } more
go-several-shadowed = { $path } ({ $version }) hides a newer Go on PATH
go-several-shadowed-cause = { $first } is { $version } and comes before { $second } on PATH

go-version =
    .title = Go version
    .looks = The version of the Go in use, against what this Fyne needs and the security floor of its line
    .why = An older Go does not compile this Fyne; one below the floor has known security holes
    .by-hand = Install a current Go from https://go.dev/dl/
    .by-us = A verified, recommended Go is put beside the one that is there, and comes first on PATH
go-version-ok = Go { $version }
go-version-none = there is no Go whose version could be judged
go-version-unknown = the version cannot be read: { $why }
go-version-no-file = { $path } has no VERSION file
go-version-other = Go { $version } is in use, { $wanted } was asked for
go-version-other-cause = { $path } is { $version }
go-version-old = Go { $version } is older than { $min }
go-version-old-cause = { $path } is Go { $version }, which does not compile Fyne { $fyne }
go-version-old-for-cli = { $path } is Go { $version }: it compiles Fyne { $fyne }, and not the CLI { $cli }
go-version-new = Go { $version } is newer than { $line }, the newest line known to work with this Fyne
go-version-new-cause = { $path } is Go { $version }
go-version-floor = Go { $version } has known security holes; { $floor } is the oldest of its line without
go-version-floor-cause = { $path } is Go { $version }, below { $floor }
go-version-unsupported = Go { $version } works, but its line gets no security fixes any more
go-version-holes = { $path } is Go { $version }, below { $floor }: { $holes }
go-version-hole = { $id } ({ $what })
go-version-and = { $first }; { $second }
go-version-unmended = no release of Go { $line } has the mends of { $ids }

go-complete =
    .title = Go tree
    .looks = Whether the Go in use has the programs and sources that every Go has, and answers to go version. With --deep every file is compared with what was published; go.env is there to be set
    .why = A Go that lost its compiler or a package fails in the middle of a build
    .by-hand = Unpack the same version of Go again
    .by-us = The files that are missing or damaged are restored from the verified archive of its own version, and what stood there is kept. Where that cannot be, a verified Go is put beside it
go-complete-ok = { $root } is complete
go-complete-none = there is no Go to look at
go-complete-unknown = cannot run go: { $why }
go-complete-missing = 
    { $count ->
        [one] { $root } lacks { $first }
       *[other] { $root } lacks { $first } and more ({ $count } in all)
     }
go-complete-missing-cause = { $path } is missing, empty or cut short
go-complete-silent = { $path } does not run
go-complete-silent-cause = go version says: { $said }

go-root =
    .title = GOROOT
    .looks = GOROOT, where it is set: whether it is the tree of the Go in use
    .why = Go finds its own tree. A GOROOT of another Go, or of one that is gone, breaks every command
    .by-hand = Remove the line that sets GOROOT, or: go env -u GOROOT
    .by-us = The setting is taken away where it is set
go-root-unset = Go finds its own
go-root-set = GOROOT is { $root }
go-root-same = GOROOT is { $root }, the Go in use
go-root-gone = GOROOT is { $root }, where there is no Go
go-root-gone-cause = GOROOT={ $root } is set in { $place }
go-root-other = GOROOT is { $root }, but the Go in use is { $tree }
go-root-other-cause = GOROOT={ $root } is set in { $place }; go on PATH belongs to { $tree }

go-env-file =
    .title = Go settings file
    .looks = The file that go env -w writes: lines that are no settings
    .why = Go passes over such lines in silence, so a setting that looks set is not, or another one wins
    .by-hand = Delete the lines that are shown
    .by-us = The lines are commented out, after a backup
go-env-file-ok = { $file } holds settings alone
go-env-file-off = switched off by GOENV=off
go-env-file-garbage = { $file } has lines that are no settings ({ $count })
go-env-file-garbage-cause = line { $line } of { $file } is no setting: { $text }

go-flags =
    .title = GOFLAGS
    .looks = GOFLAGS, split as Go splits it; what Go says of it; flags with which no program with a window is built, or whose file is gone
    .why = Go refuses every command when it cannot read GOFLAGS
    .by-hand = Write each flag as -name=value, or: go env -u GOFLAGS
    .by-us = The setting is taken away where it is set
go-flags-none = not set
go-flags-ok = GOFLAGS={ $value }
go-flags-garbled = Go cannot read GOFLAGS={ $value }: { $word } is no flag
go-flags-refused = Go refuses GOFLAGS={ $value }
go-flags-mod = GOFLAGS has -mod={ $value }, which Go does not know
go-flags-vendor = GOFLAGS has -mod=vendor, and the project has no vendor directory
go-flags-insecure = GOFLAGS has -insecure, which asks for unchecked downloads
go-flags-tag = GOFLAGS has the build tag { $tag }, with which Fyne builds programs without a window
go-flags-no-program = GOFLAGS has { $word }, with which Go builds no program that can be run
go-flags-compiler = GOFLAGS has { $word }, and Fyne is built with Go's own compiler
go-flags-file-gone = GOFLAGS has { $word }, and { $path } does not exist
go-flags-cause = { $word } in GOFLAGS, set in { $place }

go-variables =
    .title = Go's other variables
    .looks = GO111MODULE, and what Go says of GOEXPERIMENT, GOAMD64 and all other variables of its own
    .why = a value that this Go does not know stops every build; without modules none of Fyne's is found
    .by-hand = remove the line that sets the variable, or run go env -u NAME
    .by-us = remove the setting where it stands
go-variables-ok = nothing that stops a build
go-variables-modules-off = modules are switched off (GO111MODULE=off)
go-variables-refused = Go refuses { $name }={ $value }
go-variables-cause = { $name }={ $value } is set in { $place }

go-toolchain =
    .title = GOTOOLCHAIN
    .looks = GOTOOLCHAIN: whether the Go that it pins is here or can be had
    .why = With a pin that cannot be had, every go command ends with a download error
    .by-hand = go env -u GOTOOLCHAIN, or remove the line that sets it
    .by-us = The setting is taken away where it is set
go-toolchain-free = GOTOOLCHAIN is { $value }
go-toolchain-pinned = GOTOOLCHAIN pins { $value }, which is here
go-toolchain-download = GOTOOLCHAIN pins { $value }, which Go will download
go-toolchain-no-name = GOTOOLCHAIN={ $value } names no Go that could be downloaded
go-toolchain-old = GOTOOLCHAIN={ $value } is too old for this Fyne
go-toolchain-unknown = GOTOOLCHAIN={ $value } is neither here nor among the versions that were released
go-toolchain-cause = GOTOOLCHAIN={ $value } is set in { $place }

go-target =
    .title = Target of builds
    .looks = GOOS and GOARCH: whether builds are for this machine
    .why = Left over from a cross build, they make programs that do not run here, and turn cgo off
    .by-hand = go env -u GOOS GOARCH, or remove the line that sets them
    .by-us = The setting is taken away where it is set
go-target-ok = this machine ({ $os }/{ $arch })
go-target-other = { $name } is { $value }, but this machine is { $own }
go-target-cause = { $name }={ $value } is set in { $place }

go-bin =
    .title = Directory for programs
    .looks = GOBIN, else GOPATH/bin: whether go install can put programs there
    .why = Without it neither the fyne CLI nor any other tool can be installed
    .by-hand = go env -u GOBIN, or make it a directory that you may write
    .by-us = A setting that is wrong is taken away where it is set
go-bin-ok = { $path }
go-bin-unknown = there is no home directory to put programs in
go-bin-not-seen = cannot look at { $path }: { $why }
go-bin-read-only = { $path } is not yours to write, and fyne is there already
go-bin-not-ours = { $path } is not yours to write, so nothing can be installed there
go-bin-no-directory = { $path } is not a directory, so nothing can be installed there
go-bin-relative = { $path } is not an absolute path; Go refuses it
go-bin-cause = { $variable }={ $value } is set in { $place }
go-bin-in-the-way = { $path } is in the way
go-bin-decide = look at { $path }, and move it away or give it to this user

go-path =
    .title = PATH
    .looks = Whether PATH leads to Go and to the programs that go install makes; lines of profiles that throw them away
    .why = What is not on PATH is "command not found"
    .by-hand = Add the directory to PATH in ~/.profile, or mend the line that overwrites PATH
    .by-us = Our env file puts the directories in front, and one marked block in your profile reads it
go-path-ok = it leads to go and fyne
go-path-unknown = cannot tell where programs go
go-path-no-go = PATH lacks { $dir }, where go is
go-path-no-bin = PATH lacks { $dir }, where go install puts programs
go-path-cause = no file that a login reads puts { $dir } on PATH
go-path-unreached = line { $line } of { $file } adds { $dir }, but a login with { $shell } does not get to that line
go-path-unreadable-cause = the shell cannot read { $file }, which adds { $dir }: { $said }
go-path-unreadable-decide = mend the syntax of { $file }; what is wrong stands beside it
go-path-overwritten = line { $line } of { $file } sets PATH anew and throws away { $dir }, which { $added } had added
go-complete-confirmed = { $root } is what was published
go-complete-unconfirmed = whether { $root } is what was published cannot be said: { $why }
go-complete-differs = { $count ->
    [one] one file of Go in { $root } is not what was published: { $first }
   *[other] { $count } files of Go in { $root } are not what was published, the first is { $first }
}
go-complete-differs-cause = { $path } was changed or damaged
