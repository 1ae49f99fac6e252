# The frame of every report: headings, labels, endings.
report-machine = fyne-setup { $version } · { $name } · { $arch }
report-target = 目标：Fyne { $fyne }、Go { $go }、{ $cli }

report-group-system = 系统
report-group-go = Go
report-group-modules = 模块
report-group-cgo = C 编译器与库
report-group-display = 显示
report-group-cli = fyne 命令
report-group-project = 项目

report-group-ok = { $count } 项正常
report-sign-ok = 正常
report-sign-failed = 失败
report-sign-warning = 警告
report-sign-unknown = 未知
report-sign-note = 说明
report-sign-waiting = 等待
report-sign-skipped = 跳过
report-sign-undone = 已撤销

report-waits = 等待先解决：{ $roots }
report-join = ；
report-cause = 原因
report-seen-off-path = PATH 中没有 { $what }
report-seen-unset = 未设置 { $what }
report-seen-empty = { $what }：0 字节
report-seen = 依据
report-where = 位置
report-remedy = 处理
report-details = 详情
report-more = 另有 { $count } 行（加 -v 可全部显示）
report-variable-in = { $variable }，设置于 { $file }
report-variable-here = { $variable }，仅在当前终端中设置

report-count-fail = { $count } 个问题
report-count-warn = { $count } 个警告
report-count-unknown = { $count } 项无法查看
report-count-waiting = { $count } 项等待中
report-count-ok = { $count } 项正常
report-count-info = { $count } 条提示
report-count-skipped = { $count } 项跳过

report-healthy = 这台机器已可用于 Fyne 开发
report-rests = 最后检查
report-not-built = 快速检查不进行构建：fyne-setup repair 会构建您的项目并打开一个窗口
report-named-fine = 您指定的检查没有发现问题；其余检查未运行
report-next-install = 下一步，让 fyne-setup 完成它能做的：
report-next-explain = 下一步，查看如何修复：
report-next-administrator = 下一步，请管理员运行：

report-nothing-to-do = 无需操作：一切就绪
report-nothing-unknown = 未做任何更改：有些内容无法检查
report-nothing-changed = 未做任何更改
report-nothing-fixed = 未做任何更改：这里的问题需要您来处理
report-acted = { $what }（{ $time }）
report-done = 已完成 { $count } 步
report-to-undo = 撤销本次运行所作的更改：
report-undone = { $what }：没有起作用，已撤回
report-not-done = { $what }：未完成
report-cancelled = { $what }：未执行，因为前面的步骤失败
report-stopped = { $what }：已停止
report-of = { $done } / { $total }
report-so-far = 已完成 { $done }
report-packages-of = 第 { $done } / { $total } 个包
report-packages = 已完成 { $done } 个包
report-unknown = 无法检查
report-left = 需要您处理
report-not-yet = 尚未完成
report-fixed = 已修复：{ $what }
report-left-line = { $title }：{ $summary }

report-error = 错误：
report-hint = 提示：
report-at = 位置：
report-log = 日志：
report-also = 另外：

report-explain-cause = 日志显示的问题
report-explain-looks = 检查内容
report-explain-why = 为什么重要
report-explain-by-hand = 手动修复
report-explain-by-us = fyne-setup 的做法
report-explain-unseen = 看不到的内容

remedy-go-files = 恢复 { $root } 中 Go 的损坏文件
remedy-go = 启用 Go { $version }
remedy-cli = 安装 { $module }
remedy-packages = 安装 { $packages }
remedy-capability = { $count ->
        [1] 安装提供 { $what } 的软件包
       *[other] 安装提供以下内容的软件包：{ $what }
    }
remedy-image-container = 创建一个与主目录共享的容器，并在其中安装
remedy-image-no-tool = 此系统不接受软件包：请取得 distrobox 或 toolbox，创建容器，并在其中运行 fyne-setup install
remedy-image-layer = 或者用 { $line } 把软件包加入下一个映像，重新启动后运行 fyne-setup install
remedy-older = 更新 { $what }：其版本过旧
remedy-damaged = 重新安装 { $what }：其文件已损坏
remedy-visual-studio = 用安装程序添加 { $components }（以管理员身份）
remedy-command-line-tools = 安装 Apple 的命令行工具。手动安装时，此命令会在屏幕上弹出对话框：请点击“安装”
remedy-command-line-tools-again = 重新安装 Apple 的命令行工具。手动安装时：此命令会移除损坏的工具，并在屏幕上弹出对话框；请点击“安装”
remedy-developer-dir = 使用 { $dir } 中的开发者工具
remedy-developer-dir-reset = 使用常用位置的开发者工具
remedy-wslg-sockets = 像 WSL 那样重新把它们放到那里。重启 WSL 后失效；较新的 WSL（在 PowerShell 中执行 “wsl --update”）每次启动时都会这样做
remedy-wslg-sockets-each-start = 像 WSL 那样重新把它们放到那里。下面的命令在重启 WSL 后失效；fyne-setup repair 还会写入 { $file }，让 systemd 在每次启动时都这样做
remedy-windows-firewall = 允许 WSL 通过 Windows 防火墙访问端口 { $port }；Windows 会要求管理员确认
remedy-on-path = 将 { $dir } 加入 PATH
remedy-line-ends = 去掉 { $file } 行末的回车符
remedy-set = 将 { $key } 设为 { $value }
remedy-registry = 从 { $key } 中移除 { $name }
remedy-unset = 取消设置 { $key }
remedy-garbage = 注释掉 { $file } 第 { $line } 行：那不是有效的设置
remedy-line = 修正 { $file } 第 { $line } 行的 { $variable }
remedy-whole-module = 保存 { $module } 中被改动的内容，并恢复为发布时的内容
remedy-modules = 下载并校验 Fyne { $fyne } 的模块
remedy-configure = 让软件包管理器完成中断的操作
remedy-disown = 把属主不存在的文件移出记录
remedy-sum-lines = 为 { $file } 补上缺少的行
remedy-cache = 将 { $dir } 移到一旁，让 Go 建立属于您的缓存
remedy-whole-builds = 从 { $dir } 中移除损坏的条目
deep-go = 正在将 Go 与发布的内容比对
deep-modules = 正在将模块与发布的内容比对
deep-builds = 正在将构建缓存与其条目名比对
deep-headers = 正在编译对每个 C 头文件的使用
deep-cli = 正在将 fyne 命令行工具与构建和发布的内容比对
deep-cli-packaged = 由软件包管理器安装
deep-cli-other = 它不是 fyne-setup 构建的那个文件，而这种程序无法说明自己是否被改动过
report-left-time = 大约还需 { $time }
report-waits-for = 正在等待：{ $what }
report-once = 只有这一次较慢
