# Checks of compiler, pkg-config and headers.

cgo-compiler =
    .title = C compiler
    .looks = The C compiler that cgo would call (CC, or gcc by default): whether it exists, and whether it compiles and links a small program
    .why = Fyne draws with OpenGL through C code. Without a C compiler Go silently turns cgo off, and the build reports "build constraints exclude all Go files".
    .by-hand = Install gcc and the headers of the C library: sudo apt-get install gcc libc6-dev. If CC is set to a wrong value, run go env -u CC, or remove CC from your shell profile.
    .by-us = Installs the packages. If CC names a program that does not exist, removes CC where it is set. If a directory in front on PATH has tools that break the compiler, comments out its line, or tells Go to use the compiler behind it
    .unseen = What happens only in a large file: a fault of the compiler itself, or memory that is used up
    .looks-windows = The C compiler that cgo would call (CC, or gcc by default): which kind it is, for which processor, how old its linker is, and whether it compiles, links and starts a small program; and where that one does not serve, those that are installed elsewhere
    .by-hand-windows = Install WinLibs: winget install --id BrechtSanders.WinLibs.POSIX.UCRT --exact (on ARM64: MartinStorsjo.LLVM-MinGW.UCRT). With MSYS2, the gcc of UCRT64: pacman -S mingw-w64-ucrt-x86_64-gcc, and its ucrt64\bin on PATH; not the gcc of MSYS or Cygwin itself. If CC is set to a wrong value, run go env -u CC, or remove CC where it is set
    .by-us-windows = Installs the package with winget. Where a compiler that serves is installed already, puts its directory first on PATH. If CC names a program that does not exist, removes CC where it is set
    .looks-macos = The C compiler that cgo would call (CC, or clang by default): whether it compiles and links a small Objective-C program with the frameworks of Fyne. It is only started when Apple's tools are there (system.xcode)
    .by-hand-macos = Use Apple's clang: take the bin directory of another compiler (Homebrew's llvm, MacPorts, pkgsrc, conda) behind /usr/bin on PATH, or go env -w CC=/usr/bin/clang. Remove SDKROOT, CPATH and LIBRARY_PATH where they are set for other work
    .by-us-macos = Tells Go to use Apple's clang where a compiler in front of it on PATH does not build for macOS. Removes a variable that breaks the compiler where it is set. Installs the Command Line Tools again where they are damaged
