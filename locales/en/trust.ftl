# Checksum database and signatures. The same keys stand in every language.

trust-no-server = cannot reach the checksum database, so nothing can be verified: { $tried }
trust-offline = the hash of { $module } was never verified on this machine, and --offline forbids asking the checksum database
trust-offline-hint = Run the same command once without --offline. Verified hashes are kept.
trust-not-a-module = { $module } is not a module path with a version
trust-unknown = { $server } does not know { $module }
trust-unknown-hint = Check the path and the version. If both are right, choose another module proxy with --goproxy LIST.
trust-answer = { $server } does not answer like a checksum database (request: { $what })
trust-answer-hint = On a network with a login page, open that page in a browser and log in first. Otherwise choose another module proxy with --goproxy LIST. Nothing was installed.
trust-signature = { $server } sent { $what } without a valid signature of the Go checksum database
trust-proof = { $server } sent an invalid proof: { $why }
trust-record = { $server } sent a record that is not for { $module }
trust-other-hint = Nothing was installed. Choose another module proxy with --goproxy LIST, and report this error to the operator of the current one.
trust-fork = the Go checksum database shows two histories that contradict each other: { $ours } and { $theirs } (number of records, root hash)
trust-fork-hint = Both tree heads have a valid signature, so one of them is false. Nothing was installed. Keep the file with both heads, do not install Go from this network, and report it to security@golang.org.
trust-state = { $path } is damaged: it should contain the newest signed tree head of the Go checksum database
trust-state-hint = If you know the reason (a full disk, a restored backup), remove { $path } and run the same command again: a new tree head is then downloaded and verified.
trust-store = cannot save the state of the checksum database in { $path }: { $why }
trust-differs = { $module } differs from the published module: the program was built from { $built }, the checksum database has { $published }
trust-differs-hint = The program is not used. Clear the module cache with go clean -modcache and run the same command again. If the error stays, choose another module proxy with --goproxy LIST.
trust-local = { $module } was built from a local directory that was never published
