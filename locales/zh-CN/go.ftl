# Checks of Go itself.

go-present =
    .title = Go
    .looks = PATH 中的 go 命令，以及常见位置的 Go 目录
    .why = 没有 Go 就无法编译 Fyne 程序
    .by-hand = 从 https://go.dev/dl/ 下载 Go，解压到 /usr/local/go，并将 /usr/local/go/bin 加入 PATH
    .by-us = 将经过验证的 Go 解压到我们的数据目录；不替换机器上的任何其他内容
    .unseen = 放在特别位置、PATH 和版本管理器都没有提到的 Go
    .by-hand-windows = 从 https://go.dev/dl/ 下载 .msi 并打开，然后打开新的终端
go-present-ok = Go { $version }，位于 { $path }
go-present-for-all = Go { $version }，位于 { $path }，由 fyne-setup 为所有用户安装
go-present-unnamed = 非正式发布版本的 Go，位于 { $path }
go-present-elsewhere = Go 位于 { $path }，但不在 PATH 中
go-present-absent = 未安装 Go
go-present-absent-cause = PATH 中没有 go，常见位置也没有 Go
go-present-gone-cause = { $file } 第 { $line } 行把 { $dir } 加入了 PATH，但那里没有 Go：它已被删除，或者安装没有完成
go-present-unusable = { $path } 中的 Go 不在 PATH 中，而且版本过旧或不完整
go-present-not-go = { $path } 不是 Go 命令
go-present-not-go-cause = PATH 中最先找到的是另一个名为 go 的程序：{ $path }
go-present-unknown = 无法查找 go：{ $why }
go-present-translated = { $path } 是 { $platform } 版，而这台 Mac 是 { $own }
go-present-translated-cause = { $platform } 程序由 Rosetta 转译运行：构建很慢，生成的是 Intel 程序，Fyne 程序会崩溃
go-present-foreign = { $path } 是 { $platform } 版，无法在这里运行；这台 Mac 是 { $own }
go-present-foreign-cause = { $path } 是 { $platform } 版的 Go
go-present-foreign-elsewhere = { $path } 中的 Go 不在 PATH 中，而且是 { $platform } 版

go-several =
    .title = 多个 Go
    .looks = 存在多个 go 时，PATH 中排在最前的是哪一个
    .why = 每次构建都使用最先找到的那个；旧版本排在前面会遮住可用的版本
    .by-hand = 将可用版本的目录放到 PATH 最前面，或移除另一个
    .by-us = 通过我们的 env 文件把可用版本的目录放到 PATH 最前面
    .unseen = 编辑器自带的路径
    .by-us-windows = 把可用的 Go 的目录放到您自己环境的 Path 最前面
go-several-none = PATH 中没有 go
go-several-one = PATH 中只有一个
go-several-right = { $path } 排在最前（另有 { $others } 个）
go-several-right-unasked = { $path } 排在最前（另有 { $others } 个，其中 { $unasked } 个未询问）
go-several-shadowed = { $path }（{ $version }）在 PATH 中遮住了较新的 Go
go-several-shadowed-cause = { $first } 的版本是 { $version }，在 PATH 中排在 { $second } 之前

go-version =
    .title = Go 版本
    .looks = 当前 Go 的版本，对照此 Fyne 的要求以及该系列的安全下限
    .why = 过旧的 Go 无法编译此版本的 Fyne；低于安全下限的版本存在已知漏洞
    .by-hand = 从 https://go.dev/dl/ 安装当前版本的 Go
    .by-us = 在现有 Go 旁边安装经过验证的推荐版本，并让它排在 PATH 最前面
    .unseen = 所用清单发布之后才公开的漏洞；您自己的模块中的漏洞（可用 govulncheck 查找）
