# The guide: `fyne-setup` alone on a terminal, and `new`.
guide-question = Carry it out? [Y]es [n]o [e]xplain [c]hoose:
guide-letters = Type y, n, e or c, then Enter. Enter alone means yes.
guide-nothing-found = Nothing is broken; what is missing is in the plan.
guide-more-found = { $count ->
    [one] and one more; `fyne-setup check` shows all
   *[other] and { $count } more; `fyne-setup check` shows all
}
guide-same = The same without questions (add --yes):
guide-left = Interrupted. What was installed stays; `fyne-setup undo` takes it back.
guide-choose = What to change:
guide-choose-question = A letter or a number, or Enter to go back to the plan:
guide-choose-letters = Type g, f, m, a or a number, then Enter. n leaves everything as it is.
guide-choose-go = Go { $version }: take another
guide-choose-fyne = Fyne { $version }: take another
guide-choose-source = modules and Go from { $source }: take another source
guide-choose-system = install for all users of this machine
guide-ticked = [{ $tick }] { $what }
guide-source-set = where Go is set to look
guide-source-question = A GOPROXY list such as https://proxy.example,direct; 0 for what Go is set to, not measured; Enter changes nothing:
guide-version-question = A number or a version; Enter changes nothing:
guide-version-unread = { $word } is neither a number of the list nor a version such as 1.27.4
guide-system = For all users this is another command, which needs root:
guide-part-packages = install system packages (with sudo, if you are not root)
guide-part-profiles = add one block to your shell profiles
guide-part-warm = prepare the first `fyne build`
guide-part-proof = open a window as proof
guide-part-upgrade = replace a good Go or fyne command by the recommended one
guide-first-program = Next, fyne-setup can write a first program for you: three files in a directory of their own, with the Fyne that was just prepared. `fyne-setup undo` takes them back, unless you changed them.
guide-first-program-question = Write it to { $dir }? [Y]es [n]o, or type another directory:
guide-first-program-again = Type another directory, or only Enter to write none:
guide-later = Later, these make a first program, and take back what was done last:
new-next = Your program is ready. To open its window:
new-next-private = Your program is ready. There is no screen here: this opens its window on a private one, until Ctrl-C.
new-not-ready = this machine cannot build a Fyne program yet: { $what }
new-not-ready-hint = run `{ $command }` first, then the same command again
new-not-empty = { $dir } exists already and is not an empty directory
new-not-empty-hint = name a directory that is empty or does not exist yet
new-unfit = { $dir } contains a line end or another control character
new-unseen = { $dir } could not be looked at: { $why }
