# What each error code means, for docs/errors.md. The same keys stand in every language.

error-accept-past =
    .what = 接受的截止日期已经过去。
    .do = 请用 `--until` 指定以后的日期，或者不写。

error-accept-unread =
    .what = 无法读取记录已接受结果的文件。没有它就不判断也不修复，否则可能会修复您想保留的内容。
    .do = 请改正消息指出的那一行；也可以移走文件，再用 `fyne-setup accept` 重新接受。

error-archive-hostile =
    .what = 下载的归档已损坏，或含有 Go 的归档中不会出现的名称、链接或大小。其中没有任何内容被保留或运行。
    .do = 请用 `--go-mirror URL` 或 `--goproxy LIST` 换一个来源，并告知发来它的来源的维护者。

error-build-ended =
    .what = Go 命令无法启动，或没有说明原因就结束了。
    .do = 请再次运行同一条命令。如果结果相同，请检查可用内存，以及这里有什么会终止程序。

error-build-failed =
    .what = 一条 Go 命令失败：某个模块或程序无法构建。消息中有最能说明原因的一行。
    .do = 请阅读消息：它指出了文件和行号，或缺少什么。`fyne-setup check` 可以找出本机上的原因。

error-build-file =
    .what = 构建所需的一个文件无法读取或写入。
    .do = 请检查消息所指的文件及其权限，再运行同一条命令。

error-build-not-ready =
    .what = 本机缺少构建 Fyne 程序所需的 Go、C 编译器或头文件。消息中指出了缺少什么。
    .do = 请先运行 `fyne-setup install`，再运行同一条命令。

error-bundle-make =
    .what = 无法制作离线包：这里缺少需要放入的内容，或无法获取。没有写入文件。
    .do = 阅读错误信息；然后再次运行同一命令。

error-bundle-newer =
    .what = 离线包由更新的 fyne-setup 制作，当前版本不认识它的格式。不会用它安装任何东西。
    .do = 使用离线包中的 fyne-setup：`tar -xf FILE program`。

error-bundle-platform =
    .what = 离线包适用于另一个平台。不会用它安装任何东西。
    .do = 用 `fyne-setup bundle create --for TARGET FILE` 为这个平台制作离线包。

error-bundle-refused =
    .what = 离线包已损坏、不完整或被改动：与其清单不符。不会用它安装任何东西。
    .do = 从制作的地方重新复制离线包。如果仍被拒绝，请询问它的所有者。

error-bundle-signature =
    .what = 离线包的签名缺失、错误，或不是您指定的密钥所签。不会用它安装任何东西。
    .do = 向离线包的所有者索取正确的公钥，或正确的离线包。

error-bundle-there =
    .what = 要写入的离线包文件已存在。没有写入任何东西。
    .do = 删除它，或指定另一个文件。

error-bundle-unfit =
    .what = 离线包中没有这台机器缺少的内容，例如适用于其系统的软件包。不会询问其他来源。
    .do = 在相同系统版本的机器上制作离线包，或先安装错误信息中列出的内容。

error-bundle-unread =
    .what = 无法读取离线包。
    .do = 检查路径及其权限。

error-bundle-unsigned =
    .what = 没有人为离线包担保：它没有签名，或没有指定其所有者的公钥。不会用它安装任何东西。
    .do = 指定公钥（`--key`）。如果您信任提供离线包的人，请加上 `--unsigned`。

error-cli-lost =
    .what = 构建好的 `fyne` 命令在核实期间消失了：有其他程序删除了它。
    .do = 请确认没有其他程序在清理这些目录，再运行同一条命令。

error-config-key =
    .what = 设置文件中有不存在的设置。文件的任何部分都未采用，也没有执行任何操作。
    .do = 请改正名称；`fyne-setup config show` 会列出所有设置。

error-config-syntax =
    .what = 设置文件不是 TOML。文件的任何部分都未采用，也没有执行任何操作。
    .do = 请改正消息指出的那一行。

error-config-there =
    .what = 设置文件已经存在，没有被替换。
    .do = 请编辑它，或先把它移走。

error-config-unread =
    .what = 设置文件存在，但无法读取。没有它就不执行任何操作。
    .do = 请查看消息中的原因；让自己有权读取该文件，或把它移走。

error-config-value =
    .what = 某项设置的值不被对应的选项接受。文件的任何部分都未采用，也没有执行任何操作。
    .do = 请改正消息指出的那一行；提示说明了可以写什么。

error-confirm-declined =
    .what = 您没有确认，未作任何更改。
    .do = 请再次运行命令并回答是；也可以在看过计划后加上 `--yes`。

error-confirm-needed =
    .what = 这条命令会改变机器，但没有可供确认的终端。未作任何更改。
    .do = 请用 `fyne-setup plan` 查看计划，再加上 `--yes`。

error-confirm-terminal =
    .what = 无法提问：不能从这个终端读取输入。
    .do = 请换一个终端；也可以用 `fyne-setup plan` 查看计划，再加上 `--yes`。

error-disk-denied =
    .what = 某个文件或目录属于其他用户，因此无法读取或写入。
    .do = 请取得该目录的所有权，或把 XDG_DATA_HOME、XDG_CONFIG_HOME、XDG_CACHE_HOME 和 GOPATH 设为属于您的目录。

error-disk-failed =
    .what = 一次文件操作失败，系统给出的原因见消息。
    .do = 请消除所述原因，再运行同一条命令：它会从中断处继续。

