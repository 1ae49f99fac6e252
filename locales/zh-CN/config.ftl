# 设置文件，以及有人已接受的检查结果。
config-head =
    fyne-setup：在这里设置一次，就不必在每条命令中重复同样的选项。
    键就是去掉短横线的选项名。选项优先于变量 FYNE_SETUP_…，两者都优先于本文件。
    去掉某行开头的 # 即可设置。`fyne-setup config show` 会显示生效的值及其来源。
config-key-lang = 语言："en" 或 "zh-CN"。未设置时由区域设置决定。
config-key-color = 颜色："auto"、"always" 或 "never"。NO_COLOR 优先。
config-key-plain = 用文字代替符号，不显示会动的内容：供屏幕阅读器使用。
config-key-ascii = 只用 ASCII 符号。
config-key-offline = 从不使用网络。
config-key-timeout = 一次网络请求最多用多少秒。
config-key-no-sudo = 从不请求 root 权限。
config-key-manifest = 用来选择版本的清单：一个文件，或带签名的网址。
config-key-goal = 这台机器的用途："desktop"；从不显示窗口时为 "build"。
config-key-go = 要安装的 Go。在项目中由其 go.mod 和锁文件决定。
config-key-fyne = 要准备的 Fyne。在项目中由其 go.mod 和锁文件决定。
config-key-goproxy = 模块的来源，写法与 GOPROXY 相同。
config-key-go-mirror = 首先从哪里下载 Go 的归档。可写一个，或在方括号中写多个。
config-key-prefix = 安装 Go 的目录。
config-key-no-modify-path = 从不写入 shell 的配置文件。
config-key-no-container = 在不能安装软件包的系统上也不创建容器。
config-key-no-warm = 不为首次构建准备构建缓存。
config-key-no-proof = 结束时不打开用来证明一切正常的窗口。

config-file = { $file }
config-no-file = { $file }（不存在：可用 fyne-setup config init 写入）
config-from-flag = 选项 { $flag }
config-from-variable = 变量 { $variable }
config-from-file = config.toml 第 { $line } 行
config-from-lock = 项目的锁文件
config-from-project = 项目的 go.mod
config-from-default = 默认值
config-from-locale = 来自区域设置
config-from-manifest = 来自清单
config-from-go = 来自 Go 自身的设置
config-value-manifest = 认可的最新清单
config-written = 已写入 { $file }：其中列出了所有设置，但都还没有设置
config-would = 将写入 { $file }
config-there = { $file } 已经存在
config-there-hint = 请编辑它；也可以把它移走，再运行同一条命令
config-foreign = 未采用 { $file }：{ $why }
config-unread = 无法读取 { $file }：{ $why }
config-unread-hint = 请让它成为您可以读取的文件，或把它移走；之后可用 fyne-setup config init 写入新文件
config-no-text = 它不是文本，或者太大
config-syntax = { $file } 不是 TOML：{ $why }
config-syntax-hint = 每行是名称、等号和值，例如 offline = true
config-unknown-key = { $file } 中没有 { $key } 这一设置
config-keys = 可用的设置：{ $keys }
config-wrong-kind = { $key } 的值类型不对
config-kind-flag = 请写 true 或 false，不要加引号
config-kind = 请这样写：{ $key } = { $example }
config-bad-value = { $key } 不能是 "{ $value }"

accept-done = 已接受 { $id }：fyne-setup check 会列出它，但不会因此失败
accept-done-until = 已接受 { $id }，到 { $day } 为止：fyne-setup check 会列出它，但不会因此失败
accept-removed = 不再接受 { $id }
accept-not-there = { $id } 原本就没有被接受
accept-none = 没有接受任何检查结果
accept-dry = 不加 --dry-run 时会将其写下
accept-past = { $day } 已经过去
accept-past-hint = 今天是 { $today }（UTC）
accept-family = { $id } 是一组检查
accept-family-hint = 请接受其中一项：{ $ids }
accept-no-day = "{ $day }" 不是日期；请写成 2027-01-31 这样
accept-twice = 其中 { $id } 出现了两次
accept-unknown = { $file } 接受了 { $id }，但没有这个名称的检查项
accept-unread-hint = 请改正这一行；也可以移走此文件，再用 fyne-setup accept 重新接受

accepted-always = 已接受：{ $reason }
accepted-until = 已接受，到 { $day } 为止：{ $reason }
accepted-ended = 曾接受到 { $day }，现已到期：{ $reason }
