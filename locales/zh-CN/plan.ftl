# What a plan does, one sentence an action. Every key has its twin in the other language.
plan-heading = 将执行以下操作：
plan-empty = 无需操作：一切就绪
plan-refresh = 刷新 { $manager } 的软件包列表
plan-packages = 用 { $manager } 安装 { $count } 个系统软件包
plan-go = 下载 Go { $version }，校验后解压到 { $root }
plan-switch = 启用 { $root } 中的 Go（{ $link }）
plan-set = 在 { $file } 中设置 { $key }={ $value }
plan-unset = 从 { $file } 中移除 { $key }
plan-env-files = 为各种 shell 写入我们的设置，并将 { $path } 加入 PATH
plan-profile = 在 { $file } 中加入一段带标记的内容，用于读取我们的设置
plan-modules = 下载并校验 Fyne { $fyne } 的模块
plan-program = 用 Fyne { $fyne } 构建一个小程序
plan-cli = 构建 { $module } 并安装到 { $bin }
plan-prove = 打开它的窗口并核对画面
plan-warm = 为 Fyne { $fyne } 的首次 `fyne build` 做好准备
plan-unmet = 以下内容不会执行，需要您决定：
plan-unmet-line = { $title }（fyne-setup explain { $id }）
timings-heading = 各步骤耗时（自开始起的秒数）：
timings-line = { $from } 至 { $to }  { $what }
timings-critical = * 关键路径：本次运行所等待的步骤
plan-libraries-standard = 编译 Go 标准库中不需要 C 编译器的部分
plan-libraries-pure = 编译 Fyne { $fyne } 中不需要 C 编译器的部分
plan-libraries-gl = 编译 OpenGL 绑定，即首次构建中最耗时的部分
plan-reinstall = 用 { $manager } 重新安装 { $names } 的文件：其中有损坏
plan-configure = 让 { $manager } 完成被中断的操作
plan-restore-go = 从已校验的归档恢复 { $root } 中 Go { $version } 的损坏文件
plan-restore-modules = 将模块缓存中的 { $modules } 恢复为发布时的内容，并保存被改动的部分
