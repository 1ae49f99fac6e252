# Checks of the project.
project-none = there is no project here
project-gomod-unknown = cannot read go.mod: { $why }
project-fyne-none = the project does not require fyne.io/fyne/v2

project-gomod =
    .title = go.mod
    .looks = Whether Go can read the project's go.mod
    .why = If Go refuses one line, no command works in the project
    .by-hand = Fix the line that is shown
    .by-us = Reports the line, but does not fix it: only you know what the line should say
    .unseen = Whether the versions in it exist: Go asks while it downloads
project-gomod-ok = module { $module }
project-gomod-error = Go cannot read line { $line } of { $file }
project-gomod-error-cause = { $file }, line { $line }: { $text }
project-gomod-decide = fix line { $line } of { $file }

project-drive =
    .title = Place of the project
    .looks = In Windows Subsystem for Linux: whether the project lies on a drive of Windows
    .why = Every file there goes through Windows, so that builds and git are several times slower; unless the drive is mounted with metadata, every file counts as a program
    .by-hand = Copy the project into your home in WSL. Windows sees it at \\wsl.localhost
    .by-us = Reports it; moves nothing
    .unseen = Caches that you moved to such a drive
project-drive-ok = { $dir } is on a disk of Linux
project-drive-windows = the project is on a drive of Windows ({ $drive }), where builds are slow: copy it into your home in WSL
project-drive-cause = faster: cp -r { $dir } ~/{ $name }
project-drive-modes-cause = faster: cp -r { $dir } ~/{ $name }; where it is now, every file counts as a program

project-go-line =
    .title = go line
    .looks = The go and toolchain lines of go.mod: whether that Go exists and can be used on this machine
    .why = A Go version that does not exist stops every command in the project
    .by-hand = Set the line to a version that exists: go mod edit -go=1.22.0
    .by-us = Installs a Go that is new enough; does not change the line
    .unseen = Language features that your code uses beyond its go line; a build tells
project-go-line-ok = Go { $version } or newer
project-go-line-none = go.mod has no go line
project-go-line-download = the project needs Go { $version }; Go { $have } will download it
project-go-line-local = the project needs Go { $version }, but GOTOOLCHAIN=local
project-go-line-local-cause = Go { $have } is in use and may not download { $version }
project-go-line-no-version = { $version } in the { $word } line of go.mod is not a Go version
project-go-line-unknown = go.mod requires Go { $version }, which does not exist; the newest is { $known }
project-go-line-cause = line { $line } of { $file }: { $word } { $version }
project-go-line-decide = set line { $line } of { $file } to a Go version that exists, at most { $known }

project-fyne =
    .title = Fyne requirement
    .looks = The version of fyne.io/fyne/v2 that the project requires
    .why = This version decides which Go, headers and CLI the project needs
    .by-hand = go get fyne.io/fyne/v2@VERSION
    .by-us = Reports the version, but does not change it: the project decides which Fyne to use
    .unseen = Whether your code fits that Fyne: a build tells
project-fyne-ok = fyne.io/fyne/v2 { $version }
project-fyne-indirect = fyne.io/fyne/v2 { $version }, required by another module
project-fyne-imported = { $file }, line { $line }, imports Fyne, but go.mod does not require it yet: go get fyne.io/fyne/v2@v{ $version }
project-fyne-unknown = fyne.io/fyne/v2 { $version } does not exist; the newest that is known is { $known }
project-fyne-unknown-cause = line { $line } of { $file } requires { $version }
project-fyne-no-version = { $version } is not a version of fyne.io/fyne/v2
project-fyne-no-version-cause = line { $line } of { $file } does not name a version
project-fyne-decide = name a version in line { $line } of { $file }

project-replace =
    .title = replace lines
    .looks = Directories that replace modules in go.mod
    .why = A build reads the module from that directory, and fails if the directory is missing
    .by-hand = Run go mod edit -dropreplace MODULE, or restore the directory
    .by-us = Reports the directory, but does not fix it: only you know whether it should exist
    .unseen = What is in those directories, beyond a go.mod
project-replace-ok =
    { $count ->
        [0] none
       *[other] { $count }; all directories exist
     }
project-replace-gone = go.mod replaces { $module } with { $with }, which does not exist
project-replace-gone-cause = line { $line } of { $file }: replace { $module } => { $with }
project-replace-decide = restore { $with }, or remove the line

project-repository =
    .title = git repository
    .looks = Whether git tells you about the repository that the project is in
    .why = go build asks git for the commit, and fails if git refuses because the repository belongs to another user
    .by-hand = Run git config --global --add safe.directory DIR, or build with -buildvcs=false
    .by-us = Reports the owner, but does not fix it: only you know whether you trust the repository
    .unseen = Hooks and settings of the repository: nothing in it is run
project-repository-none = not in a git repository
project-repository-ok = git answers about { $root }
project-repository-foreign = git refuses to work in { $root }, which belongs to another user
project-repository-foreign-cause = { $root } belongs to user { $owner }, and safe.directory in your git configuration does not name it; so go build ends with "error obtaining VCS status"
project-repository-decide = if you trust { $root }, tell git so

