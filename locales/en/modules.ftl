# Checks of the module proxy, the checksum database and the caches. Every key has its twin in the other language.

go-proxy =
    .title = GOPROXY
    .looks = GOPROXY: where modules come from, and whether Go can read it
    .why = Without a proxy that answers no module can be downloaded
    .by-hand = go env -u GOPROXY, or set one that you can reach: go env -w GOPROXY=URL,direct
    .by-us = The setting is taken away where it is set, so that Go's own default holds
go-proxy-ok = { $value }
go-proxy-default = Go's own default
go-proxy-direct = direct: modules come from their own repositories, set in { $place }
go-proxy-off = GOPROXY=off, and something still has to be downloaded
go-proxy-no-git = GOPROXY asks for modules from their repositories, and there is no git to fetch them with
go-proxy-off-unneeded = GOPROXY=off in { $place }; everything that a build needs is here
go-proxy-empty = GOPROXY={ $value } names no proxy
go-proxy-malformed = { $entry } in GOPROXY is no address that Go knows
go-proxy-dead = nothing listens at { $address }, which GOPROXY names
go-proxy-cause = GOPROXY={ $value } is set in { $place }

modules-http-proxy =
    .title = HTTP proxy
    .looks = http_proxy, https_proxy and all_proxy: whether one on this machine answers
    .why = Every download goes through it; one that is gone stops them all
    .by-hand = unset http_proxy https_proxy, and remove the line that sets them
    .by-us = The line that sets it is commented out, after a backup
modules-http-proxy-none = none is set
modules-http-proxy-ok = { $value }
modules-http-proxy-dead = nothing listens at { $address }, which { $variable } names
modules-http-proxy-cause = { $variable } names { $address } and is set in { $place }

modules-certificates =
    .title = Certificates
    .looks = the system's bundle of certificates, or what SSL_CERT_FILE and SSL_CERT_DIR name in its place
    .why = without certificates no download can be trusted, and Go refuses each of them (x509: certificate signed by unknown authority)
    .by-hand = remove the line that sets the variable, or install the package ca-certificates
    .by-us = remove the setting where it stands, or install the package
modules-certificates-ok = { $path }
modules-certificates-unknown = cannot look for certificates: { $why }
modules-certificates-unneeded = there are none, and modules come from where none are needed
modules-certificates-none = there are no certificates to trust a download by
modules-certificates-hidden = { $name }={ $value }, set in { $place }, leads to no certificates and hides the system's
modules-certificates-cause = the bundle that the package { $package } brings is missing or empty

go-sumdb =
    .title = Checksum database
    .looks = GOSUMDB, GONOSUMDB, GOPRIVATE and GOINSECURE: whether public modules are checked
    .why = Without the check a forged module is compiled in and nobody notices
    .by-hand = go env -u GOSUMDB GONOSUMDB GOINSECURE; in GOPRIVATE name your own modules alone
    .by-us = The setting is taken away where it is set; a company's own proxy and patterns are left alone
go-sumdb-ok = modules are checked against { $value }
go-sumdb-off = GOSUMDB=off: modules from a public proxy are not checked
go-sumdb-private = GOSUMDB=off in { $place }, with a proxy of your own
go-sumdb-unknown = GOSUMDB={ $value } names no checksum database that Go knows
go-sumdb-cause = GOSUMDB={ $value } is set in { $place }
go-sumdb-bypassed = { $variable }={ $value } takes public modules out of the check, { $module } among them
go-sumdb-bypassed-cause = { $variable }={ $value } is set in { $place }

modules-cache =
    .title = Module cache
    .looks = GOMODCACHE: whether it can be used, and whether the modules of a build are what was published: by modes and times, and by the hash of a module that shows a sign. With --deep every module is hashed
    .why = A damaged download stops every build that needs it, and an edited module builds something else than others build
    .by-hand = Keep what you changed, remove the directory or file that is shown, then go mod download
    .by-us = Only the files that differ are put back, from a download whose hash the checksum database confirms; what was changed is kept in our backups. A cache of another user is moved aside, and a fresh one gets its downloads
