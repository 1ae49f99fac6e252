# Checksum database and signatures. Every key has its twin in the other language.

trust-no-server = cannot ask the checksum database, so nothing can be verified: { $tried }
trust-offline = the hash of { $module } was never confirmed on this machine, and --offline forbids asking the checksum database
trust-offline-hint = Run the same command once without --offline. What was confirmed then stays confirmed.
trust-not-a-module = { $module } is not a module path with a version
trust-unknown = { $server } does not know { $module }
trust-unknown-hint = Check path and version. If they are right, choose another module proxy with --goproxy LIST.
trust-answer = { $server } does not answer as a checksum database does (asked for { $what })
trust-answer-hint = On a network with a login page, open that page in a browser and log in first. Otherwise choose another module proxy with --goproxy LIST. Nothing was installed.
trust-signature = { $server } sent { $what } without a valid signature of the Go checksum database
trust-proof = { $server } sent a proof that does not hold: { $why }
trust-record = { $server } sent the record of something else than { $module }
trust-other-hint = Nothing was installed. Choose another module proxy with --goproxy LIST, and tell whoever runs this one what you saw.
trust-fork = the Go checksum database shows two histories that contradict each other: { $ours } and { $theirs } (number of records, root hash)
trust-fork-hint = Both heads are signed, and one of them is false. Nothing was installed. Keep the file with both heads, do not install Go from this network, and report it to security@golang.org.
trust-state = { $path } is damaged: it should hold the newest signed head of the Go checksum database
trust-state-hint = If you know why (a full disk, a restored backup), remove { $path } and run the same command again: a fresh head is then fetched and verified.
trust-store = cannot keep the state of the checksum database in { $path }: { $why }
trust-differs = { $module } is not what was published: the program was built from { $built }, the checksum database has { $published }
trust-differs-hint = The program is not used. Clear the module cache with go clean -modcache and run the same command again. If it happens again, choose another module proxy with --goproxy LIST.
trust-local = { $module } was built from a local directory, which nobody published
