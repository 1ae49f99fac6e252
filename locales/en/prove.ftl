# The proof: a real window. Every key has its twin in the other language.
prove-rests-users = the window on the display { $display }, read from outside
prove-rests-private = the window on a private virtual display (Xvfb, software OpenGL), read from outside
prove-ended = The program ended before its window was seen (exit { $code }): { $said }
prove-no-window = The program runs, but it could not open a window: { $said }
prove-no-window-in-time = No window appeared within { $seconds } s. Last words of the program: { $said }
prove-hidden = The window is there, but what it shows could not be read within { $seconds } s
prove-wrong-picture = The window opened, but after { $seconds } s it shows { $percent } % of what was drawn
prove-seen-instead = What was seen instead is in { $path }
prove-display-lost = The display { $display } cannot be read: { $said }
prove-no-server = { $program } did not start: { $said }
prove-cannot-look = Only a Wayland display is there, and its windows cannot be read from outside
    .hint = Install Xvfb (package xvfb) for a private virtual display, or XWayland
prove-no-display = There is no display, and no Xvfb to make a private one
    .hint = Install Xvfb (package xvfb), or run this on the desktop
prove-seen = the window was seen after { $millis } ms ({ $rests }); its picture is { $path }
