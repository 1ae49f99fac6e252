# What each error code means, for docs/errors.md. The same keys stand in every language.

error-accept-past =
    .what = The day that an acceptance should end on is over already.
    .do = Name a later day with `--until`, or leave it out.

error-accept-unread =
    .what = The file with the accepted findings cannot be read. Nothing is judged or fixed without it, since a finding that you want to keep could be fixed.
    .do = Set the line right that the message names, or move the file away and accept again with `fyne-setup accept`.

error-archive-hostile =
    .what = A downloaded archive is damaged, or contains names, links or sizes that no archive of Go has. Nothing of it was kept or run.
    .do = Choose another source with `--go-mirror URL` or `--goproxy LIST`. Tell the operator of the source that sent it.

error-build-ended =
    .what = The Go command could not be started, or ended without saying why.
    .do = Run the same command again. If it ends in the same way, check free memory and what may stop programs here.

error-build-failed =
    .what = A Go command failed: a module or a program could not be built. The message has the first line that tells why.
    .do = Read the message: it names the file and the line, or what is missing. `fyne-setup check` finds causes on this machine.

error-build-file =
    .what = A file that is needed for a build could not be read or written.
    .do = Look at the named file and its permissions, then run the same command again.

error-build-not-ready =
    .what = This machine has no Go, no C compiler or no headers to build a Fyne program with. The message names what is missing.
    .do = Run `fyne-setup install`, then the same command again.

error-bundle-make =
    .what = A bundle could not be made: something that belongs into it is missing here or could not be fetched. No file was written.
    .do = Read the message; then run the same command again.

error-bundle-newer =
    .what = The bundle was made by a newer fyne-setup and has a form that this one does not know. Nothing is installed from it.
    .do = Use the fyne-setup that is in the bundle: `tar -xf FILE program`.

error-bundle-platform =
    .what = The bundle is for another platform than this machine. Nothing is installed from it.
    .do = Make a bundle for this platform with `fyne-setup bundle create --for TARGET FILE`.

error-bundle-refused =
    .what = The bundle is damaged, ends too early or was changed: it is not what its list says. Nothing is installed from it.
    .do = Copy the bundle again from where it was made. If it is refused again, ask its owner.

error-bundle-signature =
    .what = The signature of the bundle is missing, wrong or of another key than the one that you named. Nothing is installed from it.
    .do = Ask the owner of the bundle for the right public key, or for the right bundle.

error-bundle-there =
    .what = The file that the bundle should be written to exists already. Nothing was written.
    .do = Remove it, or name another file.

error-bundle-unfit =
    .what = The bundle does not hold what is missing on this machine, such as packages for its system. Nobody else is asked.
    .do = Make the bundle on a machine with the same release of the system, or install what the message names first.

error-bundle-unread =
    .what = The bundle could not be read.
    .do = Check the path and its permissions.

error-bundle-unsigned =
    .what = Nobody vouches for the bundle: it is not signed, or the public key of its owner was not named. Nothing is installed from it.
    .do = Name the public key (`--key`). If you trust whoever gave you the bundle, add `--unsigned`.

error-cli-lost =
    .what = The built `fyne` command disappeared while it was being verified. Another program removed it.
    .do = Run the same command again while nothing else cleans up these directories.

error-config-key =
    .what = The file of settings names a setting that does not exist. No part of the file is used, and nothing was done.
    .do = Correct the name; `fyne-setup config show` lists all of them.

error-config-syntax =
    .what = The file of settings is not TOML. No part of it is used, and nothing was done.
    .do = Correct the line that the message names.

error-config-there =
    .what = There is a file of settings already. It was not replaced.
    .do = Edit it, or move it away first.

error-config-unread =
    .what = The file of settings is there and cannot be read. Nothing was done without it.
    .do = Read the reason in the message; give yourself the right to read the file, or move it away.

error-config-value =
    .what = A setting has a value that its option does not take. No part of the file is used, and nothing was done.
    .do = Correct the line that the message names; the hint says what may stand there.

error-confirm-declined =
    .what = You did not confirm. Nothing was changed.
    .do = Run the command again and answer yes, or add `--yes` after you have read the plan.

error-confirm-needed =
    .what = The command would change the machine, but there is no terminal to confirm it. Nothing was changed.
    .do = Read the plan with `fyne-setup plan`, then add `--yes`.

error-confirm-terminal =
    .what = The question could not be asked: this terminal cannot be read.
    .do = Use another terminal, or read the plan with `fyne-setup plan` and add `--yes`.

error-disk-denied =
    .what = A file or directory belongs to someone else, so it cannot be read or written.
    .do = Make the directory yours, or set XDG_DATA_HOME, XDG_CONFIG_HOME, XDG_CACHE_HOME and GOPATH to directories that are yours.

