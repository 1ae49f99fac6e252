# Checks of compiler, pkg-config and headers.

cgo-compiler =
    .title = C 编译器
    .looks = cgo 将调用的编译器（CC，否则为 gcc）：是否存在，以及能否用它编译并链接一个小程序
    .why = Fyne 通过 C 代码调用 OpenGL 绘图。没有 C 编译器时，Go 会悄悄关闭 cgo，并报告 “build constraints exclude all Go files”。
    .by-hand = 安装 gcc 和 C 库头文件：sudo apt-get install gcc libc6-dev。如果 CC 设置有误，请运行 go env -u CC，或从配置文件中删除它。
    .by-us = 安装相应软件包；如果 CC 指向不存在的程序，则在其设置处移除；如果 PATH 前面的目录里有使编译器失效的工具，则注释掉加入它的那一行，或让 Go 使用它后面的编译器
    .unseen = 只在大文件中才出现的问题：编译器自身的缺陷，或内存耗尽
    .looks-windows = cgo 将调用的 C 编译器（CC，否则为 gcc）：是哪一种、用于哪种处理器、链接器有多旧，以及能否用它编译、链接并启动一个小程序；如果它不可用，还查找安装在别处的编译器
    .by-hand-windows = 安装 WinLibs：winget install --id BrechtSanders.WinLibs.POSIX.UCRT --exact（ARM64：MartinStorsjo.LLVM-MinGW.UCRT）。使用 MSYS2 时安装 UCRT64 的 gcc：pacman -S mingw-w64-ucrt-x86_64-gcc，并把其 ucrt64\bin 加入 PATH；不要用 MSYS 或 Cygwin 自己的 gcc。如果 CC 设置有误，请运行 go env -u CC，或在设置它的地方删除它
    .by-us-windows = 用 winget 安装该软件包。如果已经装有可用的编译器，则把它的目录放到 PATH 最前面。如果 CC 指向不存在的程序，则在其设置处移除
    .looks-macos = cgo 将调用的 C 编译器（CC，否则为 clang）：能否用 Fyne 所用的框架编译并链接一个 Objective-C 小程序。只有在 Apple 的工具存在时才启动它（system.xcode）
    .by-hand-macos = 使用 Apple 的 clang：在 PATH 中把其他编译器（Homebrew 的 llvm、MacPorts、pkgsrc、conda）的 bin 目录移到 /usr/bin 之后，或运行 go env -w CC=/usr/bin/clang。如果为其他用途设置了 SDKROOT、CPATH 或 LIBRARY_PATH，请移除
    .by-us-macos = 如果 PATH 前面的编译器无法为 macOS 构建，则让 Go 使用 Apple 的 clang；在设置处移除使编译器失效的变量；如果 Apple 的命令行工具已损坏，则重新安装
