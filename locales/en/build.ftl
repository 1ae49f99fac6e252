# Building: modules, the first build, the CLI.
build-checksum = { $command } found a module that differs from its record in the checksum database: { $said }
    .hint = The module was not used. Try another module proxy (--goproxy), and tell the operator of the current one
build-disk-full = The disk is full: { $command } could not continue
    .hint = Free some space (a first build needs about 1 GB), then run the same command again
build-file-full = The disk is full: { $path } could not be written
build-file = { $path }: { $said }
build-ended = { $command } was stopped from outside before it finished. Its last line: { $said }
build-cause = { $what }. { $fix }
build-failed = { $command } failed (exit { $code }): { $said }
build-sums-differ = The checksum database and the go.sum built into fyne-setup differ: { $line }
build-network = { $command } could not reach the module proxy: { $said }
    .hint = check the network and the proxy settings; where the default module proxy is blocked, run again with --goproxy https://goproxy.cn,direct
build-absent = { $program } does not exist
