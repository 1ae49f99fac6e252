# What `diagnose` says: of each cause what it is and what fixes it. An argument that the log does not say is "none".
diagnose-after-run = fyne-setup: what this output shows
diagnose-here = here
diagnose-line = line { $line }: { $text }
diagnose-nothing = no fault of the setup in this log ({ $count ->
        [one] 1 line
       *[other] { $count } lines
    })
diagnose-own = This is a mistake in the program itself or in the command, not in the setup: nothing has to be installed or repaired.
diagnose-confirmed = this machine has this fault: check { $check } fails
diagnose-confirmed-auto = this machine has this fault: check { $check } fails. fyne-setup repair { $check } fixes it
diagnose-refuted = this machine does not have this fault: check { $check } passes
diagnose-unsure = check { $check } alone does not tell whether this machine has it: fyne-setup check { $check } shows what is here
diagnose-elsewhere = not looked at: the log is from another system ({ $os })
diagnose-empty = The log is empty: the command before the pipe printed nothing there. If it failed, its errors went to the terminal; pipe them too: go build 2>&1 | fyne-setup diagnose -

diagnose-disk-full =
    .what = The disk is full: there was no space left to write to
    .fix = { $os ->
        [windows] Free some space on the disk where the cache and the temporary files are (Settings, System, Storage); go clean -cache empties Go's build cache. Or point TMP, GOTMPDIR or GOCACHE to another disk.
       *[other] Free some space on the disk where the cache and the temporary files are: df -h shows which one is full, go clean -cache empties Go's build cache. Or point TMPDIR or GOTMPDIR to another disk.
    }
diagnose-memory-exhausted =
    .what = The memory was exhausted, and the system ended the compiler or linker
    .fix = Add memory or swap space (in a container or virtual machine: raise its memory limit), close other programs, or build with fewer jobs: go build -p 1
diagnose-clock-skew =
    .what = The system time is wrong{ $now ->
        [none] {""}
       *[other] : the clock says { $now }, the certificate { $limit }
    }
    .fix = Set the clock of the machine (timedatectl set-ntp true, or date -s; on Windows: w32tm /resync), then run the same command again. If the date is right, the certificate of the server or the list of CA certificates is too old.
diagnose-apt-lock =
    .what = Another package manager is at work and holds the lock
    .fix = Wait until the other process ends{ $pid ->
        [none] {""}
       *[other] {" "}(process { $pid })
    }, often an automatic update, then try again. Do not delete the lock file.
diagnose-interrupted-packages =
    .what = An earlier installation of packages was interrupted
    .fix = Let the package manager finish it with the command that it names, then sudo apt-get install -f
diagnose-unmet-dependencies =
    .what = The packages cannot be installed together: dependencies{ $package ->
        [none] {""}
       *[other] {" "}of { $package }
    } are not met
    .fix = Update the package lists and repair what is broken (apt-get update, then apt-get --fix-broken install), and release held packages (apt-mark showhold). Packages of a foreign source or of another release often cause this.
diagnose-package-not-found =
    .what = The package manager does not know { $package ->
        [none] a package, or its lists are out of date
       *[other] the package { $package }
    }
    .fix = Update the package lists (apt-get update, dnf makecache, pacman -Sy, apk update) and try again. If the package is still unknown, check the spelling: this distribution uses another package name.
diagnose-ca-untrusted =
    .what = The certificate of the server is not trusted: its CA certificate is not known here
    .fix = { $os ->
        [windows] Windows keeps the certificates: update it. Behind a company proxy that opens TLS, add the CA certificate of the company to Windows' own store (certmgr.msc, Trusted Root Certification Authorities).
       *[other] { $packages ->
            [none] Install or update the package ca-certificates
           *[other] Install or update { $packages }
        }. Behind a company proxy that opens TLS, add the CA certificate of the company to the system (/usr/local/share/ca-certificates, then update-ca-certificates).
    }
