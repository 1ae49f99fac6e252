# Checks of the project.
project-none = 此处没有项目
project-gomod-unknown = 无法读取 go.mod：{ $why }
project-fyne-none = 项目未依赖 fyne.io/fyne/v2

project-gomod =
    .title = go.mod
    .looks = Go 能否读取项目的 go.mod
    .why = 只要有一行被 Go 拒绝，项目中的任何命令都无法运行
    .by-hand = 修正所示的行
    .by-us = 只提示，不修复：该行应为何内容只有您知道
    .unseen = 其中的版本是否存在：Go 在下载时才会查询
project-gomod-ok = 模块 { $module }
project-gomod-error = Go 无法读取 { $file } 第 { $line } 行
project-gomod-error-cause = { $file } 第 { $line } 行：{ $text }
project-gomod-decide = 修正 { $file } 第 { $line } 行

project-drive =
    .title = 项目的位置
    .looks = 在 Windows Subsystem for Linux 中：项目是否位于 Windows 的盘上
    .why = 那里的每个文件都要经过 Windows，构建和 git 会慢好几倍；除非挂载时带有 metadata，每个文件都算作可执行程序
    .by-hand = 把项目复制到 WSL 中的主目录。Windows 可以在 \\wsl.localhost 看到它
    .by-us = 只报告，不移动任何文件
    .unseen = 被移到这类盘上的缓存
project-drive-ok = { $dir } 位于 Linux 的磁盘上
project-drive-windows = 项目位于 Windows 的盘上（{ $drive }），构建很慢：请把它复制到 WSL 中的主目录
project-drive-cause = 更快的做法：`cp -r { $dir } ~/{ $name }`
project-drive-modes-cause = 更快的做法：`cp -r { $dir } ~/{ $name }`；在当前位置，每个文件都算作可执行程序

project-go-line =
    .title = go 行
    .looks = go.mod 的 go 与 toolchain 行：该 Go 是否存在、能否在本机使用
    .why = 不存在的 Go 版本会使项目中的所有命令失败
    .by-hand = 将该行改为存在的版本：go mod edit -go=1.22.0
    .by-us = 安装足够新的 Go；该行本身由您修改
    .unseen = 您的代码用到的、超出 go 行的语言特性；构建时才能看到
project-go-line-ok = Go { $version } 或更新
project-go-line-none = go.mod 没有 go 行
project-go-line-download = 项目要求 Go { $version }；Go { $have } 会下载它
project-go-line-local = 项目要求 Go { $version }，而 GOTOOLCHAIN=local
project-go-line-local-cause = 当前使用 Go { $have }，且不允许获取 { $version }
project-go-line-no-version = go.mod 的 { $word } 行中的 { $version } 不是 Go 版本
project-go-line-unknown = go.mod 要求 Go { $version }，该版本不存在；最新为 { $known }
project-go-line-cause = { $file } 第 { $line } 行：{ $word } { $version }
project-go-line-decide = 将 { $file } 第 { $line } 行改为存在的 Go 版本，最高 { $known }

project-fyne =
    .title = Fyne 依赖
    .looks = 项目依赖的 fyne.io/fyne/v2 版本
    .why = 它决定项目所需的 Go、头文件和命令行工具
    .by-hand = go get fyne.io/fyne/v2@VERSION
    .by-us = 只提示，不修复：使用哪个 Fyne 由项目决定
    .unseen = 您的代码是否适合该 Fyne：构建时才能看到
project-fyne-ok = fyne.io/fyne/v2 { $version }
project-fyne-indirect = fyne.io/fyne/v2 { $version }，由其他模块间接依赖
project-fyne-imported = { $file } 第 { $line } 行导入了 Fyne，但 go.mod 尚未要求它：go get fyne.io/fyne/v2@v{ $version }
project-fyne-unknown = fyne.io/fyne/v2 { $version } 不存在；已知的最新版本是 { $known }
project-fyne-unknown-cause = { $file } 第 { $line } 行要求 { $version }
project-fyne-no-version = { $version } 不是 fyne.io/fyne/v2 的版本
project-fyne-no-version-cause = { $file } 第 { $line } 行没有写明版本
project-fyne-decide = 在 { $file } 第 { $line } 行写明版本