error-disk-failed =
    .what = A file operation failed for a reason that the system names in the message.
    .do = Remove the cause that is named, then run the same command again: it continues from there.

error-disk-full =
    .what = The disk is full, or your quota is used up.
    .do = Free some space, then run the same command again: it continues from there.

error-disk-not-ours =
    .what = A file or directory of fyne-setup belongs to someone else, can be written by other users, or is a link. Nothing in it is trusted, and nothing was changed.
    .do = Look at the named path. If it is yours, take the write permission away from other users (`chmod go-w PATH`). If it is not, move it away. Then run the same command again.

error-disk-not-private =
    .what = Other users can write to the directory that downloads go to. They could change a file before it is verified.
    .do = Remove the write permission of other users (`chmod go-w DIR`), or remove the directory; then run the same command again.

error-disk-read-only =
    .what = The file system is mounted read-only.
    .do = Remount it as writable, or set XDG_DATA_HOME, XDG_CONFIG_HOME, XDG_CACHE_HOME and GOPATH to writable directories.

error-disk-write =
    .what = A downloaded or verified file could not be stored.
    .do = Look at the named file and the reason, then run the same command again. What was stored before is kept.

error-fleet-none =
    .what = There is no report in what `fleet report` was given.
    .do = Collect reports with `fyne-setup check --json`, one file a host, and name their directory.

error-fleet-unread =
    .what = Some of the reports could not be read: each is named with its file, its line and the reason. The table is of the others.
    .do = Collect these reports again, then run the same command again.

error-go-another-make =
    .what = This Go does not come from the archive of its release: too many of its files differ. It was not changed.
    .do = Fix it with the package manager that installed it, or install another Go with `fyne-setup install`.

error-go-no-such-version =
    .what = Go has no release with this version number.
    .do = Leave out `--go` to use the recommended version. go.dev/dl lists every release.

error-go-prefix-taken =
    .what = The directory where Go should be installed contains something else. It was not changed.
    .do = Name an empty or new directory with `--prefix`.

error-home-unknown =
    .what = The home directory of this user is not known: HOME is unset or unusable, and the system does not name one.
    .do = Set HOME to the absolute path of your home directory.

error-install-left =
    .what = Everything that could be done was done, but the machine is not ready yet. The message names the check that still fails.
    .do = `fyne-setup explain ID` says what to do. Then run `fyne-setup install` again.

error-internal-panic =
    .what = An error in fyne-setup itself ended this action. What was done before stays valid and can be undone.
    .do = Report it together with the message, then run the same command again.

error-interrupted =
    .what = The command was interrupted by Ctrl-C or terminated. Nothing unfinished is in use.
    .do = Run the same command again to continue, or `fyne-setup undo` to undo what was done.

error-journal-newer =
    .what = The run was recorded by a newer fyne-setup, and this one does not understand all of it. Nothing was changed.
    .do = Undo it with that version of fyne-setup.

error-journal-refused =
    .what = A line of the journal is not one that fyne-setup wrote: it would change paths that its own step never touched, or give rights or owners away. Nothing was changed.
    .do = Look at the named line. If the journal is not from fyne-setup, move it away.

error-journal-unreadable =
    .what = The journal of earlier runs cannot be read. Without it nothing is changed.
    .do = Look at the named file and its permissions, then run the same command again.

error-locked =
    .what = Another fyne-setup is changing this machine. The message names its process and its command.
    .do = Wait until that process has ended, then run the same command again.

error-lockfile-below-floor =
    .what = The lock file of the project names a Go with known vulnerabilities.
    .do = Run `fyne-setup pin` in the project: it takes a Go without them, and writes it down.

error-lockfile-conflict =
    .what = The lock file of the project has the marks of an unfinished merge. The message names the line.
    .do = Take one side of the file as a whole (`git checkout --ours fyne-setup.lock`, or `--theirs`), then run `fyne-setup pin`.

error-lockfile-contradicts =
    .what = `--locked` was given, and another option asks for a version that the lock file does not name.
    .do = Leave one of the two options out, or run `fyne-setup pin` with that version.

error-lockfile-foreign =
    .what = The lock file of the project is a link, is not a file, or belongs to somebody who owns neither the project nor this account.
    .do = Replace it by a file of your own, or move it away and run `fyne-setup pin`.

error-lockfile-hash =
    .what = What was published has another hash than the lock file of the project names. Somebody may have tampered with the lock file, or it is damaged. Nothing of that module is installed.
    .do = Find out who changed the lock file, and get it back from your version control. To write it anew, move it away and run `fyne-setup pin`.

error-lockfile-missing =
    .what = `--locked` was given, and the project has no lock file.
    .do = Run `fyne-setup pin` in the project, and commit the file that it writes.