diagnose-proxy-dns =
    .what = The name { $host ->
        [none] of a server
       *[other] { $host }
    } does not resolve: no such host, or no DNS
    .fix = { $os ->
        [windows] Check the network and DNS (nslookup HOST), and the spelling of GOPROXY (go env GOPROXY) and HTTPS_PROXY. If the module proxy cannot be reached from here, set GOPROXY to one that can.
       *[other] Check the network and DNS (/etc/resolv.conf), and the spelling of GOPROXY (go env GOPROXY) and HTTPS_PROXY. If the module proxy cannot be reached from here, set GOPROXY to one that can.
    }
diagnose-proxy-timeout =
    .what = The module proxy or its network does not answer
    .fix = Check the network and HTTPS_PROXY. If the module proxy is blocked here, use another one: go env -w GOPROXY=… with a mirror near you, or that of your company.
diagnose-proxy-forbidden =
    .what = A proxy refuses the request{ $url ->
        [none] {""}
       *[other] {" "}for { $url }
    } (forbidden, or a login is needed)
    .fix = Check GOPROXY (go env GOPROXY) and HTTPS_PROXY: the proxy may need a login, forbid this address, or be switched off (GOPROXY=off). Ask who runs it, or use another module proxy.
diagnose-git-missing =
    .what = git is not installed or not on PATH
    .fix = { $os ->
        [windows] Install git (winget install --id Git.Git --exact), or use a module proxy instead of GOPROXY=direct
       *[other] Install git (Debian and Ubuntu: apt-get install git; Fedora: dnf install git; Alpine: apk add git; macOS: xcode-select --install), or use a module proxy instead of GOPROXY=direct
    }
diagnose-docker-missing =
    .what = fyne-cross finds no container engine: docker or podman is not installed or not running
    .fix = { $os ->
        [windows] Install Docker Desktop or Podman Desktop and start it. Then run fyne-cross again.
       *[other] Install docker or podman and start it (systemctl start docker, or Docker Desktop), and let your user use it (group docker). Then run fyne-cross again.
    }
diagnose-permission-denied-modcache =
    .what = Go's module or build cache belongs to another user: permission denied{ $path ->
        [none] {""}
       *[other] {" "}at { $path }
    }
    .fix = { $os ->
        [windows] Take the directory back in Properties, Security (as an administrator), or set GOMODCACHE and GOCACHE to directories of yours (go env -w). Do not run go as an administrator.
       *[other] Give the directory back to its owner (sudo chown -R "$(id -un)" "$(go env GOMODCACHE)" "$(go env GOCACHE)"), or set GOMODCACHE and GOCACHE to directories of yours. Do not run go with sudo.
    }
diagnose-noexec-tmp =
    .what = No program may run in the temporary directory{ $path ->
        [none] {""}
       *[other] {" "}({ $path })
    }: it is mounted noexec, or a rule forbids it
    .fix = { $os ->
        [windows] A rule of this computer or an antivirus program forbids programs there: set GOTMPDIR to a directory in which they may run (go env -w GOTMPDIR=DIR), or ask whoever looks after this computer.
       *[other] Set GOTMPDIR to a directory in which programs may run: mkdir -p ~/tmp, then go env -w GOTMPDIR=$HOME/tmp. Or mount the directory of TMPDIR without noexec.
    }
diagnose-antivirus =
    .what = A virus scanner blocked or removed the file that was built
    .fix = In the antivirus program (Windows Defender: Exclusions), exclude Go's cache (go env GOCACHE), %TEMP%\go-build* and your project, then build again
diagnose-goroot-mismatch =
    .what = Two Go installations are mixed: GOROOT or the tools belong to another Go{ $have ->
        [none] {""}
       *[other] {" "}({ $have } and { $want })
    }
    .fix = { $os ->
        [windows] Remove GOROOT from the environment variables (Settings, System, About, Advanced system settings) and with go env -u GOROOT, and leave one Go on PATH. If it stays, remove that Go and install it again.
       *[other] Unset GOROOT in your shell profile and with go env -u GOROOT, and leave one Go on PATH. If it stays, remove that Go and install it again.
    }