cgo-compiler-ok = { $version }
cgo-compiler-absent = 没有 C 编译器
cgo-compiler-absent-cause = 缺少软件包 { $package }，因此 PATH 中没有 gcc
cgo-compiler-absent-damaged = 软件包 { $package } 已安装，但 PATH 中没有 gcc
cgo-compiler-unknown = 无法试用 { $name }：{ $why }
cgo-compiler-cc-gone = C 编译器 { $name } 不存在
cgo-compiler-cc-gone-cause = { $setting } 指定了 { $name }，但它并不存在
cgo-compiler-cc-broken = { $setting } 指定的编译器无法编译
cgo-compiler-broken = { $path } 无法编译并链接一个小的 C 程序
cgo-compiler-spoiled = 问题出在 { $setting }：去掉它，编译器就能正常工作
cgo-compiler-detour = { $entry } 最先被使用，并使编译器无法工作：没有它时编译器正常
cgo-compiler-libc = 缺少软件包 { $package }，即编译所需的 C 库
cgo-compiler-damaged = 软件包 { $package } 的文件已损坏或丢失
cgo-compiler-ok-origin = { $version }，{ $origin }
cgo-compiler-off-path = PATH 中没有 gcc
cgo-compiler-off-path-cause = { $origin } 在 { $dir } 中有 C 编译器，但该目录不在 PATH 中
cgo-compiler-clang-alone-cause = { $dir } 中的 { $origin } 只有 clang，而除非 CC 指定其他编译器，cgo 会调用 gcc
cgo-compiler-cygwin = { $path } 为 { $world } 编译，而不是为 Windows 编译
cgo-compiler-cygwin-cause = { $path } 是 { $world } 自己的 gcc：Go 自带的 C 代码无法用它编译（`_beginthread`），它生成的程序也需要 { $world } 才能运行。cgo 需要 MinGW-w64 的 gcc
cgo-compiler-32-bit = { $path } 只能为 32 位 Windows 编译
cgo-compiler-32-bit-cause = { $origin } 是 32 位编译器，而且被优先使用；64 位的 Go 会以“64-bit mode not compiled in”结束
cgo-compiler-msvc = { $path } 按 Microsoft 编译器的方式编译，cgo 无法使用
cgo-compiler-msvc-cause = cgo 需要 MinGW-w64 的 gcc 或 clang。Microsoft 的编译器以及与之配套的 clang 无法用于 cgo
cgo-compiler-processor-cause = Go { $go } 在这里为 { $arch } 编译，而这个编译器不是
cgo-compiler-old-linker = { $path } 链接的程序无法启动
cgo-compiler-old-linker-cause = 它的链接器是 { $linker }。Go { $go } 写入的调试信息（DWARF 5）会被 { $least } 之前的链接器损坏，Windows 会显示“此应用无法在你的电脑上运行”
cgo-compiler-no-start = { $path } 生成的程序无法启动
cgo-compiler-no-start-cause = 杀毒软件或这台计算机的规则拒绝了它，或缺少它所需的库
cgo-compiler-no-start-decide = 请查看“Windows 安全中心”的历史记录。如果它阻止新程序，请允许 { $dir } 和 Go 构建缓存中的程序，或联系这台计算机的管理员
cgo-compiler-unquoted = { $setting } 的路径含空格而没有引号，因此 { $name } 被当作程序
cgo-pkg-config-windows = Windows 上不需要
cgo-headers-windows = Windows 上不需要：MinGW-w64 的 C 编译器自带
cgo-libraries-windows = Windows 上不需要：MinGW-w64 的 C 编译器自带
cgo-compiler-unquoted-decide = 请在设置 CC 的地方给路径加上引号；这一行 PowerShell 命令只对当前窗口有效
cgo-compiler-by-hand = 有了 winget 之后，`fyne-setup install` 会安装编译器。手动方式：解压 WinLibs（winlibs.com，UCRT，Win64），并把其中的 mingw64\bin 加入 PATH
cgo-compiler-foreign = { $path } 的编译目标是 { $machine }，而不是本机
cgo-compiler-foreign-cause = { $path } 是交叉编译器（{ $machine }），而 cgo 每次构建都会调用它
cgo-compiler-foreign-decide = 请让本机的编译器排在 PATH 的前面
cgo-compiler-broken-macos = { $path } 无法编译并链接一个 macOS 小程序
cgo-compiler-off-path-macos = PATH 中没有 clang
cgo-compiler-off-path-macos-cause = PATH 中没有 /usr/bin，而 macOS 的 clang 在那里
cgo-compiler-detour-macos = { $entry } 排在前面，其中来自 { $origin } 的编译器无法为 macOS 构建；排在后面的 clang（来自 Apple）可以
cgo-compiler-tools-damaged = Apple 开发者工具存在，但无法构建一个小程序
cgo-compiler-xcode-again = 重新安装 { $name }，或另外安装 Apple 的命令行工具：xcode-select --install
cgo-pkg-config-macos = macOS 上不需要
cgo-headers-macos = macOS 上不需要：由 SDK 提供
cgo-libraries-macos = macOS 上不需要：由 SDK 提供

cgo-pkg-config =
    .title = pkg-config
    .looks = pkg-config（或 PKG_CONFIG 指定的程序），以及它是否认识 cgo 查询的模块：gl，以及 Fyne 2.8 起的 wayland-client
    .why = go-gl 和 Fyne 向 pkg-config 询问如何编译和链接，得不到答案，构建就会中止
    .by-hand = sudo apt-get install pkg-config libgl-dev libwayland-dev；如果 PKG_CONFIG_LIBDIR 遮住了系统模块，请取消它；如果 .pc 文件损坏，请重新安装所属软件包
    .by-us = 安装或重新安装相应软件包；遮住模块的变量会在其设置处移除；如果 PATH 上另一个 pkg-config 不认识这些模块，则让 Go 使用系统的 pkg-config
    .unseen = 只有您自己的依赖才会查询的模块
    .looks-windows = 无：在 Windows 上，Fyne 及其 OpenGL 绑定不使用 pkg-config
    .why-windows = 只有 Linux 需要它
    .by-hand-windows = 无需任何操作
    .by-us-windows = 无需任何操作
    .unseen-windows = 您自己的、使用 pkg-config 的包
    .looks-macos = 无：在 macOS 上，Fyne 及其 OpenGL 绑定不使用 pkg-config
    .why-macos = 只有 Linux 需要它
    .by-hand-macos = 无需操作
    .by-us-macos = 无需操作
    .unseen-macos = 您自己使用 pkg-config 的软件包
