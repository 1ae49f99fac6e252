# Checks of the system: platform, disks, temporary files.
system-terminal =
    .title = 当前终端
    .looks = 当前终端的 PATH 是否包含我们的 env 文件所加入的目录
    .why = 安装之前就已打开的终端不知道新的设置，因此找不到 go 和 fyne
    .by-hand = 打开新的终端，或输入所示的命令
    .by-us = 磁盘上没有任何问题，无需修复
system-terminal-ok = 已包含全部设置
system-terminal-older = 当前终端早于最近的设置变更；请打开新的终端，或输入 { $command }

system-unfinished =
    .title = 未完成的运行
    .looks = 是否有 fyne-setup 的运行因断电或被强制终止而中断
    .why = 它尚未完成的工作没有做完；但正在使用的内容都是完整的
    .by-hand = 重新运行同一命令；或撤销已作的更改：fyne-setup undo
    .by-us = 下一个会作更改的命令（install、repair、undo）会先完成它，或将其撤销
system-unfinished-ok = 每次运行都已正常结束
system-unfinished-cut = 被中断：{ $runs }
system-unfinished-decide = 完成它，或用 fyne-setup undo 撤销

# 嵌在其他句子里的变量及其出处
system-blame-unset = { $variable }
system-blame-in-file = { $variable }={ $value }（在 { $file } 第 { $line } 行设置）
system-blame-in-terminal = { $variable }={ $value }（仅在当前终端设置）
system-blame-terminal = { $variable } 只在当前终端中设置，没有任何文件设置它；请在这里取消它
system-blame-not-ours = 当前用户无权修改 { $file }；请以其所有者的身份修正第 { $line } 行
system-blame-returns-not-ours = 当前用户无权修改 { $file }；请由其所有者去掉行末的回车符
system-blame-returns = { $file } 用的是 Windows 换行（CRLF），回车符成了 { $variable } 的一部分
system-blame-entangled = { $file } 第 { $line } 行不只设置 { $variable }；请手动把 { $variable } 从该行去掉
system-blame-goroot = { $variable } 由 { $file } 设置，该文件属于这份 Go；请决定是否还要使用这份 Go

system-os =
    .title = 操作系统
    .looks = 内核、处理器和 /etc/os-release
    .why = Go 和 Fyne 只支持部分平台，各发行版的软件包名称也不相同
    .by-hand = 请使用 x86_64 或 aarch64 处理器上的 64 位 Linux。如果 fyne-setup 不认识您的发行版，请手动安装软件包，其他检查会指出缺少什么。
    .by-us = 此项无法由程序修复
system-os-ok = { $name }，{ $processor }
system-os-ok-wsl = { $name }，{ $processor }，运行于 Windows Subsystem for Linux
system-os-foreign = 不支持 { $platform }
system-os-foreign-cause = 当前版本的 fyne-setup 支持 x86_64 和 aarch64 上的 Linux
system-os-foreign-decide = 请换用受支持的机器，或参照 https://docs.fyne.io 手动安装 Fyne
system-os-processor = 没有适用于 { $processor } 的 Go
system-os-processor-cause = 支持的处理器：{ $known }
system-os-kernel = Linux { $kernel } 过旧，无法运行 Go
system-os-kernel-cause = Go 需要 Linux { $least } 或更高版本
system-os-kernel-decide = 请升级到该发行版的较新版本
system-os-by-hand = { $name }：fyne-setup 给出软件包名称，但不代为操作 { $manager }
system-os-unknown = 不认识发行版 { $name } 的软件包
system-os-unknown-cause = 除系统软件包外一切照常，系统软件包需要手动安装

system-disk =
    .title = 磁盘空间
    .looks = 存放 Go、缓存和临时文件的位置各有多少可用空间
    .why = Go 解压后占 250 MB，模块和构建缓存约占 900 MB，首次构建还会产生 200 MB 临时文件
    .by-hand = 请腾出空间：用 df -h 查看哪里不足；go clean -cache 可清空 Go 的构建缓存
    .by-us = 绝不会为了腾出空间而删除您的文件
system-disk-ok = 可用空间不少于 { $free } MB
system-disk-full = { $path } 仅剩 { $free } MB 可用空间
system-disk-full-cause = { $path } 所在的文件系统仅剩 { $free } MB，需要 { $need } MB
system-disk-files = { $path } 无法再创建文件（仅剩 { $files } 个）
system-disk-files-cause = { $path } 所在的文件系统虽有可用空间，但只能再创建 { $files } 个文件（inode 用尽）
system-disk-decide = 请在 { $path } 所在的文件系统上腾出空间
system-disk-unknown = 无法查看 { $path } 的可用空间：{ $why }

system-tmp =
    .title = 临时目录
    .looks = TMPDIR 指定的目录（未设置时为 /tmp），以及 GOTMPDIR（如已设置）：是否存在、可写、允许执行程序
    .why = Go 在其中编译，go run 和 go test 在其中启动程序，gcc 也要用到它
    .by-hand = 取消 TMPDIR 的设置，或者创建该目录；如果该目录不允许执行程序，请把 GOTMPDIR 设为另一个目录
    .by-us = 注释掉设置该变量的那一行，并保留备份
system-tmp-ok = { $path }
system-tmp-absent = 临时目录 { $path } 不存在
system-tmp-no-directory = { $path } 不是目录
system-tmp-not-writable = 临时目录 { $path } 不可写
system-tmp-noexec = { $path } 中不允许执行程序
system-tmp-unknown = 无法查看 { $path }：{ $why }
system-tmp-cause = { $setting } 指定的目录无法供 Go 使用
system-tmp-plain-cause = 每次构建都需要 { $path }
system-tmp-noexec-cause = { $path } 以 noexec 方式挂载，go run 和 go test 无法启动它们构建的程序
system-tmp-decide = 请将 { $path } 设为所有人可写的目录
system-tmp-noexec-decide = 请让 Go 在您自己的目录中构建

