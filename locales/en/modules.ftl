# Checks of the module proxy, the checksum database and the caches.

go-proxy =
    .title = GOPROXY
    .looks = GOPROXY: where modules come from, and whether Go can read it
    .why = Without a proxy that answers, no module can be downloaded
    .by-hand = Run go env -u GOPROXY, or set a proxy that you can reach: go env -w GOPROXY=URL,direct
    .by-us = Removes the setting where it is set, so that Go's default applies
    .unseen = Whether a proxy that answers delivers what you need; a proxy on another machine is asked only while something is downloaded
go-proxy-ok = { $value }
go-proxy-default = Go's default
go-proxy-direct = direct: modules come from their own repositories; set in { $place }
go-proxy-off = GOPROXY=off, but something must still be downloaded
go-proxy-no-git = GOPROXY requires modules from their repositories, but git is not installed
go-proxy-off-unneeded = GOPROXY=off is set in { $place }; everything that a build needs is already downloaded
go-proxy-empty = GOPROXY={ $value } names no proxy
go-proxy-malformed = { $entry } in GOPROXY is not an address that Go knows
go-proxy-dead = GOPROXY names { $address }, but nothing listens there
go-proxy-cause = GOPROXY={ $value } is set in { $place }

modules-http-proxy =
    .title = HTTP proxy
    .looks = http_proxy, https_proxy and all_proxy: whether a proxy on this machine answers
    .why = Every download goes through the proxy; if the proxy does not answer, every download fails
    .by-hand = Run unset http_proxy https_proxy, and remove the line that sets them
    .by-us = Comments out the line that sets the variable, after a backup
    .unseen = A proxy on another machine: whether it answers, and whom it lets through
    .by-hand-windows = Run Remove-Item Env:HTTP_PROXY, Env:HTTPS_PROXY in PowerShell, and remove the variables where they are set
    .by-us-windows = Removes the variable where it is set, if it is yours
modules-http-proxy-none = no proxy is set
modules-http-proxy-ok = { $value }
modules-http-proxy-dead = { $variable } names { $address }, but nothing listens there
modules-http-proxy-cause = { $variable } is set in { $place } and names { $address }

modules-certificates =
    .title = Certificates
    .looks = The certificate bundle of the system, or the one that SSL_CERT_FILE and SSL_CERT_DIR name instead
    .why = Without certificates no download can be trusted, and Go refuses all of them (x509: certificate signed by unknown authority)
    .by-hand = Remove the line that sets the variable, or install the package ca-certificates
    .by-us = Removes the setting where it is set, or installs the package
    .unseen = Whether the certificate of a company's proxy is among them
    .looks-windows = Nothing: Go uses Windows' own store of certificates, whatever SSL_CERT_FILE says
    .by-hand-windows = The certificate of a company's proxy goes into Windows' own store (certmgr.msc, Trusted Root Certification Authorities)
    .by-us-windows = Does not change the certificates of Windows
    .looks-macos = Nothing: Go uses the keychains of macOS, whatever SSL_CERT_FILE says
    .by-hand-macos = The certificate of a company's proxy goes into the System keychain (Keychain Access), trusted there
    .by-us-macos = Does not change the certificates of macOS
modules-certificates-mac = the keychains of macOS
modules-certificates-ok = { $path }
modules-certificates-windows = Windows' own store
modules-certificates-unknown = cannot look for certificates: { $why }
modules-certificates-unneeded = no certificates were found, and the module proxy does not need them
modules-certificates-none = no certificates were found, so no download can be trusted
modules-certificates-hidden = { $name }={ $value }, set in { $place }, names no certificates and hides those of the system
modules-certificates-cause = the certificate bundle of the package { $package } is missing or empty

go-sumdb =
    .title = Checksum database
    .looks = GOSUMDB, GONOSUMDB, GOPRIVATE and GOINSECURE: whether public modules are verified
    .why = Without verification, a forged module can be compiled in without anyone noticing
    .by-hand = Run go env -u GOSUMDB GONOSUMDB GOINSECURE; list only your own modules in GOPRIVATE
    .by-us = Removes the setting where it is set; does not change the proxies and patterns of a company
    .unseen = Whether the checksum database can be reached: it is asked while something is downloaded
go-sumdb-ok = modules are verified with { $value }
go-sumdb-off = GOSUMDB=off: modules from a public proxy are not verified
go-sumdb-private = GOSUMDB=off is set in { $place }, together with a proxy of your own
go-sumdb-unknown = GOSUMDB={ $value } does not name a checksum database that Go knows
go-sumdb-cause = GOSUMDB={ $value } is set in { $place }
go-sumdb-bypassed = { $variable }={ $value } turns off verification of public modules, such as { $module }
go-sumdb-bypassed-cause = { $variable }={ $value } is set in { $place }