project-work =
    .title = go.work
    .looks = The go.work that is in effect for the project, and the directories that it uses
    .why = One missing directory stops every command in the workspace
    .by-hand = Run go work edit -dropuse=DIR, or work without the workspace: GOWORK=off
    .by-us = Reports the problem, but does not fix it: the workspace may also serve other projects
    .unseen = Whether the modules of a workspace fit together: a build tells
project-work-ok = { $file }
project-work-none = no go.work is in effect
project-work-unknown = cannot read go.work: { $why }
project-work-error = Go cannot read line { $line } of { $file }
project-work-error-cause = { $file }, line { $line }: { $text }
project-work-absent = the workspace file { $file } does not exist
project-work-absent-cause = { $setting } names a workspace file that does not exist
project-work-gone = { $file } uses { $dir }, which does not exist
project-work-gone-cause = line { $line } of { $file } names { $dir }, which has no go.mod
project-work-decide = remove line { $line } from { $file }, or restore the directory
project-work-outside = { $file } is in effect, but does not use { $dir }
project-work-outside-cause = { $dir } is not listed in { $file }
project-work-outside-decide = add the project to { $file }, or work without the workspace: GOWORK=off

project-sum =
    .title = go.sum
    .looks = Whether go.sum has the modules that go.mod requires, in a form that Go can read, and with the hashes of the downloaded modules
    .why = Go does not build with a module whose hash is missing from go.sum
    .by-hand = Run go mod tidy; if a hash differs, first find out who changed it
    .by-us = Adds missing lines, as Go needs them, with the hashes of the checksum database; does not change any other line. Never fixes a hash that differs: a person must find the reason
    .unseen = Without --deep: lines that Go would miss only while it builds. Hashes of modules that are not downloaded, unless fyne-setup knows them
project-sum-ok = { $count } lines
project-sum-unknown = cannot read go.sum: { $why }
project-sum-malformed = line { $line } of go.sum has no hash that Go can read
project-sum-malformed-cause = line { $line } of { $file } is damaged
project-sum-malformed-decide = remove line { $line } from { $file }, and let Go write it again
project-sum-mismatch = checksum mismatch: go.sum and the downloaded { $module } differ
project-sum-mismatch-cause = line { $line } of { $file } has a different hash for { $module } than the downloaded module
project-sum-mismatch-decide = find out who changed the hash of { $module } in go.sum; if the change was not intended, restore the file from version control. The command below takes the published hash instead
project-sum-unpublished = checksum mismatch: go.sum has a hash for { $module } that was never published
project-sum-unpublished-cause = line { $line } of { $file } has a different hash for { $module } than the one that was published
project-sum-missing = { $module } { $version } is missing from go.sum
project-sum-missing-cause = { $file } has no line for { $module } { $version }, which go.mod requires
project-sum-missing-private = { $module } is private, so only you can confirm its hash

project-vendor =
    .title = vendor
    .looks = Whether vendor/modules.txt agrees with go.mod
    .why = If they disagree, Go refuses to build from the vendor directory
    .by-hand = Run go mod vendor
    .by-us = Reports the difference, but does not fix it: vendored sources may contain your changes
    .unseen = Edits inside of vendored files: only the list of modules is compared
project-vendor-ok = { $count } modules, as in go.mod
project-vendor-none = there is no vendor directory
project-vendor-unknown = cannot read vendor/modules.txt: { $why }
project-vendor-drift = vendor and go.mod disagree about { $module }
project-vendor-cause = go.mod requires { $module } { $version }, but { $file } has { $there }
project-vendor-absent-cause = go.mod requires { $module } { $version }, but { $file } does not list it
project-vendor-decide = run go mod vendor again
project-sum-unasked = Go was not asked: { $why }
project-sum-incomplete = lines that a build of this project needs are missing from go.sum
project-sum-incomplete-cause = go list reports: { $said }
project-sum-window-cause = { $file } has no line for { $module }, which the window that { $source }, line { $line }, opens is built of

project-lock =
    .title = lock file
    .looks = Whether fyne-setup.lock can be used, and whether the fyne command of its version has the hash that it names
    .why = fyne-setup install stops at a lock that it cannot use, and CI that runs pin --check fails
    .by-hand = Resolve the conflict or get the file back from version control, then run: fyne-setup pin
    .by-us = Reports it: which versions a project takes is decided by people. Until then its lock has no say
    .unseen = The installed Go: its hash follows from each of its files. Go that fyne-setup installed was held against the lock before
project-lock-none = the project has no lock file
project-lock-ok = { $file } can be used
project-lock-unusable = { $file } cannot be used
project-lock-decide = get { $file } back from version control, or run: fyne-setup pin
project-lock-cli = { $path } was not built of what { $file } names
project-lock-cli-cause = { $path } was built of { $module } with another hash than { $file } has for it
project-lock-cli-decide = find out who changed { $file }. If it is right, remove the fyne command and run: fyne-setup install