cgo-compiler-ok = { $version }
cgo-compiler-absent = no C compiler was found
cgo-compiler-absent-cause = the package { $package } is missing, so gcc is not on PATH
cgo-compiler-absent-damaged = the package { $package } is installed, but gcc is not on PATH
cgo-compiler-unknown = cannot test { $name }: { $why }
cgo-compiler-cc-gone = the C compiler { $name } does not exist
cgo-compiler-cc-gone-cause = { $setting } names { $name }, which does not exist
cgo-compiler-cc-broken = { $setting } names a compiler that does not work
cgo-compiler-broken = { $path } cannot compile and link a small C program
cgo-compiler-spoiled = { $setting } breaks the compiler: without it the compiler works
cgo-compiler-detour = { $entry } is used first and breaks the compiler: without it the compiler works
cgo-compiler-libc = the package { $package } is missing; it contains the C library to compile with
cgo-compiler-damaged = files of the package { $package } are damaged or missing
cgo-compiler-ok-origin = { $version }, { $origin }
cgo-compiler-off-path = gcc is not on PATH
cgo-compiler-off-path-cause = { $origin } has a C compiler in { $dir }, and that directory is not on PATH
cgo-compiler-clang-alone-cause = { $origin } has clang alone in { $dir }, and cgo calls gcc unless CC names another compiler
cgo-compiler-cygwin = { $path } compiles for { $world } and not for Windows
cgo-compiler-cygwin-cause = { $path } is the gcc of { $world } itself: Go's own C code does not compile with it (`_beginthread`), and its programs need { $world } to run. cgo needs a gcc of MinGW-w64
cgo-compiler-32-bit = { $path } compiles for 32-bit Windows only
cgo-compiler-32-bit-cause = { $origin } is a 32-bit compiler and is used first; a 64-bit Go ends with "64-bit mode not compiled in"
cgo-compiler-msvc = { $path } compiles as Microsoft's compiler does, and cgo cannot use that
cgo-compiler-msvc-cause = cgo needs gcc or clang of MinGW-w64. Microsoft's compiler and the clang that belongs to it do not work with it
cgo-compiler-processor-cause = Go { $go } compiles for { $arch } here, and this compiler does not
cgo-compiler-old-linker = programs that { $path } links do not start
cgo-compiler-old-linker-cause = its linker is { $linker }. Go { $go } writes debug information (DWARF 5) that a linker before { $least } spoils, and Windows says "This app can't run on your PC"
cgo-compiler-no-start = a program that { $path } made does not start
cgo-compiler-no-start-cause = an antivirus program or a rule of this computer refused it, or a library that it needs is missing
cgo-compiler-no-start-decide = look into the history of Windows Security. If it blocks new programs, allow those in { $dir } and in Go's build cache, or ask whoever looks after this computer
cgo-compiler-unquoted = { $setting } has a path with a space and no quotes, so { $name } is taken for the program
cgo-pkg-config-windows = not needed on Windows
cgo-headers-windows = not needed on Windows: a C compiler of MinGW-w64 brings them
cgo-libraries-windows = not needed on Windows: a C compiler of MinGW-w64 brings them
cgo-compiler-unquoted-decide = write the path with quotes where CC is set; this line in PowerShell does it for this window
cgo-compiler-by-hand = once winget is there, `fyne-setup install` brings the compiler. By hand: unpack WinLibs (winlibs.com, UCRT, Win64) and put its mingw64\bin on PATH
cgo-compiler-foreign = { $path } compiles for { $machine }, not for this machine
cgo-compiler-foreign-cause = { $path } is a cross compiler ({ $machine }), and cgo would use it for every build
cgo-compiler-foreign-decide = put the compiler of this machine first on PATH
cgo-compiler-broken-macos = { $path } cannot compile and link a small program for macOS
cgo-compiler-off-path-macos = clang is not on PATH
cgo-compiler-off-path-macos-cause = PATH does not have /usr/bin, where macOS keeps clang
cgo-compiler-detour-macos = { $entry } is used first, and the compiler of { $origin } there does not build for macOS; Apple's clang behind it does
cgo-compiler-tools-damaged = Apple's developer tools are there, and do not build a small program
cgo-compiler-xcode-again = install { $name } again, or the Command Line Tools beside it: xcode-select --install
cgo-pkg-config-macos = not needed on macOS
cgo-headers-macos = not needed on macOS: the SDK brings them
cgo-libraries-macos = not needed on macOS: the SDK brings them

cgo-pkg-config =
    .title = pkg-config
    .looks = pkg-config (or the program that PKG_CONFIG names), and whether it knows the modules that cgo asks for: gl, and wayland-client since Fyne 2.8
    .why = go-gl and Fyne ask pkg-config how to compile and link; without an answer the build fails
    .by-hand = sudo apt-get install pkg-config libgl-dev libwayland-dev; unset PKG_CONFIG_LIBDIR if it hides the modules of the system; if a .pc file is damaged, reinstall its package
    .by-us = Installs or reinstalls the packages; removes a variable that hides modules where it is set; tells Go to use the pkg-config of the system if another one on PATH does not know the modules
    .unseen = Modules that only your own dependencies ask for
    .looks-windows = Nothing: on Windows Fyne and its OpenGL bindings do not ask pkg-config
    .why-windows = It is needed on Linux only
    .by-hand-windows = Nothing has to be done
    .by-us-windows = Nothing has to be done
    .unseen-windows = Packages of your own that ask pkg-config
    .looks-macos = Nothing: on macOS Fyne and its OpenGL bindings do not ask pkg-config
    .why-macos = It is needed on Linux only
    .by-hand-macos = Nothing has to be done
    .by-us-macos = Nothing has to be done
    .unseen-macos = Packages of your own that ask pkg-config