project-replace =
    .title = replace 行
    .looks = go.mod 用来替换模块的目录
    .why = 构建会从该目录获取模块；目录不存在则构建失败
    .by-hand = 执行 go mod edit -dropreplace MODULE，或恢复该目录
    .by-us = 只提示，不修复：该目录是否恢复只有您知道
    .unseen = 这些目录中除 go.mod 以外的内容
project-replace-ok = 
    { $count ->
        [0] 没有
       *[other] { $count } 处，目标均存在
     }
project-replace-gone = go.mod 用 { $with } 替换 { $module }，但该目录不存在
project-replace-gone-cause = { $file } 第 { $line } 行：replace { $module } => { $with }
project-replace-decide = 恢复 { $with }，或删除该行

project-repository =
    .title = git 仓库
    .looks = git 是否愿意向您提供项目所在仓库的信息
    .why = go build 会向 git 询问提交信息；如果仓库属于其他用户，git 会拒绝，构建随之失败
    .by-hand = 把该目录加入 git 配置的 safe.directory，或使用 -buildvcs=false 构建
    .by-us = 只提示所有者，不修复：是否信任该仓库只有您知道
    .unseen = 仓库的钩子和设置：其中的任何内容都不会运行
project-repository-none = 不在 git 仓库中
project-repository-ok = git 可以读取 { $root }
project-repository-foreign = git 拒绝处理 { $root }，它属于其他用户
project-repository-foreign-cause = { $root } 属于用户 { $owner }，而您的 git 配置的 safe.directory 中没有它；因此 go build 会以 “error obtaining VCS status” 结束
project-repository-decide = 如果您信任 { $root }，请告诉 git

project-work =
    .title = go.work
    .looks = 对项目生效的 go.work 及其使用的目录
    .why = 只要有一个目录不存在，工作区内的所有命令都会失败
    .by-hand = 执行 go work edit -dropuse=DIR，或设置 GOWORK=off 不使用它
    .by-us = 只提示，不修复：工作区并非该项目独有
    .unseen = 工作区的模块是否彼此相容：构建时才能看到
project-work-ok = { $file }
project-work-none = 没有生效的 go.work
project-work-unknown = 无法读取 go.work：{ $why }
project-work-error = Go 无法读取 { $file } 第 { $line } 行
project-work-error-cause = { $file } 第 { $line } 行：{ $text }
project-work-absent = 工作区文件 { $file } 不存在
project-work-absent-cause = { $setting } 指向不存在的工作区文件
project-work-gone = { $file } 使用的 { $dir } 不存在
project-work-gone-cause = { $file } 第 { $line } 行指定的 { $dir } 中没有 go.mod
project-work-decide = 删除 { $file } 第 { $line } 行，或恢复该目录
project-work-outside = { $file } 生效，但没有包含 { $dir }
project-work-outside-cause = { $file } 的目录中没有 { $dir }
project-work-outside-decide = 将项目加入 { $file }，或设置 GOWORK=off 不使用它

project-sum =
    .title = go.sum
    .looks = go.sum 是否包含 go.mod 的依赖、格式是否正确、是否与下载的内容一致
    .why = Go 不会使用 go.sum 未担保的模块进行构建
    .by-hand = 执行 go mod tidy；若哈希不同，请先查明是谁改动的
    .by-us = 按 Go 的需要补上缺少的行，内容以校验和数据库为准；其他行保持不变。哈希不同时绝不自动修复：必须由人查明原因
    .unseen = 不使用 --deep 时：Go 在构建时才会发现缺失的行。未下载的模块的哈希，除非 fyne-setup 已知
project-sum-ok = { $count } 行
project-sum-unknown = 无法读取 go.sum：{ $why }
project-sum-malformed = go.sum 第 { $line } 行没有 Go 能识别的哈希
project-sum-malformed-cause = { $file } 第 { $line } 行已损坏
project-sum-malformed-decide = 删除 { $file } 第 { $line } 行，让 Go 重新写入
project-sum-mismatch = 校验和不一致（“checksum mismatch”）：go.sum 与下载的 { $module } 不同
project-sum-mismatch-cause = { $file } 第 { $line } 行中 { $module } 的哈希与下载的内容不同
project-sum-mismatch-decide = 查明是谁改动了 go.sum 中 { $module } 的哈希；若非有意，请从版本控制恢复该文件。下面的命令改用已发布的哈希
project-sum-unpublished = 校验和不符：go.sum 中 { $module } 的哈希从未发布过
project-sum-unpublished-cause = { $file } 第 { $line } 行中 { $module } 的哈希与已发布的不同
project-sum-missing = go.sum 缺少 { $module } { $version }
project-sum-missing-cause = { $file } 中没有 go.mod 所依赖的 { $module } { $version } 的行
project-sum-missing-private = { $module } 是私有模块，只有您能为它的哈希作保

