# `verify`: whose a file is, layer by layer.

verify-layer-sha256 = SHA-256
verify-layer-minisign = minisign
verify-layer-openpgp = OpenPGP
verify-layer-go-modules = Go modules
verify-layer-go-tree = Go tree
verify-layer-apple = Apple signature
verify-layer-authenticode = Authenticode

verify-proven = proven
verify-as-published = as published
verify-absent = absent
verify-not-judged = not judged
verify-bad = bad
verify-line = { $state }: { $text }

verify-unread = cannot read { $file }: { $why }
verify-why = { $why }
verify-a-directory = it is a directory
verify-a-directory-hint = Name files. The tree of a Go is verified with fyne-setup verify --go DIR.
verify-no-key = { $key } is not a public key of minisign, and not a file with one
verify-no-key-hint = Name the .pub file, or its second line.
verify-no-openpgp-key = { $file } has no public keys of OpenPGP: { $why }
verify-no-openpgp-key-hint = Name a file that gpg --export made, with --armor or without.
verify-bad-files = { $bad } of { $all } fail verification
verify-bad-hint = Do not run it. Download it again, from another network or another source, and tell its publisher if the error stays.

verify-no-signature = there is no signature
verify-signature-unread = the signature cannot be read: { $why }
verify-malformed = the signature is damaged: { $why }
verify-signed = signed by key { $key }
verify-comment = the signature says: { $comment }
verify-no-keys = a signature is there, but no key to verify it with ({ $why }); name one with --key
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
