# Checks of the fyne CLI. Every key has its twin in the other language.

cli-present =
    .title = fyne CLI
    .looks = Programs called fyne on PATH and where go install puts them, by their build info
    .why = It packages and ships Fyne programs
    .by-hand = go install fyne.io/tools/cmd/fyne@v1.7.4
    .by-us = It is built from its verified module and put where go install puts programs
cli-present-ok = { $path }
cli-present-unread = { $path }, whose build info cannot be read
cli-present-absent = the fyne CLI is not installed
cli-present-absent-cause = there is no fyne on PATH, nor where go install puts programs
cli-present-other = { $path } is another program of that name

cli-whole =
    .title = fyne file
    .looks = Whether the file of the fyne CLI is as long as its own headers say
    .why = A file that was cut short crashes, and go install believes it current
    .by-hand = Remove the file and install it again
    .by-us = It is built again and put in its place
cli-whole-none = there is none
cli-whole-ok = { $path } is whole
cli-whole-cut = { $path } was cut short
cli-whole-cause = { $path } is shorter than its own headers say
cli-whole-not-executable = { $path } may not be executed
cli-whole-not-executable-cause = { $path } has lost its permission to be executed (chmod +x)
cli-whole-foreign = { $path } is a program for { $platform }
cli-whole-foreign-cause = { $path } was built for { $platform }, which this machine does not run
cli-whole-other = { $path } was cut short, but is not the one that is run

cli-shadowed =
    .title = First fyne on PATH
    .looks = Whether typing fyne runs the fyne CLI
    .why = Another program of that name in front hides it
    .by-hand = Put the directory of the fyne CLI first on PATH
    .by-us = The directory of the fyne CLI goes in front on PATH, through our env file
cli-shadowed-none = there is no fyne on PATH
cli-shadowed-ok = { $path }
cli-shadowed-wrapper = { $path } is a script that starts the fyne CLI
cli-shadowed-other = { $path } is not the fyne CLI, and comes first on PATH
cli-shadowed-cause = { $first } comes before { $second } on PATH
cli-shadowed-alone = { $path } is another program of that name

cli-version =
    .title = fyne CLI version
    .looks = Module and version in the build info of the fyne CLI
    .why = The old home of the CLI is no longer maintained, and old versions do not know what a new Fyne needs
    .by-hand = go install fyne.io/tools/cmd/fyne@v1.7.4
    .by-us = The version that goes with this Fyne is built from its verified module
cli-version-ok = { $version }
cli-version-none = there is none
cli-version-unknown = its build info cannot be read
cli-version-own = { $path } is a build of somebody's own ({ $version })
cli-version-newer = { $version } is good; { $wanted } is newer
cli-version-old = { $path } is { $package } { $version }; { $wanted } goes with this Fyne
cli-version-other-home = { $path } is { $package } { $version }, from the CLI's old home; { $wanted } goes with this Fyne
cli-version-cause = { $path } was built from { $package } { $version }
