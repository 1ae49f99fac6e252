# Checks of the system: platform, disks, temporary files. Every key has its twin in the other language.
system-terminal =
    .title = 当前终端
    .looks = 当前终端的 PATH 是否包含我们的 env 文件所加入的目录
    .why = 安装之前就已打开的终端不知道新的设置，因此找不到 go 和 fyne
    .by-hand = 打开新的终端，或输入所示的命令
    .by-us = 磁盘上没有任何问题，无需修复
system-terminal-ok = 已包含全部设置
system-terminal-older = 当前终端打开的时间早于最近一次设置变更
system-terminal-older-cause = 它的 PATH 是旧的；请输入 { $command }
system-terminal-decide = 在当前终端输入这一行，或打开新的终端