diagnose-goroot-overwritten =
    .what = A new Go was unpacked over an old one: files of both are in one directory{ $path ->
        [none] {""}
       *[other] {" "}({ $path })
    }
    .fix = { $os ->
        [windows] Uninstall Go in Settings, Apps, remove what is left of its directory (C:\Program Files\Go), then install Go again
       *[other] Remove the whole Go directory (for example sudo rm -rf /usr/local/go), then unpack Go again into an empty place
    }
diagnose-go-too-old =
    .what = This Go is older than the module needs{ $want ->
        [none] {""}
       *[other] : it needs Go { $want }
    }{ $have ->
        [none] {""}
       *[other] , this is Go { $have }
    }
    .fix = Install a newer Go (fyne-setup install), or with Go 1.21 or later let it fetch one: go env -u GOTOOLCHAIN. Update Go, do not lower the go line of the module.
diagnose-toolchain-not-available =
    .what = The go line names a toolchain that is no release{ $version ->
        [none] {""}
       *[other] : { $version }
    }
    .fix = Write a version that exists into go.mod: with its patch number, such as go 1.22.0, and without what your Go does not know. Or install that Go yourself.
diagnose-toolchain-download-blocked =
    .what = The Go that is wanted cannot be downloaded{ $version ->
        [none] {""}
       *[other] : the toolchain go{ $version }
    }
    .fix = Check the network, DNS, GOPROXY and GOSUMDB (Go fetches the toolchain as a module), or install that Go yourself (fyne-setup install) and set GOTOOLCHAIN=local
diagnose-gopath-mode =
    .what = Go works in GOPATH mode: module mode is off (GO111MODULE=off), or GOPATH is the project
    .fix = { $os ->
        [windows] Switch module mode on: remove GO111MODULE from the environment variables, and run go env -u GO111MODULE. Keep projects outside of GOPATH.
       *[other] Switch module mode on: unset GO111MODULE in your shell profile, and go env -u GO111MODULE. Keep projects outside of GOPATH.
    }
diagnose-no-go-mod =
    .what = The directory is not inside a module: there is no go.mod
    .fix = Go to the directory of your project, or begin a module there: go mod init example.com/name, then go mod tidy
diagnose-missing-require =
    .what = The module does not require { $package ->
        [none] a package that it imports
       *[other] the package { $package }
    }
    .fix = Run go mod tidy in the project (or go get with the module), then build again
diagnose-missing-go-sum =
    .what = go.sum is incomplete{ $package ->
        [none] {""}
       *[other] : the entry for { $package } is missing
    }
    .fix = Run go mod tidy in the project, then build again
diagnose-replace-missing-path =
    .what = A replace line of go.mod (or a use line of go.work) names a directory that is not there{ $path ->
        [none] {""}
       *[other] : { $path }
    }
    .fix = Correct the path of that replace line, put the directory there, or remove the line: go mod edit -dropreplace=MODULE
diagnose-vendor-inconsistent =
    .what = The vendor directory and go.mod disagree
    .fix = Run go mod vendor in the project, or build with -mod=mod
diagnose-wrong-import-path =
    .what = A module is imported by a path that is not its own{ $wrong ->
        [none] {""}
       *[other] : { $wrong }
    }
    .fix = Use { $right ->
        [none] the path that the module declares: fyne.io/fyne/v2 instead of github.com/fyne-io/fyne
       *[other] the path { $right }
    } in imports and commands (fyne.io/… instead of github.com/fyne-io/…), then go mod tidy
diagnose-sumdb-mismatch =
    .what = The checksum of { $module ->
        [none] a module
       *[other] { $module }
    } is not the published one: what was downloaded was changed, or go.sum was
    .fix = Do not switch the checksum database off. Empty the cache (go clean -modcache) and try again, with another GOPROXY if it stays; look at the changes of go.sum in your version control.
diagnose-go-get-install-deprecated =
    .what = go get no longer installs programs
    .fix = Use go install with a version: go install fyne.io/tools/cmd/fyne@latest
diagnose-cli-moved =
    .what = The old fyne command has moved to fyne.io/tools
    .fix = Install the new one: go install fyne.io/tools/cmd/fyne@latest
