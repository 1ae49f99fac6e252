# The proof: a real window.
prove-rests-users = the window on the display { $display }, read from outside
prove-rests-private = the window on a private virtual display (Xvfb, software OpenGL), read from outside
prove-rests-desktop = the window on the desktop, read from the screen
prove-rests-behind = the window on the desktop, read from the window itself, because another one is in front of it
prove-rests-window = the window on the desktop, read from the window itself; the screen shows something else there
prove-rests-self-reported = drawn by the program and read by itself; nobody looked at the screen
prove-rests-recorded = the window on the desktop, in the picture that macOS takes of it for this terminal
prove-mac-no-session = no window can be shown here: this session of macOS has no desktop
prove-ended = The program ended before its window was seen (exit { $code }): { $said }
prove-no-window = The program runs, but it could not open a window: { $said }
prove-no-window-in-time = No window appeared within { $seconds } s. Last output of the program: { $said }
prove-self-reported-nothing = The program runs, but within { $seconds } s it reported nothing of what it draws, so it is unknown whether its window opened. Last output of the program: { $said }
    .hint = Run this in a terminal on the Mac itself, with the screen on and unlocked, and look whether a window with coloured squares opens
prove-self-reported-blank = The program runs, but after { $seconds } s what it reads back from its window is still of one colour. Some systems do not let a program read what the screen shows, so it is unknown whether its window is right
    .hint = Look at the window yourself: it has coloured squares. Or let this terminal record the screen, in System Settings, Privacy & Security, Screen & System Audio Recording, and open it again; fyne-setup then takes a picture of its own window, and of nothing else. It never asks for that right
prove-recorded-unclear = The program runs, but within { $seconds } s neither the picture that macOS takes of its window nor what the program reads back shows what was drawn, so it is unknown whether its window is right
prove-hidden = The window is open, but its content could not be read within { $seconds } s
prove-wrong-picture = The window opened, but after { $seconds } s it showed only { $percent } % of the expected picture
prove-blank = The window opened, but after { $seconds } s it is still of one colour: the program draws, and the graphics driver shows nothing of it
prove-covered = The window opened, but after { $seconds } s other windows are still in front of it, and what it draws cannot be read from the window itself
prove-seen-instead-and = { $hint }. A picture of the window is in { $path }
prove-seen-instead = A picture of the window is in { $path }
prove-display-lost = The display { $display } cannot be read: { $said }
prove-no-server = { $program } did not start: { $said }
prove-cannot-look = Only a Wayland display is available, and its windows cannot be read from outside
    .hint = Install Xvfb (package xvfb) for a private virtual display, or XWayland
prove-no-display = Neither a display nor Xvfb is available
    .hint = Install Xvfb (package xvfb), or run this on a desktop
prove-no-desktop = No window can be shown here: session { $session } has no desktop
    .hint = Run this in a terminal on the desktop of Windows, or add --goal build for a machine that only builds
prove-wslg-hidden = WSLg is running, but programs do not find its display: its sockets are in { $dir }/.X11-unix and not in /tmp/.X11-unix
    .hint = Show them there again, then run this once more: { $command }
prove-self-reported = the program drew its window after { $millis } ms ({ $rests }); its picture is { $path }
prove-seen = the window appeared after { $millis } ms ({ $rests }); its picture is { $path }
trial-quick = a quick look found nothing wrong; looking deeper
trial-build = building { $dir }
trial-window = opening a window
rests-go = Go { $version } is as it was published, file by file
rests-modules = { $count ->
    [one] one module is as it was published
   *[other] { $count } modules are as they were published
}
rests-builds = the build cache is intact
rests-packages = all packages of your project were built
rests-programs = { $count ->
    [one] your project was built: { $names }
   *[other] { $count } programs of your project were built: { $names }
}
rests-window = a window appeared ({ $rests }); its picture is { $path }
rests-window-self-reported = a window was drawn ({ $rests }); its picture is { $path }
rests-window-before-self-reported = a window was drawn here before, by the word of the program that drew it or in the picture that macOS took of it, and nothing that it depends on has changed
rests-window-before = a window appeared here before, and nothing that it depends on has changed