modules-cache-ok = { $path }
modules-cache-absent = { $path } will be made by the first download
modules-cache-unknown = there is no home directory for it
modules-cache-not-seen = cannot look at { $path }: { $why }
modules-cache-zip = the download of { $module } in the module cache is no zip file
modules-cache-zip-cause = { $path } is damaged, and the module has to be unpacked from it
modules-cache-edited = { $module } in the module cache has been modified
modules-cache-edited-cause = { $path } is not what was downloaded
modules-cache-note = the hash that is noted of { $module } in the module cache is not that of its files
modules-cache-note-cause = { $path } was damaged; the files themselves are as they were published
modules-cache-mod = the go.mod of { $module } in the module cache is not what was published
modules-cache-mod-cause = { $path } is not what was downloaded
modules-cache-private = { $module } is private: only you can say what it should be. Keep what you changed, then fetch it again
modules-cache-no-directory = the module cache { $path } is not a directory
modules-cache-no-directory-cause = something else stands at { $path }
modules-cache-foreign = the module cache { $path } is not yours to write, and modules are missing
modules-cache-barred = the module cache { $path } cannot be made
modules-cache-foreign-cause = { $path } belongs to user { $owner }
modules-cache-relative = the module cache { $path } is not an absolute path; Go refuses it
modules-cache-relative-cause = { $name }={ $value } is set in { $place }
modules-cache-decide = move { $path } out of the way; Go makes a new one

modules-build-cache =
    .title = Build cache
    .looks = GOCACHE: whether Go can use it. With --deep also whether every entry holds what its name says
    .why = Go refuses to build without a build cache, and believes what is in it
    .by-hand = Move it away; Go makes a new one
    .by-us = One that this user cannot use is moved aside, and what can be read of it is copied into a fresh one. Of garbled entries only those go
modules-build-cache-ok = { $path }
modules-build-cache-unknown = there is no home directory for it
modules-build-cache-off = GOCACHE=off, and Go needs a build cache
modules-build-cache-off-cause = GOCACHE=off is set in { $place }
modules-build-cache-relative = GOCACHE={ $path } is not an absolute path; Go refuses it
modules-build-cache-relative-cause = GOCACHE={ $path } is set in { $place }
modules-build-cache-unusable = Go cannot use the build cache { $path } (GOCACHE)
modules-build-cache-gap-cause = { $path } is missing, and Go may not make it: the cache belongs to user { $owner }
modules-build-cache-foreign-cause = { $path } belongs to user { $owner } and cannot be read
modules-build-cache-no-directory-cause = { $path } is not a directory
modules-build-cache-closed-cause = { $path } belongs to user { $owner } and cannot be written
modules-build-cache-decide = move { $path } out of the way; Go makes a new one

modules-present =
    .title = Fyne's modules
    .looks = Whether the modules that a build takes are in the module cache
    .why = The first build downloads what is missing, and cannot where nothing may be downloaded
    .by-hand = go mod download in the project
    .by-us = They are downloaded, verified and compiled, so that your first build is offline and warm
modules-present-ok = all { $count } are downloaded
modules-present-missing = { $missing } of { $wanted } are not downloaded yet
modules-present-off = { $first } is not downloaded, and GOPROXY=off
modules-present-off-cause = { $first } is not in the module cache
modules-cache-confirmed = { $path }, with { $count } modules as they were published
modules-cache-unconfirmed = whether the modules in { $path } are what was published cannot be said: { $why }
modules-build-cache-confirmed = { $path }, every entry what its name says
modules-build-cache-unconfirmed = cannot look into { $path }: { $why }
modules-build-cache-garbled = { $count ->
    [one] one entry of the build cache { $path } is garbled
   *[other] { $count } entries of the build cache { $path } are garbled
}
modules-build-cache-garbled-cause = { $path } does not hold what its name says
