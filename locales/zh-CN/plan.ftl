# What a plan does, one sentence an action.
plan-heading = 将执行以下操作：
plan-empty = 无需操作：一切就绪
plan-unknown = 就 fyne-setup 所能检查的内容而言，无需操作。无法检查：
plan-nothing-by-itself = 这里没有 fyne-setup 可以自行更改的内容
plan-refresh = 刷新 { $manager } 的软件包列表
plan-repository = 启用软件源 { $repository }，其中有所需的软件包
plan-packages = 用 { $manager } 安装 { $count } 个系统软件包：{ $names }{ $more ->
    [0] {""}
   *[other] {" "}等
}
plan-go = 下载 Go { $version }，校验后解压到 { $root }
plan-switch = 启用 { $root } 中的 Go（{ $link }）
plan-set = 在 { $file } 中设置 { $key }={ $value }
plan-put-last = 在 { $file } 第 { $line } 行中把 { $dir } 从 PATH 最前移到最后
plan-line-ends = 去掉 { $file } 行末的回车符（该文件用的是 Windows 换行）
plan-fix = 注释掉 { $file } 第 { $lines } 行（共 { $count } 行）中的 { $names }；该行的其他设置保留
plan-fix-garbage = 注释掉 { $file } 中并非有效设置的 { $count } 行（第 { $lines } 行）
plan-variable-remove = 从 { $key } 中移除 { $name }
plan-variable-front = 把 { $dirs } 放到 { $key } 中 { $name } 的最前面
plan-unset = 从 { $file } 中移除 { $key }
plan-env-files = 为各种 shell 写入我们的设置，并将 { $path } 加入 PATH
plan-profile = 在 { $file } 中加入一段带标记的内容，用于读取我们的设置
plan-modules = 下载并校验 Fyne { $fyne } 的模块
plan-program = 用 Fyne { $fyne } 构建一个小程序
plan-cli = 构建 { $module } 并安装到 { $bin }
plan-prove = 打开它的窗口并核对画面
plan-warm = 为 Fyne { $fyne } 的首次 `fyne build` 做好准备
plan-administrator = 您在此无权安装系统软件包。请让管理员运行以下命令，可在 fyne-setup 之前运行，也可同时运行；其余部分由 fyne-setup 完成：
plan-administrator-only = 其余部分已就绪：fyne-setup 没有其他要做的
plan-anew = 之后会重新制定计划。按机器目前的状态：
plan-unmet = 以下内容不会执行，需要您决定：
plan-unmet-line = { $title }（fyne-setup explain { $id }）
timings-heading = 各步骤耗时（自开始起的秒数）：
timings-line = { $from } 至 { $to }  { $what }
timings-critical = * 关键路径：本次运行所等待的步骤
plan-libraries-standard = 编译 Go 标准库中不需要 C 编译器的部分
plan-libraries-pure = 编译 Fyne { $fyne } 中不需要 C 编译器的部分
plan-libraries-gl = 编译 OpenGL 绑定，即首次构建中最耗时的部分
plan-reinstall = 用 { $manager } 重新安装 { $names } 的文件：其中有损坏
plan-reinstall-newest = 用 winget 安装最新的 { $names }，取代现有的（过旧或已损坏）
plan-visual-studio = 向 { $dir } 添加：{ $components }（需要管理员，耗时数分钟）
plan-command-line-tools = 用 softwareupdate 安装 Apple 的命令行工具（需要管理员，耗时数分钟；适用 Apple 的许可协议）
plan-developer-dir = 使用 { $dir } 中的开发者工具（需要管理员）
plan-developer-dir-reset = 让 xcode-select 使用常用位置的工具（需要管理员）
plan-wslg-sockets = 重新在 /tmp/.X11-unix 中提供 WSLg 的套接字（{ $dir }），直到重启 WSL
plan-wslg-sockets-each-start = 重新在 /tmp/.X11-unix 中提供 WSLg 的套接字（{ $dir }），并通过 { $file } 在每次启动时都这样做
plan-windows-firewall = 允许 { $from } 通过 Windows 防火墙访问端口 { $port }（Windows 会要求管理员确认）
plan-configure = 让 { $manager } 完成被中断的操作
plan-restore-go = 从已校验的归档恢复 { $root } 中 Go { $version } 的损坏文件
plan-restore-modules = 将模块缓存中的 { $modules } 恢复为发布时的内容，并保存被改动的部分
plan-complete-sums = 依据校验和数据库，为 { $file } 补上缺少的行
plan-pin = 固定 { $dir } 中项目的版本：在 go.mod 中写入 { $edits }，并写入 { $file }
plan-pin-lock = 写入 { $file }
plan-replace-cache = 将 { $dir } 移到一旁，在原处建立属于您的缓存，并放入旧缓存中可读的内容
plan-drop-builds = 从 { $dir } 中移除 { $count } 个损坏的条目，Go 会重新生成
