# Downloads: network, proxies, certificates, archives. Every key has its twin in the other language.

fetch-go = Go { $version }
fetch-unreachable = cannot reach { $host }: { $why }
fetch-unreachable-hint = Check the network connection. If a proxy is needed here, set https_proxy to its address (https_proxy=http://HOST:PORT) and run the same command again. What is downloaded already is kept, and fyne-setup check works without network.
fetch-timeout = { $host } does not answer
fetch-certificate = the certificate of { $host } is not trusted: { $why }
fetch-certificate-hint = Check that the date of this machine is right. If a company proxy reads your traffic, save its CA certificate as a PEM file and set SSL_CERT_FILE to that file's path.
fetch-certificate-of = the certificate of { $host }, issued by { $issuer }, is not trusted: { $why }
fetch-certificate-of-hint = If { $issuer } belongs to your company or school, ask its administrators for the CA certificate as a PEM file. Trust it everywhere by copying it to /usr/local/share/ca-certificates/NAME.crt and running update-ca-certificates as root, or only here by setting SSL_CERT_FILE to the file's path. If you do not know { $issuer }, do not use this network for downloads.
fetch-no-authorities = cannot check the certificate of { $host }: { $why }
fetch-no-authorities-hint = Install the package ca-certificates (apt-get install ca-certificates), or set SSL_CERT_FILE to a PEM file with CA certificates.
fetch-proxy = the proxy { $proxy } does not let us through: { $why }
fetch-proxy-hint = The proxy comes from https_proxy, HTTPS_PROXY, all_proxy or ALL_PROXY. Correct its address there, unset the variable if no proxy is needed here, or name the hosts that need none in no_proxy.
fetch-proxy-refuses-hint = The proxy is there and refuses: ask whoever runs it to let the hosts of your GOPROXY, sum.golang.org and go.dev through. If your company has module proxies and mirrors of its own, name them with --goproxy LIST and --go-mirror URL. The proxy comes from https_proxy, HTTPS_PROXY, all_proxy or ALL_PROXY.
fetch-proxy-login-hint = The proxy wants a user name and a password: set https_proxy=http://USER:PASSWORD@HOST:PORT in this terminal. They are never printed or stored.
fetch-not-allowed = will not fetch { $url }: { $why }
fetch-mirror-hint = Choose another source with --go-mirror URL or --goproxy LIST, or try again later.
fetch-status = { $host } answered { $status }
fetch-status-hint = 403 and 404 mean that this source does not have the file; numbers from 500 on mean that the source has a fault of its own. Choose another source with --go-mirror URL or --goproxy LIST, or try again later.
fetch-cut = the download from { $host } broke off after { $megabytes } MiB: { $why }
fetch-cut-hint = Run the same command again: the download goes on where it stopped.
fetch-changed = { $host } sends parts that do not belong together
fetch-too-large = { $host } sends more than { $megabytes } MiB
fetch-disk = cannot write: { $why }
fetch-disk-full = the disk is full: { $why }
fetch-disk-full-hint = Free some space on the disk that holds { $path }, then run the same command again.
fetch-no-room = { $path } has { $free } MiB free, { $needed } MiB are needed
fetch-not-private = others may write to { $path }, so what lies there could be changed before it is verified
fetch-not-private-hint = Make the directory yours alone (chmod go-w { $path }), or remove it, then run the same command again.
fetch-hostile = { $from } sent an archive that is not accepted: { $why }
fetch-checksum = { $from } sent something else than Go published: it has { $found }, the checksum database has { $expected }
fetch-refused-hint = Nothing of it was kept or run. Choose another source with --go-mirror URL or --goproxy LIST, and tell whoever runs the one that sent it.
fetch-no-source = no source gave { $what }: { $tried }
fetch-and = { $first }; { $rest }
fetch-and-more = { $list }; and { $count } more
fetch-no-source-at-all = there is no source for { $what }
fetch-no-source-at-all-hint = Name one with --goproxy LIST or --go-mirror URL.
fetch-stopped = interrupted; what is downloaded already is kept