error-lockfile-schema =
    .what = The lock file of the project was written by a fyne-setup that this one does not understand.
    .do = Use that version of fyne-setup, or a newer one (`fyne-setup self update`).

error-lockfile-stale =
    .what = `--locked` was given, and the project asks for other versions than its lock file.
    .do = Run `fyne-setup pin` in the project, and commit what it changes.

error-lockfile-unmet =
    .what = The lock file of the project names versions that the manifest does not allow. The message says why.
    .do = Run `fyne-setup pin` in the project: it chooses versions that can be used.

error-lockfile-unreadable =
    .what = The lock file of the project cannot be read, or has what fyne-setup does not write there. The message names the line.
    .do = Get it back from your version control, or move it away and run `fyne-setup pin`.

error-log-json =
    .what = The file that `--log-json` names cannot be written: it is no regular file, or its directory is not there. Nothing was done.
    .do = Create the directory, or name a new file in a directory that you can write to.

error-manifest-advisory =
    .what = An advisory in the manifest is incomplete or contradicts itself: no release with the fix, two for one release line, one above the floor, or no English text.
    .do = Correct the named line. If the manifest was downloaded, tell its publisher; the current one stays in use.

error-manifest-bom =
    .what = The manifest starts with a byte order mark.
    .do = Save the file as UTF-8 without a byte order mark.

error-manifest-broken-pair =
    .what = This Go and this Fyne were seen to fail together. The message has the error of the trial.
    .do = Type what the hint names: the nearest pair that works.

error-manifest-clock =
    .what = The clock of this machine is years away from what was signed, so nobody can say what has expired. Nothing new is downloaded.
    .do = Set the clock, for example with `timedatectl set-ntp true`, and run the same command again.

error-manifest-cycle =
    .what = Versions in the manifest replace each other in a circle.
    .do = Correct the named line. If the manifest was downloaded, tell its publisher; the current one stays in use.

error-manifest-dates =
    .what = A date in the manifest is not a moment in UTC, or the manifest expires before it is issued.
    .do = Correct the named line. If the manifest was downloaded, tell its publisher; the current one stays in use.

error-manifest-duplicate =
    .what = The manifest lists the same thing twice.
    .do = Correct the named line. If the manifest was downloaded, tell its publisher; the current one stays in use.

error-manifest-empty =
    .what = The manifest lists no Fyne version.
    .do = Add at least one row for Fyne, or leave out `--manifest`.

error-manifest-except =
    .what = An exception in the manifest is outside the range of Go releases that it is an exception from.
    .do = Correct the named line. If the manifest was downloaded, tell its publisher; the current one stays in use.

error-manifest-expired =
    .what = The downloaded manifest has expired, so nothing new is downloaded with it. What is on this machine can still be checked and fixed.
    .do = Download a newer one with `fyne-setup manifest update`. If the source offers no newer one, try another network.

error-manifest-expires-soon =
    .what = The offered manifest expires in less than 48 hours. A healthy source renews it every week, so someone may be holding back a newer one.
    .do = The current manifest stays in use. Try again later or from another network; if the error stays, tell the publisher of fyne-setup.

error-manifest-floor =
    .what = A security floor in the manifest is not a Go release, or its release line has two.
    .do = Correct the named line. If the manifest was downloaded, tell its publisher; the current one stays in use.

error-manifest-foreign =
    .what = The file names a module that this fyne-setup does not know. A manifest from a file can only choose versions.
    .do = Remove the named module: module paths are built into the program.

error-manifest-fork =
    .what = Two manifests with the same version have different contents. One of them is not what the publisher meant you to have.
    .do = The current manifest stays in use. Try again later or from another network; if the error stays, tell the publisher of fyne-setup.

error-manifest-go-below-floor =
    .what = This Go has known vulnerabilities; a later release of the same release line does not have them.
    .do = Take the release that the hint names. If you must have this one, add --force.

error-manifest-go-not-on-system =
    .what = This Go, or what it builds, does not run on this version of the operating system.
    .do = Type what the hint names: the nearest Go that runs there.

error-manifest-go-not-with-fyne =
    .what = This Go is too old or too new for this Fyne, or is known not to build it.
    .do = Type what the hint names: the nearest pair that works.

error-manifest-jump =
    .what = The version of the offered manifest is far above the last known one, as if to block every later manifest.
    .do = The current manifest stays in use. Try again later or from another network; if the error stays, tell the publisher of fyne-setup.

error-manifest-legacy-signature =
    .what = The signature is in the legacy format of minisign, which is not accepted.
    .do = Sign the file again with a current minisign. If it was downloaded, tell the publisher of fyne-setup.

error-manifest-line =
    .what = A row of the manifest and its versions do not belong to the same release line of Fyne.
    .do = Correct the named line. If the manifest was downloaded, tell its publisher; the current one stays in use.

