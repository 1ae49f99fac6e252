# Checks of the project. Every key has its twin in the other language.
project-none = there is no project here
project-gomod-unknown = cannot read go.mod: { $why }
project-fyne-none = the project does not require fyne.io/fyne/v2

project-gomod =
    .title = go.mod
    .looks = Whether Go can read the project's go.mod
    .why = With a line that Go refuses, no command runs in the project
    .by-hand = Mend the line that is shown
    .by-us = Told, not mended: what the line should say only you know
project-gomod-ok = module { $module }
project-gomod-error = Go cannot read line { $line } of { $file }
project-gomod-error-cause = { $file }, line { $line }: { $text }
project-gomod-decide = mend line { $line } of { $file }

project-go-line =
    .title = go line
    .looks = The go and toolchain lines of go.mod: whether that Go exists and can be used here
    .why = A Go that does not exist stops every command in the project
    .by-hand = Set the line to a version that exists: go mod edit -go=1.22.0
    .by-us = A Go that is new enough is installed; the line itself is yours to change
project-go-line-ok = Go { $version } or newer
project-go-line-none = go.mod has no go line
project-go-line-download = the project asks for Go { $version }; Go { $have } will download it
project-go-line-local = the project asks for Go { $version }, and GOTOOLCHAIN=local
project-go-line-local-cause = Go { $have } is in use and may not fetch { $version }
project-go-line-no-version = { $version } in the { $word } line of go.mod is no version of Go
project-go-line-unknown = go.mod asks for Go { $version }, which does not exist; the newest is { $known }
project-go-line-cause = line { $line } of { $file }: { $word } { $version }
project-go-line-decide = set line { $line } of { $file } to a Go that exists, { $known } at most

project-fyne =
    .title = Fyne requirement
    .looks = Which fyne.io/fyne/v2 the project requires
    .why = It decides which Go, headers and CLI the project needs
    .by-hand = go get fyne.io/fyne/v2@VERSION
    .by-us = Told, not mended: which Fyne a project uses is its own decision
project-fyne-ok = fyne.io/fyne/v2 { $version }
project-fyne-indirect = fyne.io/fyne/v2 { $version }, by way of another module
project-fyne-no-version = { $version } is no version of fyne.io/fyne/v2
project-fyne-no-version-cause = line { $line } of { $file } does not name a version
project-fyne-decide = name a version in line { $line } of { $file }

project-replace =
    .title = replace lines
    .looks = Directories that go.mod puts in a module's place
    .why = A build takes the module from there, and ends when it is gone
    .by-hand = go mod edit -dropreplace MODULE, or bring the directory back
    .by-us = Told, not mended: whether the directory comes back only you know
project-replace-ok = 
    { $count ->
        [0] none
       *[other] { $count }, all there
     }
project-replace-gone = go.mod replaces { $module } by { $with }, which is not there
project-replace-gone-cause = line { $line } of { $file }: replace { $module } => { $with }
project-replace-decide = bring { $with } back, or take the line away

project-work =
    .title = go.work
    .looks = The go.work that is in effect for the project, and the directories that it uses
    .why = A directory that is gone stops every command below the workspace
    .by-hand = go work edit -dropuse=DIR, or work without it: GOWORK=off
    .by-us = Told, not mended: the workspace is not the project's alone
project-work-ok = { $file }
project-work-none = no go.work is in effect
project-work-unknown = cannot read go.work: { $why }
project-work-error = Go cannot read line { $line } of { $file }
project-work-error-cause = { $file }, line { $line }: { $text }
project-work-absent = the workspace file { $file } does not exist
project-work-absent-cause = { $setting } names a workspace file that does not exist
project-work-gone = { $file } uses { $dir }, which is not there
project-work-gone-cause = line { $line } of { $file } names { $dir }, which has no go.mod
project-work-decide = take line { $line } out of { $file }, or bring the directory back
project-work-outside = { $file } is in effect and does not use { $dir }
project-work-outside-cause = { $dir } is not among the directories of { $file }
project-work-outside-decide = add the project to { $file }, or work without it: GOWORK=off

project-sum =
    .title = go.sum
    .looks = Whether go.sum has what go.mod requires, in a form that Go reads, and says the same as what was downloaded
    .why = Go does not build with a module that go.sum does not vouch for
    .by-hand = go mod tidy; where a hash differs, find out first who changed it
    .by-us = Lines that are missing are added, as Go wants them and the checksum database has them; every other line stays. A hash that differs is never mended: somebody has to look into it
project-sum-ok = { $count } lines
project-sum-unknown = cannot read go.sum: { $why }
project-sum-malformed = line { $line } of go.sum holds no hash that Go reads
project-sum-malformed-cause = line { $line } of { $file } is damaged
project-sum-malformed-decide = take line { $line } out of { $file }, and let Go write it anew
project-sum-mismatch = checksum mismatch: go.sum and the downloaded { $module } differ
project-sum-mismatch-cause = line { $line } of { $file } has another hash for { $module } than what was downloaded
project-sum-mismatch-decide = find out who changed the hash of { $module } in go.sum; restore the file from version control if it was not meant. The line below takes what was published instead
project-sum-missing = go.sum lacks { $module } { $version }
project-sum-missing-cause = { $file } has no line for { $module } { $version }, which go.mod requires
project-sum-missing-private = { $module } is private, so that only you can vouch for its hash

project-vendor =
    .title = vendor
    .looks = Whether vendor/modules.txt agrees with go.mod
    .why = Go refuses to build from a vendor directory that does not
    .by-hand = go mod vendor
    .by-us = Told, not mended: vendored sources may carry changes of yours
project-vendor-ok = { $count } modules, as in go.mod
project-vendor-none = nothing is vendored
project-vendor-unknown = cannot read vendor/modules.txt: { $why }
project-vendor-drift = vendor does not agree with go.mod about { $module }
project-vendor-cause = go.mod requires { $module } { $version }, { $file } has { $there }
project-vendor-absent-cause = go.mod requires { $module } { $version }, { $file } does not list it
project-vendor-decide = vendor again
project-sum-lacks = go.sum lacks lines that a build of this project needs
project-sum-lacks-cause = go list says: { $said }
