# `verify` and `self update`: whose a file is, layer by layer, and a newer program.

verify-layer-sha256 = SHA-256
verify-layer-minisign = minisign
verify-layer-openpgp = OpenPGP
verify-layer-journal = built here
verify-layer-go-modules = Go modules
verify-layer-go-tree = Go tree
verify-layer-apple = Apple signature
verify-layer-authenticode = Authenticode

verify-proven = proven
verify-as-published = as published
verify-as-recorded = as recorded
verify-absent = absent
verify-not-judged = not judged
verify-bad = bad
verify-line = { $state }: { $text }

verify-unread = cannot read { $file }: { $why }
verify-why = { $why }
verify-a-directory = it is a directory
verify-a-directory-hint = Name files. The tree of a Go is verified with fyne-setup verify --go DIR.
verify-no-key = { $key } is not a public key of minisign, and not a file with one
verify-unread-key = cannot read the key { $file }: { $why }
verify-no-key-hint = Name the .pub file, or its second line.
verify-no-openpgp-key = { $file } has no public keys of OpenPGP: { $why }
verify-no-openpgp-key-hint = Name a file that gpg --export made, with --armor or without.
verify-go-hint = Name the directory of a whole Go, such as fyne-setup verify --go /usr/local/go
verify-no-directory = it is not a directory
verify-no-such-directory = there is no such directory
verify-end-proven =
    { $all ->
        [one] Proven: whoever is named above vouches for this file.
       *[other] Proven: whoever is named above vouches for all { $all } of them.
    }
verify-end-open = Not proven: { $open } of { $all }. Nothing speaks against it, but nobody known here vouches for it. { $next }
verify-next-key = A signature is there: name the key of its publisher with { $option }.
verify-end-denied = Not proven: { $open } of { $all }. A signature vouches for { $file }, but the list that { $option } names does not have it. Name the list of its release, or leave { $option } out.
verify-next-signature = To prove a download, put the signature of its publisher (FILE.minisig or FILE.asc) or a signed SHA256SUMS beside it.
verify-next-go = Connect to the network and run the same command again, or install Go from its publisher.
verify-bad-files = { $bad } of { $all } fail verification
verify-bad-hint = Do not run it. Download it again, from another network or another source, and tell its publisher if the error stays.

verify-no-signature = there is no signature
verify-signature-unread = the signature cannot be read: { $why }
verify-malformed = the signature is damaged: { $why }
verify-signature-cut = the signature file is cut short: download it again
verify-signed = signed by key { $key }
verify-comment = the signature says: { $comment }
verify-no-keys = a signature is there, but no key to verify it with ({ $why }); name one with --key
verify-no-own-keys = this build is not a release, so it knows no release key
verify-keys-expired = keys.toml expired at { $at }
verify-unknown-key = signed by key { $key }, which is none of the known keys
verify-other-key = signed by key { $key }, not by the named one
verify-revoked = signed by key { $key }, which is revoked
verify-legacy = the signature is in the legacy format of minisign
verify-differs = the signature by key { $key } does not match this file
verify-not-bound = the signature by key { $key } does not say which file it is for
verify-for-other = the signature is for another file: its { $item } is “{ $said }”, this one’s is “{ $is }”

verify-no-list = there is no list of checksums
verify-list-bad = the list { $list } fails verification: { $why }
verify-list-malformed = the list { $list } cannot be used: { $why }
verify-list-silent = the list { $list } does not name this file
verify-list-differs = the list { $list } has another checksum: { $digest }
verify-list-open = the list { $list } has this checksum, but proves nothing: { $why }
verify-list-unsigned = it is not signed
verify-listed = the list { $list } has this checksum and is signed by key { $key }
sums-too-large = it is too large
sums-no-list = it is not in the format of sha256sum
sums-twice = it has two checksums for one name

verify-openpgp-no-keys = a signature is there, but no key to verify it with; name one with --openpgp-key
verify-openpgp-signed = signed by { $key } on { $at }
verify-openpgp-unknown-key = signed by none of the named keys
verify-openpgp-refused = the signature by key { $key } is refused: { $why }
openpgp-no-text = it is neither text nor a packet
openpgp-no-block = the text is not such a block
openpgp-block = the block is damaged
openpgp-cut = the file is cut short, download it again
openpgp-damaged = a packet is damaged
openpgp-no-key = there is no public key in it
openpgp-secret-key = it has a secret key in it
openpgp-no-signature = it is not a detached signature
openpgp-not-of-file = it is not a signature of a file
openpgp-of-text = a signature of text, not of bytes
openpgp-too-large = it is too large
openpgp-two-issuers = it names two keys
openpgp-loose = it has unsigned content
openpgp-version-3 = it has version 3, which is outdated
openpgp-version = a signature of a version that this program does not know
openpgp-unsupported = an algorithm that this program does not have
openpgp-revoked = the key is revoked
openpgp-expired = the key is expired
openpgp-unbound = no valid signature binds the key
openpgp-weak-binding = only SHA-1, or an older hash, binds the key
openpgp-short = the key is shorter than 2048 bits
openpgp-usage = the key is not for signing
openpgp-no-agreement = the subkey has not signed that it belongs to the key
openpgp-demanding = it demands something that this program does not know
openpgp-weak-signature = it rests on SHA-1 or an older hash
openpgp-signature-expired = the signature is expired
openpgp-before-key = it is older than the key
openpgp-future = it was made in the future