error-manifest-mismatch =
    .what = The file does not match the comment that was signed with it: another file, version or date.
    .do = The current manifest stays in use. Try again later or from another network; if the error stays, tell the publisher of fyne-setup.

error-manifest-need =
    .what = A row of the manifest needs something that the table of packages does not know.
    .do = Correct the named line. If the manifest was downloaded, tell its publisher; the current one stays in use.

error-manifest-no-channel =
    .what = `manifest update` does not know where to download from: no URL was given, and none is stored.
    .do = Name the base URL of a channel: `fyne-setup manifest update URL`.

error-manifest-no-cli =
    .what = No version of the `fyne` command in the manifest can be built with this Go.
    .do = Choose another Go with `--go`, or leave it out. In a manifest of your own, correct the named row.

error-manifest-no-go =
    .what = No Go in the manifest builds this Fyne without a known vulnerability.
    .do = Choose another Fyne with `--fyne`, or name the Go yourself with `--go`.

error-manifest-no-key =
    .what = This build of fyne-setup has no root keys, so it cannot verify a manifest from the network.
    .do = Use the manifest inside the program, or name one that you downloaded yourself with `--manifest FILE`.

error-manifest-no-keys =
    .what = `keys.toml` is missing, so nobody can say who may sign a manifest.
    .do = Put `keys.toml` and its signatures beside the manifest; `fyne-setup manifest update` downloads them.

error-manifest-no-such-fyne =
    .what = The manifest does not know this Fyne version.
    .do = Leave out `--fyne`, or choose a version that `fyne-setup manifest show` lists.

error-manifest-no-versions =
    .what = A row of the manifest lists no versions.
    .do = Correct the named line. If the manifest was downloaded, tell its publisher; the current one stays in use.

error-manifest-not-utf8 =
    .what = The manifest is not UTF-8. The message names the first byte that is wrong.
    .do = Save the file as UTF-8.

error-manifest-nul =
    .what = The manifest contains a NUL byte, so it is not a text file. It may have been saved as UTF-16.
    .do = Save the file as UTF-8.

error-manifest-package =
    .what = A downloaded manifest contains a package name that a package manager could take for an option.
    .do = The current manifest stays in use. Try again later or from another network; if the error stays, tell the publisher of fyne-setup.

error-manifest-project-go =
    .what = The Go that you asked for is older than the project's `go.mod` requires.
    .do = Name a newer Go with `--go`, or leave it out.

error-manifest-range =
    .what = A range in the manifest contains no Go release: its start is after its end.
    .do = Correct the named line. If the manifest was downloaded, tell its publisher; the current one stays in use.

error-manifest-recommended =
    .what = The Go that the manifest recommends cannot build any Fyne in it, or is below the security floor.
    .do = Correct the named line. If the manifest was downloaded, tell its publisher; the current one stays in use.

error-manifest-replaced =
    .what = A version in the manifest is replaced by one that the manifest does not have.
    .do = Correct the named line. If the manifest was downloaded, tell its publisher; the current one stays in use.

error-manifest-revoked-key =
    .what = The manifest is signed by a key that was revoked.
    .do = The current manifest stays in use. Try again later or from another network; if the error stays, tell the publisher of fyne-setup.

error-manifest-rollback =
    .what = The offered file is older than one that this machine has already seen.
    .do = The current manifest stays in use. Try again later or from another network; if the error stays, tell the publisher of fyne-setup.

error-manifest-root-signatures =
    .what = The list of keys does not have enough valid signatures of root keys.
    .do = The current manifest stays in use. Try again later or from another network; if the error stays, tell the publisher of fyne-setup.

error-manifest-schema =
    .what = The schema of the manifest is missing, is not a number, or is newer than this fyne-setup understands.
    .do = Update fyne-setup. In a file of your own, write `schema = 1`.

error-manifest-shape =
    .what = A key of the manifest is missing, or its value is of another type.
    .do = Correct the named line. If the manifest was downloaded, tell its publisher; the current one stays in use.

error-manifest-signature =
    .what = The signature is not a minisign signature, or does not match the file.
    .do = The current manifest stays in use. Try again later or from another network; if the error stays, tell the publisher of fyne-setup.

error-manifest-store =
    .what = The record of the manifests that were seen cannot be read. It protects against older ones, so nothing is accepted without it.
    .do = If you know the reason (a full disk, a restored backup), remove the named file and run the same command again.

error-manifest-syntax =
    .what = The manifest is not valid TOML. The message says what was expected, and where.
    .do = Correct the named line. If the manifest was downloaded, tell its publisher; the current one stays in use.

error-manifest-too-large =
    .what = The manifest or one of its files is far larger than any manifest is, so it was not read to its end.
    .do = Check that the path or URL is the right one. The current manifest stays in use.