cgo-pkg-config-ok = pkg-config { $version }
cgo-pkg-config-absent = pkg-config was not found
cgo-pkg-config-absent-cause = the package { $package } is missing
cgo-pkg-config-gone = the pkg-config program { $program } does not exist
cgo-pkg-config-gone-cause = { $setting } names a program that does not exist
cgo-pkg-config-unknown = cannot run pkg-config: { $why }
cgo-pkg-config-silent = { $path } does not report its version
cgo-pkg-config-module = pkg-config cannot find { $module }
cgo-pkg-config-module-cause = { $module }.pc is missing; it is part of the package { $package }
cgo-pkg-config-hidden = { $setting } hides { $module } from pkg-config
cgo-pkg-config-hidden-damaged = { $setting } hides { $module } from pkg-config, and { $file } behind it is damaged too; that file belongs to the package { $package }
cgo-pkg-config-detour = { $entry } has a pkg-config that does not know { $module }; the pkg-config behind it does
cgo-pkg-config-nobodys = { $file } is damaged, belongs to no package, and hides the file of the package { $package }
cgo-pkg-config-nobodys-decide = move { $file } away if nothing of yours needs it
cgo-pkg-config-damaged = { $file } is damaged; it belongs to the package { $package }

cgo-headers =
    .title = C headers
    .looks = Every header that GLFW and the OpenGL bindings include, read by the compiler with your own CGO_CFLAGS and CGO_CPPFLAGS
    .why = One missing header stops the build of Fyne after some minutes. Go's build cache can hide the problem for a while.
    .by-hand = Install the named packages: sudo apt-get install libgl-dev libegl-dev libx11-dev libxext-dev libxrandr-dev libxcursor-dev libxinerama-dev libxi-dev libxxf86vm-dev libwayland-dev libxkbcommon-dev
    .by-us = Installs exactly the packages whose headers are missing, in one step. Where libwayland is too old for this Fyne, sets GOFLAGS=-tags=x11, so that Fyne is built for X11 alone
    .unseen = Headers that only your own dependencies include, and a header that can be read and says something wrong
    .looks-windows = Nothing: on Windows the C compiler of MinGW-w64 brings every header that Fyne needs
    .by-hand-windows = Nothing has to be done; the C compiler has a check of its own
    .by-us-windows = Nothing has to be done
    .unseen-windows = Headers that only your own dependencies include
    .looks-macos = Nothing: on macOS the SDK brings every header that Fyne needs
    .by-hand-macos = Nothing has to be done; the C compiler has a check of its own
    .by-us-macos = Nothing has to be done
    .unseen-macos = Headers that only your own dependencies include
cgo-headers-ok = all { $count } were found
cgo-headers-unknown = cannot test the headers: { $why }
cgo-headers-damaged = { $count ->
        [one] { $what } is damaged
       *[other] { $count } headers are damaged: { $what }
    }
cgo-headers-damaged-cause = { $what } is empty or damaged; reinstalling { $names } brings it back
cgo-headers-damaged-nobodys = { $what } is empty or damaged, and no package has it
cgo-headers-missing = { $count ->
        [one] { $what } is not installed
       *[other] { $count } headers are not installed: { $what }
    }
cgo-headers-apart = { $what } is not found, although it is installed
cgo-headers-apart-cause = { $packages } has its headers in a directory of their own; pkg-config says { $flags }, and Fyne's GLFW does not ask it
cgo-headers-apart-decide = add { $flags } to { $variable } where it is set
cgo-headers-old = { $since } or newer is needed for Fyne { $fyne }
cgo-headers-old-cause = { $package } is too old: { $header } does not define { $word }, which came with { $since }
cgo-headers-old-tag = add the build tag { $tag } to GOFLAGS where it is set: it leaves this library out
cgo-headers-old-decide = use a newer distribution, or a release line of Fyne before { $fyne }
cgo-parts-missing-cause = { $count ->
        [one] the package { $names } is missing
       *[other] these packages are missing: { $names }
    }
