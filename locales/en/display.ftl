# Checks of display and OpenGL. Every key has its twin in the other language.

display-reachable =
    .title = Display
    .looks = DISPLAY and WAYLAND_DISPLAY, and whether a server answers there; else Xvfb, for a private display
    .why = A Fyne program needs a display. With a DISPLAY that nobody serves it ends with "Failed to detect any supported platform" and a Go panic.
    .by-hand = Take a dead DISPLAY or WAYLAND_DISPLAY out of the file that sets it. On a machine without a screen: sudo apt-get install xvfb
    .by-us = The line that sets a dead name is commented out, with a backup; Xvfb is installed where there is no display
display-reachable-build = not needed to build only
display-x11-ok = { $display }, { $vendor }
display-wayland-ok = Wayland, { $path }
display-none = no display here; a private one is used for the proof ({ $xvfb })
display-nowhere = no display, and no Xvfb to stand in for one
display-nowhere-cause = neither DISPLAY nor WAYLAND_DISPLAY is set, and Xvfb (package { $package }) is missing
display-x11-dead = no X server answers at DISPLAY={ $display }
display-x11-unknown = cannot tell whether an X server answers at DISPLAY={ $display }: { $why }
display-x11-refused = the X server at DISPLAY={ $display } does not let this user in
display-x11-refused-cause = { $setting } is served, but asks for an authorisation that this user lacks: { $words }
display-x11-refused-decide = let this user in, from a terminal of the session's owner
display-wayland-dead = no compositor answers at { $path }
display-wayland-unknown = cannot tell whether a compositor answers at { $path }: { $why }
display-xvfb-unknown = cannot tell whether Xvfb is there: { $why }
display-forced = Fyne is told to use { $platform }, which is not there
display-forced-cause = { $setting } insists on { $platform }, and no such display answers
display-dead-cause = { $setting } names { $socket }, where nobody answers

display-gl =
    .title = OpenGL
    .looks = libGL.so.1 as the loader finds it, an OpenGL driver (Mesa's or a vendor's), and variables that change either
    .why = Fyne asks for OpenGL 2.1. Without a driver the window is never created: that is only logged, and the program lives on without one.
    .by-hand = sudo apt-get install libgl1-mesa-dri; take a wrong LD_LIBRARY_PATH, LIBGL_DRIVERS_PATH, LIBGL_ALWAYS_INDIRECT, GALLIUM_DRIVER or MESA_GL_VERSION_OVERRIDE out of the file that sets it
    .by-us = The driver is installed; the line that sets a wrong variable is commented out, with a backup
display-gl-build = not needed to build only
display-gl-ok = { $driver }
display-gl-unknown = cannot look for OpenGL: { $why }
display-gl-no-library = libGL.so.1 is not installed
display-gl-no-library-cause = OpenGL is missing: the package { $package } and what it needs
display-gl-no-driver = there is no OpenGL driver
display-gl-no-driver-cause = Mesa's drivers are missing: the package { $package }
display-gl-hidden-cause = { $setting } names directories without drivers; without it they are found
display-gl-broken = { $path } cannot be loaded: { $why }
display-gl-broken-told = { $setting } puts { $path } first, which is no library
display-gl-broken-cause = { $path } is damaged
display-gl-too-low = OpenGL { $version } is asked for, which is too old for Fyne
display-gl-too-low-cause = { $setting } lowers OpenGL below { $wanted }, which Fyne needs
display-gl-indirect = indirect OpenGL is asked for, which Fyne cannot draw with
display-gl-indirect-cause = { $setting } sends OpenGL through the display server, which offers less than 2.1 there or nothing
display-gl-renderer = OpenGL has no renderer called { $renderer }
display-gl-renderer-cause = { $setting } names a renderer that Mesa does not have; known are { $known }