error-disk-full =
    .what = 磁盘已满，或您的配额已用完。
    .do = 请腾出一些空间，再运行同一条命令：它会从中断处继续。

error-disk-not-ours =
    .what = fyne-setup 的某个文件或目录属于其他用户、可被其他用户写入，或是一个链接。其中的内容不被信任，未作任何更改。
    .do = 请检查消息所指的路径。如果它是您的，请取消其他用户的写权限（`chmod go-w PATH`）；否则请将它移走。然后再运行同一条命令。

error-disk-not-private =
    .what = 其他用户可以写入存放下载内容的目录，可能在验证之前改动文件。
    .do = 请取消其他用户的写权限（`chmod go-w DIR`），或删除该目录，再运行同一条命令。

error-disk-read-only =
    .what = 该文件系统以只读方式挂载。
    .do = 请以可写方式重新挂载，或把 XDG_DATA_HOME、XDG_CONFIG_HOME、XDG_CACHE_HOME 和 GOPATH 设为可写的目录。

error-disk-write =
    .what = 下载或验证过的文件无法保存。
    .do = 请查看所指的文件和原因，再运行同一条命令。此前已保存的内容会保留。

error-fleet-none =
    .what = 交给 `fleet report` 的内容中没有报告。
    .do = 请用 `fyne-setup check --json` 收集报告，每台主机一个文件，再指定它们的目录。

error-fleet-unread =
    .what = 有些报告无法读取：每份都列出了文件、行号和原因。表中是其余的报告。
    .do = 请重新收集这些报告，再运行同一条命令。

error-go-another-make =
    .what = 这个 Go 不是来自其发行版本的官方归档：有太多文件不同。没有改动它。
    .do = 请用安装它的软件包管理器修复，或用 `fyne-setup install` 安装另一个 Go。

error-go-no-such-version =
    .what = Go 没有这个版本。
    .do = 请去掉 `--go` 以使用推荐的版本。所有版本见 go.dev/dl。

error-go-prefix-taken =
    .what = 要安装 Go 的目录中已有其他内容。没有改动它。
    .do = 请用 `--prefix` 指定一个空的或新的目录。

error-home-unknown =
    .what = 不知道该用户的主目录：HOME 未设置或不可用，系统也没有给出。
    .do = 请把 HOME 设为您的主目录的绝对路径。

error-install-left =
    .what = 能做的都已完成，但这台机器尚未就绪。消息中给出了仍未通过的检查项。
    .do = `fyne-setup explain ID` 说明该怎么做。之后请再次运行 `fyne-setup install`。

error-internal-panic =
    .what = fyne-setup 自身的错误终止了这个操作。此前完成的内容仍然有效，也可以撤销。
    .do = 请附上消息报告此问题，再运行同一条命令。

error-interrupted =
    .what = 命令被 Ctrl-C 中断，或被终止。没有任何未完成的内容被启用。
    .do = 请再次运行同一条命令以继续，或用 `fyne-setup undo` 撤销已完成的部分。

error-journal-newer =
    .what = 这次运行由更新版本的 fyne-setup 记录，当前版本不能完全理解。未作任何更改。
    .do = 请用那个版本的 fyne-setup 撤销它。

error-journal-refused =
    .what = 日志中有一行不是 fyne-setup 写入的：它会改动该步骤从未涉及的路径，或授予权限、改变所有者。未作任何更改。
    .do = 请查看消息所指的行。如果该日志不是 fyne-setup 的，请将它移走。

error-journal-unreadable =
    .what = 无法读取以往运行的日志。没有它就不会作任何更改。
    .do = 请检查消息所指的文件及其权限，再运行同一条命令。

error-locked =
    .what = 另一个 fyne-setup 正在更改这台机器。消息中有它的进程号和命令。
    .do = 请等那个进程结束，再运行同一条命令。

error-lockfile-below-floor =
    .what = 项目的锁文件指定了有已知漏洞的 Go。
    .do = 请在项目中运行 `fyne-setup pin`：它会采用没有这些漏洞的 Go，并写下来。

error-lockfile-conflict =
    .what = 项目的锁文件中有未完成合并的标记。消息中有行号。
    .do = 请完整地采用其中一方（`git checkout --ours fyne-setup.lock` 或 `--theirs`），再运行 `fyne-setup pin`。

error-lockfile-contradicts =
    .what = 指定了 `--locked`，而另一个选项要求的版本不是锁文件所指定的。
    .do = 请去掉其中一个选项，或用该版本运行 `fyne-setup pin`。

error-lockfile-foreign =
    .what = 项目的锁文件是链接、不是文件，或者其所有者既不是项目的也不是此账户的所有者。
    .do = 请换成您自己的文件，或将它移走并运行 `fyne-setup pin`。

error-lockfile-hash =
    .what = 已发布的内容与项目锁文件中的哈希不同。锁文件可能被人篡改，或已损坏。不会安装该模块的任何内容。
    .do = 请查明是谁改动了锁文件，并从版本控制中取回。若要重写，请将它移走并运行 `fyne-setup pin`。

error-lockfile-missing =
    .what = 指定了 `--locked`，而项目没有锁文件。
    .do = 请在项目中运行 `fyne-setup pin`，并提交它写出的文件。

error-lockfile-schema =
    .what = 项目的锁文件由此 fyne-setup 不能理解的版本写出。
    .do = 请使用那个版本的 fyne-setup，或更新的版本（`fyne-setup self update`）。

