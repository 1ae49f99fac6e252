# Settings, profiles and what `env` prints.
settings-at-file = { $file } 第 { $line } 行
settings-at-registry = { $key }，{ $name }
settings-at-terminal = 仅当前终端

cgo-enabled =
    .title = cgo
    .looks = CGO_ENABLED
    .why = Fyne 通过 C 调用 OpenGL；没有 cgo，构建会提示 “build constraints exclude all Go files”
    .by-hand = 执行 go env -u CGO_ENABLED，或删除设置它的那一行
    .by-us = 在设置它的地方移除该设置
    .unseen = 运行 go 的脚本或 Makefile 中的 CGO_ENABLED
cgo-enabled-on = 已启用
cgo-enabled-default = 有 C 编译器时即启用
cgo-enabled-off = cgo 已关闭（CGO_ENABLED=0）
cgo-enabled-cause = { $place } 设置了 CGO_ENABLED=0

cgo-flags =
    .title = C 编译标志
    .looks = CGO_CPPFLAGS、CGO_CFLAGS 与 CGO_LDFLAGS，以及它们所指目录中的内容
    .why = 废弃 SDK 的头文件排在系统头文件之前，会破坏 Fyne 的构建
    .by-hand = 删除设置该变量的那一行，或执行 go env -u CGO_CPPFLAGS
    .by-us = 在设置它的地方移除该设置
    .unseen = 您自己的包中 #cgo 行里的选项
cgo-flags-ok = 没有偏离系统的头文件和库
cgo-flags-own = { $variable } 含有 { $flag }，其中的内容可以编译
cgo-flags-poisoned = 设置 { $variable }={ $value } 时 Fyne 构建失败
cgo-flags-cause = { $place } 设置的 { $variable } 中的 { $flag } 使 { $file } 排在系统文件之前
cgo-flags-other-cause = { $place } 设置了 { $variable }={ $value }