modules-cache =
    .title = Module cache
    .looks = GOMODCACHE: whether it can be used, and whether the modules of a build are as published. Modes and times are compared first; the hash is computed for modules that look changed. With --deep every module is hashed
    .why = A damaged download stops every build that needs it, and an edited module gives you a different program than others get
    .by-hand = Save your changes, remove the directory or file that is shown, then run go mod download
    .by-us = Restores only the files that differ, from a download whose hash is in the checksum database, and keeps your changes as a backup. Moves a cache of another user aside and copies its downloads into a new one
    .unseen = Without --deep: a changed file of a module whose modes and times were restored. Modules that no build of this project needs
modules-cache-ok = { $path }
modules-cache-absent = the first download will create { $path }
modules-cache-unknown = no home directory for the module cache
modules-cache-not-seen = cannot look at { $path }: { $why }
modules-cache-zip = the download of { $module } in the module cache is not a zip file
modules-cache-zip-cause = { $path } is damaged, and the module must be unpacked from it
modules-cache-edited = { $module } in the module cache has been modified
modules-cache-edited-cause = { $path } differs from the download
modules-cache-note = the recorded hash of { $module } in the module cache does not match its files
modules-cache-note-cause = { $path } is damaged; the files of the module are as published
modules-cache-mod = the go.mod of { $module } in the module cache differs from the published one
modules-cache-mod-cause = { $path } differs from the download
modules-cache-private = { $module } is private: only you know its right content. Save your changes, then download the module again
modules-cache-no-directory = the module cache { $path } is not a directory
modules-cache-no-directory-cause = { $path } exists, but is not a directory
modules-cache-foreign = you cannot write to the module cache { $path }, and modules are missing
modules-cache-barred = the module cache { $path } cannot be created
modules-cache-foreign-cause = { $path } belongs to user { $owner }
modules-closed-windows = Windows does not let you write to { $path }
modules-cache-relative = the module cache { $path } is not an absolute path, so Go refuses it
modules-cache-relative-cause = { $name }={ $value } is set in { $place }
modules-cache-decide = move { $path } away; Go creates a new one

modules-build-cache =
    .title = Build cache
    .looks = GOCACHE: whether Go can use it. With --deep also whether every entry has the content that its name says
    .why = Go refuses to build without a build cache, and trusts what is in it
    .by-hand = Move the cache away; Go creates a new one
    .by-us = Moves a cache that this user cannot use aside, and copies its readable files into a new one. Removes only the damaged entries of a cache
    .unseen = Without --deep: a damaged entry. Entries of other programs' builds are compared only with --deep, too
modules-build-cache-ok = { $path }
modules-build-cache-unknown = no home directory for the build cache
modules-build-cache-off = GOCACHE=off, but Go needs a build cache
modules-build-cache-off-cause = GOCACHE=off is set in { $place }
modules-build-cache-relative = GOCACHE={ $path } is not an absolute path, so Go refuses it
modules-build-cache-relative-cause = GOCACHE={ $path } is set in { $place }
modules-build-cache-unusable = Go cannot use the build cache { $path } (GOCACHE)
modules-build-cache-gap-cause = { $path } is missing, and Go may not create it: the cache belongs to user { $owner }
modules-build-cache-foreign-cause = { $path } belongs to user { $owner } and is not readable
modules-build-cache-no-directory-cause = { $path } is not a directory
modules-build-cache-closed-cause = { $path } belongs to user { $owner } and is not writable
modules-build-cache-decide = move { $path } away; Go creates a new one

modules-present =
    .title = Fyne's modules
    .looks = Whether the modules that a build needs are in the module cache
    .why = The first build downloads missing modules, and fails if downloads are forbidden
    .by-hand = Run go mod download in the project
    .by-us = Downloads, verifies and compiles them, so that your first build is fast and needs no network
    .unseen = Modules of your project that come from a private proxy, until they are downloaded
modules-present-ok = all { $count } are downloaded
modules-present-missing = { $missing } of { $wanted } are not downloaded yet
modules-present-off = { $first } is not downloaded, but GOPROXY=off
modules-present-off-cause = { $first } is not in the module cache
modules-cache-confirmed = { $path }; all { $count } modules are as published
modules-cache-unconfirmed = cannot tell whether the modules in { $path } are as published: { $why }
modules-build-cache-confirmed = { $path }; every entry has the content that its name says
modules-build-cache-unconfirmed = cannot look at { $path }: { $why }
modules-build-cache-garbled = { $count ->
    [one] one entry of the build cache { $path } is damaged
   *[other] { $count } entries of the build cache { $path } are damaged
}
modules-build-cache-garbled-cause = { $path } does not have the content that its name says