verify-built = run { $run } of fyne-setup built it here on { $date } from { $module }; its digest is as in the journal, which any program of yours can write
verify-built-anew = run { $run } of fyne-setup built another program here; somebody has built this one since
verify-built-changed = run { $run } of fyne-setup put a program with sha256 { $wrote } here; this one is another: built anew, stripped, or changed

verify-no-build-info = not built by Go
verify-no-modules = { $go } built it, from no modules
verify-modules-published = all { $all } modules that it names are in the checksum database with the same hashes; that { $go } built it from them is its own word
verify-modules-differ = { $count } of { $all } modules that it names differ from the checksum database
verify-modules-open = { $published } of { $all } modules that it names are in the checksum database with the same hashes; the others cannot be judged
verify-module-differs = { $module }: differs
verify-module-open = { $module }: { $why }
verify-modules-more = and { $count } more
verify-replaced = it stands in the place of { $module }
verify-local = built from a local directory or a changed checkout
verify-private = private by GOPRIVATE or GONOSUMDB, so nobody is asked

verify-no-go = it has no VERSION file, so it is not a Go
verify-no-release = its VERSION file names no release
verify-tree-unread = a file of it cannot be read
verify-tree-proven = every file is that of { $module } in the checksum database ({ $hash })
verify-tree-differs = it is not { $module } of the checksum database
verify-tree-changed = { $file }: changed or missing
verify-tree-added = { $file }: not published with it

verify-system-there = there is one, which only its own system can judge
verify-apple-signed = every page is as { $name } signed it; whether Apple took the certificate back only a Mac can ask
verify-apple-ad-hoc = signed by nobody (ad hoc); its pages are whole
verify-apple-unknown = signed by { $name }, a certificate that Apple does not vouch for
verify-apple-page = the page at byte { $at } is not the one that was signed
verify-apple-part = what belongs to the signature is not what was signed
verify-apple-unsigned = it has bytes that nothing signs
verify-apple-list = the list of its pages is not the one that was signed
verify-apple-signature = the signature was not made by the key of its certificate
verify-apple-certificate = its certificate was not signed by the one that it names
apple-damaged = it is damaged
apple-other-hash = it has an algorithm that this program does not have
apple-signers = it is not of one signer
apple-no-certificate = its certificate is missing

# `self update`.
update-no-channel = this build has no channel
update-no-channel-hint = Name the base URL of a channel: fyne-setup self update URL. Or install a newer fyne-setup in the way in which you installed this one.
update-no-keys = this build has no root keys, so it cannot verify a newer fyne-setup
update-no-keys-hint = Nothing is wrong with the program in use: it only cannot update itself. For a newer one, run the installer line again: curl -fsSL { $url }/install.sh | sh
update-downloading = Downloading fyne-setup { $version }
update-rollback = the channel offers fyne-setup { $version }, which is older than the known version { $seen }
update-kept-hint = The current program stays in use. Try again later or from another network. If the error stays, tell the publisher of fyne-setup.
update-no-program = the channel has no fyne-setup { $version } for { $triple }
update-no-program-hint = Try again later, or build fyne-setup from its source.
update-missing = { $file } is missing on the channel
update-refused = { $file } fails verification: { $why }
update-digest = its checksum is not that of { $list }
update-other-version = its version is { $version }, not { $list }
update-archive = it cannot be unpacked: { $why }
update-archive-empty = the program is missing in it
update-lost = { $program } is no longer there
update-foreign = { $program } belongs to another user, or lies in a directory that is not yours to change
update-foreign-hint = Ask its owner to update it, or install a copy of your own.
update-packaged = { $program } belongs to the package { $package } of { $manager }
update-packaged-hint = Update it with { $manager }.
update-self-test = fyne-setup { $version } fails its self-test here: { $why }
update-no-answer = no answer within { $seconds } seconds
update-bad-answer = it ends with { $code }: { $said }
update-no-start = it cannot be started
update-says-other = it says that it is { $said }
update-done = fyne-setup is now { $to } (it was { $from }); the one before is kept as { $previous }
update-newer = fyne-setup { $to } is available (this is { $from })
update-current = fyne-setup { $version } is current (the channel has { $offered })
update-test = fyne-setup { $version } works here and knows Go { $go }

# `self keys`.
keys-release = Release keys, which sign the archives and packages of fyne-setup
keys-no-release = none: this build is not a release, so verify of an archive of fyne-setup needs --key
keys-roots = Root keys, which sign keys.toml, which names the keys of manifests and newer releases
keys-no-roots = none: this build takes no manifest and no newer program from the network
keys-for-tests = These keys are for tests: everybody has them, and this build is not a release.