cgo-parts-waiting = { $cause }; { $count ->
    [one] one more part that includes or needs it fails after it
   *[other] { $count } more parts that include or need it fail after it
}
cgo-parts-damaged-cause = { $names } is installed, but { $what } is missing or damaged
cgo-parts-unnamed-cause = nothing provides { $what }, and fyne-setup does not know the package names of this system
cgo-parts-wait = cannot be tested before there is a C compiler that works
cgo-parts-hidden = the compiler cannot find { $what }
cgo-parts-hidden-cause = { $setting } hides { $what }: without it { $what } is found
cgo-parts-hidden-besides = { $hidden }; { $what } is not installed either: { $missing }

cgo-libraries =
    .title = C libraries
    .looks = Every library that GLFW and the OpenGL bindings link with, linked with your own CGO_LDFLAGS
    .why = A missing library stops the build with "cannot find -l…". Removed graphics drivers often leave a libGL.so link without its target.
    .by-hand = Install the named packages. If a link has no target, reinstall its package: sudo apt-get install --reinstall libgl-dev
    .by-us = Installs the packages, or reinstalls them if their files are damaged
    .unseen = Libraries that a program opens by itself while it runs (libdecor, Vulkan). With --deep, those of the last proof program are looked up as the loader does
    .looks-windows = Nothing: on Windows the C compiler of MinGW-w64 brings every library that Fyne links with
    .why-windows = A missing library stops the build with "cannot find -l…"
    .by-hand-windows = Nothing has to be done; the C compiler has a check of its own
    .by-us-windows = Nothing has to be done
    .unseen-windows = DLLs that a program opens by itself while it runs
    .looks-macos = Nothing: on macOS the SDK brings every framework that Fyne links with
    .why-macos = A missing framework stops the build with "framework not found"
    .by-hand-macos = Nothing has to be done; the C compiler has a check of its own
    .by-us-macos = Nothing has to be done
    .unseen-macos = Libraries that a program opens by itself while it runs
cgo-libraries-ok = all { $count } were found
cgo-libraries-unknown = cannot test the libraries: { $why }
cgo-libraries-missing = { $count ->
        [one] the linker cannot find { $what }
       *[other] the linker cannot find { $count } libraries: { $what }
    }
cgo-libraries-unloaded = the loader cannot load libraries that Fyne programs are linked with: { $what }
cgo-libraries-unloaded-cause = the linker finds these libraries, but the loader does not: { $what }
cgo-libraries-dangling = the link { $path } points to a file that does not exist

native-msvc =
    .title = Microsoft's compiler
    .looks = Which Visual Studio or Build Tools (2017 to 2026) is installed, whether it has the C++ tools and a Windows SDK; with --msvc, whether vcvars64.bat works and cl and rc build a small program
    .why = Go's cgo does not use cl: Fyne needs a MinGW-w64 gcc. These tools are for resources, debuggers and packages other than Fyne
    .by-hand = In the Visual Studio Installer choose Modify, then "Desktop development with C++"
    .by-us = Only with `fyne-setup install --msvc`: installs the Build Tools with winget, or adds what is missing to the Visual Studio that is there. Windows is never restarted, and nothing of it is removed by undo
    .unseen = Without --msvc: whether cl and rc really build something
native-msvc-elsewhere = not needed on this system
native-msvc-unknown = cannot ask for Microsoft's compiler: { $why }
native-msvc-absent = Microsoft's compiler is not installed
native-msvc-cgo = Go's cgo does not use it; Fyne needs a gcc of MinGW-w64 instead
native-msvc-incomplete = { $count ->
    [one] { $name } is missing { $components }
   *[other] { $name } is missing: { $components }
}
native-msvc-incomplete-cause = { $dir } was installed without these parts; cgo does not need them
native-msvc-no-setup = the Visual Studio Installer is missing: install the Build Tools again from visualstudio.microsoft.com
native-msvc-restart = { $name } waits for a restart of Windows
native-msvc-restart-decide = restart Windows when it suits you
native-msvc-ok = { $name }: C++ tools { $tools }, Windows SDK { $sdk }
native-msvc-no-environment = vcvars64.bat of { $name } fails
native-msvc-no-resources = rc of { $name } does not compile a resource
native-msvc-not-built = cl of { $name } does not compile and link a small program
native-msvc-not-started = what cl of { $name } made does not start
native-msvc-repair = open the Visual Studio Installer and choose Repair
