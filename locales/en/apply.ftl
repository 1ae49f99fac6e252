# Carrying a plan out. Every key has its twin in the other language.
apply-interrupted = interrupted
failure-disk = { $why }
failure-disk-full-hint = free some disk space, then run the same command again: it goes on from here
failure-disk-read-only-hint = mount the file system writable, or set XDG_DATA_HOME, XDG_CONFIG_HOME and XDG_CACHE_HOME to directories that are
failure-disk-denied-hint = make the directory yours, or set XDG_DATA_HOME, XDG_CONFIG_HOME and XDG_CACHE_HOME to directories that are
apply-premise-changed = { $path } was changed while we were at work
apply-lines-syntax = { $file } is left alone: its shell cannot read it ({ $why })
apply-lines-entangled = { $file } is left alone: line { $line } cannot be mended without a change to something else
apply-lines-by-hand = mend its syntax and the line by hand: { $command }
apply-lines-remove = take { $variable } out of line { $line } by hand
apply-premise-hint = run the same command again: it looks afresh
apply-packages-waiting = waiting for { $holder }, which has the package manager's lock (at most { $seconds } s)
apply-packages-still-busy = the package manager stayed busy for { $seconds } s: { $holder } has its lock
apply-packages-still-busy-hint = wait until it has ended, then run the same command again
apply-packages-no-manager = no package manager that we know on this system
apply-go-env-unreadable = cannot read { $file }: { $why }
apply-cache-stays = caches stay
apply-lists-stay = package lists stay fresh
apply-locked = another fyne-setup is at work: process { $pid }, { $command }
apply-locked-hint = wait until it has ended, then run the same command again
apply-packages-failed = { $manager } failed with exit code { $code }: { $words }
apply-packages-failed-hint = its log is { $log }
apply-packages-network-hint = check the network and the proxy settings; the log is { $log }
apply-goes-on = nothing half done is in use; run the same command again and it goes on from here
apply-cli-lost = { $path } went away while it was being confirmed
work-under-sudo = this would equip root, not { $user }
work-under-sudo-hint = run fyne-setup { $command } without sudo: it asks for rights where it needs them; --for-root if root is meant
work-unsupported = { $os } on { $arch } is not supported
work-unsupported-hint = fyne-setup installs on Linux, on x86_64 and aarch64; check and explain work here all the same
work-going-on = Going on with { $command } { $run }, which was cut short
work-finishing = Finishing { $command } { $run } first, which was cut short
work-question = Go ahead?
work-not-ready = this machine is not ready: { $summary } ({ $id })
work-not-ready-hint = fyne-setup explain { $id } says what to do; then run fyne-setup install again
work-no-manager = packages of the system are missing, and fyne-setup does not know the package manager here; everything else is done
work-no-manager-hint = Install with it what brings the headers and programs named above. On Debian the packages are { $names }. Then run fyne-setup install again.
work-by-hand = packages of the system are missing, and fyne-setup leaves { $manager } to you; everything else is done
work-by-hand-paste = Run this, then run fyne-setup { $command } again:
work-no-rights = packages of the system are missing, and there are no rights to install them; everything else is done
work-paste = Ask an administrator to run this, then run fyne-setup { $command } again:
work-type-this = New terminals are ready. In this one, type:
work-plan-differs = this machine asks for another plan than { $file }; nothing was changed
work-plan-differs-hint = make a new one: fyne-setup plan --json
work-plan-unreadable = cannot read the plan { $file }: { $why }
work-prove-no-go = there is no complete Go to build with
work-prove-no-go-hint = run fyne-setup install first
work-run-no-such-command = there is no command { $command }
apply-bad-mirror = { $url } is not a URL: { $why }
apply-no-such-go = there is no Go { $version }: the Go checksum database has no such release for this system
apply-no-such-go-hint = without --go the recommended version is taken; go.dev/dl lists every release
apply-offline-go = Go has to be downloaded, and --offline was asked for
apply-offline-hint = leave --offline out, or name a mirror on this machine with --go-mirror http://127.0.0.1:PORT
apply-prefix-taken = { $path } is not empty, and is no Go of fyne-setup
apply-prefix-taken-hint = name an empty or a new directory with --prefix
apply-cli-unproven = the fyne CLI that was built is not what the checksum database knows: { $module }
apply-ready = this machine is ready for Fyne; what follows makes the first fyne build fast, and may be interrupted
apply-reinstalled-stays = packages whose files were damaged stay whole
apply-configured-stays = packages that were half installed stay installed
apply-go-restored = { $root }: { $count ->
    [one] one missing file was restored
   *[other] { $count } missing files were restored
}
apply-go-restored-kept = { $root }: { $count ->
    [one] one file was restored
   *[other] { $count } files were restored
}; what stood there is kept in { $backups }
apply-go-of-another-make = { $root } was not made from the archive of Go { $version }: too many of its files differ
apply-tree-unseen = cannot look at { $path }: { $why }
apply-module-differs = { $module } has the hash { $found }, and was published with { $should }
apply-module-kept = { $module } is as it was published again; what was changed in it is kept in { $dir }
apply-sums-mod = { $file } itself would have to change too
apply-sums-private = { $module } is private: nobody is asked for its hash
apply-cache-aside = { $dir } is a cache of yours now; the old one is { $aside }
