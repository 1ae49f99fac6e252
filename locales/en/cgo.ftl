# Checks of compiler, pkg-config and headers. Every key has its twin in the other language.

cgo-compiler =
    .title = C compiler
    .looks = The compiler that cgo would call (CC, else gcc): whether it is there, and whether a small program compiles and links with it
    .why = Fyne draws through OpenGL by way of C. Without a C compiler Go turns cgo off without a word and says "build constraints exclude all Go files".
    .by-hand = Install gcc and the headers of the C library: sudo apt-get install gcc libc6-dev. Where CC is set wrongly: go env -u CC, or take it out of the profile.
    .by-us = The packages are installed; a CC that names nothing is taken away where it is set
cgo-compiler-ok = { $version }
cgo-compiler-absent = there is no C compiler
cgo-compiler-absent-cause = the package { $package } is missing, so that gcc is not on PATH
cgo-compiler-absent-damaged = the package { $package } is installed, but gcc is not on PATH
cgo-compiler-unknown = cannot try { $name }: { $why }
cgo-compiler-cc-gone = the C compiler { $name } does not exist
cgo-compiler-cc-gone-cause = { $setting } names { $name }, which is not there
cgo-compiler-cc-broken = { $setting } names a compiler that does not compile
cgo-compiler-broken = { $path } does not compile and link a small C program
cgo-compiler-spoiled = { $setting } is to blame: without it the compiler works
cgo-compiler-libc = the package { $package } is missing: the C library to compile with
cgo-compiler-damaged = files of the package { $package } are damaged or missing
cgo-compiler-foreign = { $path } compiles for { $machine }, not for this machine
cgo-compiler-foreign-cause = { $path } is a cross compiler ({ $machine }), and cgo would call it for every build
cgo-compiler-foreign-decide = let the compiler of this machine come first on PATH

cgo-pkg-config =
    .title = pkg-config
    .looks = pkg-config (or what PKG_CONFIG names), and whether it knows the modules that cgo asks for: gl, and wayland-client from Fyne 2.8 on
    .why = go-gl and Fyne ask pkg-config how to compile and link; without an answer the build ends
    .by-hand = sudo apt-get install pkg-config libgl-dev libwayland-dev; unset PKG_CONFIG_LIBDIR where it hides the system's modules; install the package of a damaged .pc file again
    .by-us = The packages are installed or installed again; a variable that hides modules is taken away where it is set
cgo-pkg-config-ok = pkg-config { $version }
cgo-pkg-config-absent = there is no pkg-config
cgo-pkg-config-absent-cause = the package { $package } is missing
cgo-pkg-config-gone = the pkg-config { $program } does not exist
cgo-pkg-config-gone-cause = { $setting } names a program that is not there
cgo-pkg-config-unknown = cannot run pkg-config: { $why }
cgo-pkg-config-silent = { $path } does not say its version
cgo-pkg-config-module = pkg-config does not know { $module }
cgo-pkg-config-module-cause = { $module }.pc is missing: the package { $package }
cgo-pkg-config-hidden = { $setting } hides { $module } from pkg-config
cgo-pkg-config-damaged = { $file } is damaged; it belongs to the package { $package }

cgo-headers =
    .title = C headers
    .looks = Every header that GLFW and the OpenGL bindings include, read by the compiler with your own CGO_CFLAGS and CGO_CPPFLAGS
    .why = One missing header ends the build of Fyne, minutes after it began. Go's build cache can hide that for a while.
    .by-hand = Install the named packages: sudo apt-get install libgl-dev libegl-dev libx11-dev libxext-dev libxrandr-dev libxcursor-dev libxinerama-dev libxi-dev libxxf86vm-dev libwayland-dev libxkbcommon-dev
    .by-us = Exactly the packages whose headers are missing are installed, in one go
cgo-headers-ok = all { $count } are there
cgo-headers-unknown = the headers cannot be tried: { $why }
cgo-headers-missing = { $count ->
        [one] { $what } is not installed
       *[other] { $count } headers are not installed: { $what }
    }
cgo-parts-missing-cause = { $count ->
        [one] the package { $names } is missing
       *[other] these packages are missing: { $names }
    }
cgo-parts-damaged-cause = { $names } is installed, but { $what } is gone or damaged
cgo-parts-wait = they can be tried once there is a C compiler that works
cgo-parts-hidden = the compiler does not find { $what }
cgo-parts-hidden-cause = { $setting } is to blame: without it { $what } is found

cgo-libraries =
    .title = C libraries
    .looks = Every library that GLFW and the OpenGL bindings link with, linked with your own CGO_LDFLAGS
    .why = A missing library ends the build with "cannot find -l…". A libGL.so that leads nowhere is left by drivers that were removed.
    .by-hand = Install the named packages; a link that leads nowhere comes right by installing its package again: sudo apt-get install --reinstall libgl-dev
    .by-us = The packages are installed, or installed again where files of theirs are damaged
cgo-libraries-ok = all { $count } are there
cgo-libraries-unknown = the libraries cannot be tried: { $why }
cgo-libraries-missing = { $count ->
        [one] the linker does not find { $what }
       *[other] the linker does not find { $count } libraries: { $what }
    }
cgo-libraries-unloaded = the loader cannot take what Fyne programs are linked with: { $what }
cgo-libraries-unloaded-cause = the linker finds these libraries and the loader does not: { $what }
cgo-libraries-dangling = the link { $path } leads to a file that does not exist
