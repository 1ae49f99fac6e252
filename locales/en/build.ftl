# Building: modules, the first build, the CLI. Every key has its twin in the other language.
build-checksum = { $command } found a module that differs from what the checksum database has on record: { $said }
    .hint = Nothing of it is used. Try another module proxy (--goproxy), and tell whoever runs the one in effect
build-disk-full = The disk is full: { $command } could not go on
    .hint = Free some space (a first build needs about 1 GB), then run the same command again
build-file-full = The disk is full: { $path } could not be written
build-file = { $path }: { $said }
build-ended = { $command } was ended from outside before it was done. Its last line: { $said }
build-failed = { $command } failed (exit { $code }): { $said }
build-sums-differ = The checksum database and the go.sum that fyne-setup was made with differ: { $line }
build-network = { $command } could not reach the module proxy: { $said }
    .hint = check the network and the proxy settings; where the default module proxy is blocked, run again with --goproxy https://goproxy.cn,direct
