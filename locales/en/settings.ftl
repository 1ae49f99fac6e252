# Settings, profiles and what `env` prints.
settings-at-file = { $file }, line { $line }
settings-at-registry = { $key }, { $name }
settings-at-terminal = this terminal only

cgo-enabled =
    .title = cgo
    .looks = CGO_ENABLED
    .why = Fyne uses OpenGL through C; without cgo the build reports "build constraints exclude all Go files"
    .by-hand = Run go env -u CGO_ENABLED, or remove the line that sets it
    .by-us = Removes the setting where it is set
    .unseen = CGO_ENABLED in a script or a Makefile that runs go
cgo-enabled-on = turned on
cgo-enabled-default = on if there is a C compiler
cgo-enabled-off = cgo is turned off (CGO_ENABLED=0)
cgo-enabled-cause = CGO_ENABLED=0 is set in { $place }

cgo-flags =
    .title = C flags
    .looks = CGO_CPPFLAGS, CGO_CFLAGS and CGO_LDFLAGS, and the files in the directories that they name
    .why = Headers of an old SDK that come before those of the system break the build of Fyne
    .by-hand = Remove the line that sets the variable, or run go env -u CGO_CPPFLAGS
    .by-us = Removes the setting where it is set
    .unseen = Flags in #cgo lines of your own packages
cgo-flags-ok = the headers and libraries of the system are used
cgo-flags-own = { $variable } has { $flag }, and the files there compile
cgo-flags-poisoned = the build of Fyne fails with { $variable }={ $value }
cgo-flags-cause = { $variable }, set in { $place }, has { $flag }, which puts { $file } before the files of the system
cgo-flags-other-cause = { $variable }={ $value } is set in { $place }
