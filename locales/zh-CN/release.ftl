# The signed manifest: what is refused and why. Every key has its twin in the other language.

release-kept-hint = 当前使用的清单保持不变。请稍后重试，或换一个网络再试；如果依旧如此，请告知 fyne-setup 的发布者。
release-no-roots = 这个 fyne-setup 构建不含根密钥，无法验证来自网络的清单
release-no-roots-hint = 将使用程序内置的清单。自行下载的清单可以用 --manifest FILE 指定。
release-too-large = { $file } 超过 { $kib } KiB
release-not-signed = { $file } 的签名不是 minisign 生成的格式：{ $why }
release-legacy = { $file } 的签名是 minisign 的旧格式
release-unknown-key = { $file } 由未知的密钥签名：{ $key }
release-differs = 密钥 { $key } 的签名与这份 { $file } 不符
release-revoked = 清单由已吊销的密钥签名：{ $key }
release-too-few = keys.toml 只有 { $have } 个根密钥的有效签名，需要 { $need } 个
release-comment = { $file } 与签名中的说明不符：签名中是“{ $said }”，内容中是“{ $is }”
release-unreadable = { $file } 已签名但无法读取：{ $why }
release-schema-hint = 它适用于更新版本的 fyne-setup。当前使用的清单保持不变。
release-rollback = { $file } 的版本是 { $version }，低于之前见过的版本 { $seen }
release-fork = 版本 { $version } 的 { $file } 出现了两份不同的内容：之前见过 { $ours }，现在收到 { $theirs }
release-jump = { $file } 的版本从 { $seen } 跳到了 { $version }
release-expired = { $file } 已于 { $at } 过期
release-expires-soon = 清单将于 { $at } 过期，剩余不足 48 小时：正常的来源每周都会更新，因此这一份是被扣留的旧清单
release-clock-behind = 系统时钟显示 { $now }，而清单的签名时间是 { $signed }
release-clock-ahead = 系统时钟显示 { $now }，比清单的过期时间 { $expires } 晚一年以上
release-clock-hint = 请校准系统时钟（例如运行 timedatectl set-ntp true），然后再次运行同样的命令。
release-store-unreadable = 无法读取 { $path }：{ $why }
release-store-ignored = 已忽略保存的清单，使用程序内置的清单：{ $why }