error-lockfile-stale =
    .what = 指定了 `--locked`，而项目要求的版本与其锁文件不同。
    .do = 请在项目中运行 `fyne-setup pin`，并提交它的更改。

error-lockfile-unmet =
    .what = 项目的锁文件指定了清单不允许的版本。消息中有原因。
    .do = 请在项目中运行 `fyne-setup pin`：它会选择可用的版本。

error-lockfile-unreadable =
    .what = 无法读取项目的锁文件，或其中有 fyne-setup 不会写的内容。消息中有行号。
    .do = 请从版本控制中取回，或将它移走并运行 `fyne-setup pin`。

error-log-json =
    .what = `--log-json` 所指的文件无法写入：它不是普通文件，或所在目录不存在。未做任何更改。
    .do = 请创建该目录，或在您有写权限的目录中指定一个新文件。

error-manifest-advisory =
    .what = 清单中的某条安全公告不完整或自相矛盾：没有修复版本、同一发布系列有两个修复版本、修复版本高于下限，或没有英文说明。
    .do = 请改正所指的那一行。如果清单是下载来的，请告知其发布者；当前清单保持不变。

error-manifest-bom =
    .what = 清单以字节顺序标记（BOM）开头。
    .do = 请把文件另存为不带 BOM 的 UTF-8。

error-manifest-broken-pair =
    .what = 已测得这个 Go 与这个 Fyne 不能一起使用。消息中有试验的错误。
    .do = 请按提示输入最接近的可用组合。

error-manifest-clock =
    .what = 本机时钟与已签名的内容相差太远，无法判断什么已过期。不会下载任何新内容。
    .do = 请校准时钟，例如运行 `timedatectl set-ntp true`，再运行同一条命令。

error-manifest-cycle =
    .what = 清单中各版本的替代关系形成了循环。
    .do = 请改正所指的那一行。如果清单是下载来的，请告知其发布者；当前清单保持不变。

error-manifest-dates =
    .what = 清单中的某个日期不是 UTC 时间，或过期时间早于签发时间。
    .do = 请改正所指的那一行。如果清单是下载来的，请告知其发布者；当前清单保持不变。

error-manifest-duplicate =
    .what = 清单把同一项列了两次。
    .do = 请改正所指的那一行。如果清单是下载来的，请告知其发布者；当前清单保持不变。

error-manifest-empty =
    .what = 清单中没有列出任何 Fyne 版本。
    .do = 请至少添加一行 Fyne，或去掉 `--manifest`。

error-manifest-except =
    .what = 清单中的某个例外不在它所属的 Go 版本范围之内。
    .do = 请改正所指的那一行。如果清单是下载来的，请告知其发布者；当前清单保持不变。

error-manifest-expired =
    .what = 获取的清单已过期，不再据此下载新内容。本机已有的内容仍可检查和修复。
    .do = 请用 `fyne-setup manifest update` 获取新的清单。如果来源没有更新的，请换一个网络。

error-manifest-expires-soon =
    .what = 来源提供的清单在 48 小时内就会过期。正常的来源每周更新，因此可能有人扣留了新的清单。
    .do = 当前清单保持不变。请稍后或换一个网络重试；如果错误仍在，请告知 fyne-setup 的发布者。

error-manifest-floor =
    .what = 清单中的某个安全下限不是 Go 的发行版本，或同一发布系列有两个下限。
    .do = 请改正所指的那一行。如果清单是下载来的，请告知其发布者；当前清单保持不变。

error-manifest-foreign =
    .what = 文件中的某个模块不为这个 fyne-setup 所知。来自文件的清单只能选择版本。
    .do = 请删除所指的模块：模块路径内置于程序中。

error-manifest-fork =
    .what = 出现了两份版本相同而内容不同的清单，其中一份不是发布者想给您的。
    .do = 当前清单保持不变。请稍后或换一个网络重试；如果错误仍在，请告知 fyne-setup 的发布者。

error-manifest-go-below-floor =
    .what = 这个 Go 存在已知安全漏洞；同一系列的较新版本没有这些漏洞。
    .do = 请使用提示中给出的版本。如果一定要用这个版本，请加上 --force。

error-manifest-go-not-on-system =
    .what = 这个 Go 或它构建的程序无法在此版本的操作系统上运行。
    .do = 按提示输入：最接近且能运行的 Go。

error-manifest-go-not-with-fyne =
    .what = 这个 Go 对这个 Fyne 来说太旧或太新，或已知不能构建它。
    .do = 请按提示输入最接近的可用组合。

error-manifest-jump =
    .what = 来源提供的清单版本远高于已知的最新版本，仿佛要让以后的清单都失效。
    .do = 当前清单保持不变。请稍后或换一个网络重试；如果错误仍在，请告知 fyne-setup 的发布者。

error-manifest-legacy-signature =
    .what = 签名使用 minisign 的旧格式，不予接受。
    .do = 请用当前版本的 minisign 重新签名。如果文件是下载来的，请告知 fyne-setup 的发布者。

error-manifest-line =
    .what = 清单中某一行与其中的版本不属于同一个 Fyne 发布系列。
    .do = 请改正所指的那一行。如果清单是下载来的，请告知其发布者；当前清单保持不变。

error-manifest-mismatch =
    .what = 文件与一同签名的说明不符：文件、版本或日期不同。
    .do = 当前清单保持不变。请稍后或换一个网络重试；如果错误仍在，请告知 fyne-setup 的发布者。

