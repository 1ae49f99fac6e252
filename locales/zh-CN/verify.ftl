# `verify` and `self update`: whose a file is, layer by layer, and a newer program.

verify-layer-sha256 = SHA-256
verify-layer-minisign = minisign
verify-layer-openpgp = OpenPGP
verify-layer-journal = 本机构建
verify-layer-go-modules = Go 模块
verify-layer-go-tree = Go 目录树
verify-layer-apple = Apple 签名
verify-layer-authenticode = Authenticode

verify-proven = 已证实
verify-as-published = 与发布一致
verify-as-recorded = 与记录一致
verify-absent = 没有
verify-not-judged = 无法判断
verify-bad = 不符
verify-line = { $state }：{ $text }

verify-unread = 无法读取 { $file }：{ $why }
verify-why = { $why }
verify-a-directory = 它是一个目录
verify-a-directory-hint = 请指定文件。Go 的目录树用 fyne-setup verify --go DIR 验证。
verify-no-key = { $key } 既不是 minisign 公钥，也不是含有公钥的文件
verify-unread-key = 无法读取密钥 { $file }：{ $why }
verify-no-key-hint = 请指定 .pub 文件，或其中的第二行。
verify-no-openpgp-key = { $file } 中没有 OpenPGP 公钥：{ $why }
verify-no-openpgp-key-hint = 请指定由 gpg --export 导出的文件，是否使用 --armor 均可。
verify-go-hint = 请指定完整的 Go 目录，例如 fyne-setup verify --go /usr/local/go
verify-no-directory = 它不是目录
verify-no-such-directory = 目录不存在
verify-end-proven =
    { $all ->
        [1] 已证实：上面指名的一方为此文件担保。
       *[other] 已证实：上面指名的各方为全部 { $all } 个担保。
    }
verify-end-open = 未能证实：{ $all } 个之中有 { $open } 个。没有发现问题，但这里也没有已知的一方为其担保。{ $next }
verify-next-key = 已有签名：请用 { $option } 指定发布者的密钥。
verify-end-denied = 未能证实：{ $all } 个之中有 { $open } 个。有签名为 { $file } 担保，但 { $option } 指定的清单中没有它。请指定它所属版本的清单，或去掉 { $option }。
verify-next-signature = 要证实下载的文件，请把发布者的签名（FILE.minisig 或 FILE.asc）或有签名的 SHA256SUMS 放在它旁边。
verify-next-go = 请联网后再次运行同样的命令，或从发布者处安装 Go。
verify-bad-files = { $all } 个之中有 { $bad } 个未通过验证
verify-bad-hint = 请勿运行。请换一个网络或来源重新下载；如果依旧如此，请告知发布者。

verify-no-signature = 没有签名
verify-signature-unread = 无法读取签名：{ $why }
verify-malformed = 签名已损坏：{ $why }
verify-signature-cut = 签名文件不完整：请重新下载
verify-signed = 由密钥 { $key } 签名
verify-comment = 签名中注明：{ $comment }
verify-no-keys = 有签名，但没有可用来验证的密钥（{ $why }）；请用 --key 指定
verify-no-own-keys = 此构建不是发布版，不知道任何发布密钥
verify-keys-expired = keys.toml 已于 { $at } 过期
verify-unknown-key = 由密钥 { $key } 签名，它不在已知的密钥之中
verify-other-key = 由密钥 { $key } 签名，而不是指定的密钥
verify-revoked = 由已吊销的密钥 { $key } 签名
verify-legacy = 签名是 minisign 的旧格式
verify-differs = 密钥 { $key } 的签名与这个文件不符
verify-not-bound = 密钥 { $key } 的签名没有注明属于哪个文件
verify-for-other = 签名属于另一个文件：其中的 { $item } 是“{ $said }”，而这个文件的是“{ $is }”

