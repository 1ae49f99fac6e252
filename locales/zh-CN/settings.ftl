# Settings, profiles and what `env` prints.
settings-at-file = { $file } 第 { $line } 行
settings-at-registry = { $key }，{ $name }
settings-next-login = 从下次登录起（{ $file } 第 { $line } 行）：{ $summary }
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
    .looks-macos = CGO_CFLAGS、CGO_LDFLAGS、MACOSX_DEPLOYMENT_TARGET：重复或已不存在的框架、旧链接器（-ld_classic）、不存在的目录和 SDK，以及为更新的 macOS 构建的程序
cgo-flags-ok = 没有偏离系统的头文件和库
cgo-flags-own = { $variable } 含有 { $flag }，其中的内容可以编译
cgo-flags-warns = { $what }；链接器只会警告
cgo-flags-doubled = { $setting } 重复指定了框架：{ $frameworks }
cgo-flags-classic = { $setting } 要求使用旧链接器（{ $flag }），它已被弃用，自 Xcode { $last } 起被移除
cgo-flags-classic-gone = { $setting } 要求使用旧链接器（{ $flag }），而这些工具已不再提供它
cgo-flags-dir-gone = { $setting } 指向目录 { $dir }，而它不存在
cgo-flags-sdk-gone = { $setting } 指向 SDK { $dir }，而它不存在
cgo-flags-framework-gone = { $setting } 指定了框架 { $framework }，而 SDK 中没有它
cgo-flags-too-new = 程序为 macOS { $target } 构建，而当前是 macOS { $system }
cgo-flags-too-new-cause = 由于 { $setting }，程序可能需要更新的 macOS 才有的功能，因而无法在此启动
cgo-flags-poisoned = 设置 { $variable }={ $value } 时 Fyne 构建失败
cgo-flags-cause = { $place } 设置的 { $variable } 中的 { $flag } 使 { $file } 排在系统文件之前
cgo-flags-other-cause = { $place } 设置了 { $variable }={ $value }