error-manifest-trial =
    .what = A trial in the manifest is both proven and broken, or is of versions that no row allows.
    .do = Correct the named line. If the manifest was downloaded, tell its publisher; the current one stays in use.

error-manifest-unknown-key =
    .what = A key of the manifest is not known, or it was signed by a key that is not known.
    .do = Correct the key: the message names what was probably meant. For a signature, check that the file comes from the publisher of fyne-setup.

error-manifest-unread =
    .what = The file to be verified cannot be read.
    .do = Check the path and the permissions.

error-manifest-unreadable =
    .what = The manifest cannot be read: the file is missing or closed to you, or what was signed is not a manifest.
    .do = Check the path and its permissions. If it was downloaded, the current manifest stays in use; try again later.

error-manifest-version =
    .what = The version number for a new manifest is too large.
    .do = Choose a version just above the last one.

error-net-certificate =
    .what = The certificate of the server is not trusted: expired, of another host, or of an issuer that this machine does not know.
    .do = Check the date of this machine. If your company inspects traffic, save its CA certificate as a PEM file and set SSL_CERT_FILE to its path.

error-net-changed =
    .what = The server sent parts that do not belong together: the file changed during the download.
    .do = Choose another source with `--go-mirror URL` or `--goproxy LIST`, or try again later.

error-net-cut =
    .what = The download stopped before its end.
    .do = Run the same command again: the download continues where it stopped.

error-net-modules =
    .what = A Go command could not download modules. The message has what it said.
    .do = Check the network, the proxy and GOPROXY, or choose another module proxy with `--goproxy LIST`.

error-net-no-source =
    .what = No source is left to download from: every one is off or excluded by the settings.
    .do = Name a source with `--goproxy LIST` or `--go-mirror URL`.

error-net-not-allowed =
    .what = The URL is not one that is downloaded from: it is not https, has no host, or redirects to such a URL.
    .do = Choose another source with `--go-mirror URL` or `--goproxy LIST`, or try again later.

error-net-offline =
    .what = `--offline` was given, but something is needed that this machine does not have.
    .do = Run the same command once without `--offline`, or name a mirror on this machine with `--go-mirror`.

error-net-proxy =
    .what = The proxy did not let the connection through, or cannot be reached.
    .do = Correct its address in https_proxy, HTTPS_PROXY, all_proxy or ALL_PROXY, or unset it. If it refuses, ask its operator to allow the host.

error-net-status =
    .what = The server answered with an HTTP error. 403 and 404 mean that it does not have the file; from 500 on, it has a problem itself.
    .do = Choose another source with `--go-mirror URL` or `--goproxy LIST`, or try again later.

error-net-timeout =
    .what = The server did not answer in time.
    .do = Check the network connection and the proxy, then run the same command again. `--timeout` sets how long to wait.

error-net-too-large =
    .what = The server sent more than the file can have.
    .do = Choose another source with `--go-mirror URL` or `--goproxy LIST`, or try again later.

error-net-unreachable =
    .what = No connection to the server was possible.
    .do = Check the network connection. If you need a proxy here, set https_proxy to its address and run the same command again.

error-output =
    .what = The result could not be written to standard output. The command itself may have done its work.
    .do = Check what standard output is connected to: a full disk, or a program that ended.

error-packages-busy =
    .what = The package manager was busy for the whole time: another program holds its lock.
    .do = Wait until that program has ended, then run the same command again.

error-packages-by-hand =
    .what = System packages are missing, and fyne-setup does not run this package manager for you. Everything else is done.
    .do = Run the printed command, then `fyne-setup install` again.

error-packages-cancelled =
    .what = Windows asked whether an installer may change this computer, or the installer asked something, and the answer was no. Nothing was installed.
    .do = Run the same command again and confirm the question. Without an administrator's password, ask whoever looks after this computer.

error-packages-failed =
    .what = The package manager failed. The message has its exit number and what it said.
    .do = Read the log that the hint names. When its cause is fixed, run the same command again.

error-packages-gone =
    .what = The package manager knows no package of this name.
    .do = Check that its sources are the usual ones (for winget: `winget source list`), then run the same command again.

error-packages-network =
    .what = The package manager could not download.
    .do = Check the network, the proxy and the package sources; the log has the details. Then run the same command again.

error-packages-policy =
    .what = A policy of your organisation forbids this installation.
    .do = Ask whoever looks after this computer to install the package that the message names, then run the same command again.

error-packages-restart =
    .what = The package is installed, and it counts after a restart of the machine. fyne-setup never restarts a machine.
    .do = Restart the machine when it suits you, then run `fyne-setup install` again.

error-packages-restart-first =
    .what = The installer wants a restart of the machine before it installs anything: another installation waits to be finished.
    .do = Restart the machine, then run the same command again.