verify-no-list = 没有校验和列表
verify-list-bad = 列表 { $list } 未通过验证：{ $why }
verify-list-malformed = 列表 { $list } 无法使用：{ $why }
verify-list-silent = 列表 { $list } 中没有这个文件
verify-list-differs = 列表 { $list } 中的校验和不同：{ $digest }
verify-list-open = 列表 { $list } 中的校验和相同，但不能证明什么：{ $why }
verify-list-unsigned = 它没有签名
verify-listed = 列表 { $list } 中的校验和相同，并由密钥 { $key } 签名
sums-too-large = 过大
sums-no-list = 不是 sha256sum 的格式
sums-twice = 同一个名称有两个校验和

verify-openpgp-no-keys = 有签名，但没有可用来验证的密钥；请加上 --openpgp-key
verify-openpgp-signed = 由 { $key } 于 { $at } 签名
verify-openpgp-unknown-key = 不是由指定的密钥签名
verify-openpgp-refused = 拒绝密钥 { $key } 的签名：{ $why }
openpgp-no-text = 既不是文本，也不是数据包
openpgp-no-block = 文本不是所需的数据块
openpgp-block = 数据块已损坏
openpgp-cut = 文件不完整，请重新下载
openpgp-damaged = 数据包已损坏
openpgp-no-key = 其中没有公钥
openpgp-secret-key = 其中含有私钥
openpgp-no-signature = 不是分离签名
openpgp-not-of-file = 不是对文件的签名
openpgp-of-text = 是对文本而不是对字节的签名
openpgp-too-large = 过大
openpgp-two-issuers = 注明了两个密钥
openpgp-loose = 含有未签名的内容
openpgp-version-3 = 是已经过时的版本 3
openpgp-version = 签名的版本是本程序不认识的
openpgp-unsupported = 使用了本程序没有的算法
openpgp-revoked = 密钥已吊销
openpgp-expired = 密钥已过期
openpgp-unbound = 没有有效的签名绑定这个密钥
openpgp-weak-binding = 密钥仅由 SHA-1 或更旧的散列算法绑定
openpgp-short = 密钥短于 2048 位
openpgp-usage = 密钥不用于签名
openpgp-no-agreement = 子密钥没有签名确认自己属于这个密钥
openpgp-demanding = 要求了本程序不认识的内容
openpgp-weak-signature = 基于 SHA-1 或更旧的散列算法
openpgp-signature-expired = 签名已过期
openpgp-before-key = 早于密钥的生成时间
openpgp-future = 生成时间在未来

verify-built = 由 fyne-setup 的运行 { $run } 于 { $date } 用 { $module } 在本机构建；摘要与日志一致，但您运行的任何程序都能写入该日志
verify-built-anew = fyne-setup 的运行 { $run } 曾在这里构建另一个程序；此文件是后来由他人构建的
verify-built-changed = fyne-setup 的运行 { $run } 在这里放置的程序的 sha256 是 { $wrote }；现在的文件不同：可能是重新构建、去除了符号，或被改动过

verify-no-build-info = 不是由 Go 构建
verify-no-modules = 由 { $go } 构建，不含模块
verify-modules-published = 它列出的 { $all } 个模块都在校验和数据库中，散列值一致；由 { $go } 用它们构建，则只是它自己的说法
verify-modules-differ = 它列出的 { $all } 个模块中有 { $count } 个与校验和数据库不符
verify-modules-open = 它列出的 { $all } 个模块中有 { $published } 个在校验和数据库中且散列值一致；其余的无法判断
verify-module-differs = { $module }：不符
verify-module-open = { $module }：{ $why }
verify-modules-more = 另有 { $count } 个
verify-replaced = 它取代了 { $module }
verify-local = 由本地目录或改动过的检出构建
verify-private = 按 GOPRIVATE 或 GONOSUMDB 属于私有模块，不向外查询