go-version-ok = Go { $version }
go-version-none = 没有可供判断版本的 Go
go-version-unknown = 无法读取版本：{ $why }
go-version-no-file = { $path } 中没有 VERSION 文件
go-version-other = 当前使用 Go { $version }，而要求的是 { $wanted }
go-version-other-cause = { $path } 的版本是 { $version }
go-version-old = Go { $version } 低于所需的 { $min }
go-version-old-cause = { $path } 是 Go { $version }，无法编译 Fyne { $fyne }
go-version-old-for-cli = { $path } 是 Go { $version }：可以编译 Fyne { $fyne }，但无法编译命令行工具 { $cli }
go-version-new = Go { $version } 高于已知可与此 Fyne 配合的最新系列 { $line }
go-version-new-cause = { $path } 是 Go { $version }
go-version-floor = Go { $version } 存在已知安全漏洞；{ $line } 系列从 { $floor } 起才没有已知漏洞
go-version-floor-cause = { $path } 是 Go { $version }，低于 { $floor }
go-version-numberless = Go { $version } 构建的 fyne 命令行工具无法在 macOS { $system } 上启动；它构建的 Fyne 程序可以
go-version-numberless-cause = { $path } 是 Go { $version }：它自己链接的程序没有 LC_UUID，Go 从 { $line } 起才会写入。Fyne 程序由 Apple 的链接器链接，带有 LC_UUID
go-version-unsupported = Go { $version } 可用，但该系列已不再获得安全修复
go-version-vulnerabilities = { $path } 的版本是 Go { $version }，低于 { $floor }：{ $list }
go-version-vulnerability = { $id }（{ $what }）
go-version-and = { $first }；{ $second }
go-version-unfixed = Go { $line } 系列没有任何版本修复了 { $ids }

go-complete =
    .title = Go 目录
    .looks = 当前 Go 是否具备每个 Go 都有的程序和源码，并能响应 go version；其中有没有无法读取的源码，或重复声明本包已有内容的源码。使用 --deep 时将每个文件与发布的内容比对；go.env 本就供人设置，不在此列
    .why = 缺少编译器或某个包的 Go 会在构建途中失败
    .by-hand = 删除该目录，再重新解压同一版本的 Go。不要把 Go 解压到旧版本之上：旧文件会留下
    .by-us = 从同一版本经过验证的归档中恢复缺失或损坏的文件，取走属于其他版本的文件，并保存原有内容。做不到时，在旁边放置一个经过验证的 Go
    .unseen = 不使用 --deep 时：长度和时间未变的改动，或能读取但含义不同的文件。系统软件包中的 Go 从不比对
go-complete-ok = { $root } 完整
go-complete-none = 没有可检查的 Go
go-complete-unknown = 无法运行 go：{ $why }
go-complete-missing = 
    { $count ->
        [1] { $root } 缺少 { $first }
       *[other] { $root } 缺少 { $first } 等共 { $count } 个文件
     }
go-complete-missing-cause = { $path } 缺失、为空或被截断
go-complete-extra =
    { $count ->
        [1] { $root } 中有一个其他 Go 版本的文件：{ $first }
       *[other] { $root } 中有 { $count } 个其他 Go 版本的文件，第一个是 { $first }
     }
go-complete-extra-cause = { $path } 不属于 { $version }，有它在，所在的包无法编译
go-complete-silent = { $path } 无法运行
go-complete-silent-cause = go version 输出：{ $said }

go-root =
    .title = GOROOT
    .looks = 如果设置了 GOROOT：它是否就是当前 Go 的目录
    .why = Go 会自行找到自己的目录。指向其他 Go 或已删除目录的 GOROOT 会使所有命令失败
    .by-hand = 删除设置 GOROOT 的那一行，或执行 go env -u GOROOT
    .by-us = 在设置它的地方移除该设置
    .unseen = 脚本或编辑器设置中的 GOROOT
go-root-unset = 由 Go 自行确定
go-root-set = GOROOT 为 { $root }
go-root-same = GOROOT 为 { $root }，即当前的 Go
go-root-gone = GOROOT 为 { $root }，但那里没有 Go
go-root-gone-cause = { $place } 设置了 GOROOT={ $root }
go-root-other = GOROOT 为 { $root }，而当前的 Go 是 { $tree }
go-root-other-cause = { $place } 设置了 GOROOT={ $root }；PATH 中的 go 属于 { $tree }