error-packages-rights =
    .what = The package manager was refused the rights that it needs.
    .do = Check that sudo works for you, or run the printed command as root. Then run the same command again.

error-packages-unanswered =
    .what = The package manager does not say which packages are installed, so none was removed.
    .do = Fix the package manager first, then run the same command again.

error-packages-unknown =
    .what = System packages are missing, and fyne-setup does not know the package manager of this system. Everything else is done.
    .do = Install the packages with the named headers and programs by hand, then run `fyne-setup install` again.

error-packages-unsuitable =
    .what = The package manager knows the package, and has no installer of it for this system or processor.
    .do = Check that this is 64-bit Windows 10 (1809) or newer and that App Installer is up to date, then run the same command again.

error-pin-no-go =
    .what = The go.sum of the project has to be completed, and there is no Go on this machine that could do it. Nothing was changed.
    .do = Run `fyne-setup install`, then `fyne-setup pin` again.

error-plan-differs =
    .what = The machine has changed since the plan was made, and the plan of today is another one. Nothing was changed.
    .do = Make a new plan with `fyne-setup plan --json` and read it again.

error-plan-secret =
    .what = A plan and the journal keep no passwords, so the login of a URL has to be given again. Nothing was changed.
    .do = Give the whole URL again, with `--goproxy` or `--go-mirror`, or in `FYNE_SETUP_GOPROXY` or `FYNE_SETUP_GO_MIRROR`.

error-plan-unreadable =
    .what = The file is not a plan that this fyne-setup can read.
    .do = Make one with `fyne-setup plan --json > FILE`.

error-platform-unsupported =
    .what = fyne-setup does not install on this system or processor.
    .do = Use Linux on x86_64 or aarch64. `check` and `explain` work on this machine too.

error-premise-changed =
    .what = Another program changed a file during this run, so fyne-setup left it alone.
    .do = Run the same command again: it checks everything again.

error-profile-entangled =
    .what = A line of a shell profile was not changed: the fix would change something else too.
    .do = Remove the named variable from that line by hand.

error-profile-syntax =
    .what = A shell profile was not changed: its own shell cannot parse it.
    .do = Fix the syntax of the file and the named line by hand. The hint has the command for the line.

error-project-mod-changes =
    .what = The lines of `go.sum` cannot be completed without a change of `go.mod`. Neither was changed.
    .do = Run `go mod tidy` in the project and look at what it changes.

error-project-mod-syntax =
    .what = The go.mod of the project cannot be read. The message names the line.
    .do = Correct that line, then run the same command again.

error-project-outside =
    .what = A go.mod or go.sum of the project is a link that leads out of it. fyne-setup does not write through such a link.
    .do = Replace the link with a file of the project.

error-project-private =
    .what = A module of the project is private, so its hash is not looked up anywhere.
    .do = Run `go mod tidy` in the project, with access to the private module.

error-prove-cannot-look =
    .what = The window cannot be looked at. On Linux only a Wayland display is available, and its windows cannot be read from outside; on a Mac the program reported nothing of what it draws.
    .do = Install Xvfb or Xwayland, or prove on an X11 display. On a Mac run it in a terminal on the Mac itself, and look at the screen.

error-prove-display =
    .what = The display was lost, or cannot be read.
    .do = Check that DISPLAY names a display that is yours and still there, then run the same command again.

error-prove-ended =
    .what = The program that opens the window ended before the window was seen. The message has what it said.
    .do = Read the message; `fyne-setup check` finds missing libraries and drivers.

error-prove-hidden =
    .what = The window is open, but its content could not be read in time.
    .do = Unlock the screen and bring the window to the front, then run the same command again.

error-prove-no-display =
    .what = There is neither a display nor Xvfb, so no window can be opened.
    .do = Run the command in a desktop session, or install Xvfb.

error-prove-no-go =
    .what = There is no Go on this machine that can build the proof.
    .do = Run `fyne-setup install` first.

error-prove-no-window =
    .what = The program runs, but it opened no window in time.
    .do = Read the message; `fyne-setup check` finds what OpenGL and the display need.

error-prove-picture =
    .what = The window is open, but it shows something else than it should.
    .do = Bring the window to the front and run the same command again. If it stays, another graphics driver often helps.

error-prove-server =
    .what = Xvfb was started for the proof, but did not come up.
    .do = Read the message; reinstall Xvfb where it is damaged.

error-provision-differs =
    .what = A file that `fyne-setup provision` would write is there already with other content. Nothing was written.
    .do = Compare the two with `--to` and another directory. `--force` replaces the file and keeps the old one beside it with `.bak` at its end.

error-provision-several =
    .what = This kind has several files, and standard output takes one.
    .do = Name a directory with `--to`.

