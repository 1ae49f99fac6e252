# Journal and history.
history-no-such-run = 没有编号为 { $run } 的运行记录
history-no-such-run-hint = fyne-setup history 会列出所有运行记录
history-unreadable = 无法读取日志 { $path }：{ $why }
history-unreadable-hint = 日志记录了 fyne-setup 所作的更改，缺了它什么都不会做；如果它不是 fyne-setup 的文件，请将 { $path } 移走
history-newer = { $run } 由更新版本的 fyne-setup 写入；请用那个版本查看或撤销它
history-empty = fyne-setup 尚未在此作过任何更改
history-cut-short = 被中断
history-run = { $run }：{ $command }，{ $date }，{ $exit }
history-exit = 退出码 { $exit }
history-at-work = 正在进行
history-end-unknown = 结果未知
history-taken-back = 已撤销
history-step-back = { $what }：已撤销
history-step-cut = { $what }：被中断
history-step-failed = { $what }：失败
history-took-back = 撤销了 { $runs }

# 撤销：undo 与 uninstall。
undo-no-way-back = { $run } 没有可撤销的内容，未做任何更改。它所做的予以保留：
undo-earlier = 要撤销它之前的运行 { $run }：
undo-nothing = 没有可撤销的更改
undo-runs = { $count ->
    [one] 将撤销运行 { $runs }
   *[other] 将撤销 { $count } 次运行，从最近的一次开始：{ $runs }
}
undo-run = { $run }（{ $command }，{ $date }）
undo-undone = 已撤销：{ $run }
undo-undone-partly = 已部分撤销：{ $run }
undo-remains = 还有 { $count } 次运行未撤销，最近的一次是 { $run }。如果也要撤销它：
undo-directories = 将删除 fyne-setup 自己的目录：{ $paths }
undo-done = 已移除或恢复：{ $what }
undo-part-packages = { $count } 个软件包
undo-part-go = Go { $versions }
undo-part-cli = fyne 命令
undo-part-profiles = { $count } 个配置文件中的标记块
undo-part-settings = { $count } 项设置
undo-stays-caches = Go 的缓存予以保留，因为您的其他 Go 程序也使用它们：{ $paths }。如果也要删除：
undo-stays-caches-shared = Go 的缓存也在 { $paths } 中。那里可能还有其他文件，因此不给出删除命令。
undo-stays-others = Mesa、Fyne 和 Go 为您运行的每个程序保存自己的文件：{ $paths }。fyne-setup 不会删除它们。
undo-stays-packaged = 本程序予以保留：{ $path }，来自软件包 { $package }。如果也要删除：
undo-stays-program = 本程序予以保留：{ $path }。如果也要删除：
undo-stays-own = fyne-setup 的记录和下载内容予以保留。要撤销全部更改并一并删除它们：
undo-gone = fyne-setup 的内容已全部移除
undo-gone-caches = 除 fyne-setup 自己的缓存外，没有需要移除的内容
undo-nothing-to-remove = 没有需要移除的内容
undo-gone-project = 项目 { $path } 已不存在：其中没有可撤销的更改
undo-gone-directory = { $path } 已不存在：其中没有可撤销的更改
undo-stays-settings = 您自己的设置予以保留：{ $paths }。如果也要删除：
undo-will-packages = 移除 { $count } 个软件包
undo-did-packages = { $count ->
    [0] 未移除任何软件包
   *[other] 已移除 { $count } 个软件包
}
undo-will-go = 从 { $root } 移除 Go { $version }
undo-did-go = 已从 { $root } 移除 Go { $version }
undo-will-dir = 若 { $path } 为空，则删除
undo-did-dir = 若 { $path } 为空，则已删除
undo-will-restore = { $more ->
    [0] 将 { $path } 恢复原状
   *[other] 将 { $path } 及另外 { $more } 项恢复原状
}
undo-did-restore = { $more ->
    [0] 已将 { $path } 恢复原状
   *[other] 已将 { $path } 及另外 { $more } 项恢复原状
}
undo-will-remove = { $more ->
    [0] 删除 { $path }
   *[other] 删除 { $path } 及另外 { $more } 项
}
undo-did-remove = { $more ->
    [0] 已删除 { $path }
   *[other] 已删除 { $path } 及另外 { $more } 项
}
undo-will-relink = 将 { $path } 重新指向 { $target }
undo-did-relink = 已将 { $path } 重新指向 { $target }
undo-will-repository = 停用软件源 { $name }
undo-did-repository = 已停用软件源 { $name }
undo-will-registry = 恢复 { $key } 中的 { $name }
undo-did-registry = 已恢复 { $key } 中的 { $name }
undo-will-developer = 重新选择之前使用的开发者工具
undo-did-developer = 已重新选择之前使用的开发者工具
undo-will-sockets = 重新隐藏 WSLg 的显示套接字
undo-did-sockets = 已重新隐藏 WSLg 的显示套接字
undo-will-firewall = 从 Windows 防火墙移除端口 { $port } 的规则
undo-did-firewall = 已从 Windows 防火墙移除端口 { $port } 的规则
undo-did-leave = { $path } 保持原样
undo-did-merge = 已从 { $path } 中去掉 fyne-setup 写入的行
undo-purge = 将删除且无法恢复的 Go 缓存：{ $paths }
undo-purged = 已删除 Go 的缓存：{ $paths }
undo-sized = { $path }（{ $size }）
undo-step = 撤销：{ $what }
undo-built-on = 无法单独撤销 { $run }：它所作的更改又被 { $later } 改动过
undo-built-on-hint = 请先撤销较晚的一次：fyne-setup undo { $last }；或全部撤销：fyne-setup uninstall
undo-newer = { $run } 由更新版本的 fyne-setup 写入
undo-newer-hint = 请用那个版本撤销它；未作任何更改
undo-packages-layered = { $names } 已从下一个系统映像中去掉；重新启动后生效
undo-packages-layered-hint = 可用 systemctl reboot 重新启动。在此之前，正在运行的系统保持不变。
undo-packages-unknown = { $manager } 未给出已安装软件包的列表
undo-merged = { $path } 还有其他改动：只去掉了 fyne-setup 写入的行
undo-copied = { $path } 另有其他改动；改动后的内容已保存为 { $copy }
undo-upgraded = 当时必须升级的软件包保持新版本：{ $names }
undo-upgraded-stay = 升级过的软件包保持新版本
undo-go-mended-stays = 修复过的 Go 会一直保留，直到撤销安装它的那次运行
undo-changed =
    .title = 之后有改动