verify-no-go = 没有 VERSION 文件，不是 Go
verify-no-release = VERSION 文件没有注明发行版本
verify-tree-unread = 其中有文件无法读取
verify-tree-proven = 每个文件都与校验和数据库中的 { $module } 一致（{ $hash }）
verify-tree-differs = 与校验和数据库中的 { $module } 不一致
verify-tree-changed = { $file }：已改动或缺失
verify-tree-added = { $file }：不在发布的内容中

verify-system-there = 有签名，但只有它自己的系统才能判断
verify-apple-signed = 每一页都与 { $name } 签名时相同；证书是否已被 Apple 吊销，只有 Mac 能查询
verify-apple-ad-hoc = 没有签名者（临时签名）；各页完整
verify-apple-unknown = 由 { $name } 签名，Apple 不为该证书担保
verify-apple-page = 从第 { $at } 字节开始的页与签名时不同
verify-apple-part = 签名的附属部分与签名时不同
verify-apple-unsigned = 其中有未被签名的字节
verify-apple-list = 页的列表与签名时不同
verify-apple-signature = 签名不是由其证书的密钥所作
verify-apple-certificate = 其证书不是由它所指明的上级证书签发
apple-damaged = 已损坏
apple-other-hash = 使用了本程序不支持的算法
apple-signers = 不是由一个签名者所作
apple-no-certificate = 缺少其证书

# `self update`.
update-no-channel = 此构建没有发布渠道
update-no-channel-hint = 请指定渠道的基础 URL：fyne-setup self update URL。也可以按安装时的方式安装更新版本的 fyne-setup。
update-no-keys = 此构建没有根密钥，无法验证更新的 fyne-setup
update-no-keys-hint = 正在使用的程序没有问题，只是不能自行更新。要得到新版本，请再次运行安装命令：curl -fsSL { $url }/install.sh | sh
update-downloading = 正在下载 fyne-setup { $version }
update-rollback = 渠道提供的是 fyne-setup { $version }，低于之前见过的版本 { $seen }
update-kept-hint = 当前的程序继续使用。请稍后重试，或换一个网络再试；如果依旧如此，请告知 fyne-setup 的发布者。
update-no-program = 渠道没有适用于 { $triple } 的 fyne-setup { $version }
update-no-program-hint = 请稍后重试，或从源代码构建 fyne-setup。
update-missing = 渠道上没有 { $file }
update-refused = { $file } 未通过验证：{ $why }
update-digest = 校验和与 { $list } 中的不同
update-other-version = 它的版本是 { $version }，而不是 { $list }
update-archive = 无法解包：{ $why }
update-archive-empty = 其中没有程序
update-lost = { $program } 已不存在
update-foreign = { $program } 属于另一个用户，或位于您无权更改的目录中
update-foreign-hint = 请其所有者更新，或为自己安装一份。
update-packaged = { $program } 属于 { $manager } 的软件包 { $package }
update-packaged-hint = 请用 { $manager } 更新。
update-self-test = fyne-setup { $version } 在此未通过自检：{ $why }
update-no-answer = { $seconds } 秒内没有回答
update-bad-answer = 退出码为 { $code }：{ $said }
update-no-start = 无法启动
update-says-other = 它自称是 { $said }
update-done = fyne-setup 已更新到 { $to }（原为 { $from }）；之前的程序保存为 { $previous }
update-newer = 有新版本 fyne-setup { $to }（当前为 { $from }）
update-current = fyne-setup { $version } 已是最新（渠道的版本为 { $offered }）
update-test = fyne-setup { $version } 在此可以正常运行，推荐的 Go 为 { $go }

# `self keys`.
keys-release = 发布密钥，用来签署 fyne-setup 的归档和软件包
keys-no-release = 没有：此构建不是发布版，验证 fyne-setup 的归档时 verify 需要 --key
keys-roots = 根密钥，用来签署 keys.toml，其中列出清单和新版本所用的密钥
keys-no-roots = 没有：此构建不会从网络取用清单或更新的程序
keys-for-tests = 这些密钥只供测试：任何人都有，此构建不是发布版。