error-record-write =
    .what = The recording could not be written.
    .do = Name a directory that is yours: `fyne-setup check --record DIR`.

error-report-output =
    .what = `report --out -` writes an archive. A terminal cannot show one, and with `--json` standard output has the document. Nothing was written.
    .do = Send it into a file, `fyne-setup report --out - > report.tar.gz`, or name one with `--out FILE`.

error-report-there =
    .what = The file that the report should be written to exists already. Nothing was written.
    .do = Remove it, or name another file.

error-report-write =
    .what = The file that a report was to be written to is no regular file, or its directory is not there or not yours to write. Nothing was done.
    .do = Create the directory, or name a new file in a directory that you can write to.

error-restore-lost =
    .what = A file that should be restored disappeared while it was being verified.
    .do = Run the same command again while nothing else cleans up these directories.

error-rights-missing =
    .what = System packages are missing, and you have no rights to install them. Everything else is done.
    .do = Run the printed command as root, or ask an administrator. Then run `fyne-setup install` again.

error-run-no-such-command =
    .what = `fyne-setup run` cannot find the command that you named.
    .do = Check its name, and that its directory is in PATH.

error-trust-answer =
    .what = The server does not answer like a checksum database. The answer was not used.
    .do = On a network with a login page, open that page in a browser and log in first. Otherwise choose another module proxy with `--goproxy LIST`.

error-trust-checksum =
    .what = Something is not what its authors published: its hash differs from the checksum database or from `go.sum`. It is not used.
    .do = Clear the module cache with `go clean -modcache` and run the same command again. If the error stays, choose another source with `--goproxy LIST` or `--go-mirror URL`.

error-trust-cli =
    .what = The built `fyne` command does not match its record in the checksum database. It is not used.
    .do = Clear the module cache with `go clean -modcache` and run the same command again. If the error stays, choose another module proxy with `--goproxy LIST`.

error-trust-fork =
    .what = The checksum database shows two histories that contradict each other. One of them is false, and neither was used.
    .do = Keep the named file with both heads, and do not install Go from this network. Report it to security@golang.org.

error-trust-proof =
    .what = The checksum database did not prove that its answer is part of its log.
    .do = The answer was not used. Choose another module proxy with `--goproxy LIST`, and report the error to the operator of the current one.

error-trust-record =
    .what = The record of the checksum database is of another module or is not a record.
    .do = The answer was not used. Choose another module proxy with `--goproxy LIST`, and report the error to the operator of the current one.

error-trust-signature =
    .what = The answer of the checksum database is not signed by its key.
    .do = The answer was not used. Choose another module proxy with `--goproxy LIST`, and report the error to the operator of the current one.

error-trust-state =
    .what = The file with the newest signed tree head of the checksum database is damaged.
    .do = If you know the reason (a full disk, a restored backup), remove the named file and run the same command again.

error-trust-unknown =
    .what = The checksum database does not know this module or this version.
    .do = Check the path and the version. If both are right, choose another module proxy with `--goproxy LIST`.

error-undo-built-on =
    .what = The run cannot be undone alone: a later run changed the same things.
    .do = Undo the later run first: the hint names it. `fyne-setup uninstall` undoes everything.

error-update-foreign =
    .what = The running fyne-setup belongs to another user, or lies in a directory that is not yours to change.
    .do = Ask its owner to update it, or install a copy of your own.

error-update-no-channel =
    .what = This build of fyne-setup does not know where newer ones are published.
    .do = Name the base URL of a channel: `fyne-setup self update URL`. Or install a newer one in the way in which you installed this one.

error-update-no-keys =
    .what = This build of `fyne-setup` has no root keys, so it cannot verify a newer program.
    .do = The program in use works; it only cannot update itself. For a newer one, run the installer line of its channel again: `curl -fsSL CHANNEL/install.sh | sh`. From another source: install it in the way in which you installed this one.

error-update-no-program =
    .what = The channel has no newer fyne-setup for this machine, or a file of it is missing.
    .do = Try again later, or build fyne-setup from its source.

error-update-packaged =
    .what = The running fyne-setup was installed by a package manager, which would not know of the change.
    .do = Update it with that package manager.

error-update-refused =
    .what = What the channel offers is not what the publisher signed: a signature, a checksum or a version does not match. The current program stays in use.
    .do = Try again later or from another network. If the error stays, tell the publisher of fyne-setup.

error-update-rollback =
    .what = The channel offers an older fyne-setup than one that was seen before. The current program stays in use.
    .do = Try again later or from another network: someone may be replaying an old channel. If the error stays, tell the publisher.

error-update-self-test =
    .what = The new fyne-setup does not work on this machine. The current one stays in use.
    .do = Tell the publisher of fyne-setup what the message says.

error-usage =
    .what = The command line is wrong in a way that has no code of its own.
    .do = `fyne-setup COMMAND --help` lists what is possible.