diagnose-gobin-not-on-path =
    .what = The shell does not find { $program ->
        [none] fyne
       *[other] { $program }
    }: the directory into which Go installs programs is not on PATH, or it was not installed
    .fix = { $os ->
        [windows] Add %USERPROFILE%\go\bin (or GOBIN) to Path in the environment variables, and open a new terminal; fyne-setup install does it for you. If the program is not there, go install fyne.io/tools/cmd/fyne@latest.
       *[other] Add it to PATH in your shell profile: export PATH="$PATH:$(go env GOPATH)/bin" (or GOBIN). If the program is not there, go install fyne.io/tools/cmd/fyne@latest.
    }
diagnose-cli-flag-mismatch =
    .what = The fyne command does not know { $flag ->
        [none] this option
       *[other] { $flag }
    }: it is an option of another version of it
    .fix = Compare with fyne help, and with the version of the fyne command (fyne version); the newest one is go install fyne.io/tools/cmd/fyne@latest
diagnose-missing-icon =
    .what = There is no icon for packaging{ $path ->
        [none] {""}
       *[other] : { $path }
    }
    .fix = Put a PNG named Icon.png beside the program, or name one: --icon FILE, or Icon in FyneApp.toml
diagnose-missing-app-id =
    .what = There is no app ID for packaging
    .fix = Give one: --app-id com.example.name (fyne-cross: -app-id), or ID in FyneApp.toml