undo-changed-summary = { $path } 已与 fyne-setup 写入时不同，因此保持原样
undo-changed-decide = 请去掉您自己的改动，或保留一份副本后强制撤销：
undo-needed =
    .title = 仍被使用
undo-needed-summary = 保留 { $names }，因为 { $by } 现在需要它们
undo-kept-summary = 保留 { $names }，因为软件包管理器拒绝删除它们
undo-unproven =
    .title = 可能是您的
undo-unproven-summary = 保留 { $names }：安装曾被中断，没有记录表明是它装上的
undo-theirs =
    .title = 现在是您的
undo-theirs-summary = 保留 { $names }，因为在 fyne-setup 之后又有人安装或选定了它们
undo-not-ours-decide = 如果不需要，请将其删除：
undo-rights =
    .title = 没有权限
undo-rights-summary = 没有权限删除 { $names }
undo-rights-decide = 请管理员运行以下命令，然后重新运行同一命令：
undo-foreign =
    .title = 不属于 fyne-setup
undo-foreign-summary = { $path } 不是 fyne-setup 的文件，予以保留

# 并非任何一次运行写入的日志行，以及撤销之前显示的内容。
journal-refused = 日志 { $file } 第 { $line } 行不可信：{ $why }
journal-refused-hint = fyne-setup 不会写入这样的行，因此未作任何更改；如果 { $file } 不是 fyne-setup 的文件，请将它移走
journal-why-path = { $path } 不是这一步可能改动过的路径（{ $what }）
journal-why-bytes = 这一步不可能那样改动 { $path }（{ $what }）
journal-why-form = { $path } 不是不含“..”的绝对路径
journal-why-link = { $path } 经过链接 { $link }
journal-why-mode = { $path } 会得到权限 { $mode }
journal-why-owner = { $path } 会属于 { $owner }
journal-why-no-go = { $path } 不是该用户的 Go { $version }
journal-why-no-tree = { $path } 不是 Go 的目录
journal-why-no-cache = { $path } 不是 Go 的缓存
journal-why-target = 其他用户可以改动 { $path }
journal-why-packages = 这一步并不安装软件包（{ $what }）
journal-why-name = { $name } 不是软件包名
undo-unread =
    .title = 未知的更改
undo-unread-summary = 日志 { $file } 的第 { $line } 行无法读取，因此运行 { $run } 在那里所作的更改没有撤销
undo-unread-decide = 请查看那一行。日志会保留。
undo-paths-more = 以及另外 { $count } 个
undo-first = 先撤销被中断的运行 { $run } 所作的修改：
undo-unwritten =
    .title = 并非 fyne-setup 写入的设置
undo-unwritten-summary = { $path } 将恢复的内容不是 fyne-setup 会写入的，因此保持原样
undo-unwritten-decide = 每次登录时 shell 都会运行此文件。如果旧内容是您写的，请恢复它：
journal-unread = 日志中有 { $count } 行无法读取（第 { $lines } 行），其内容未知