# `fyne-setup.lock`, and `pin`, which writes it.
lockfile-no-text = it is not a text, or too large for a lock file
lockfile-no-schema = the line that begins with `schema =` is missing
lockfile-toml = { $why }
lockfile-value = `{ $value }` is not what fyne-setup writes there
lockfile-unreadable = { $file } cannot be used: { $why }
lockfile-unreadable-hint = Get { $file } back from your version control, or move it away, then run: fyne-setup pin
lockfile-conflict = { $file } has a merge conflict
lockfile-conflict-hint = Take one side as a whole (git checkout --ours { $file }, or --theirs), then run: fyne-setup pin
lockfile-schema = { $file } has schema { $schema }; this fyne-setup knows schema { $known }
lockfile-schema-hint = Use the fyne-setup that wrote { $file }, or a newer one (fyne-setup self update)
lockfile-foreign = { $file } is not believed: { $why }
lockfile-foreign-hint = Replace it by a file of your own, or move it away, then run: fyne-setup pin
lockfile-is-link = it is a link
lockfile-is-no-file = it is not a file
lockfile-is-of-another = it belongs to the user with the number { $uid }, and go.mod does not
lockfile-missing = --locked was given, and the project has no { $file }
lockfile-missing-hint = Run fyne-setup pin in the project, and commit the file that it writes
lockfile-contradicts = { $flag } contradicts { $file }, and --locked was given
lockfile-contradicts-hint = Leave one of the two out, or pin that version: fyne-setup pin --go VERSION --fyne VERSION
lockfile-stale = the project and { $file } do not agree. { $what }
lockfile-stale-hint = Run fyne-setup pin in the project, and commit what it changes
lockfile-stale-says = The lock file counts, and the project says something else. { $what }. fyne-setup pin makes them agree
lockfile-beaten = { $flag } is used instead of what { $file } says
lockfile-passed-over = The lock file of the project is not used: { $why }
lockfile-unmet = { $file } names versions that cannot be used: { $why }
lockfile-unmet-hint = Run fyne-setup pin in the project: it chooses versions that can be used, and writes them down
lockfile-hash = { $file } has the wrong hash for { $module }. Expected, as { $file } says: { $wanted }. Found, as published: { $found }
lockfile-hash-hint = Somebody may have tampered with { $file }, or it is damaged. Nothing of this module is installed. Find out who changed the file, and get it back from your version control; to write it anew, move it away and run: fyne-setup pin
lockfile-no-hash = `{ $value }` is not a hash, which is h1: and 44 characters. The file is damaged, or somebody changed it
lockfile-not-compared = These hashes of { $file } were not compared with the published ones: { $modules }. That needs the network; install does it before it downloads one of these modules.
lockfile-differs = { $place }: { $found }, should be { $wanted }
lockfile-line-missing = { $place }: { $wanted } is missing
lockfile-too-much = { $place }: { $found } should not be there
lockfile-none = the project has no { $file } yet
pin-no-project = there is no go.mod here or in a directory above
pin-no-project-hint = Change to the directory of a project, name one with --project DIR, or make one: go mod init example.com/hello
pin-no-go = There is no Go on this machine, and pin needs it to complete go.sum. Nothing was changed
pin-no-go-hint = Type fyne-setup install first, then fyne-setup pin again
pin-mod-unread = { $file } cannot be read: { $why }
pin-mod-unread-hint = Correct the file, then run fyne-setup pin again
pin-mod-changes = Go would take other versions in { $file } than the pinned ones: { $found }
pin-mod-changes-hint = Another module of the project needs them. Pin those versions (fyne-setup pin --fyne VERSION), or change the other module
pin-sum-differs = { $place }: go.sum has the hash { $found } for the pinned Fyne; published is { $wanted }
pin-sum-differs-hint = Somebody changed go.sum or the module. Find out who; then delete the line and run fyne-setup pin again
pin-vendored = The project has a vendor directory: run go mod vendor after this
pin-agrees = The project, { $file } and the manifest agree
pin-check-next = To make them agree, run: fyne-setup pin
pin-missing = Hashes that could not be had, and are not in { $file }: { $platforms }. A later fyne-setup pin adds them
pin-missing-why = { $names }: { $why }

project-build =
    .title = Build
    .looks = Whether your project builds: its programs, or its packages where it has none. Only repair and install try it; what came of a build is remembered until something that it depends on changes
    .why = Everything else can look right while your own program does not build
    .by-hand = Run go build in the project and read its first error; fyne-setup diagnose reads it for you
    .by-us = Builds the project as you would, and never runs it; fixes the cause of a failure where it is a fault of the setup
    .unseen = Whether the program works: it is compiled, never run. Builds with other tags, or for other systems
project-build-programs = { $count ->
    [one] { $names } builds
   *[other] { $count } programs build: { $names }
}
project-build-packages = all packages build
project-build-nothing = there is no Go package in the project yet
project-build-untried = not tried: a quick look builds nothing; fyne-setup repair does
project-build-unknown = could not try to build the project: { $why }
project-build-own = the setup is right, but the program has an error of its own and does not compile
project-build-own-decide = correct the program: { $line }
project-build-failed = the project does not build, and the cause is not known
project-build-caused = the project does not build
project-build-decide = read the first error of the build; the command below shows it
