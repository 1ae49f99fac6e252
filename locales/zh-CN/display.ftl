# Checks of display and OpenGL.

display-reachable =
    .title = 显示
    .looks = DISPLAY 和 WAYLAND_DISPLAY，以及对应的显示服务器是否有响应；否则查找用于虚拟显示的 Xvfb
    .why = Fyne 程序需要显示服务器。如果 DISPLAY 指向的地址无人响应，程序会报告 “Failed to detect any supported platform”，随后 Go 崩溃（panic）。
    .by-hand = 从设置文件中删除失效的 DISPLAY 或 WAYLAND_DISPLAY。没有屏幕的机器：sudo apt-get install xvfb，然后用 fyne-setup run --virtual-display -- CMD 启动程序
    .by-us = 注释掉设置失效名称的那一行，并保留备份；没有显示时安装 Xvfb
    .unseen = 能应答的服务器是否真能显示窗口：屏幕关闭或锁定、窗口管理器停止响应。验证窗口时才能看到
display-reachable-build = 仅构建时不需要
display-x11-ok = { $display }，{ $vendor }
display-wayland-ok = Wayland，{ $path }
display-none = 这里没有显示，验证时使用私有虚拟显示（{ $xvfb }），fyne-setup run --virtual-display -- CMD 也是如此
display-nowhere = 没有显示，也没有可以代替的 Xvfb
display-nowhere-cause = DISPLAY 和 WAYLAND_DISPLAY 均未设置，并且缺少 Xvfb（软件包 { $package }）
display-x11-dead = DISPLAY={ $display } 没有 X 服务器响应
display-x11-unknown = 无法判断 DISPLAY={ $display } 是否有 X 服务器响应：{ $why }
display-x11-refused = DISPLAY={ $display } 的 X 服务器不允许该用户连接
display-x11-refused-cause = { $setting } 有服务器响应，但该用户缺少所需的授权：{ $words }
display-x11-refused-decide = 请在会话所有者的终端中允许该用户连接
display-wayland-dead = { $path } 没有合成器响应
display-wayland-unknown = 无法判断 { $path } 是否有合成器响应：{ $why }
display-xvfb-unknown = 无法判断 Xvfb 是否存在：{ $why }
display-forced = Fyne 被要求使用 { $platform }，但它不可用
display-forced-cause = { $setting } 强制使用 { $platform }，但没有这样的显示服务响应
display-dead-cause = { $setting } 指向 { $socket }，但那里无人响应

display-gl =
    .title = OpenGL
    .looks = 加载器找到的 libGL.so.1、OpenGL 驱动（Mesa 或厂商驱动）、影响它们的变量；如果有库来自系统之外，还检查它们是否具备 Fyne 和驱动所需的版本与符号
    .why = Fyne 需要 OpenGL 2.1。没有驱动就无法创建窗口，而程序只会记录一条日志，然后在没有窗口的情况下继续运行。
    .by-hand = sudo apt-get install libgl1-mesa-dri；从设置文件中删除错误的 LD_LIBRARY_PATH、LIBGL_DRIVERS_PATH、LIBGL_ALWAYS_INDIRECT、GALLIUM_DRIVER 或 MESA_GL_VERSION_OVERRIDE
    .by-us = 安装驱动；注释掉设置错误变量的那一行，并保留备份
    .unseen = 能加载但在这块显卡上出错的驱动，以及针对单个程序的规则（drirc、.desktop 文件中的环境变量）。前者在验证窗口时才能看到
display-gl-build = 仅构建时不需要
display-gl-ok = { $driver }
display-gl-unknown = 无法查找 OpenGL：{ $why }
display-gl-no-library = 未安装 libGL.so.1
display-gl-no-library-cause = 缺少 OpenGL：软件包 { $package } 及其依赖
display-gl-no-driver = 没有 OpenGL 驱动
display-gl-no-driver-cause = 缺少 Mesa 驱动：软件包 { $package }
display-gl-hidden-cause = { $setting } 指定的目录中没有驱动；去掉它就能找到驱动
display-gl-broken = 无法加载 { $path }：{ $why }
display-gl-broken-told = { $setting } 使 { $path } 被优先加载，而它不是有效的库
display-gl-broken-cause = { $path } 已损坏
display-gl-unfit = Fyne 程序无法使用 { $path }：{ $why }
display-gl-unfit-told = { $setting } 使程序加载 { $path }，而不是系统的库
display-gl-unfit-conf = { $conf } 第 { $line } 行使程序加载 { $path }，而不是系统的库
display-gl-unfit-cause = 程序加载 { $path }，而不是系统的库
display-gl-unfit-decide = 请决定是否可以移走 { $path }
display-gl-too-low = 要求的 OpenGL { $version } 对 Fyne 来说过旧
display-gl-too-low-cause = { $setting } 把 OpenGL 降到了 { $wanted } 以下，而 Fyne 需要这个版本
display-gl-indirect = 要求使用间接 OpenGL，Fyne 无法用它绘图
display-gl-indirect-cause = { $setting } 让 OpenGL 经由显示服务器渲染，而那里提供的版本低于 2.1，甚至完全不可用
display-gl-renderer = OpenGL 没有名为 { $renderer } 的渲染器
display-gl-renderer-cause = { $setting } 指定的渲染器在 Mesa 中不存在；可用的有 { $known }

display-fyne-settings =
    .title = Fyne 的设置
    .looks = Fyne 自己的目录（~/.config/fyne）中的 settings.json 和 theme.json，以及 FYNE_SCALE：Fyne 程序能否顺利读过它们
    .why = 每个 Fyne 程序在打开窗口之前都会读取它们。遇到管道会一直等待；缩放值达到数百时，没有显示服务器能创建那么大的窗口。
    .by-hand = 把所列文件移走；在 fyne_settings 中设置缩放，或从文件中删去
    .by-us = 备份后注释掉设置 FYNE_SCALE 的行。不改动 Fyne 自己的文件：它们属于您
    .unseen = 单个程序的首选项。Fyne 只记录而不受影响的情况不算问题：settings.json 损坏，目录属于他人
display-fyne-settings-ok = 其中没有妨碍窗口打开的内容
display-fyne-settings-blocked = 每个 Fyne 程序都在等待 { $path }，不显示窗口
display-fyne-settings-blocked-cause = { $path } 不是文件：读取它的程序会一直等到有内容写入
display-fyne-settings-decide = 如果您不使用 { $path }，请把它移走
display-fyne-settings-scale = Fyne 被要求把一切放大到 { $scale } 倍，显示服务器不会创建那么大的窗口
display-fyne-settings-scale-cause = { $file } 中写着 "scale": { $scale }
display-fyne-settings-scale-variable = { $setting } 过大
display-fyne-settings-scale-decide = 把 { $file } 中的 "scale" 设为 1，或适合您屏幕的值
