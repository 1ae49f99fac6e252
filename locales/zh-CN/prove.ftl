# The proof: a real window.
prove-rests-users = 从外部读取的显示器 { $display } 上的窗口
prove-rests-private = 从外部读取的私有虚拟显示器（Xvfb，软件 OpenGL）上的窗口
prove-rests-desktop = 桌面上的窗口，从屏幕读取
prove-rests-behind = 桌面上的窗口，它被另一个窗口挡住，因此直接从窗口读取
prove-rests-window = 桌面上的窗口，直接从窗口读取；屏幕上的该位置显示的是其他内容
prove-rests-self-reported = 由程序绘制并由它自己读回；没有人看过屏幕
prove-mac-no-session = 这里无法显示窗口：此 macOS 会话没有桌面
prove-ended = 程序在窗口出现之前就退出了（退出码 { $code }）：{ $said }
prove-no-window = 程序正在运行，但无法打开窗口：{ $said }
prove-no-window-in-time = { $seconds } 秒内没有出现窗口，程序最后的输出：{ $said }
prove-self-reported-nothing = 程序正在运行，但在 { $seconds } 秒内没有报告它绘制的内容，因此无法得知窗口是否打开。程序最后的输出：{ $said }
    .hint = 请在这台 Mac 自己的终端中运行，保持屏幕开启并解锁，看看是否出现一个带彩色方块的窗口
prove-self-reported-blank = 程序正在运行，但 { $seconds } 秒后它从自己的窗口读回的内容仍然只有一种颜色。有些系统不允许程序读取屏幕显示的内容，因此无法得知窗口是否正确
prove-hidden = 窗口已经打开，但在 { $seconds } 秒内无法读取其内容
prove-wrong-picture = 窗口已经打开，但 { $seconds } 秒后只显示出应有图案的 { $percent } %
prove-blank = 窗口已经打开，但 { $seconds } 秒后仍然只有一种颜色：程序在绘制，而显卡驱动没有显示任何内容
prove-covered = 窗口已经打开，但 { $seconds } 秒后仍被其他窗口挡住，也无法直接从窗口读取其内容
prove-seen-instead = 实际看到的画面保存在 { $path }
prove-display-lost = 无法读取显示器 { $display }：{ $said }
prove-no-server = { $program } 未能启动：{ $said }
prove-cannot-look = 只有 Wayland 显示服务，无法从外部读取其窗口内容
    .hint = 请安装 Xvfb（软件包 xvfb）以使用私有虚拟显示器，或安装 XWayland
prove-no-display = 没有显示器，也没有可用来创建私有显示器的 Xvfb
    .hint = 请安装 Xvfb（软件包 xvfb），或在桌面环境中运行
prove-no-desktop = 这里无法显示窗口：会话 { $session } 没有桌面
    .hint = 请在 Windows 桌面上的终端中运行；只用于构建的机器请加上 --goal build
prove-wslg-hidden = WSLg 正在运行，但程序找不到它的显示：它的套接字位于 { $dir }/.X11-unix，而不在 /tmp/.X11-unix
    .hint = 请重新把它们放到那里，然后再运行一次：{ $command }
prove-self-reported = { $millis } 毫秒后程序绘制了它的窗口（{ $rests }）；截图位于 { $path }
prove-seen = { $millis } 毫秒后看到了窗口（{ $rests }）；截图位于 { $path }
trial-quick = 快速检查没有发现问题；正在深入检查
trial-build = 正在构建 { $dir }
trial-window = 正在打开窗口
rests-go = Go { $version } 的每个文件都与发布的一致
rests-modules = { $count } 个模块与发布的一致
rests-builds = 构建缓存完好
rests-packages = 已构建您项目的所有包
rests-programs = { $count ->
    [one] 已构建您的项目：{ $names }
   *[other] 已构建您项目的 { $count } 个程序：{ $names }
}
rests-window = 窗口已出现（{ $rests }）；截图在 { $path }
rests-window-self-reported = 已绘制窗口（{ $rests }）；截图在 { $path }
rests-window-before-self-reported = 窗口以前在这里绘制过（仅由绘制它的程序报告），它所依赖的一切都没有变化
rests-window-before = 窗口以前在这里出现过，它所依赖的一切都没有变化