error-manifest-need =
    .what = 清单中某一行需要软件包表中没有的内容。
    .do = 请改正所指的那一行。如果清单是下载来的，请告知其发布者；当前清单保持不变。

error-manifest-no-channel =
    .what = `manifest update` 不知道从哪里下载：没有给出网址，也没有保存过。
    .do = 请指定渠道的基础网址：`fyne-setup manifest update URL`。

error-manifest-no-cli =
    .what = 清单中没有可以用这个 Go 构建的 `fyne` 命令版本。
    .do = 请用 `--go` 选择另一个 Go，或去掉它。如果是自己的清单，请改正所指的那一行。

error-manifest-no-go =
    .what = 清单中没有既能构建这个 Fyne 又没有已知漏洞的 Go。
    .do = 请用 `--fyne` 选择另一个 Fyne，或用 `--go` 自行指定 Go。

error-manifest-no-key =
    .what = 这个 fyne-setup 构建不含根密钥，无法验证来自网络的清单。
    .do = 请使用程序内置的清单，或用 `--manifest FILE` 指定自行下载的清单。

error-manifest-no-keys =
    .what = 没有 `keys.toml`，无法得知谁有权为清单签名。
    .do = 请把 `keys.toml` 及其签名放在清单旁边；`fyne-setup manifest update` 会下载它们。

error-manifest-no-such-fyne =
    .what = 清单中没有这个 Fyne 版本。
    .do = 请去掉 `--fyne`，或从 `fyne-setup manifest show` 列出的版本中选择。

error-manifest-no-versions =
    .what = 清单中某一行没有列出版本。
    .do = 请改正所指的那一行。如果清单是下载来的，请告知其发布者；当前清单保持不变。

error-manifest-not-utf8 =
    .what = 清单不是 UTF-8。消息中给出了第一个错误的字节。
    .do = 请把文件另存为 UTF-8。

error-manifest-nul =
    .what = 清单含有 NUL 字节，不是文本文件，可能被存成了 UTF-16。
    .do = 请把文件另存为 UTF-8。

error-manifest-package =
    .what = 获取的清单中有一个软件包名称，可能被软件包管理器当作选项。
    .do = 当前清单保持不变。请稍后或换一个网络重试；如果错误仍在，请告知 fyne-setup 的发布者。

error-manifest-project-go =
    .what = 您要求的 Go 低于项目的 `go.mod` 所需的版本。
    .do = 请用 `--go` 指定更新的 Go，或去掉它。

error-manifest-range =
    .what = 清单中的某个范围不含任何 Go 版本：起点在终点之后。
    .do = 请改正所指的那一行。如果清单是下载来的，请告知其发布者；当前清单保持不变。

error-manifest-recommended =
    .what = 清单推荐的 Go 不能构建其中的任何 Fyne，或低于安全下限。
    .do = 请改正所指的那一行。如果清单是下载来的，请告知其发布者；当前清单保持不变。

error-manifest-replaced =
    .what = 清单中某个版本的替代版本不在清单中。
    .do = 请改正所指的那一行。如果清单是下载来的，请告知其发布者；当前清单保持不变。

error-manifest-revoked-key =
    .what = 清单由已吊销的密钥签名。
    .do = 当前清单保持不变。请稍后或换一个网络重试；如果错误仍在，请告知 fyne-setup 的发布者。

error-manifest-rollback =
    .what = 来源提供的文件比本机见过的更旧。
    .do = 当前清单保持不变。请稍后或换一个网络重试；如果错误仍在，请告知 fyne-setup 的发布者。

error-manifest-root-signatures =
    .what = 密钥列表没有足够的根密钥有效签名。
    .do = 当前清单保持不变。请稍后或换一个网络重试；如果错误仍在，请告知 fyne-setup 的发布者。

error-manifest-schema =
    .what = 清单的 schema 缺失、不是数字，或比这个 fyne-setup 所支持的更新。
    .do = 请更新 fyne-setup。如果是自己的文件，请写 `schema = 1`。

error-manifest-shape =
    .what = 清单缺少某个键，或键值的类型不对。
    .do = 请改正所指的那一行。如果清单是下载来的，请告知其发布者；当前清单保持不变。

error-manifest-signature =
    .what = 签名不是 minisign 签名，或与文件不符。
    .do = 当前清单保持不变。请稍后或换一个网络重试；如果错误仍在，请告知 fyne-setup 的发布者。

error-manifest-store =
    .what = 无法读取见过哪些清单的记录。它用来防止退回旧清单，没有它就不接受任何清单。
    .do = 如果您知道原因（磁盘已满、恢复过备份），请删除所指的文件，再运行同一条命令。

error-manifest-syntax =
    .what = 清单不是有效的 TOML。消息说明了哪里出错、应该是什么。
    .do = 请改正所指的那一行。如果清单是下载来的，请告知其发布者；当前清单保持不变。

error-manifest-too-large =
    .what = 清单或其中某个文件远大于正常大小，因此没有读完。
    .do = 请确认路径或网址无误。当前清单保持不变。

error-manifest-trial =
    .what = 清单中的某个试验既是通过又是失败，或其版本不为任何一行所允许。
    .do = 请改正所指的那一行。如果清单是下载来的，请告知其发布者；当前清单保持不变。

