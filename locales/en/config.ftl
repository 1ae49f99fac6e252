# The file of settings, and findings that somebody accepted.
config-head =
    fyne-setup: what you set once, instead of the same options in each line.
    A key is an option without its dashes. An option beats its variable FYNE_SETUP_…, and both beat this file.
    Take away the # in front of a line to set it. `fyne-setup config show` prints what holds, and whose word that is.
config-key-lang = The language: "en" or "zh-CN". Without it: as the locale says.
config-key-color = Colors: "auto", "always" or "never". NO_COLOR beats it.
config-key-plain = Words instead of signs, and nothing that moves: for screen readers.
config-key-ascii = Only signs of ASCII.
config-key-offline = Never use the network.
config-key-timeout = How many seconds one request to the network may take.
config-key-no-sudo = Never ask for root rights.
config-key-manifest = The manifest that chooses the versions: a file, or a URL with a signature.
config-key-goal = What this machine is for: "desktop", or "build" where no window is ever shown.
config-key-go = The Go to install. In a project its go.mod and its lock file decide.
config-key-fyne = The Fyne to prepare. In a project its go.mod and its lock file decide.
config-key-goproxy = Where modules come from, as Go's GOPROXY.
config-key-go-mirror = Where archives of Go come from first. One, or several in brackets.
config-key-prefix = The directory that Go is installed in.
config-key-no-modify-path = Never write into shell profiles.
config-key-no-container = Never make a container, on systems that take no packages.
config-key-no-warm = Do not prepare the build cache for the first build.
config-key-no-proof = End without the window that proves that everything works.

config-file = { $file }
config-no-file = { $file } (not there: fyne-setup config init writes it)
config-from-flag = option { $flag }
config-from-variable = variable { $variable }
config-from-file = config.toml, line { $line }
config-from-lock = lock file of the project
config-from-project = go.mod of the project
config-from-default = default
config-from-locale = from the locale
config-from-manifest = from the manifest
config-from-go = from Go's own settings
config-value-manifest = the newest accepted
config-written = Wrote { $file }: every setting is in it, and none is set yet
config-would = Would write { $file }
config-there = { $file } is there already
config-there-hint = edit it, or move it away and run the same command again
config-foreign = { $file } is not obeyed: { $why }
config-unread = { $file } cannot be read: { $why }
config-unread-hint = make it a file that you can read, or move it away; then fyne-setup config init writes a new one
config-no-text = it is not a text, or too large
config-syntax = { $file } is not TOML: { $why }
config-syntax-hint = each line is a name, an equals sign and a value, such as offline = true
config-unknown-key = { $file } has no setting { $key }
config-keys = settings are { $keys }
config-wrong-kind = { $key } has a value of the wrong kind
config-kind-flag = write true or false, without quotes
config-kind = write it like this: { $key } = { $example }
config-bad-value = { $key } cannot be "{ $value }"

accept-done = { $id } is accepted: fyne-setup check lists it and does not fail for it
accept-done-until = { $id } is accepted until { $day }: fyne-setup check lists it and does not fail for it
accept-removed = { $id } is not accepted any more
accept-not-there = { $id } was not accepted
accept-none = Nothing is accepted
accept-dry = Without --dry-run, this would be written down
accept-past = { $day } is over
accept-past-hint = today is { $today } (UTC)
accept-family = { $id } is a family of checks
accept-family-hint = accept one of them: { $ids }
accept-no-day = "{ $day }" is no day; write it like 2027-01-31
accept-twice = { $id } stands in it twice
accept-unknown = { $file } accepts { $id }, and there is no check of that name
accept-unread-hint = set this line right; or move the file away, and accept again with fyne-setup accept

accepted-always = accepted: { $reason }
accepted-until = accepted until { $day }: { $reason }
accepted-ended = was accepted until { $day }, and that is over: { $reason }