go-env-file =
    .title = Go 设置文件
    .looks = go env -w 写入的文件中不是设置的行
    .why = Go 会默默忽略这些行，看似生效的设置可能并未生效，或被其他设置取代
    .by-hand = 删除所示的行
    .by-us = 备份后将这些行注释掉
    .unseen = Go 接受、但并非您本意的值
go-env-file-ok = { $file } 中只有设置
go-env-file-off = 已由 GOENV=off 关闭
go-env-file-unread = 未读取：{ $why }
go-env-file-garbage = { $file } 中有不是设置的行（{ $count } 行）
go-env-file-garbage-cause = { $file } 第 { $line } 行不是设置：{ $text }

go-flags =
    .title = GOFLAGS
    .looks = 按 Go 的规则拆分 GOFLAGS，以及 Go 对它的反应；会使程序无法构建或没有窗口的标志、指向已不存在的文件的标志，以及链接器能否使用 GOFLAGS 传给它的参数
    .why = 无法解析 GOFLAGS 时，Go 会拒绝执行任何命令
    .by-hand = 将每个标志写成 -name=value，或执行 go env -u GOFLAGS
    .by-us = 在设置它的地方移除该设置；在 Go 自己的文件中只移除有问题的标志
    .unseen = 命令行上的选项（它们优先于 GOFLAGS），以及让程序变慢或变大的选项
go-flags-none = 未设置
go-flags-ok = GOFLAGS={ $value }
go-flags-garbled = Go 无法解析 GOFLAGS={ $value }：{ $word } 不是标志
go-flags-refused = Go 拒绝 GOFLAGS={ $value }
go-flags-mod = GOFLAGS 中的 -mod={ $value } 不被 Go 识别
go-flags-vendor = GOFLAGS 中有 -mod=vendor，但项目没有 vendor 目录
go-flags-insecure = GOFLAGS 中有 -insecure，要求不做校验的下载
go-flags-tag = GOFLAGS 中有构建标签 { $tag }，Fyne 因此会编译出没有窗口的程序
go-flags-no-program = GOFLAGS 中有 { $word }，Go 因此不会生成可运行的程序
go-flags-linker = GOFLAGS 给 C 链接器传入 { $words }，因此无法链接 Fyne
go-flags-compiler = GOFLAGS 中有 { $word }，而 Fyne 需用 Go 自带的编译器构建
go-flags-file-gone = GOFLAGS 中有 { $word }，但 { $path } 不存在
go-flags-cause = GOFLAGS 中的 { $word }，设置于 { $place }

go-variables =
    .title = 其他 Go 变量
    .looks = GO111MODULE，以及 Go 对 GOEXPERIMENT、GOAMD64 等其他自有变量的反应
    .why = 当前 Go 不认识的取值会使所有构建失败；关闭模块模式后，找不到 Fyne 的任何模块
    .by-hand = 删除设置该变量的那一行，或执行 go env -u 变量名
    .by-us = 在设置它的地方移除该设置
    .unseen = 只有您自己的程序才读取的变量
go-variables-ok = 没有会使构建失败的取值
go-variables-modules-off = 模块模式已关闭（GO111MODULE=off）
go-variables-refused = Go 拒绝 { $name }={ $value }
go-variables-gopath = { $file } 位于 GOPATH 的目录中，Go 不接受那里的模块
go-variables-gopath-decide = 请把 { $file } 及其项目移到其他目录
go-variables-cause = { $place } 设置了 { $name }={ $value }

go-toolchain =
    .title = GOTOOLCHAIN
    .looks = GOTOOLCHAIN 固定的 Go 是否在本机或能够获得
    .why = 如果固定的版本无法获得，所有 go 命令都会以下载错误结束
    .by-hand = 执行 go env -u GOTOOLCHAIN，或删除设置它的那一行
    .by-us = 在设置它的地方移除该设置
    .unseen = 另一个 Go 能否下载成功：这里不下载任何内容
