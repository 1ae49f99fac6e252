# Downloads: network, proxies, certificates, archives.

fetch-go = Go { $version }
fetch-unreachable = cannot reach { $host }: { $why }
fetch-unresolved = cannot reach { $host }: its name could not be resolved
fetch-unreachable-hint = Check the network connection. If you need a proxy here, set https_proxy to its address (https_proxy=http://HOST:PORT) and run the same command again. Finished downloads are kept, and fyne-setup check works without a network.
fetch-timeout = { $host } does not answer
fetch-certificate = the certificate of { $host } is not trusted: { $why }
fetch-certificate-hint = Check that the date of this machine is right. If a company proxy inspects your traffic, save its CA certificate as a PEM file and set SSL_CERT_FILE to the path of that file.
fetch-certificate-of = the certificate of { $host }, issued by { $issuer }, is not trusted: { $why }
fetch-certificate-of-hint = If { $issuer } belongs to your company or school, ask its administrators for the CA certificate as a PEM file. { $os ->
        [windows] To trust it everywhere, double-click the file and install it into Trusted Root Certification Authorities.
        [macos] To trust it everywhere, add it to the System keychain (Keychain Access) and set it to Always Trust.
       *[other] To trust it everywhere, copy it to /usr/local/share/ca-certificates/NAME.crt and run update-ca-certificates as root.
    } To trust it only here, set SSL_CERT_FILE to the path of the file. If you do not know { $issuer }, do not use this network for downloads.
fetch-certificate-date-hint = Check that the date of this machine is right: type date. If it is, the fault is the server's: choose another source with --go-mirror URL or --goproxy LIST, or try again later.
fetch-certificate-name-hint = Something else answers in the place of this host: often the sign-in page of a network (open any page in a browser and sign in), a proxy, or a wrong line in the hosts file.
fetch-certificate-expired = it has expired
fetch-certificate-not-yet = it is not valid yet
fetch-certificate-issuer = its issuer is not known here
fetch-certificate-name = it was issued for another host
fetch-certificate-revoked = its issuer has revoked it
fetch-certificate-other = { $words }
fetch-no-authorities = cannot check the certificate of { $host }: this machine has no CA certificates
fetch-no-authorities-file = cannot check the certificate of { $host }: this machine has no CA certificates: SSL_CERT_FILE names { $file }, which has none
fetch-no-authorities-hint =
    { $os ->
        [windows] Let Windows Update run: it brings the CA certificates. Where SSL_CERT_FILE is set, remove it, or set it to a PEM file with CA certificates.
        [macos] Where SSL_CERT_FILE is set, remove it, or set it to a PEM file with CA certificates: the System keychain has those of macOS.
       *[other] Install the package ca-certificates (apt-get install ca-certificates), or set SSL_CERT_FILE to a PEM file with CA certificates.
    }
fetch-proxy = the proxy { $proxy } does not let the request through: { $why }
fetch-proxy-hint = The proxy comes from https_proxy, HTTPS_PROXY, all_proxy or ALL_PROXY. Correct its address there, unset the variable if you need no proxy here, or list the hosts that need no proxy in no_proxy.
fetch-proxy-refuses-hint = The proxy answers, but refuses the request. Ask its operator to allow the hosts of your GOPROXY, sum.golang.org and go.dev. If your company has its own module proxies and mirrors, name them with --goproxy LIST and --go-mirror URL. The proxy comes from https_proxy, HTTPS_PROXY, all_proxy or ALL_PROXY.
fetch-proxy-login-hint = The proxy needs a user name and a password: set https_proxy=http://USER:PASSWORD@HOST:PORT in this terminal. They are never printed or stored.
fetch-not-allowed = will not fetch { $url }: { $why }
fetch-rule-no-host = it names no host
fetch-rule-plain = it is not https
fetch-rule-scheme = only https is fetched
fetch-rule-downgrade = it redirects from https to http
fetch-rule-user-name = it redirects to an address with a user name
fetch-rule-redirects = there are more than five redirects
fetch-rule-only-bundle = only the bundle is used, and this is not in it
fetch-mirror-hint = Choose another source with --go-mirror URL or --goproxy LIST, or try again later.
fetch-status = { $host } answered { $status }
fetch-status-hint = 403 and 404 mean that this source does not have the file; 500 and above mean that the source itself has a problem. Choose another source with --go-mirror URL or --goproxy LIST, or try again later.
fetch-cut = the download from { $host } stopped after { $megabytes } MiB: { $why }
fetch-cut-hint = Run the same command again: the download continues where it stopped.
fetch-changed = { $host } sent parts that do not belong together
fetch-too-large = { $host } sent more than { $megabytes } MiB
fetch-disk = cannot write: { $why }
fetch-disk-full = the disk is full: { $why }
fetch-disk-full-hint = Free some space on the disk that holds { $path }, then run the same command again.
fetch-no-room = { $path } has { $free } MiB free, but { $needed } MiB are needed
fetch-not-private = other users can write to { $path }, so its files could be changed before they are verified
fetch-not-private-hint = Remove the write permission of other users (chmod go-w { $path }), or remove the directory, then run the same command again.
fetch-hostile = { $from } sent an archive that was rejected: { $why }
fetch-checksum = { $from } sent a file that Go did not publish: its hash is { $found }, but the checksum database has { $expected }
fetch-refused-hint = The file was neither kept nor run. Choose another source with --go-mirror URL or --goproxy LIST, and tell the operator of the source that sent it.
fetch-no-source = no source could provide { $what }: { $tried }
fetch-and = { $first }; { $rest }
fetch-and-more = { $list }; and { $count } more
fetch-no-source-at-all = no source is configured for { $what }
fetch-no-source-at-all-hint = Name a source with --goproxy LIST or --go-mirror URL.
fetch-stopped = interrupted; finished downloads are kept

# Why an archive is rejected.
archive-twice = { $name } and { $other } can be one file
archive-name-ascii = the name { $name } is not ASCII
archive-name-length = the name { $name } is empty or longer than 240 bytes
archive-name-absolute = the name { $name } is an absolute path
archive-name-control = the name { $name } has a control character
archive-name-windows = the name { $name } has a character that is special on Windows
archive-name-depth = the name { $name } is deeper than 200 directories
archive-name-empty-part = the name { $name } has an empty component
archive-name-outwards = the name { $name } walks out of its directory
archive-name-dot = the name { $name } has a component that ends in a dot or a space
archive-name-device = the name { $name } is a device on Windows
archive-name-outside = { $name } is not below the directory of the archive
archive-name-outside-module = { $name } is not below the name of the module
archive-name-go-mod = { $name } is a name that is reserved for go.mod
archive-link = { $name } is a link
archive-pax = { $name } is a PAX header, which can rename or resize the next file
archive-long-name = { $name } is a GNU long name
archive-sparse = { $name } is a sparse file
archive-device = { $name } is a device or a pipe
archive-unknown-kind = { $name } is of an unknown kind
archive-ustar = { $name } is not in the ustar format
archive-numbers = the numbers of { $name } cannot be read
archive-setuid = { $name } is setuid, setgid or sticky
archive-directory-content = { $name } is a directory with content
archive-encrypted = { $name } is encrypted, or packed in a way that Go does not use
archive-packed = { $name } is packed in a way that Go does not use
archive-symbolic-link = { $name } is a symbolic link
archive-irregular = { $name } is not a regular file
archive-entry-comment = the entry { $name } has a comment
archive-second-name = the entry { $name } has a second size or name
archive-extra = the entry { $name } has broken extra fields
archive-overlap = { $name } overlaps another entry
archive-plain-sizes = the two sizes of { $name } differ, although it is not packed
archive-no-header = the local header of { $name } is missing
archive-differs-flags = the archive says twice how { $name } is packed, and the two differ
archive-differs-size = the archive says the size or checksum of { $name } twice, and the two differ
archive-differs-name = the archive names { $name } twice, and the two names differ
archive-differs-descriptor = the data descriptor of { $name } differs from the directory of the archive
archive-limit-entries = the archive has more than { $limit } entries
archive-limit-files = the archive has more than { $limit } files
archive-limit-file = one file of the archive is larger than { $limit } bytes
archive-limit-all = all files of the archive together are larger than { $limit } bytes
archive-limit-directory = the directory of the zip is larger than { $limit } bytes
archive-limit-zip = the zip is larger than { $limit } bytes
archive-after-tar = there is something after the end of the tar archive
archive-after-gzip = there is something after the end of the gzip member
archive-zip-short = it is too short for a zip
archive-zip-end = it does not end like a zip without a comment
archive-zip-parts = it is a zip of several parts
archive-zip-directory-place = the directory of the zip is not right before its end
archive-zip-directory-unreadable = the directory of the zip cannot be read
archive-zip-directory-twice = the zip says twice where its directory is
archive-zip-directory-count = the directory of the zip has a different number of entries than the zip says
archive-zip-entries-place = the entries of the zip do not fit before its directory
archive-zip-gap = there is something between the entries of the zip
archive-tar-gzip = it cannot be read as a tar archive in gzip
archive-content-early = the content of { $name } ends early
archive-content-shorter = the content of { $name } is shorter than announced
archive-content-longer = the content of { $name } is longer than announced
archive-content-checksum = the checksum of { $name } is not the announced one
archive-content-inflate = the content of { $name } cannot be inflated
archive-content-after = the content of { $name } has bytes after its end
mirrors-asking = Asking the module sources which of them answers first
mirrors-silent = The default module source gave no usable answer within { $limit } s; { $mirror } answered after { $ms } ms and is used.
mirrors-slower = The default module source answered after { $default } ms, { $mirror } after { $ms } ms; the faster one is used.