project-vendor =
    .title = vendor
    .looks = vendor/modules.txt 是否与 go.mod 一致
    .why = 不一致时 Go 拒绝使用 vendor 目录构建
    .by-hand = go mod vendor
    .by-us = 只提示，不修复：vendor 中的源码可能有您的改动
    .unseen = vendor 文件中的改动：只比对模块列表
project-vendor-ok = { $count } 个模块，与 go.mod 一致
project-vendor-none = 没有 vendor 目录
project-vendor-unknown = 无法读取 vendor/modules.txt：{ $why }
project-vendor-drift = vendor 与 go.mod 中的 { $module } 不一致
project-vendor-cause = go.mod 依赖 { $module } { $version }，而 { $file } 中是 { $there }
project-vendor-absent-cause = go.mod 依赖 { $module } { $version }，而 { $file } 中没有列出
project-vendor-decide = 重新执行 vendor
project-sum-unasked = 未询问 Go：{ $why }
project-sum-incomplete = go.sum 缺少构建此项目所需的行
project-sum-incomplete-cause = go list 报告：{ $said }
project-sum-window-cause = { $source } 第 { $line } 行打开的窗口要用 { $module } 构建，但 { $file } 中没有它的行

project-lock =
    .title = 锁文件
    .looks = fyne-setup.lock 是否可用，同版本的 fyne 命令是否具有其中记下的哈希
    .why = 锁文件不可用时 fyne-setup install 会停止，运行 pin --check 的 CI 也会失败
    .by-hand = 解决冲突，或从版本控制恢复该文件，然后运行：fyne-setup pin
    .by-us = 只提示：项目采用哪些版本由人决定。在此之前锁文件不起作用
    .unseen = 已安装的 Go：它的哈希取决于其中每个文件。由 fyne-setup 安装的 Go 在安装前已与锁文件核对
project-lock-none = 项目没有锁文件
project-lock-ok = { $file } 可用
project-lock-unusable = { $file } 无法使用
project-lock-decide = 请从版本控制恢复 { $file }，或运行：fyne-setup pin
project-lock-cli = { $path } 不是用 { $file } 记下的内容构建的
project-lock-cli-cause = { $path } 所用的 { $module } 的哈希与 { $file } 中的不同
project-lock-cli-decide = 请查明是谁改动了 { $file }；若它是对的，请删除该 fyne 命令并运行：fyne-setup install