error-manifest-unknown-key =
    .what = 清单中有未知的键，或清单由未知的密钥签名。
    .do = 请改正该键：消息指出了可能想写的是什么。如果是签名问题，请确认文件来自 fyne-setup 的发布者。

error-manifest-unread =
    .what = 无法读取要验证的文件。
    .do = 请检查路径和权限。

error-manifest-unreadable =
    .what = 无法读取清单：文件不存在或您无权读取，或已签名的内容不是清单。
    .do = 请检查路径和权限。如果清单是下载来的，当前清单保持不变；请稍后再试。

error-manifest-version =
    .what = 新清单的版本号过大。
    .do = 请选用比上一个略大的版本号。

error-net-certificate =
    .what = 服务器的证书不受信任：已过期、属于另一台主机，或本机不认识其签发者。
    .do = 请检查本机日期。如果公司会检查流量，请把它的 CA 证书存为 PEM 文件，并把 SSL_CERT_FILE 设为其路径。

error-net-changed =
    .what = 服务器发来的各部分对不上：文件在下载期间变了。
    .do = 请用 `--go-mirror URL` 或 `--goproxy LIST` 换一个来源，或稍后再试。

error-net-cut =
    .what = 下载在完成之前中断。
    .do = 请再次运行同一条命令：下载会从中断处继续。

error-net-modules =
    .what = Go 命令无法下载模块。消息中有它的输出。
    .do = 请检查网络、代理和 GOPROXY，或用 `--goproxy LIST` 换一个模块代理。

error-net-no-source =
    .what = 没有可用的下载来源：所有来源都被设置关闭或排除。
    .do = 请用 `--goproxy LIST` 或 `--go-mirror URL` 指定一个来源。

error-net-not-allowed =
    .what = 不会从这个网址下载：它不是 https、没有主机名，或重定向到这样的网址。
    .do = 请用 `--go-mirror URL` 或 `--goproxy LIST` 换一个来源，或稍后再试。

error-net-offline =
    .what = 指定了 `--offline`，但需要的内容本机没有。
    .do = 请不带 `--offline` 运行一次同一条命令，或用 `--go-mirror` 指定本机上的镜像。

error-net-proxy =
    .what = 代理没有放行连接，或无法连接到代理。
    .do = 请在 https_proxy、HTTPS_PROXY、all_proxy 或 ALL_PROXY 中改正地址，或取消设置。如果是代理拒绝，请让其管理员放行该主机。

error-net-status =
    .what = 服务器返回了 HTTP 错误。403 和 404 表示它没有该文件；500 及以上表示服务器自身出错。
    .do = 请用 `--go-mirror URL` 或 `--goproxy LIST` 换一个来源，或稍后再试。

error-net-timeout =
    .what = 服务器没有及时响应。
    .do = 请检查网络连接和代理，再运行同一条命令。等待时间可用 `--timeout` 设置。

error-net-too-large =
    .what = 服务器发来的数据超过了该文件可能的大小。
    .do = 请用 `--go-mirror URL` 或 `--goproxy LIST` 换一个来源，或稍后再试。

error-net-unreachable =
    .what = 无法连接服务器。
    .do = 请检查网络连接。如果这里需要代理，请把 https_proxy 设为代理地址，再运行同一条命令。

error-output =
    .what = 结果无法写到标准输出。命令本身可能已经完成。
    .do = 请检查标准输出连到哪里：磁盘已满，或接收的程序已结束。

error-packages-busy =
    .what = 软件包管理器一直繁忙：有其他程序持有它的锁。
    .do = 请等那个程序结束，再运行同一条命令。

error-packages-by-hand =
    .what = 缺少系统软件包，而 fyne-setup 不代为运行这个软件包管理器。其他部分都已完成。
    .do = 请运行所显示的命令，再运行 `fyne-setup install`。

error-packages-cancelled =
    .what = Windows 询问是否允许安装程序更改此计算机，或安装程序提出了问题，而回答是“否”。没有安装任何内容。
    .do = 请再次运行同一条命令并确认该询问。没有管理员密码时，请联系这台计算机的管理员。

error-packages-failed =
    .what = 软件包管理器失败。消息中有它的退出码和输出。
    .do = 请查看提示所指的日志。原因消除后，再运行同一条命令。

error-packages-gone =
    .what = 软件包管理器没有这个名称的软件包。
    .do = 请确认它的软件源是默认的（对 winget 为 `winget source list`），再运行同一条命令。

error-packages-network =
    .what = 软件包管理器无法下载。
    .do = 请检查网络、代理和软件源；详情见日志。然后再运行同一条命令。

error-packages-policy =
    .what = 您所在组织的策略禁止此安装。
    .do = 请让这台计算机的管理员安装消息中所列的软件包，再运行同一条命令。

error-packages-restart =
    .what = 软件包已安装，重新启动计算机后才生效。fyne-setup 从不重新启动计算机。
    .do = 请在方便时重新启动计算机，再运行 `fyne-setup install`。

error-packages-restart-first =
    .what = 安装程序要求先重新启动计算机：另一个安装还没有完成。
    .do = 请重新启动计算机，再运行同一条命令。

error-packages-rights =
    .what = 软件包管理器没有得到所需的权限。
    .do = 请确认您可以使用 sudo，或以 root 身份运行所显示的命令。然后再运行同一条命令。

error-packages-unanswered =
    .what = 软件包管理器没有说明安装了哪些软件包，因此没有移除任何软件包。
    .do = 请先修复软件包管理器，再运行同一条命令。