cgo-pkg-config-ok = pkg-config { $version }
cgo-pkg-config-absent = 没有 pkg-config
cgo-pkg-config-absent-cause = 缺少软件包 { $package }
cgo-pkg-config-gone = pkg-config 程序 { $program } 不存在
cgo-pkg-config-gone-cause = { $setting } 指定的程序不存在
cgo-pkg-config-unknown = 无法运行 pkg-config：{ $why }
cgo-pkg-config-silent = { $path } 没有给出版本号
cgo-pkg-config-module = pkg-config 找不到 { $module }
cgo-pkg-config-module-cause = 缺少 { $module }.pc，它由软件包 { $package } 提供
cgo-pkg-config-hidden = { $setting } 使 pkg-config 看不到 { $module }
cgo-pkg-config-hidden-damaged = { $setting } 使 pkg-config 找不到 { $module }，而且它后面的 { $file } 也已损坏；该文件属于软件包 { $package }
cgo-pkg-config-detour = { $entry } 里的 pkg-config 不认识 { $module }，而它后面的 pkg-config 认识
cgo-pkg-config-nobodys = { $file } 已损坏，不属于任何软件包，并遮住了软件包 { $package } 的文件
cgo-pkg-config-nobodys-decide = 如果您不需要 { $file }，请把它移走
cgo-pkg-config-damaged = { $file } 已损坏，它属于软件包 { $package }

cgo-headers =
    .title = C 头文件
    .looks = GLFW 和 OpenGL 绑定包含的每个头文件，由编译器按您的 CGO_CFLAGS 和 CGO_CPPFLAGS 读取
    .why = 缺少一个头文件就会让 Fyne 的构建在开始几分钟后中止；Go 的构建缓存可能会把问题掩盖一段时间
    .by-hand = 安装所列软件包：sudo apt-get install libgl-dev libegl-dev libx11-dev libxext-dev libxrandr-dev libxcursor-dev libxinerama-dev libxi-dev libxxf86vm-dev libwayland-dev libxkbcommon-dev
    .by-us = 只安装缺少头文件的那些软件包，一次完成。如果 libwayland 对这个 Fyne 来说太旧，则设置 GOFLAGS=-tags=x11，只为 X11 构建 Fyne
    .unseen = 只有您自己的依赖才会包含的头文件；以及能读取但内容有误的头文件
    .looks-windows = 无：在 Windows 上，MinGW-w64 的 C 编译器自带 Fyne 需要的所有头文件
    .by-hand-windows = 无需任何操作；C 编译器另有检查项
    .by-us-windows = 无需任何操作
    .unseen-windows = 只有您自己的依赖才会包含的头文件
    .looks-macos = 无：在 macOS 上，SDK 自带 Fyne 需要的所有头文件
    .by-hand-macos = 无需操作；C 编译器另有检查
    .by-us-macos = 无需操作
    .unseen-macos = 只有您自己的依赖才包含的头文件
cgo-headers-ok = { $count } 项均已就绪
cgo-headers-unknown = 无法检验头文件：{ $why }
cgo-headers-damaged = { $count ->
        [1] { $what } 已损坏
       *[other] 有 { $count } 个头文件已损坏：{ $what }
    }
cgo-headers-damaged-cause = { $what } 是空的或已损坏；重新安装 { $names } 即可恢复
cgo-headers-damaged-nobodys = { $what } 是空的或已损坏，且不属于任何软件包
cgo-headers-missing = { $count ->
        [1] 未安装 { $what }
       *[other] 有 { $count } 个头文件未安装：{ $what }
    }
cgo-headers-apart = 找不到 { $what }，虽然它已经安装
cgo-headers-apart-cause = { $packages } 的头文件在单独的目录里；pkg-config 给出 { $flags }，而 Fyne 的 GLFW 不询问它
cgo-headers-apart-decide = 在设置 { $variable } 的地方加上 { $flags }
cgo-headers-old = Fyne { $fyne } 需要 { $since } 或更新的版本
cgo-headers-old-cause = { $package } 太旧：{ $header } 没有定义 { $word }，它从 { $since } 起才有
cgo-headers-old-tag = 在设置 GOFLAGS 的地方加上构建标签 { $tag }：它会去掉这个库
cgo-headers-old-decide = 换用更新的发行版，或使用 Fyne { $fyne } 之前的版本系列
cgo-parts-missing-cause = { $count ->
        [1] 缺少软件包 { $names }
       *[other] 缺少以下软件包：{ $names }
    }
