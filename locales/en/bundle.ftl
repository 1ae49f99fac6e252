# Bundles: one file for an installation without network.

bundle-refused = This bundle is not accepted: { $why }
bundle-refused-hint = Nothing was installed. Copy the bundle again from where it was made. If it is refused again, ask its owner: somebody may have changed it.
bundle-none = it does not begin with the list of a bundle
bundle-cut = it ends too early
bundle-entry = { $path } does not stand there as its list says
bundle-more = something follows its last file
bundle-digest = { $path } is not the file that was listed
bundle-list-unread = its list cannot be read: { $why }
bundle-list-bad = its list has { $path }: { $why }
bundle-list-many = its list has more than { $most } files
bundle-list-folder = this is no folder of a bundle
bundle-list-order = the files are not in their order
bundle-list-large = this is larger than any file or bundle may be
bundle-list-kind = it is not what it is said to be
bundle-newer = The bundle has a form that this fyne-setup does not know ({ $schema }).
bundle-newer-hint = Use the fyne-setup that is in the bundle (tar -xf FILE program), or a newer one.
bundle-signature = The signature of the bundle is not accepted: { $why }
bundle-signature-hint = Nothing was installed. Ask the owner of the bundle for the right public key, or for the right bundle.
bundle-not-signed = it is not signed, and the key { $key } was named
bundle-other-key = it is signed by { $key }, and not by { $named }
bundle-signature-differs = it was not made over this list (key { $key })
bundle-signature-other = it was made for another file
bundle-signature-form = it is not a signature of minisign
bundle-signed = The bundle is signed by { $key }.
bundle-claimed = The bundle says that { $key } signed it. Nobody can tell without the public key of its owner.
bundle-unsigned = The bundle is not signed.
bundle-unsigned-hint = Name the public key of its owner (--key). If you made the bundle yourself, or trust whoever gave it to you, add --unsigned.
bundle-your-word = Nobody vouches for this bundle but you. Go and the modules are proven by the checksum database; the packages of the system and the build cache in it are not.
bundle-unread = cannot read the bundle: { $why }
bundle-unread-file = cannot read { $file }: { $why }
bundle-platform = The bundle is for { $has }, and this machine is { $here }.
bundle-platform-hint = Make one with: fyne-setup bundle create --for TARGET FILE
bundle-packages-other = The packages in the bundle are for { $has } ({ $arch }), and this is { $here }: they are not used.
bundle-packages-unread = { $manager } cannot read the packages of the bundle: { $said }
bundle-no-packages = Packages of the system are missing here, and the bundle has none for this machine: { $names }
bundle-no-packages-hint = Nothing was installed. Make the bundle on a machine with the same release of the system, or install these packages first.
bundle-verifying = Verifying { $files } files of the bundle
bundle-manifest-expired = { $days ->
        [one] The manifest that chose the versions in this bundle expired { $days } day ago. A newer bundle may have security fixes.
       *[other] The manifest that chose the versions in this bundle expired { $days } days ago. A newer bundle may have security fixes.
    }
bundle-cache-differs = it was made for { $what } { $has }, and here it is { $here }
bundle-cache-skipped = The build cache of the bundle is not used: { $why }. Everything is compiled, which takes minutes.
bundle-holds = { $files } files, { $mib } MiB, made by fyne-setup { $maker }: Go { $go } for { $targets }, fyne/v2 { $fyne }, { $cli }; packages: { $packages }; build cache for: { $cache }
bundle-none-in-it = none

bundle-file-there = { $file } exists already
bundle-file-there-hint = Remove it, or name another file.
bundle-bad-target = { $target } is not a platform
bundle-bad-target-hint = Name platforms as Go does, such as --for linux-amd64,windows-amd64
bundle-not-ready = A bundle is made from what works, and Go does not work here yet.
bundle-not-ready-hint = First run: fyne-setup install
bundle-no-source = no source has { $what }
bundle-no-compiler = A build cache needs a C compiler, and none works here.
bundle-no-minisign = minisign is not installed, and it makes the signature
bundle-no-minisign-hint = Install the package minisign, or make the bundle without a key; then it is not signed.
bundle-not-signed-by = { $program } did not sign the list of the bundle
bundle-packages-not-here = The packages of this system cannot be put into a bundle yet: it has none.
bundle-packages-failed = { $manager } could not fetch the packages: { $said }
bundle-packages-failed-hint = Bring its lists up to date (apt-get update), then run the same command again; or add --no-packages.
bundle-making-modules = Fetching modules
bundle-making-go = Fetching Go { $version } for { $target }
bundle-making-proofs = Fetching proofs from the checksum database
bundle-making-packages = Fetching packages of the system with { $manager }
bundle-making-cache = Building the build cache for { $modules }
