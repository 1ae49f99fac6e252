# Settings, profiles and what `env` prints. Every key has its twin in the other language.
settings-at-file = { $file }, line { $line }
settings-at-terminal = this terminal only

cgo-enabled =
    .title = cgo
    .looks = CGO_ENABLED
    .why = Fyne talks to OpenGL through C; without cgo the build says "build constraints exclude all Go files"
    .by-hand = go env -u CGO_ENABLED, or remove the line that sets it
    .by-us = The setting is taken away where it is set
cgo-enabled-on = switched on
cgo-enabled-default = on, wherever there is a C compiler
cgo-enabled-off = cgo is switched off (CGO_ENABLED=0)
cgo-enabled-cause = CGO_ENABLED=0 is set in { $place }

cgo-flags =
    .title = C flags
    .looks = CGO_CPPFLAGS, CGO_CFLAGS and CGO_LDFLAGS, and what lies in the directories that they name
    .why = Headers of a dead SDK in front of the system's break the build of Fyne
    .by-hand = Remove the line that sets the variable, or: go env -u CGO_CPPFLAGS
    .by-us = The setting is taken away where it is set
cgo-flags-ok = nothing leads away from the system's headers and libraries
cgo-flags-own = { $variable } has { $flag }, and what lies there compiles
cgo-flags-poisoned = with { $variable }={ $value } the build of Fyne fails
cgo-flags-cause = { $flag } in { $variable }, set in { $place }, puts { $file } in front of the system's
cgo-flags-other-cause = { $variable }={ $value } is set in { $place }