error-packages-unknown =
    .what = 缺少系统软件包，而 fyne-setup 不认识本系统的软件包管理器。其他部分都已完成。
    .do = 请手动安装含有所列头文件和程序的软件包，再运行 `fyne-setup install`。

error-packages-unsuitable =
    .what = 软件包管理器认识这个软件包，但没有适合本系统或本处理器的安装程序。
    .do = 请确认系统是 64 位 Windows 10（1809）或更新版本，并且“应用安装程序”是最新的，再运行同一条命令。

error-pin-no-go =
    .what = 需要补全项目的 go.sum，而这台机器上没有能做这件事的 Go。未做任何更改。
    .do = 请运行 `fyne-setup install`，再运行 `fyne-setup pin`。

error-plan-differs =
    .what = 制定计划之后机器有了变化，现在的计划已不同。未作任何更改。
    .do = 请用 `fyne-setup plan --json` 重新制定计划，并再看一遍。

error-plan-secret =
    .what = 计划和日志都不保存密码，因此网址中的登录信息必须重新给出。未作任何更改。
    .do = 请用 `--goproxy` 或 `--go-mirror`，或用 `FYNE_SETUP_GOPROXY` 或 `FYNE_SETUP_GO_MIRROR` 重新给出完整的网址。

error-plan-unreadable =
    .what = 该文件不是这个 fyne-setup 能读取的计划。
    .do = 请用 `fyne-setup plan --json > FILE` 制定一份。

error-platform-unsupported =
    .what = fyne-setup 不支持在这个系统或处理器上安装。
    .do = 请使用 x86_64 或 aarch64 的 Linux。`check` 和 `explain` 在本机也可使用。

error-premise-changed =
    .what = 运行期间有其他程序改动了某个文件，因此 fyne-setup 没有动它。
    .do = 请再次运行同一条命令：它会重新检查一切。

error-profile-entangled =
    .what = 没有改动 shell 配置文件中的那一行：修正它会连带改变其他内容。
    .do = 请手动把所指的变量从那一行去掉。

error-profile-syntax =
    .what = 没有改动 shell 配置文件：它自己的 shell 无法解析它。
    .do = 请手动修正该文件的语法和所指的那一行。提示中有修正那一行的命令。

error-project-mod-changes =
    .what = 不改动 `go.mod` 就无法补全 `go.sum`。两者都没有改动。
    .do = 请在项目中运行 `go mod tidy`，并查看它改了什么。

error-project-mod-syntax =
    .what = 无法读取项目的 go.mod。消息中有行号。
    .do = 请改正该行，再运行同一条命令。

error-project-outside =
    .what = 项目的 go.mod 或 go.sum 是指向项目之外的链接。fyne-setup 不会通过这样的链接写入。
    .do = 请用项目中的文件替换该链接。

error-project-private =
    .what = 项目的某个模块是私有的，不会到任何地方查询它的校验值。
    .do = 请在能访问该私有模块的环境中，在项目里运行 `go mod tidy`。

error-prove-cannot-look =
    .what = 无法查看窗口。在 Linux 上只有 Wayland 显示，无法从外部读取其中的窗口；在 Mac 上，程序没有报告它绘制的内容。
    .do = 请安装 Xvfb 或 Xwayland，或在 X11 显示上验证。在 Mac 上请在其自己的终端中运行，并查看屏幕。

error-prove-display =
    .what = 显示已断开，或无法读取。
    .do = 请确认 DISPLAY 指向属于您且仍然存在的显示，再运行同一条命令。

error-prove-ended =
    .what = 打开窗口的程序在窗口出现之前就结束了。消息中有它的输出。
    .do = 请阅读消息；`fyne-setup check` 可以找出缺少的库和驱动。

error-prove-hidden =
    .what = 窗口已打开，但没能及时读取其内容。
    .do = 请解锁屏幕，把窗口移到最前面，再运行同一条命令。

error-prove-no-display =
    .what = 既没有显示也没有 Xvfb，无法打开窗口。
    .do = 请在桌面会话中运行该命令，或安装 Xvfb。

error-prove-no-go =
    .what = 本机没有可以构建验证程序的 Go。
    .do = 请先运行 `fyne-setup install`。

error-prove-no-window =
    .what = 程序在运行，但没有及时打开窗口。
    .do = 请阅读消息；`fyne-setup check` 可以找出 OpenGL 和显示缺少什么。

error-prove-picture =
    .what = 窗口已打开，但显示的内容不对。
    .do = 请把窗口移到最前面，再运行同一条命令。如果依旧如此，换一个图形驱动往往有用。

error-prove-server =
    .what = 为验证启动了 Xvfb，但它没有成功运行。
    .do = 请阅读消息；如果 Xvfb 已损坏，请重新安装。

error-provision-differs =
    .what = `fyne-setup provision` 要写的文件已经存在，内容不同。没有写入任何文件。
    .do = 可用 `--to` 写到另一个目录后比较。`--force` 会替换该文件，并在旁边保留旧文件，名称以 `.bak` 结尾。

error-provision-several =
    .what = 这一种类有多个文件，而标准输出只能放一个。
    .do = 请用 `--to` 指定一个目录。

error-record-write =
    .what = 无法写入记录。
    .do = 请指定属于您的目录：`fyne-setup check --record DIR`。