diagnose-android-ndk-missing =
    .what = There is no usable Android NDK
    .fix = Install the NDK (Android Studio's SDK Manager, or sdkmanager), and set ANDROID_NDK_HOME to its directory, or ANDROID_HOME to that of the SDK, and export it
diagnose-xcode-licence =
    .what = The license of Xcode was not accepted yet
    .fix = Read and accept it: sudo xcodebuild -license accept
diagnose-xcode-clt-missing =
    .what = The command line tools of macOS are missing (an upgrade of macOS removes them)
    .fix = Install them: xcode-select --install. If Xcode is there and was moved: sudo xcode-select --reset
diagnose-macos-sdk-too-old =
    .what = The macOS SDK is too old: { $framework ->
        [none] what Fyne needs of a framework
       *[other] the framework { $framework }
    } is not in it
    .fix = Update Xcode or its command line tools (softwareupdate --list; xcode-select --install), on a macOS that has them, or use an older Fyne
diagnose-macos-classic-linker =
    .what = The old linker of Apple (-ld_classic) was asked for, and these tools do not have it
    .fix = Remove -ld_classic from CGO_LDFLAGS (go env -u CGO_LDFLAGS, and where a shell file sets it) and from #cgo LDFLAGS lines. Xcode 15 to 26 have the old linker, Xcode 27 does not.
diagnose-macos-missing-uuid =
    .what = A program that Go before 1.24 linked has no LC_UUID, and macOS 26 does not start it
    .fix = Install Go 1.24 or newer, then build or install the program again (for the fyne command: go install fyne.io/tools/cmd/fyne@latest)
diagnose-macos-signature =
    .what = macOS ended a program whose signature does not fit it
    .fix = Build the program again. A program that was built by hand and changed afterwards is signed with: codesign --force --sign - FILE. What was downloaded and changed: download it again.
diagnose-metal-toolchain-missing =
    .what = The compiler for Metal shaders is not installed (Xcode 26 and newer download it apart)
    .fix = Install it: xcodebuild -downloadComponent MetalToolchain. Fyne itself does not need it.
diagnose-macos-arch-mismatch =
    .what = Parts for two processors are mixed: arm64 and x86_64
    .fix = Use the Go for this Mac's architecture (go env GOHOSTARCH against uname -m), libraries of the same one (Homebrew in /opt/homebrew is arm64, in /usr/local x86_64), and a terminal that does not run under Rosetta. For the other one, set GOARCH and CGO_ENABLED=1.
diagnose-macos-sdk-headers =
    .what = The compiler does not find the system headers of the macOS SDK
    .fix = Install the command line tools again (xcode-select --install; after an upgrade first sudo rm -rf /Library/Developer/CommandLineTools), use the clang of /usr/bin, and unset SDKROOT and CPATH
diagnose-missing-libc-headers =
    .what = The headers of the C library are missing{ $header ->
        [none] {""}
       *[other] : { $header }
    }
    .fix = { $packages ->
        [none] Install them: libc6-dev or build-essential on Debian and Ubuntu, glibc-devel on Fedora, musl-dev on Alpine
       *[other] Install { $packages }
    }
diagnose-cross-compiler-not-set =
    .what = The compiler of this machine was used for another target
    .fix = Set CC to a cross compiler for that target, such as CC=x86_64-w64-mingw32-gcc for GOOS=windows or CC=aarch64-linux-gnu-gcc for GOARCH=arm64, or use fyne-cross. If no other target was meant, unset GOOS and GOARCH.
diagnose-cross-compiler-missing =
    .what = The cross compiler, or the headers that it needs, are not installed{ $program ->
        [none] {""}
       *[other] : { $program }
    }
    .fix = Install it (for Windows: gcc-mingw-w64 on Debian and Ubuntu, mingw64-gcc on Fedora; for arm64: gcc-aarch64-linux-gnu with libc6-dev-arm64-cross), and name it for this build alone: CGO_ENABLED=1 GOOS=windows CC=x86_64-w64-mingw32-gcc go build. Or use fyne-cross
diagnose-wrong-arch-compiler =
    .what = The C compiler, or a library that it found, is for another processor than the build
    .fix = Unset CC and the paths that lead to foreign libraries (CGO_LDFLAGS, LIBRARY_PATH), install the compiler and the libraries of this architecture, and compare go env GOARCH with gcc -dumpmachine. For a cross build use a cross compiler with its libraries.
diagnose-gcc-32bit =
    .what = This gcc is for 32 bits, and the build is for 64
    .fix = Install a 64-bit gcc (MSYS2: pacman -S mingw-w64-ucrt-x86_64-gcc, or another x86_64 mingw-w64), and put it before the old one on PATH
diagnose-wrong-gcc-cygwin =
    .what = The gcc or a library of Cygwin or MSYS was used instead of that of mingw-w64
    .fix = Use the gcc of mingw-w64 (MSYS2's UCRT64 or MINGW64 shell), put its bin directory before cygwin's on PATH, then go clean -cache
diagnose-bad-mingw-toolchain =
    .what = The MinGW gcc is incomplete, too old or mixed: Go cannot use what it makes
    .fix = Install a whole and current mingw-w64 (MSYS2: pacman -S mingw-w64-ucrt-x86_64-toolchain, or WinLibs), leave no other gcc on PATH before it, then go clean -cache
diagnose-msvc-not-supported =
    .what = cgo was given the compiler of Visual Studio (MSVC), which it does not support
    .fix = Use the gcc of mingw-w64 (MSYS2, WinLibs) or clang for mingw (llvm-mingw), and unset CC
diagnose-path-with-spaces =
    .what = There is a space in the path of the compiler{ $path ->
        [none] {""}
       *[other] , which was cut at { $path }
    }
    .fix = Install the compiler in a path without spaces, or quote it in CC: go env -w "CC=\"C:\Program Files\…\gcc.exe\""
diagnose-windows-dwarf5-binutils =
    .what = Windows cannot run the program: the binutils of this MinGW are too old for the DWARF 5 of current Go
    .fix = Install a mingw-w64 with binutils 2.37 or newer (MSYS2, WinLibs). Until then build with -ldflags=-w, or with GOEXPERIMENT=nodwarf5.
diagnose-no-binutils =
    .what = The assembler or the linker is missing{ $program ->
        [none] {""}
       *[other] : { $program }
    }
    .fix = Install binutils{ $packages ->
        [none] {" "}(Debian and Ubuntu: build-essential)
       *[other] {" "}and { $packages }
    }
diagnose-no-c-compiler =
    .what = The C compiler was not found{ $program ->
        [none] {""}
       *[other] : { $program }
    }
    .fix = Install a C compiler{ $packages ->
        [none] {" "}(Debian and Ubuntu: gcc; macOS: xcode-select --install; Windows: MSYS2's mingw-w64 gcc) and put it on PATH
       *[other] : { $packages }
    }. If CC names another one, unset it: go env -u CC.
diagnose-cgo-disabled =
    .what = cgo is off: CGO_ENABLED=0, no C compiler was found, or the build is for another system
    .fix = { $os ->
        [windows] Install a C compiler (winget install --id BrechtSanders.WinLibs.POSIX.UCRT --exact), open a new terminal, then go env -u CGO_ENABLED and remove CGO_ENABLED, GOOS and GOARCH from the environment variables if they are there. For a cross build, set CGO_ENABLED=1 and CC, or use fyne-cross.
       *[other] Install a C compiler (gcc) and put it on PATH, then go env -u CGO_ENABLED and unset CGO_ENABLED; unset GOOS and GOARCH if no other system is meant. For a cross build, set CGO_ENABLED=1 and CC, or use fyne-cross.
    }
diagnose-missing-pkg-config =
    .what = pkg-config is not installed
    .fix = { $packages ->
        [none] Install it: pkg-config or pkgconf
       *[other] Install { $packages } (pkg-config)
    }
diagnose-missing-pc =
    .what = pkg-config does not know the module { $name }
    .fix = { $os ->
        [windows] Install the package that contains { $name }.pc into the MSYS2 environment of your gcc, and put pkg-config of the same one on PATH. Fyne itself does not ask pkg-config on Windows.
       *[other] { $packages ->
            [none] Install the package that contains { $name }.pc (for gl: libgl1-mesa-dev on Debian and Ubuntu, mesa-libGL-devel on Fedora), and unset PKG_CONFIG_PATH and PKG_CONFIG_LIBDIR if they lead elsewhere
           *[other] Install { $packages }, which brings { $name }.pc; unset PKG_CONFIG_PATH and PKG_CONFIG_LIBDIR if they lead elsewhere
        }
    }
diagnose-missing-header =
    .what = The C header { $name } is missing
    .fix = { $os ->
        [windows] Install what contains { $name } for your C compiler (in MSYS2, pacman -F { $name } names the package). All that Fyne itself needs comes with a gcc of MinGW-w64.
       *[other] { $packages ->
            [none] Install the package that contains { $name } (apt-file search { $name } finds it on Debian and Ubuntu; all that Fyne itself needs comes with xorg-dev, libgl1-mesa-dev, libwayland-dev and libxkbcommon-dev)
           *[other] Install { $packages }
        }
    }
diagnose-missing-lib =
    .what = The linker does not find the library { $name } (-l{ $name })
    .fix = { $os ->
        [windows] Install lib{ $name } for your C compiler (in MSYS2, pacman -F lib{ $name }.a names the package). All that Fyne itself needs comes with a gcc of MinGW-w64.
       *[other] { $packages ->
            [none] Install the development package of lib{ $name } (apt-file search lib{ $name }.so finds it on Debian and Ubuntu; all that Fyne itself needs comes with xorg-dev and libgl1-mesa-dev)
           *[other] Install { $packages }
        }
    }
diagnose-missing-runtime-lib =
    .what = A shared library is missing where the program starts{ $library ->
        [none] {""}
       *[other] : { $library }
    }
    .fix = { $os ->
        [windows] Put the DLL beside the program, or the directory of the compiler that has it on PATH, or link it statically (-ldflags "-extldflags=-static").
       *[other] { $packages ->
            [none] Install the package that contains it (libGL.so.1: libgl1 on Debian and Ubuntu, mesa-libGL on Fedora).
           *[other] Install it; { $packages } brings it with its development files (libGL.so.1 alone: libgl1 on Debian and Ubuntu)
        }
    }
diagnose-glibc-too-old =
    .what = The program needs a newer C library (glibc){ $version ->
        [none] {""}
       *[other] : { $version }
    }
    .fix = Build the program on the oldest system on which it is to run, or in a container of it (fyne-cross), or run it on a newer release of the distribution
diagnose-wayland-no-connection =
    .what = The program cannot connect to the Wayland display
    .fix = Run it inside the desktop session, and check WAYLAND_DISPLAY and XDG_RUNTIME_DIR. Or use X11: FYNE_PLATFORM=x11 with DISPLAY set.
diagnose-no-display =
    .what = There is no display to open a window on{ $display ->
        [none] {""}
       *[other] {" "}({ $display })
    }
    .fix = { $os ->
        [windows] Run the program in a terminal on the desktop of Windows: services, scheduled tasks and ssh have none
       *[other] Run the program in a desktop session, where DISPLAY or WAYLAND_DISPLAY is set; over ssh with ssh -X; without a screen: fyne-setup run --virtual-display -- CMD (or xvfb-run CMD). Not with sudo.
    }
diagnose-wsl-no-display =
    .what = There is no display inside WSL
    .fix = Use WSLg: wsl --update, then wsl --shutdown, and guiApplications on in .wslconfig; unset a DISPLAY of your own. Without WSLg, start an X server on Windows and let DISPLAY lead to it.
diagnose-glx-missing =
    .what = The X server has no GLX, or one that is too old: OpenGL cannot be used on this display
    .fix = { $os ->
        [windows] Use the desktop of Windows with the driver of the graphics card's maker; an X server on Windows is not needed
       *[other] Start the X server with GLX (Xvfb +extension GLX, Xorg with its driver) and Mesa, or use a display that has OpenGL
    }
diagnose-opengl-too-old =
    .what = The driver does not offer the OpenGL version that Fyne needs
    .fix = { $os ->
        [windows] Install or update the driver of the graphics card's maker, switch 3D acceleration on in a virtual machine, or put Mesa's opengl32.dll and libgallium_wgl.dll beside the program: the processor draws then
       *[other] Install or update the graphics driver (on Linux Mesa: libgl1-mesa-dri), switch 3D acceleration on in a virtual machine, or let Mesa draw in software: LIBGL_ALWAYS_SOFTWARE=1
    }
diagnose-no-opengl =
    .what = The graphics driver does not support OpenGL
    .fix = { $os ->
        [windows] Install the driver of the graphics card's maker, switch 3D acceleration on in a virtual machine, avoid remote desktop; Mesa's opengl32.dll and libgallium_wgl.dll beside the program let the processor draw
       *[other] Install the driver of the graphics card's maker (on Linux Mesa: libgl1-mesa-dri), switch 3D acceleration on in a virtual machine, avoid remote desktop; on Windows Mesa's opengl32.dll beside the program draws in software
    }

diagnose-package-sources-broken =
    .what = The package manager cannot use its list of sources or one of its settings
    .fix = Correct the line that it names (under /etc/apt on Debian and Ubuntu), then apt-get update
diagnose-tmp-unusable =
    .what = The directory for temporary files cannot be used{ $path ->
        [none] {""}
       *[other] : { $path }
    }
    .fix = { $os ->
        [windows] Correct TMP, TEMP and GOTMPDIR where they lead to a directory that is gone or closed, or make that directory writable
       *[other] Unset TMPDIR and GOTMPDIR where they lead to a directory that is gone or closed, or make that directory writable (for /tmp: chmod 1777 /tmp)
    }
diagnose-go-missing =
    .what = The shell does not find go, or cannot start it: Go is not installed, or its directory is not on PATH
    .fix = { $os ->
        [windows] Install Go (fyne-setup install). If it is there, add its bin directory to Path in the environment variables (C:\Program Files\Go\bin), and open a new terminal
       *[other] Install Go (fyne-setup install). If it is there, add its bin directory to PATH in your shell profile: export PATH="/usr/local/go/bin:$PATH"
    }
diagnose-bad-go-setting =
    .what = Go refuses the value of { $name ->
        [none] one of its settings
       *[other] { $name }
    }
    .fix = Correct or remove it where it is set: { $os ->
        [windows] in the environment variables, in a profile of PowerShell
       *[other] in your shell profile, in /etc/environment
    }, or with go env -u { $name ->
        [none] NAME
       *[other] { $name }
    }
diagnose-dubious-ownership =
    .what = Git refuses a repository that belongs to another user, and Go cannot ask it for the version{ $path ->
        [none] {""}
       *[other] : { $path }
    }
    .fix = { $os ->
        [windows] Tell Git that the directory is safe: git config --global --add safe.directory DIR. To build without asking Git: -buildvcs=false.
       *[other] Give the directory back to its owner (sudo chown -R "$(id -un)" .), or tell Git that it is safe: git config --global --add safe.directory DIR. To build without asking Git: -buildvcs=false.
    }
diagnose-modcache-damaged =
    .what = A module in the module cache is not as it was published{ $module ->
        [none] {""}
       *[other] : { $module }
    }
    .fix = Let Go download it again: go clean -modcache (or remove its directory and its zip from the cache), then build again
diagnose-bad-go-mod =
    .what = Go cannot read go.mod or go.work
    .fix = Correct the line that it names; after a merge, remove the marks of the conflict (<<<<<<<, =======, >>>>>>>) and keep one side
diagnose-gobin-unusable =
    .what = Go cannot write the programs that it installs{ $path ->
        [none] {""}
       *[other] : { $path }
    }
    .fix = Set GOBIN to a directory of yours, or unset it (go env -u GOBIN), and remove what is in the way
diagnose-cli-broken =
    .what = The fyne command is there and does not start: it is damaged, for another system, or must not be run there
    .fix = { $os ->
        [windows] Install it again: go install fyne.io/tools/cmd/fyne@latest. If a rule of this computer forbids programs in its directory, set GOBIN to another one.
       *[other] Install it again: go install fyne.io/tools/cmd/fyne@latest. If its directory forbids running programs (noexec), set GOBIN to another one.
    }
diagnose-broken-header =
    .what = A header that is not the right one is in front, or it is damaged: { $path ->
        [none] { $name }
       *[other] { $path }
    }
    .fix = Take the directory out of CPATH, C_INCLUDE_PATH, CGO_CFLAGS and CGO_CPPFLAGS; if it is the system's, reinstall its package
diagnose-bad-compiler-flag =
    .what = The C compiler does not know a flag that it is given{ $flag ->
        [none] {""}
       *[other] : { $flag }
    }
    .fix = Take the flag out of CGO_CFLAGS, CGO_CPPFLAGS, CGO_LDFLAGS or CC, or use the compiler that knows it
diagnose-broken-runtime-lib =
    .what = A shared library is damaged, or another one of the same name is in front{ $path ->
        [none] {""}
       *[other] : { $path }
    }
    .fix = Take its directory out of LD_LIBRARY_PATH, LD_PRELOAD or /etc/ld.so.conf.d; if it is the system's, reinstall its package

diagnose-own-compile =
    .what = The program does not compile: { $place ->
        [none] its own code has an error
       *[other] an error at { $place }
    }
    .fix = Correct the program
diagnose-own-include =
    .what = The program includes a header of its own that is not there: { $name }
    .fix = Correct the program
diagnose-own-test =
    .what = A test of the program failed
    .fix = Correct the program or its test
diagnose-own-panic =
    .what = The program itself ended with a panic
    .fix = Correct the program
diagnose-own-no-go-files =
    .what = There are no Go files in { $path }
    .fix = { $program ->
        [none] Name a directory that has some: go run ./DIR
       *[other] Name the directory of the program: go run { $program }
    }
diagnose-own-not-main =
    .what = { $package } is not a program: only a package main can be run or installed
    .fix = { $program ->
        [none] Name the directory of a package main: go run ./DIR
       *[other] Name the directory of the program: go run { $program }
    }
diagnose-own-misspelt-import =
    .what = The import { $wrong } is misspelt{ $place ->
        [none] {""}
       *[other] {" "}({ $place })
    }: { $right } is meant
    .fix = Write "{ $right }" in the import
diagnose-own-no-such-version =
    .what = { $module } has no version { $version }
    .fix = Require a version that exists{ $right ->
        [none] {""}
       *[other] ; the newest that is known here is { $right }: go get { $module }@v{ $right }
    }
diagnose-own-package =
    .what = The packages of the program, or what was asked for, do not fit together
    .fix = Correct the imports, or the command
diagnose-own-flag =
    .what = The program was started with an option that it does not know{ $flag ->
        [none] {""}
       *[other] : { $flag }
    }
    .fix = Correct the command
