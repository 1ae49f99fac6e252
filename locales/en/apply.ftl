# Carrying a plan out. The same keys stand in every language.
apply-interrupted = interrupted
internal-panic = a mistake in fyne-setup ended this step: {$said}
internal-panic-hint = please report it with this message; what was done before stays and can be undone
failure-disk = { $why }
failure-disk-full-hint = free some disk space, then run the same command again: it continues from here
failure-disk-read-only-hint = remount the file system as writable, or set XDG_DATA_HOME, XDG_CONFIG_HOME and XDG_CACHE_HOME to writable directories
failure-disk-denied-hint = make the directory yours, or set XDG_DATA_HOME, XDG_CONFIG_HOME and XDG_CACHE_HOME to directories that are yours
apply-premise-changed = { $path } was changed by another program during this run
apply-lines-syntax = { $file } was not changed: its shell cannot read it ({ $why })
apply-lines-entangled = { $file } was not changed: a fix of line { $line } would change something else too
apply-lines-by-hand = fix the syntax and the line by hand: { $command }
apply-lines-remove = remove { $variable } from line { $line } by hand
apply-premise-hint = run the same command again: it checks everything again
apply-packages-waiting = waiting up to { $seconds } s for { $holder }, which holds the lock of the package manager
apply-packages-still-busy = the package manager was still busy after { $seconds } s: { $holder } holds its lock
apply-packages-still-busy-hint = wait until that program has ended, then run the same command again
apply-packages-no-manager = fyne-setup does not know a package manager for this system
apply-go-env-unreadable = cannot read { $file }: { $why }
apply-cache-stays = caches are kept
apply-lists-stay = package lists are kept
apply-locked = another fyne-setup is running: process { $pid }, { $command }
apply-locked-hint = wait until that process has ended, then run the same command again
apply-packages-failed = { $manager } failed with exit code { $code }: { $words }
apply-packages-failed-hint = see the log: { $log }
apply-packages-network-hint = check the network and the proxy settings; see also the log: { $log }
apply-goes-on = nothing incomplete is in use; run the same command again to continue from here
apply-cli-lost = { $path } disappeared while it was being verified
work-under-sudo = this would set up root, not { $user }
work-under-sudo-hint = run fyne-setup { $command } without sudo: it asks for root rights when it needs them; add --for-root to set up root
work-unsupported = { $os } on { $arch } is not supported
work-unsupported-hint = fyne-setup installs on Linux, on x86_64 and aarch64; check and explain work on this machine too
work-going-on = Continuing { $command } { $run }, which was interrupted
work-finishing = First finishing { $command } { $run }, which was interrupted
work-question = Continue?
work-not-ready = this machine is not ready: { $summary } ({ $id })
work-not-ready-hint = fyne-setup explain { $id } says what to do; then run fyne-setup install again
work-no-manager = system packages are missing, and fyne-setup does not know the package manager of this system; everything else is done
work-no-manager-hint = Use your package manager to install the packages with the headers and programs named above. On Debian these packages are { $names }. Then run fyne-setup install again.
work-by-hand = system packages are missing, and fyne-setup does not run { $manager } for you; everything else is done
work-by-hand-paste = Run this, then run fyne-setup { $command } again:
work-no-rights = system packages are missing, and you have no rights to install them; everything else is done
work-paste = Ask an administrator to run this, then run fyne-setup { $command } again:
work-type-this = New terminals are ready. In this terminal, type:
work-plan-differs = this machine needs a different plan than the one in { $file }; nothing was changed
work-plan-differs-hint = make a new plan: fyne-setup plan --json
work-plan-unreadable = cannot read the plan { $file }: { $why }
work-prove-no-go = no complete Go was found to build with
work-prove-no-go-hint = run fyne-setup install first
work-run-no-such-command = command { $command } not found
apply-bad-mirror = { $url } is not a valid URL: { $why }
apply-no-such-go = Go { $version } does not exist: the Go checksum database has no such release for this system
apply-no-such-go-hint = leave out --go to use the recommended version; go.dev/dl lists every release
apply-offline-go = Go must be downloaded, but --offline was given
apply-offline-hint = leave out --offline, or name a mirror on this machine with --go-mirror http://127.0.0.1:PORT
apply-prefix-taken = { $path } is not empty, and fyne-setup did not install a Go there
apply-prefix-taken-hint = name an empty or new directory with --prefix
apply-cli-unproven = the built fyne command differs from its record in the checksum database: { $module }
apply-ready = this machine is ready for Fyne; the next step makes your first fyne build fast, and you may interrupt it
apply-reinstalled-stays = reinstalled packages are kept
apply-configured-stays = packages that were half installed stay installed
apply-go-restored = { $root }: { $count ->
    [one] one missing file was restored
   *[other] { $count } missing files were restored
}
apply-go-restored-kept = { $root }: { $count ->
    [one] one file was restored
   *[other] { $count } files were restored
}; the old content is kept in { $backups }
apply-go-of-another-make = { $root } does not come from the archive of Go { $version }: too many of its files differ
apply-tree-unseen = cannot look at { $path }: { $why }
apply-module-differs = { $module } has the hash { $found }, but was published with the hash { $should }
apply-module-kept = { $module } is as it was published; your changes to it are kept in { $dir }
apply-sums-mod = { $file } would have to change too
apply-sums-private = { $module } is private: its hash is not looked up anywhere
apply-cache-aside = { $dir } is a new cache that belongs to you; the old one is now { $aside }
