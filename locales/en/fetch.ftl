# Downloads: network, proxies, certificates, archives. The same keys stand in every language.

fetch-go = Go { $version }
fetch-unreachable = cannot reach { $host }: { $why }
fetch-unreachable-hint = Check the network connection. If you need a proxy here, set https_proxy to its address (https_proxy=http://HOST:PORT) and run the same command again. Finished downloads are kept, and fyne-setup check works without a network.
fetch-timeout = { $host } does not answer
fetch-certificate = the certificate of { $host } is not trusted: { $why }
fetch-certificate-hint = Check that the date of this machine is right. If a company proxy inspects your traffic, save its CA certificate as a PEM file and set SSL_CERT_FILE to the path of that file.
fetch-certificate-of = the certificate of { $host }, issued by { $issuer }, is not trusted: { $why }
fetch-certificate-of-hint = If { $issuer } belongs to your company or school, ask its administrators for the CA certificate as a PEM file. To trust it everywhere, copy it to /usr/local/share/ca-certificates/NAME.crt and run update-ca-certificates as root. To trust it only here, set SSL_CERT_FILE to the path of the file. If you do not know { $issuer }, do not use this network for downloads.
fetch-no-authorities = cannot check the certificate of { $host }: { $why }
fetch-no-authorities-hint = Install the package ca-certificates (apt-get install ca-certificates), or set SSL_CERT_FILE to a PEM file with CA certificates.
fetch-proxy = the proxy { $proxy } does not let the request through: { $why }
fetch-proxy-hint = The proxy comes from https_proxy, HTTPS_PROXY, all_proxy or ALL_PROXY. Correct its address there, unset the variable if you need no proxy here, or list the hosts that need no proxy in no_proxy.
fetch-proxy-refuses-hint = The proxy answers, but refuses the request. Ask its operator to allow the hosts of your GOPROXY, sum.golang.org and go.dev. If your company has its own module proxies and mirrors, name them with --goproxy LIST and --go-mirror URL. The proxy comes from https_proxy, HTTPS_PROXY, all_proxy or ALL_PROXY.
fetch-proxy-login-hint = The proxy needs a user name and a password: set https_proxy=http://USER:PASSWORD@HOST:PORT in this terminal. They are never printed or stored.
fetch-not-allowed = will not fetch { $url }: { $why }
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
