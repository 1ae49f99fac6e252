# Building: modules, the first build, the CLI.
build-checksum = { $command } 下载到的模块与校验和数据库的记录不一致：{ $said }
    .hint = 该模块未被使用。请换用其他模块代理（--goproxy），并告知当前代理的维护者
build-disk-full = 磁盘已满，{ $command } 无法继续
    .hint = 请先释放一些空间（首次构建约需 1 GB），然后重新运行同一命令
build-file-full = 磁盘已满，无法写入 { $path }
build-file = { $path }：{ $said }
build-ended = { $command } 未完成就被外部终止，最后一行输出：{ $said }
build-cause = { $what }。{ $fix }
build-failed = { $command } 失败（退出码 { $code }）：{ $said }
build-sums-differ = 校验和数据库与 fyne-setup 内置的 go.sum 不一致：{ $line }
build-network = { $command } 无法连接模块代理：{ $said }
    .hint = 请检查网络和代理设置；如果默认模块代理被屏蔽，请加上 --goproxy https://goproxy.cn,direct 后重新运行
build-absent = { $program } 不存在
