# Journal and history. Every key has its twin in the other language.
history-no-such-run = there is no run { $run }
history-empty = fyne-setup has changed nothing here
history-unread = { $count ->
    [one] One line of the journal could not be read
   *[other] { $count } lines of the journal could not be read
}
history-cut-short = cut short
history-run = { $run }: { $command }, { $date }, exit { $exit }