# `fyne-setup.lock`，以及写它的 `pin`。
lockfile-no-text = 它不是文本，或者对锁文件来说太大
lockfile-no-schema = 缺少以 `schema =` 开头的行
lockfile-toml = { $why }
lockfile-value = `{ $value }` 不是 fyne-setup 会写在那里的内容
lockfile-unreadable = 无法使用 { $file }：{ $why }
lockfile-unreadable-hint = 请从版本控制中取回 { $file }，或将它移走，然后运行：fyne-setup pin
lockfile-conflict = { $file } 中有合并冲突
lockfile-conflict-hint = 请完整地采用 { $file } 的其中一方，然后运行：fyne-setup pin
lockfile-schema = { $file } 的格式版本是 { $schema }；此 fyne-setup 只认识 { $known }
lockfile-schema-hint = 请使用写出 { $file } 的那个 fyne-setup，或更新的版本（fyne-setup self update）
lockfile-foreign = 不采信 { $file }：{ $why }
lockfile-foreign-hint = 请换成您自己的文件，或将它移走，然后运行：fyne-setup pin
lockfile-is-link = 它是一个链接
lockfile-is-no-file = 它不是文件
lockfile-is-of-another = 它属于编号为 { $uid } 的用户，而 go.mod 不属于该用户
lockfile-missing = 指定了 --locked，而项目没有 { $file }
lockfile-missing-hint = 请在项目中运行 fyne-setup pin，并提交它写出的文件
lockfile-contradicts = { $flag } 与 { $file } 矛盾，而又指定了 --locked
lockfile-contradicts-hint = 请去掉其中一个，或固定该版本：fyne-setup pin --go VERSION --fyne VERSION
lockfile-stale = 项目与 { $file } 不一致。{ $what }
lockfile-stale-hint = 请在项目中运行 fyne-setup pin，并提交它的更改
lockfile-stale-says = 以锁文件为准，而项目另有说法。{ $what }。fyne-setup pin 会让两者一致
lockfile-beaten = 采用 { $flag }，而不是 { $file } 所说的版本
lockfile-passed-over = 未采用项目的锁文件：{ $why }
lockfile-unmet = { $file } 中的版本无法使用：{ $why }
lockfile-unmet-hint = 请在项目中运行 fyne-setup pin：它会选择可用的版本并写下来
lockfile-hash = { $file } 中 { $module } 的哈希不对。{ $file } 要求的是：{ $wanted }。已发布的是：{ $found }
lockfile-hash-hint = { $file } 可能被人篡改，或已损坏。不会安装这个模块的任何内容。请查明是谁改动的，并从版本控制中取回；若要重写，请将它移走并运行：fyne-setup pin
lockfile-no-hash = `{ $value }` 不是哈希；哈希由 h1: 和 44 个字符组成。文件已损坏，或被人改动过
lockfile-not-compared = { $file } 中的这些哈希尚未与已发布的比较：{ $modules }。比较需要网络；install 会在下载其中的模块之前比较。
lockfile-differs = { $place }：{ $found }，应为 { $wanted }
lockfile-line-missing = { $place }：缺少 { $wanted }
lockfile-too-much = { $place }：{ $found } 不应出现
lockfile-none = 项目还没有 { $file }
pin-no-project = 这里及上级目录中没有 go.mod
pin-no-project-hint = 请进入项目目录，用 --project DIR 指定项目，或新建一个：go mod init example.com/hello
pin-no-go = 这台机器上没有 Go，而 pin 需要它来补全 go.sum。未做任何更改
pin-no-go-hint = 请先运行 fyne-setup install，再运行 fyne-setup pin
pin-mod-unread = 无法读取 { $file }：{ $why }
pin-mod-unread-hint = 请改正该文件，再运行 fyne-setup pin
pin-mod-changes = 在 { $file } 中，Go 会采用与固定版本不同的版本：{ $found }
pin-mod-changes-hint = 项目的另一个模块需要它们。请固定这些版本（fyne-setup pin --fyne VERSION），或更改那个模块
pin-sum-differs = { $place }：go.sum 中固定的 Fyne 的哈希是 { $found }；发布的是 { $wanted }
pin-sum-differs-hint = 有人改动了 go.sum 或该模块。请查明原因；然后删除该行，再运行 fyne-setup pin
pin-vendored = 项目有 vendor 目录：之后请运行 go mod vendor
pin-agrees = 项目、{ $file } 与清单一致
pin-check-next = 要使它们一致，请运行：fyne-setup pin
pin-missing = 未能取得、因而不在 { $file } 中的哈希：{ $platforms }。以后的 fyne-setup pin 会补上
pin-missing-why = { $names }：{ $why }

project-build =
    .title = 构建
    .looks = 您的项目能否构建：构建其中的程序；没有程序时构建其中的包。只有 repair 和 install 会尝试；构建的结果会被记住，直到它所依赖的内容发生变化
    .why = 其他一切看起来都正常时，您自己的程序仍可能无法构建
    .by-hand = 在项目中运行 go build，阅读第一条错误；fyne-setup diagnose 可以替您解读
    .by-us = 像您一样构建项目，从不运行它；如果失败的原因在于环境，则修复该原因
    .unseen = 程序能否正常工作：只编译，从不运行。使用其他标签或面向其他系统的构建
project-build-programs = { $count ->
    [one] { $names } 可以构建
   *[other] { $count } 个程序可以构建：{ $names }
}
project-build-packages = 所有包都可以构建
project-build-nothing = 项目中还没有 Go 包
project-build-untried = 未尝试：快速检查不进行构建；fyne-setup repair 会构建
project-build-unknown = 无法尝试构建项目：{ $why }
project-build-own = 环境没有问题，但程序自身有错误，无法编译
project-build-own-decide = 请修改程序：{ $line }
project-build-failed = 项目无法构建，原因不明
project-build-caused = 项目无法构建
project-build-decide = 请阅读构建的第一条错误；下面的命令会显示它
