# Checks of display and OpenGL.

display-reachable =
    .title = Display
    .looks = DISPLAY and WAYLAND_DISPLAY, and whether a display server answers there. If neither is set: Xvfb, for a private display
    .why = A Fyne program needs a display. If no server answers at DISPLAY, the program ends with "Failed to detect any supported platform" and a Go panic.
    .by-hand = Remove a DISPLAY or WAYLAND_DISPLAY that does not work from the file that sets it. On a machine without a screen: sudo apt-get install xvfb, then start a program with fyne-setup run --virtual-display -- CMD
    .by-us = Comments out the line that names a display that does not answer, after a backup; installs Xvfb if there is no display
    .unseen = Whether a server that answers also shows windows: a screen that is off or locked, a window manager that hangs. The proof sees it
display-reachable-build = not needed for builds only
display-x11-ok = { $display }, { $vendor }
display-wayland-ok = Wayland, { $path }
display-none = no display on this machine; the proof uses a private one ({ $xvfb }), as does fyne-setup run --virtual-display -- CMD
display-nowhere = neither a display nor Xvfb is available
display-nowhere-cause = DISPLAY and WAYLAND_DISPLAY are not set, and Xvfb (package { $package }) is missing
display-x11-dead = no X server answers at DISPLAY={ $display }
display-x11-unknown = cannot tell whether an X server answers at DISPLAY={ $display }: { $why }
display-x11-refused = the X server at DISPLAY={ $display } refuses this user
display-x11-refused-cause = an X server answers at { $setting }, but this user has no authorization for it: { $words }
display-x11-refused-decide = allow this user, in a terminal of the session's owner
display-wayland-dead = no compositor answers at { $path }
display-wayland-unknown = cannot tell whether a compositor answers at { $path }: { $why }
display-xvfb-unknown = cannot tell whether Xvfb is installed: { $why }
display-forced = Fyne is told to use { $platform }, which is not available
display-forced-cause = { $setting } requires { $platform }, but no such display answers
display-dead-cause = { $setting } names { $socket }, but no server answers there

display-gl =
    .title = OpenGL
    .looks = libGL.so.1 as the loader finds it, an OpenGL driver (Mesa's or a vendor's), variables that affect them, and, where libraries come from outside the system, whether these have the versions and symbols that Fyne and the driver need
    .why = Fyne needs OpenGL 2.1. Without a driver no window can be created: the program only logs this and keeps running without a window.
    .by-hand = sudo apt-get install libgl1-mesa-dri; remove a wrong LD_LIBRARY_PATH, LIBGL_DRIVERS_PATH, LIBGL_ALWAYS_INDIRECT, GALLIUM_DRIVER or MESA_GL_VERSION_OVERRIDE from the file that sets it
    .by-us = Installs the driver; comments out the line that sets a wrong variable, after a backup
    .unseen = A driver that loads and then fails with this graphics card, and rules for single programs (drirc, environment in .desktop files). The proof sees the first
display-gl-build = not needed for builds only
display-gl-ok = { $driver }
display-gl-unknown = cannot check OpenGL: { $why }
display-gl-no-library = libGL.so.1 is not installed
display-gl-no-library-cause = OpenGL is missing: the package { $package } and its dependencies
display-gl-no-driver = no OpenGL driver was found
display-gl-no-driver-cause = Mesa's drivers are missing: the package { $package }
display-gl-hidden-cause = { $setting } names directories without drivers; without it the drivers are found
display-gl-broken = { $path } cannot be loaded: { $why }
display-gl-broken-told = { $setting } puts { $path } first, which is not a library
display-gl-broken-cause = { $path } is damaged
display-gl-unfit = Fyne programs cannot use { $path }: { $why }
display-gl-unfit-told = { $setting } makes programs load { $path } instead of the library of the system
display-gl-unfit-conf = line { $line } of { $conf } makes programs load { $path } instead of the library of the system
display-gl-unfit-cause = programs load { $path } instead of the library of the system
display-gl-unfit-decide = decide whether { $path } may go
display-gl-too-low = OpenGL { $version } is requested, which is too old for Fyne
display-gl-too-low-cause = { $setting } limits OpenGL to less than { $wanted }, the version that Fyne needs
display-gl-indirect = indirect OpenGL is requested, and Fyne cannot draw with it
display-gl-indirect-cause = { $setting } sends OpenGL through the display server, which offers less than OpenGL 2.1 there, or none at all
display-gl-renderer = OpenGL has no renderer named { $renderer }
display-gl-renderer-cause = { $setting } names a renderer that Mesa does not have; valid names are { $known }

display-fyne-settings =
    .title = Fyne's settings
    .looks = settings.json and theme.json in Fyne's own directory (~/.config/fyne), and FYNE_SCALE: whether a Fyne program can get past them
    .why = Every Fyne program reads them before its window opens. It waits for ever for a pipe, and a scale in the hundreds asks for a window that no display server makes.
    .by-hand = Move the named file away; set the scale in fyne_settings, or take it out of the file
    .by-us = Comments out the line that sets FYNE_SCALE, after a backup. Does not change Fyne's own files: they are yours
    .unseen = The preferences of single programs. What Fyne merely reports and passes over is no finding: a damaged settings.json, a directory that belongs to somebody else
display-fyne-settings-ok = nothing in them stops a window
display-fyne-settings-blocked = every Fyne program waits for { $path } and shows no window
display-fyne-settings-blocked-cause = { $path } is not a file: a program that reads it waits until something is written to it
display-fyne-settings-decide = move { $path } away, if nothing of yours uses it
display-fyne-settings-scale = Fyne is told to draw everything { $scale } times as large, and a display server makes no window of that size
display-fyne-settings-scale-cause = { $file } says "scale": { $scale }
display-fyne-settings-scale-variable = { $setting } is far too large
display-fyne-settings-scale-decide = set "scale" in { $file } to 1, or to what suits your screen