go-toolchain-free = GOTOOLCHAIN 为 { $value }
go-toolchain-pinned = GOTOOLCHAIN 固定为 { $value }，本机已有
go-toolchain-download = GOTOOLCHAIN 固定为 { $value }，Go 会下载它
go-toolchain-no-name = GOTOOLCHAIN={ $value } 不是可下载的 Go 名称
go-toolchain-old = GOTOOLCHAIN={ $value } 对此 Fyne 来说太旧
go-toolchain-unknown = GOTOOLCHAIN={ $value } 不在本机，也不是已发布的版本
go-toolchain-cause = { $place } 设置了 GOTOOLCHAIN={ $value }

go-target =
    .title = 构建目标
    .looks = GOOS 与 GOARCH：构建是否面向本机
    .why = 交叉编译遗留的设置会生成无法在本机运行的程序，并关闭 cgo
    .by-hand = 执行 go env -u GOOS GOARCH，或删除设置它们的那一行
    .by-us = 在设置它的地方移除该设置
    .unseen = 脚本中的 GOOS 和 GOARCH，以及交叉编译所需的内容
go-target-ok = 本机（{ $os }/{ $arch }）
go-target-other = { $name } 为 { $value }，而本机是 { $own }
go-target-cause = { $place } 设置了 { $name }={ $value }
go-target-translated = 本机（darwin/{ $arch }），但此终端在 Rosetta 下运行
go-target-translated-cause = 它由 Intel 程序启动，或者其应用勾选了“使用 Rosetta 打开”（访达，显示简介）：其中的 shell 和编译器像在 Intel 上一样运行。请打开一个没有勾选的终端

go-signature =
    .title = 程序能否启动
    .looks = 在 Mac 上：系统是否允许 go 和 fyne 启动。下载文件的隔离标记、签名（先由我们读取，再询问 codesign），以及 macOS 26 要求的 UUID
    .why = 在 Apple 芯片上，签名损坏的程序会被系统终止（“Killed: 9”）；带隔离标记且未经 Apple 公证的程序会被拒绝。仅仅没有签名或只有临时签名，并不妨碍在本机构建的程序
    .by-hand = 请重新安装 Go 或 fyne 命令行工具。仅当 fyne-setup verify FILE 确认 Go 与发布内容一致时：xattr -d com.apple.quarantine FILE
    .by-us = 重新构建 fyne 命令行工具（Go 链接时会签名）；在被 macOS 阻止的 Go 之前放置经校验和数据库验证的 Go。不启动 macOS 尚未接受的程序
    .unseen = Apple 是否吊销了证书，以及公司对这台 Mac 的管理策略禁止了什么
go-signature-ok = 没有未解除的隔离，也没有无效的签名：{ $programs }
go-signature-none = 没有可检查的程序
go-signature-unlooked = 尚未检查 go 和 fyne 的隔离标记与签名
go-signature-agreed = { $path } 是下载的，系统允许它启动
go-signature-marked = { $path } 是下载的，macOS 没有说明是否允许它运行：fyne-setup 不会启动它
go-signature-unknown = 无法检查 macOS 是否允许 { $path } 启动：{ $why }
go-signature-broken = { $path } 的签名无效
go-signature-broken-cause = { $path } 在签名之后被改动，或从未签名；在 Apple 芯片上系统会终止它
go-signature-quarantined = macOS 不允许 { $path } 运行
go-signature-quarantined-cause = { $path } 由浏览器或聊天程序下载并被标记（隔离），且未经 Apple 公证
go-signature-number = { $path } 无法在 macOS { $system } 上启动
go-signature-number-cause = { $path } 由 Go 1.23 或更旧的版本链接，没有 LC_UUID；macOS 26 的加载器会拒绝它