error-usage-bad-value =
    .what = The value of an option is not valid.
    .do = Use one of the values or the form that the hint names.

error-usage-conflict =
    .what = Two options cannot be used together.
    .do = Leave out one of the two that the message names.

error-usage-home =
    .what = HOME, or a directory that fyne-setup would use, belongs to another user. What is written there could be changed by that user.
    .do = Run the command as the owner, or with the home directory of the user that runs it: the message has the line. `--for-root` continues anyway.

error-usage-mirror =
    .what = The value of `--go-mirror` is not a valid URL.
    .do = Write it as `https://HOST/PATH`.

error-usage-missing =
    .what = A command or a required value is missing.
    .do = `fyne-setup COMMAND --help` shows what has to stand there.

error-usage-module =
    .what = This is not a module path with a version.
    .do = Write it as `PATH@VERSION`, for example `fyne.io/fyne/v2@v2.8.1`.

error-usage-not-empty =
    .what = The directory for a new program exists already and is not empty. Nothing was written.
    .do = Name a directory that does not exist yet.

error-usage-no-project =
    .what = The directory is not a Go project: it contains no `go.mod`.
    .do = Name a directory with a `go.mod`, or make one with `go mod init`.

error-usage-no-recording =
    .what = The directory contains no recording that can be replayed.
    .do = Name a directory that `fyne-setup check --record DIR` wrote.

error-usage-no-such-run =
    .what = There is no run with this name.
    .do = `fyne-setup history` lists all runs.

error-usage-sudo =
    .what = Under sudo the command would set up root and not you.
    .do = Run it without sudo: it asks for root rights when it needs them. Add `--for-root` to set up root.

error-usage-unknown-check =
    .what = There is no check with this ID.
    .do = `docs/checks.md` lists all checks, as does `fyne-setup check`.

error-usage-unknown-command =
    .what = There is no such command.
    .do = Type what the hint suggests; `fyne-setup --help` lists all commands.

error-usage-unknown-option =
    .what = There is no such option for this command.
    .do = Type what the hint suggests; `fyne-setup COMMAND --help` lists all options.

error-usage-unknown-variable =
    .what = A variable that begins with FYNE_SETUP_ is none that fyne-setup has, and is written nearly like one. Nothing was done.
    .do = Rename it as the hint says, or unset it. `docs/variables.md` has every variable.

error-usage-unreadable-log =
    .what = The log that was named cannot be read: it is absent, a directory, or no regular file.
    .do = Name a file, or pipe the log in: `go build 2>&1 | fyne-setup diagnose -`.

error-usage-url =
    .what = The address is not a valid URL of a channel.
    .do = Write it as `https://HOST/PATH`.

error-usage-value-missing =
    .what = An option is given without its value.
    .do = Write the value behind it; the hint names what is possible.

error-variable-unfit =
    .what = A variable in the registry of Windows was not changed: it would be longer than Windows can hold, or it is no text.
    .do = Shorten it by hand (Settings, System, About, Advanced system settings, Environment variables), then run the same command again.

error-verify-bad =
    .what = A file is not what it should be: a checksum, a signature or a hash speaks against it, or its key may not sign.
    .do = Do not run it. Download it again, from another network or another source, and tell its publisher if the error stays.

error-verify-key =
    .what = What was named as a public key is not one.
    .do = For `--key`, name the `.pub` file of minisign or its second line; for `--openpgp-key`, a file that `gpg --export` made.

error-verify-unread =
    .what = A file that is to be verified, or a list for it, cannot be read.
    .do = Check its name and its rights. The tree of a Go is verified with `--go DIR`.

error-windows-declined =
    .what = Windows did not do what it was asked for: its question was answered with No, or its PowerShell could not do it.
    .do = Run the same command again and answer Yes to the question of Windows, or type the printed line in PowerShell as administrator.

error-windows-firewall =
    .what = A rule was made in the firewall of Windows, and the port stayed closed: another rule is stronger. Ours was removed again, or it is said that it stays.
    .do = In "Windows Defender Firewall with Advanced Security", remove the inbound rules that block the X server. Then run the same command again.

error-wsl-sockets =
    .what = A command that shows the sockets of WSLg where programs look for a display failed.
    .do = Read the command's own words in the message. `wsl --shutdown` in PowerShell on Windows, and a new terminal, bring WSL's own mount back; with `wsl --update` before, also where systemd covers it.

error-xcode-not-offered =
    .what = Apple's servers offer no Command Line Tools for this macOS.
    .do = Type `xcode-select --install` and click Install in the dialogue, or download them from developer.apple.com/download/all. Where broken ones are there, remove them first: `sudo rm -rf /Library/Developer/CommandLineTools`. Then run the same command again.
