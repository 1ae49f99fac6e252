# The signed manifest: what is refused and why. Every key has its twin in the other language.

release-kept-hint = The manifest in use stays in use. Try again later or from another network. If it stays so, tell whoever publishes fyne-setup.
release-no-roots = this build of fyne-setup has no root keys, so no manifest from the network can be verified
release-no-roots-hint = The manifest inside the program serves. A manifest that you downloaded yourself can be named with --manifest FILE.
release-too-large = { $file } has more than { $kib } KiB
release-not-signed = the signature of { $file } is not one that minisign writes: { $why }
release-legacy = the signature of { $file } has the legacy form of minisign
release-unknown-key = { $file } is signed by a key that we do not know: { $key }
release-differs = the signature by { $key } is not that of this { $file }
release-revoked = the manifest is signed by a key that was revoked: { $key }
release-too-few = keys.toml has valid signatures of { $have } root keys, { $need } are needed
release-comment = { $file } is not what its signature says: “{ $said }” where the content has “{ $is }”
release-unreadable = { $file } is signed and cannot be read: { $why }
release-schema-hint = It is meant for a newer fyne-setup. The manifest in use stays in use.
release-rollback = { $file } has version { $version }, older than version { $seen } that was seen before
release-fork = there are two different { $file } with version { $version }: { $ours } was seen before, { $theirs } is offered now
release-jump = the version of { $file } jumps from { $seen } to { $version }
release-expired = { $file } expired at { $at }
release-expires-soon = the manifest expires at { $at }, in less than 48 hours: a healthy source renews it every week, so this one was held back
release-clock-behind = the clock says { $now }, but the manifest was signed at { $signed }
release-clock-ahead = the clock says { $now }, more than a year after the manifest expired at { $expires }
release-clock-hint = Set the clock, for instance with timedatectl set-ntp true, and run the same command again.
release-store-unreadable = { $path } cannot be read: { $why }
release-store-ignored = the stored manifest is ignored, and the one inside the program serves: { $why }