go-bin =
    .title = 程序目录
    .looks = GOBIN（否则为 GOPATH/bin）：go install 能否将程序放入其中
    .why = 否则无法安装 fyne 命令行工具或任何其他工具
    .by-hand = 执行 go env -u GOBIN，或将其改为您可写的目录
    .by-us = 错误的设置会在设置它的地方被移除
    .unseen = 配额：是否还容得下下一个程序
go-bin-ok = { $path }
go-bin-unknown = 没有可存放程序的主目录
go-bin-not-seen = 无法查看 { $path }：{ $why }
go-bin-read-only = { $path } 对您不可写，但 fyne 已经安装
go-bin-not-ours = { $path } 对您不可写，无法安装任何程序
go-bin-noexec = { $path } 所在的文件系统以 noexec 挂载，其中的程序无法运行
go-bin-noexec-served = { $path } 以 noexec 挂载，但 fyne 已安装在别处
go-bin-temporary = { $path } 是存放临时文件的目录，其中的程序很快会消失
go-bin-elsewhere = { $path } 不能用来存放程序，{ $place } 可以
go-bin-no-directory = { $path } 不是目录，无法安装任何程序
go-bin-relative = { $path } 不是绝对路径，Go 会拒绝
go-bin-cause = { $place } 设置了 { $variable }={ $value }
go-bin-in-the-way = { $path } 挡住了路
go-bin-decide = 查看 { $path }，将其移走或改为属于当前用户

go-path =
    .title = PATH
    .looks = PATH 是否包含 Go 以及 go install 所生成程序的目录；是否有配置文件的某一行将其丢弃
    .why = 不在 PATH 中的程序会报“command not found”
    .by-hand = 在 ~/.profile 中将该目录加入 PATH，或修正覆盖 PATH 的那一行
    .by-us = 由我们的 env 文件将这些目录放到最前面，您的配置文件中会加入一个带标记的块来读取它
    .unseen = 已打开的终端、上次改动之前由桌面启动的程序，以及不属于登录 shell 的 shell
    .looks-windows = PATH 是否包含 Go 以及 go install 所生成程序的目录，包括现在和下一个终端（注册表中的两个环境）
    .why-windows = 不在 PATH 中的程序会报“无法识别”
    .by-hand-windows = 把该目录加入 Path：“设置”、“系统”、“关于”、“高级系统设置”、“环境变量”。不要用 setx，它会截断 PATH
    .by-us-windows = 把这些目录放到注册表中您自己环境的 Path 最前面，并通知 Windows
    .unseen-windows = 已打开的终端，以及上次改动之前启动的程序
go-path-ok = 包含 go 与 fyne 的目录
go-path-unknown = 无法确定程序目录
go-path-no-go = PATH 缺少 go 所在的 { $dir }
go-path-no-bin = PATH 缺少 go install 存放程序的 { $dir }
go-path-bare = 这个终端的 PATH 中没有系统的任何目录
go-path-cause = 登录时读取的文件都没有将 { $dir } 加入 PATH
go-path-cause-windows = 注册表中您自己环境的 Path 和系统的 Path 都没有 { $dir }
go-path-unreached = { $file } 第 { $line } 行会加入 { $dir }，但以 { $shell } 登录时执行不到这一行
go-path-unreadable-cause = { $file } 会加入 { $dir }，但 shell 无法解析该文件：{ $said }
go-path-unreadable-decide = 修正 { $file } 的语法，错误如所示
go-path-line-ends = { $file } 用的是 Windows 换行（CRLF），shell 因此读错，{ $dir } 没有进入 PATH
go-path-overwritten = { $file } 第 { $line } 行重新设置了 PATH，丢弃了 { $added } 加入的 { $dir }
go-complete-confirmed = { $root } 与发布的内容一致
go-complete-unconfirmed = 无法判断 { $root } 是否与发布的内容一致：{ $why }
go-complete-differs = { $root } 中有 { $count } 个 Go 文件与发布的不一致，第一个是 { $first }
go-complete-differs-cause = { $path } 被改动或已损坏