system-home =
    .title = 主目录
    .looks = HOME 变量，以及该目录是否存在、是否可写
    .why = Go 把模块、程序和构建缓存放在其中；没有 HOME，Go 就无法工作
    .by-hand = 导出 HOME；创建该目录或将其归还给对应用户；把只读文件系统重新挂载为可写
    .by-us = 程序不会改动主目录的设置
system-home-ok = { $path }
system-home-bad = { $why }
system-home-unset = 未设置 HOME
system-home-unset-cause = 用户 { $user } 的环境中没有 HOME，Go 不知道该把模块和构建缓存放在哪里
system-home-unset-decide = 请设置 HOME，然后重新运行
system-home-absent = 主目录 { $path } 不存在
system-home-absent-decide = 请创建目录 { $path }，或让 HOME 指向正确的目录
system-home-read-only = 主目录 { $path } 不可写
system-home-read-only-decide = 请使 { $path } 可写，或让 HOME 指向可写的目录
system-home-unknown = 无法查看 { $path }：{ $why }
system-home-cause = HOME={ $path }

system-packages =
    .title = 软件包管理器
    .looks = 上次安装是否中断、哪些软件包被锁定版本、软件包列表是否存在，以及谁占用着锁
    .why = 头文件、C 编译器和 OpenGL 都由软件包提供；软件包管理器中断后会拒绝任何新的安装
    .by-hand = 以 root 身份运行原因中给出的命令
    .by-us = 安装前先执行同一条命令；软件包管理器正忙时会等待
system-packages-ok = { $manager }
system-packages-none = 没有我们认识的软件包管理器
system-packages-unknown = 无法查询软件包管理器：{ $why }
system-packages-busy = { $manager } 正在工作：{ $process }
system-packages-interrupted = { $program } 曾被中断
system-packages-interrupted-cause = 上次安装没有完成；在 { $command } 处理完之前，{ $program } 不会安装任何软件包
system-packages-held = 已锁定版本但又需要的软件包：{ $names }
system-packages-held-cause = { $names } 被 apt-mark hold 锁定，因此无法安装缺少的软件包
system-packages-held-decide = 如果不再需要锁定，请解除锁定
system-packages-lists = { $manager } 没有软件包列表，安装前会先获取

system-supply-unneeded = 不需要安装任何软件包
system-supply-unknown = 无法读取软件包管理器的文件：{ $why }

system-package-sources =
    .title = 软件源
    .looks = 仅在需要安装软件包时：apt 能否读取自己的配置和软件源、两个软件源是否矛盾，以及其文件中写明的钩子程序、属主、发行版和光盘是否存在
    .why = 一行错误就可能让 apt 拒绝工作，此后什么软件包都装不上
    .by-hand = 注释掉原因中给出的那一行；属主不存在的文件，用发行版中写入该记录的工具把它移出记录
    .by-us = 备份后注释掉该行；两个软件源矛盾时，只去掉内容已被另一个包含的那个
system-package-sources-ok = { $count } 个软件源
system-package-sources-key = { $source }（{ $file } 第 { $line } 行）的密钥 { $key } 不存在；apt 会忽略该软件源
system-package-sources-unreadable = apt 无法读取 { $file }，因此什么都装不上
system-package-sources-unreadable-cause = { $file } 第 { $line } 行：{ $words }
system-package-sources-syntax = 请改正 { $file } 的语法
system-package-sources-conflict = { $file } 和 { $other } 描述同一个软件源，但 { $option } 的值不同
system-package-sources-conflict-cause = { $source } 的 { $option } 在 { $file } 第 { $line } 行和 { $other } 第 { $number } 行不一致；apt 因此一个软件源也不读取
system-package-sources-conflict-decide = 请确定哪一个正确，并从 { $file } 或 { $other } 中删除该软件源
system-package-sources-hook = apt 会运行 { $program }，但它不存在
system-package-sources-hook-cause = { $key } 在 { $file } 第 { $line } 行设置；该程序失败时 apt 会停止
system-package-sources-orphan = { $file } 中的 { $owner } 不存在
system-package-sources-orphan-cause = { $file } 第 { $line } 行把 { $path } 的属主设为 { $owner }；删除该行之前什么软件包都装不上
system-package-sources-release = { $file } 优先选用发行版 { $value }，但没有软件源提供它
system-package-sources-release-cause = APT::Default-Release 在 { $file } 第 { $line } 行被设为 { $value }；没有软件源提供该发行版时 apt 什么都不会安装
system-package-sources-disc = { $file } 把光盘列为软件源
system-package-sources-disc-cause = { $file } 第 { $line } 行指向安装本系统的光盘；apt 会等待插入该光盘
system-package-sources-disc-decide = 请添加网络软件源，或插入该光盘

system-package-proxy =
    .title = 软件包管理器的代理
    .looks = 仅在需要安装软件包时：软件包管理器自己的文件中设置的代理；本机上的代理是否应答，其他代理的主机名能否解析
    .why = 软件包管理器的所有下载都经过代理；代理不应答时什么都装不上
    .by-hand = 注释掉或改正设置代理的那一行
    .by-us = 备份后注释掉该行
system-package-proxy-none = 没有设置代理
system-package-proxy-ok = { $value }
system-package-proxy-dead = { $key } 指向 { $address }，但那里没有程序在监听
system-package-proxy-unknown-host = { $key } 指向 { $address }，但找不到这个主机
system-package-proxy-cause = { $key } 在 { $file } 第 { $line } 行设置