error-report-output =
    .what = `report --out -` 输出的是归档文件。终端无法显示它，而使用 `--json` 时标准输出已用于文档。没有写入任何东西。
    .do = 请写入文件：`fyne-setup report --out - > report.tar.gz`，或用 `--out FILE` 指定文件。

error-report-there =
    .what = 报告要写入的文件已存在。没有写入任何东西。
    .do = 删除它，或指定另一个文件。

error-report-write =
    .what = 报告要写入的文件不是普通文件，或所在目录不存在，或您没有写权限。未做任何更改。
    .do = 请创建该目录，或在您有写权限的目录中指定一个新文件。

error-restore-lost =
    .what = 要恢复的文件在核实期间消失了。
    .do = 请确认没有其他程序在清理这些目录，再运行同一条命令。

error-rights-missing =
    .what = 缺少系统软件包，而您无权安装。其他部分都已完成。
    .do = 请以 root 身份运行所显示的命令，或请管理员运行。然后再运行 `fyne-setup install`。

error-run-no-such-command =
    .what = `fyne-setup run` 找不到您指定的命令。
    .do = 请检查命令的名称，并确认它所在的目录在 PATH 中。

error-trust-answer =
    .what = 服务器的回答不像校验和数据库。没有采用该回答。
    .do = 如果网络有登录页面，请先在浏览器中登录。否则请用 `--goproxy LIST` 换一个模块代理。

error-trust-checksum =
    .what = 某个内容与其作者发布的不同：它的校验值与校验和数据库或 `go.sum` 不符。不会使用它。
    .do = 请用 `go clean -modcache` 清空模块缓存，再运行同一条命令。如果错误仍在，请用 `--goproxy LIST` 或 `--go-mirror URL` 换一个来源。

error-trust-cli =
    .what = 构建出的 `fyne` 命令与校验和数据库中的记录不符。不会使用它。
    .do = 请用 `go clean -modcache` 清空模块缓存，再运行同一条命令。如果错误仍在，请用 `--goproxy LIST` 换一个模块代理。

error-trust-fork =
    .what = 校验和数据库给出了两份互相矛盾的历史，其中一份是假的。两者都没有采用。
    .do = 请保留所指的文件，不要从这个网络安装 Go，并报告给 security@golang.org。

error-trust-proof =
    .what = 校验和数据库没能证明它的回答属于其日志。
    .do = 没有采用该回答。请用 `--goproxy LIST` 换一个模块代理，并把此错误告知当前代理的维护者。

error-trust-record =
    .what = 校验和数据库的记录属于另一个模块，或不是有效的记录。
    .do = 没有采用该回答。请用 `--goproxy LIST` 换一个模块代理，并把此错误告知当前代理的维护者。

error-trust-signature =
    .what = 校验和数据库的回答不是由它的密钥签名的。
    .do = 没有采用该回答。请用 `--goproxy LIST` 换一个模块代理，并把此错误告知当前代理的维护者。

error-trust-state =
    .what = 保存校验和数据库最新签名树头的文件已损坏。
    .do = 如果您知道原因（磁盘已满、恢复过备份），请删除所指的文件，再运行同一条命令。

error-trust-unknown =
    .what = 校验和数据库没有这个模块或这个版本。
    .do = 请检查路径和版本。如果都正确，请用 `--goproxy LIST` 换一个模块代理。

error-undo-built-on =
    .what = 这次运行不能单独撤销：之后的运行改动了相同的内容。
    .do = 请先撤销提示所指的之后那次运行。`fyne-setup uninstall` 会撤销全部。

error-update-foreign =
    .what = 正在运行的 fyne-setup 属于另一个用户，或位于您无权更改的目录中。
    .do = 请其所有者更新，或为自己安装一份。

error-update-no-channel =
    .what = 此 fyne-setup 构建不知道新版本在哪里发布。
    .do = 请指定渠道的基础 URL：`fyne-setup self update URL`。也可以按安装时的方式安装更新版本。

error-update-no-keys =
    .what = 此构建的 `fyne-setup` 没有根密钥，无法验证更新的程序。
    .do = 正在使用的程序没有问题，只是不能自行更新。要得到新版本，请再次运行其渠道的安装命令：`curl -fsSL CHANNEL/install.sh | sh`；若来自别处，请用安装此程序时所用的方式安装。

error-update-no-program =
    .what = 渠道没有适用于这台机器的新版本 fyne-setup，或缺少其中的文件。
    .do = 请稍后重试，或从源代码构建 fyne-setup。

error-update-packaged =
    .what = 正在运行的 fyne-setup 由软件包管理器安装，管理器不会知道这一更改。
    .do = 请用该软件包管理器更新。

error-update-refused =
    .what = 渠道提供的内容与发布者签名的不符：签名、校验和或版本不一致。当前的程序继续使用。
    .do = 请稍后重试，或换一个网络再试；如果依旧如此，请告知 fyne-setup 的发布者。

error-update-rollback =
    .what = 渠道提供的 fyne-setup 比之前见过的更旧。当前的程序继续使用。
    .do = 请稍后重试，或换一个网络再试：可能有人在重放旧的渠道。如果依旧如此，请告知发布者。

error-update-self-test =
    .what = 新的 fyne-setup 在这台机器上无法正常运行。当前的程序继续使用。
    .do = 请将消息的内容告知 fyne-setup 的发布者。