cgo-parts-waiting = { $cause }；另有 { $count } 个引用它的部分因此失败
cgo-parts-damaged-cause = { $names } 已安装，但 { $what } 丢失或损坏
cgo-parts-unnamed-cause = 没有软件包提供 { $what }，而 fyne-setup 不认识此系统的软件包名称
cgo-parts-wait = 有了可用的 C 编译器之后才能检验
cgo-parts-hidden = 编译器找不到 { $what }
cgo-parts-hidden-cause = 问题出在 { $setting }：去掉它就能找到 { $what }
cgo-parts-hidden-besides = { $hidden }；此外，{ $what } 也没有安装：{ $missing }

cgo-libraries =
    .title = C 库
    .looks = GLFW 和 OpenGL 绑定链接的每个库，按您的 CGO_LDFLAGS 链接
    .why = 缺少某个库时，构建会以 “cannot find -l…” 中止。指向不存在文件的 libGL.so 往往是卸载显卡驱动后留下的。
    .by-hand = 安装所列软件包；如果链接指向不存在的文件，重新安装所属软件包即可：sudo apt-get install --reinstall libgl-dev
    .by-us = 安装相应软件包；文件损坏时重新安装
    .unseen = 程序运行时自行打开的库（libdecor、Vulkan）。使用 --deep 时，会按加载器的方式查找上一个验证程序所用的库
    .looks-windows = 无：在 Windows 上，MinGW-w64 的 C 编译器自带 Fyne 要链接的所有库
    .why-windows = 缺少某个库时，构建会以 “cannot find -l…” 中止
    .by-hand-windows = 无需任何操作；C 编译器另有检查项
    .by-us-windows = 无需任何操作
    .unseen-windows = 程序运行时自行打开的 DLL
    .looks-macos = 无：在 macOS 上，SDK 自带 Fyne 链接的所有框架
    .why-macos = 缺少框架会使构建以 “framework not found” 中止
    .by-hand-macos = 无需操作；C 编译器另有检查
    .by-us-macos = 无需操作
    .unseen-macos = 程序运行时自行打开的库
cgo-libraries-ok = { $count } 项均已就绪
cgo-libraries-unknown = 无法检验库：{ $why }
cgo-libraries-missing = { $count ->
        [1] 链接器找不到 { $what }
       *[other] 链接器找不到 { $count } 个库：{ $what }
    }
cgo-libraries-unloaded = 加载器无法加载 Fyne 程序所链接的库：{ $what }
cgo-libraries-unloaded-cause = 链接器能找到这些库，加载器却不能：{ $what }
cgo-libraries-dangling = 链接 { $path } 指向的文件不存在

native-msvc =
    .title = Microsoft 编译器
    .looks = 安装了哪个 Visual Studio 或生成工具（2017 至 2026），是否有 C++ 工具和 Windows SDK；使用 --msvc 时，还检查 vcvars64.bat 是否可用、cl 和 rc 能否构建一个小程序
    .why = Go 的 cgo 不使用 cl：Fyne 需要 MinGW-w64 的 gcc。这些工具用于资源、调试器和 Fyne 以外的包
    .by-hand = 在 Visual Studio 安装程序中选择“修改”，再选择“使用 C++ 的桌面开发”
    .by-us = 仅在使用 `fyne-setup install --msvc` 时：用 winget 安装生成工具，或向已有的 Visual Studio 添加缺少的部分。从不重新启动 Windows，undo 也不移除其中任何内容
    .unseen = 不使用 --msvc 时：cl 和 rc 是否真的能构建
native-msvc-elsewhere = 本系统不需要
native-msvc-unknown = 无法查询 Microsoft 编译器：{ $why }
native-msvc-absent = 没有安装 Microsoft 编译器
native-msvc-cgo = Go 的 cgo 不使用它；Fyne 需要的是 MinGW-w64 的 gcc
native-msvc-incomplete = { $count ->
    [one] { $name } 缺少 { $components }
   *[other] { $name } 缺少：{ $components }
}
native-msvc-incomplete-cause = { $dir } 安装时没有包含这些部分；cgo 不需要它们
native-msvc-no-setup = 缺少安装程序：请从 visualstudio.microsoft.com 重新安装生成工具
native-msvc-restart = { $name } 需要重新启动 Windows
native-msvc-restart-decide = 请在方便时重新启动 Windows
native-msvc-ok = { $name }：C++ 工具 { $tools }，Windows SDK { $sdk }
native-msvc-no-environment = { $name } 的 vcvars64.bat 失败
native-msvc-no-resources = { $name } 的 rc 无法编译资源
native-msvc-not-built = { $name } 的 cl 无法编译并链接一个小程序
native-msvc-not-started = { $name } 的 cl 生成的程序无法启动
native-msvc-repair = 请打开安装程序并选择“修复”
