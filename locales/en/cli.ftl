# Checks of the fyne CLI.

cli-present =
    .title = fyne CLI
    .looks = Programs named fyne on PATH and in the directory of go install, identified by their build info
    .why = It packages and releases Fyne programs
    .by-hand = go install fyne.io/tools/cmd/fyne@v1.7.4
    .by-us = Builds it from its verified module and puts it into the directory of go install
    .unseen = An alias or a shell function named fyne
cli-present-ok = { $path }
cli-present-unread = { $path }, but its build info cannot be read
cli-present-absent = the fyne CLI is not installed
cli-present-absent-cause = fyne is neither on PATH nor in the directory of go install
cli-present-other = { $path } is a different program with the same name

cli-whole =
    .title = fyne file
    .looks = Whether the file of the fyne CLI is as long as its own headers say. With --deep also whether it still has the bytes that fyne-setup built; any other build is judged by its modules, which the checksum database must have with the same hashes
    .why = A truncated file crashes, but go install treats it as up to date. A changed one may do anything
    .by-hand = Remove the file and install the fyne CLI again
    .by-us = Builds it again and replaces the file
    .unseen = Without --deep: a change that does not change the length of the file. With it: a change in a CLI that fyne-setup did not build, unless its list of modules tells. Not judged are modules that are private or unknown to the checksum database, and what a package manager installed or somebody built from a checkout
cli-whole-none = the fyne CLI is not installed
cli-whole-ok = { $path } is complete
cli-whole-not-judged = it was not compared with what was published: { $why }
cli-whole-changed = { $path } is not the program that fyne-setup built
cli-whole-changed-cause = { $path } was changed after fyne-setup put it there
cli-whole-no-build-info = { $path } has no Go build info: something else stands in its place
cli-whole-module =
    { $count ->
        [one] { $path } contains { $module } with a hash that was not published
       *[other] { $path } contains { $count } modules with hashes that were not published, the first is { $module }
    }
cli-whole-module-cause = { $module } in the program is not the module in the checksum database
cli-whole-cut = { $path } is truncated
cli-whole-cause = { $path } is shorter than its own headers say
cli-whole-not-executable = { $path } is not executable
cli-whole-not-executable-cause = { $path } has lost its execute permission (chmod +x)
cli-whole-foreign = { $path } is a program for { $platform }
cli-whole-foreign-cause = { $path } was built for { $platform }, which this machine cannot run
cli-whole-other = { $path } is truncated, but another fyne is in use

cli-shadowed =
    .title = First fyne on PATH
    .looks = Whether the command fyne runs the fyne CLI
    .why = Another program with that name earlier on PATH hides it
    .by-hand = Put the directory of the fyne CLI first on PATH
    .by-us = Puts the directory of the fyne CLI first on PATH, in the env file of fyne-setup
    .unseen = An alias or a shell function, and a path that an editor or a task runner has of its own
    .by-us-windows = Puts the directory of the fyne CLI first in Path of your own environment
cli-shadowed-none = fyne is not on PATH
cli-shadowed-ok = { $path }
cli-shadowed-wrapper = { $path } is a script that starts the fyne CLI
cli-shadowed-other = { $path } is not the fyne CLI, but comes first on PATH
cli-shadowed-cause = { $first } comes before { $second } on PATH
cli-shadowed-alone = { $path } is a different program with the same name

cli-version =
    .title = fyne CLI version
    .looks = Module and version in the build info of the fyne CLI
    .why = The CLI has moved to another module, and the old one is no longer maintained. Old versions do not know what a new Fyne needs
    .by-hand = go install fyne.io/tools/cmd/fyne@v1.7.4
    .by-us = Builds the version that matches this Fyne from its verified module
    .unseen = Patches in a CLI that somebody built from changed sources under the same version
cli-version-ok = { $version }
cli-version-none = the fyne CLI is not installed
cli-version-unknown = the build info cannot be read
cli-version-own = { $path } is a custom build ({ $version })
cli-version-newer = { $version } works; { $wanted } is newer
cli-version-old = { $path } is { $package } { $version }; { $wanted } matches this Fyne
cli-version-locked = { $path } is { $package } { $version }; the lock file of the project names { $wanted }
cli-version-other-home = { $path } is { $package } { $version }, from the old module of the CLI; { $wanted } matches this Fyne
cli-version-cause = { $path } was built from { $package } { $version }