error-usage =
    .what = 命令行有误，且没有对应的专门错误码。
    .do = 可用的写法见 `fyne-setup COMMAND --help`。

error-usage-bad-value =
    .what = 某个选项的值无效。
    .do = 请使用提示给出的值或格式。

error-usage-conflict =
    .what = 两个选项不能同时使用。
    .do = 请去掉消息所指的两个选项之一。

error-usage-home =
    .what = HOME 或 fyne-setup 要使用的目录属于其他用户。写入那里的内容可能被该用户改动。
    .do = 请以其所有者身份运行，或使用当前用户自己的主目录：消息中有相应的命令。`--for-root` 表示仍然继续。

error-usage-mirror =
    .what = `--go-mirror` 的值不是有效的网址。
    .do = 请写成 `https://HOST/PATH`。

error-usage-missing =
    .what = 缺少命令或必需的值。
    .do = 应写的内容见 `fyne-setup COMMAND --help`。

error-usage-module =
    .what = 这不是带版本的模块路径。
    .do = 请写成 `PATH@VERSION`，例如 `fyne.io/fyne/v2@v2.8.1`。

error-usage-not-empty =
    .what = 新程序的目录已存在且不为空。没有写入任何东西。
    .do = 请指定一个尚不存在的目录。

error-usage-no-project =
    .what = 该目录不是 Go 项目：其中没有 `go.mod`。
    .do = 请指定含有 `go.mod` 的目录，或用 `go mod init` 创建一个。

error-usage-no-recording =
    .what = 该目录中没有可以重放的记录。
    .do = 请指定由 `fyne-setup check --record DIR` 写入的目录。

error-usage-no-such-run =
    .what = 没有这个编号的运行。
    .do = 所有运行见 `fyne-setup history`。

error-usage-sudo =
    .what = 在 sudo 之下，这条命令会为 root 而不是为您安装。
    .do = 请不带 sudo 运行：需要权限时它会自行请求。如确实要为 root 安装，请加 `--for-root`。

error-usage-unknown-check =
    .what = 没有这个编号的检查项。
    .do = 所有检查项见 `docs/checks.zh-CN.md` 或 `fyne-setup check`。

error-usage-unknown-command =
    .what = 没有这个命令。
    .do = 请按提示输入；所有命令见 `fyne-setup --help`。

error-usage-unknown-option =
    .what = 这个命令没有这个选项。
    .do = 请按提示输入；所有选项见 `fyne-setup COMMAND --help`。

error-usage-unknown-variable =
    .what = 有一个以 FYNE_SETUP_ 开头的变量不属于 fyne-setup，但写法与其中一个很接近。未做任何更改。
    .do = 请按提示改名，或取消设置。全部变量见 `docs/variables.md`。

error-usage-unreadable-log =
    .what = 无法读取指定的日志：它不存在、是目录，或不是普通文件。
    .do = 请指定文件，或通过管道传入日志：`go build 2>&1 | fyne-setup diagnose -`。

error-usage-url =
    .what = 该地址不是有效的渠道网址。
    .do = 请写成 `https://HOST/PATH`。

error-usage-value-missing =
    .what = 某个选项没有给出值。
    .do = 请在它后面写上值；可用的值见提示。

error-variable-unfit =
    .what = 没有改动 Windows 注册表中的一个变量：它会超过 Windows 允许的长度，或者它不是文本。
    .do = 请手动缩短它（设置、系统、关于、高级系统设置、环境变量），再运行同一命令。

error-verify-bad =
    .what = 有文件与应有的内容不符：校验和、签名或散列值不一致，或者签名的密钥无权签名。
    .do = 请勿运行。请换一个网络或来源重新下载；如果依旧如此，请告知发布者。

error-verify-key =
    .what = 指定为公钥的内容不是公钥。
    .do = `--key` 请指定 minisign 的 `.pub` 文件或其中的第二行；`--openpgp-key` 请指定由 `gpg --export` 导出的文件。

error-verify-unread =
    .what = 无法读取要验证的文件，或为其指定的列表。
    .do = 请检查名称和权限。Go 的目录树用 `--go DIR` 验证。

error-windows-declined =
    .what = Windows 没有完成所请求的操作：在它询问时选择了“否”，或者它的 PowerShell 无法完成。
    .do = 再次运行同一条命令，并在 Windows 询问时选择“是”；或在以管理员身份运行的 PowerShell 中执行显示的那一行。

error-windows-firewall =
    .what = 已在 Windows 防火墙中创建规则，但端口仍然关闭：有优先级更高的规则。我们的规则已被删除；如果保留，会另行说明。
    .do = 在“高级安全 Windows Defender 防火墙”中删除阻止该 X 服务器的入站规则。然后再运行同一条命令。

error-wsl-sockets =
    .what = 把 WSLg 的套接字放到程序查找显示的地方时，有一条命令失败。
    .do = 请查看消息中该命令自己的输出。在 Windows 的 PowerShell 中执行 `wsl --shutdown` 并重新打开终端，WSL 自己的挂载就会恢复；先执行 `wsl --update`，则在 systemd 遮住它时也会恢复。

error-xcode-not-offered =
    .what = Apple 的服务器没有为此 macOS 提供命令行工具。
    .do = 运行 `xcode-select --install` 并在对话框中点击“安装”，或从 developer.apple.com/download/all 下载。如果已有损坏的工具，请先移除：`sudo rm -rf /Library/Developer/CommandLineTools`。然后再运行同一条命令。
