# Checksum database and signatures. The same keys stand in every language.

trust-no-server = 无法查询校验和数据库，因此什么都无法验证：{ $tried }
trust-offline = { $module } 的哈希从未在本机确认过，而 --offline 不允许查询校验和数据库
trust-offline-hint = 请先不带 --offline 运行一次同样的命令；确认过的结果会一直保留。
trust-not-a-module = { $module } 不是“模块路径@版本”
trust-unknown = { $server } 没有 { $module } 的记录
trust-unknown-hint = 请检查路径和版本。如果都没有写错，请用 --goproxy LIST 换一个模块代理。
trust-answer = { $server } 的应答不符合校验和数据库的格式（查询的是 { $what }）
trust-answer-hint = 如果当前网络需要网页登录，请先在浏览器中登录；否则请用 --goproxy LIST 换一个模块代理。没有安装任何内容。
trust-signature = { $server } 返回的 { $what } 没有 Go 校验和数据库的有效签名
trust-proof = { $server } 返回的证明不成立：{ $why }
trust-record = { $server } 返回的记录不是 { $module } 的
trust-other-hint = 没有安装任何内容。请用 --goproxy LIST 换一个模块代理，并把看到的情况告知该代理的管理者。
trust-fork = Go 校验和数据库出现了两段互相矛盾的历史：{ $ours } 与 { $theirs }（记录数、根哈希）
trust-fork-hint = 两个树头都带有有效签名，其中必有一个是假的。没有安装任何内容。请保留记录了两个树头的文件，不要通过当前网络安装 Go，并报告给 security@golang.org。
trust-state = { $path } 已损坏：它应当保存 Go 校验和数据库最新的已签名树头
trust-state-hint = 如果知道原因（磁盘曾写满、恢复过备份），请删除 { $path } 后再次运行同样的命令：程序会重新获取并验证树头。
trust-store = 无法在 { $path } 中保存校验和数据库的状态：{ $why }
trust-differs = { $module } 与公开发布的内容不一致：程序由 { $built } 构建，校验和数据库中是 { $published }
trust-differs-hint = 不会使用这个程序。请用 go clean -modcache 清空模块缓存后再次运行同样的命令；如果问题依旧，请用 --goproxy LIST 换一个模块代理。
trust-local = { $module } 由本地目录构建，从未公开发布过
