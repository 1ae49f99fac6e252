# Settings, profiles and what `env` prints.
settings-at-file = { $file }, line { $line }
settings-at-registry = { $key }, { $name }
settings-next-login = from the next login on ({ $file }, line { $line }): { $summary }
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
    .looks-macos = CGO_CFLAGS, CGO_LDFLAGS, MACOSX_DEPLOYMENT_TARGET: frameworks that are named twice or are gone, the old linker (-ld_classic), directories and SDKs that do not exist, and programs that are built for a newer macOS
cgo-flags-ok = the headers and libraries of the system are used
cgo-flags-own = { $variable } has { $flag }, and the files there compile
cgo-flags-warns = { $what }; the linker only warns about it
cgo-flags-doubled = { $setting } names frameworks more than once: { $frameworks }
cgo-flags-classic = { $setting } asks for the old linker ({ $flag }), which is deprecated and gone since Xcode { $last }
cgo-flags-classic-gone = { $setting } asks for the old linker ({ $flag }), which these tools do not have any more
cgo-flags-dir-gone = { $setting } names the directory { $dir }, which does not exist
cgo-flags-sdk-gone = { $setting } names the SDK { $dir }, which does not exist
cgo-flags-framework-gone = { $setting } names the framework { $framework }, which is not in the SDK
cgo-flags-too-new = programs are built for macOS { $target }, and this is macOS { $system }
cgo-flags-too-new-cause = with { $setting } programs may need what only a newer macOS has, and not start here
cgo-flags-poisoned = the build of Fyne fails with { $variable }={ $value }
cgo-flags-cause = { $variable }, set in { $place }, has { $flag }, which puts { $file } before the files of the system
cgo-flags-other-cause = { $variable }={ $value } is set in { $place }
