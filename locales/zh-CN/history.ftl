# Journal and history. Every key has its twin in the other language.
history-no-such-run = 没有编号为 { $run } 的运行记录
history-empty = fyne-setup 尚未在此作过任何更改
history-unread = 日志中有 { $count } 行无法读取
history-cut-short = 被中断
history-run = { $run }：{ $command }，{ $date }，退出码 { $exit }
