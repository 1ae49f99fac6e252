# Checks of the module proxy, the checksum database and the caches.

go-proxy =
    .title = GOPROXY
    .looks = GOPROXY：模块从哪里获取，以及 Go 能否解析
    .why = 没有可用的代理就无法下载任何模块
    .by-hand = 执行 go env -u GOPROXY，或设置可访问的代理：go env -w GOPROXY=URL,direct
    .by-us = 在设置它的地方移除该设置，恢复 Go 的默认值
    .unseen = 能应答的代理是否提供您需要的内容；其他机器上的代理只在下载时才会访问
go-proxy-ok = { $value }
go-proxy-default = Go 的默认值
go-proxy-direct = direct：模块直接从各自的仓库获取，设置于 { $place }
go-proxy-off = GOPROXY=off，但仍有内容需要下载
go-proxy-no-git = GOPROXY 要求直接从代码仓库获取模块，但没有可用的 git
go-proxy-off-unneeded = { $place } 设置了 GOPROXY=off；构建所需的内容均已就绪
go-proxy-empty = GOPROXY={ $value } 没有指定任何代理
go-proxy-malformed = GOPROXY 中的 { $entry } 不是 Go 能识别的地址
go-proxy-dead = GOPROXY 指定的 { $address } 没有服务在监听
go-proxy-cause = { $place } 设置了 GOPROXY={ $value }

modules-http-proxy =
    .title = HTTP 代理
    .looks = http_proxy、https_proxy 与 all_proxy：位于本机的代理是否有响应
    .why = 所有下载都会经过它；代理不存在时全部失败
    .by-hand = 执行 unset http_proxy https_proxy，并删除设置它们的那一行
    .by-us = 备份后将设置它的那一行注释掉
    .unseen = 其他机器上的代理：是否应答，允许谁通过
    .by-hand-windows = 在 PowerShell 中运行 Remove-Item Env:HTTP_PROXY, Env:HTTPS_PROXY，并在设置它们的地方删除
    .by-us-windows = 如果该变量属于您，则在其设置处移除
modules-http-proxy-none = 未设置
modules-http-proxy-ok = { $value }
modules-http-proxy-dead = { $variable } 指定的 { $address } 没有服务在监听
modules-http-proxy-cause = { $variable } 指向 { $address }，设置于 { $place }

modules-certificates =
    .title = 证书
    .looks = 系统的证书包，或 SSL_CERT_FILE 与 SSL_CERT_DIR 所指定的替代位置
    .why = 没有证书就无法信任任何下载，Go 会全部拒绝（“x509: certificate signed by unknown authority”）
    .by-hand = 删除设置该变量的那一行，或安装软件包 ca-certificates
    .by-us = 在设置它的地方移除该设置，或安装该软件包
    .unseen = 公司代理的证书是否在其中
    .looks-windows = 无：无论 SSL_CERT_FILE 如何设置，Go 都使用 Windows 自己的证书存储
    .by-hand-windows = 公司代理的证书应放入 Windows 自己的证书存储（certmgr.msc，受信任的根证书颁发机构）
    .by-us-windows = 程序不会改动 Windows 的证书
    .looks-macos = 无：无论 SSL_CERT_FILE 如何设置，Go 都使用 macOS 的钥匙串
    .by-hand-macos = 公司代理的证书应放入 macOS 的“系统”钥匙串（“钥匙串访问”），并在其中设为信任
    .by-us-macos = 程序不会改动 macOS 的证书
modules-certificates-mac = 使用 macOS 的钥匙串
modules-certificates-ok = { $path }
modules-certificates-windows = 使用 Windows 自带的证书存储
modules-certificates-unknown = 无法查找证书：{ $why }
modules-certificates-unneeded = 没有证书，但获取模块也不需要证书
modules-certificates-none = 没有可用于信任下载的证书
modules-certificates-hidden = { $place } 设置的 { $name }={ $value } 处没有证书，并使系统证书不再生效
modules-certificates-cause = 软件包 { $package } 提供的证书包缺失或为空

go-sumdb =
    .title = 校验和数据库
    .looks = GOSUMDB、GONOSUMDB、GOPRIVATE 与 GOINSECURE：公共模块是否经过校验
    .why = 没有校验，伪造的模块会在无人察觉的情况下被编译进程序
    .by-hand = 执行 go env -u GOSUMDB GONOSUMDB GOINSECURE；GOPRIVATE 中只写自己的模块
    .by-us = 在设置它的地方移除该设置；企业自有的代理和匹配模式保持不变
    .unseen = 能否访问校验和数据库：只在下载时才会查询
go-sumdb-ok = 模块按 { $value } 校验
go-sumdb-off = GOSUMDB=off：来自公共代理的模块不经校验
go-sumdb-private = { $place } 设置了 GOSUMDB=off，并使用自有代理
go-sumdb-unknown = GOSUMDB={ $value } 不是 Go 所知的校验和数据库
go-sumdb-cause = { $place } 设置了 GOSUMDB={ $value }
go-sumdb-bypassed = { $variable }={ $value } 使公共模块（包括 { $module }）不再校验
go-sumdb-bypassed-cause = { $place } 设置了 { $variable }={ $value }

modules-cache =
    .title = 模块缓存
    .looks = GOMODCACHE 是否可用，以及构建所需的模块是否与发布时一致：先看权限和时间，有迹象的模块再计算哈希。使用 --deep 时对每个模块计算哈希
    .why = 损坏的下载会使依赖它的所有构建失败；被改动的模块构建出的内容与别人的不同
    .by-hand = 保存您的改动，删除所示的目录或文件，然后执行 go mod download
    .by-us = 只恢复有差异的文件，其来源经校验和数据库确认；被改动的内容保存在我们的备份中。属于其他用户的缓存会被移到一旁，其下载内容放入新的缓存
    .unseen = 不使用 --deep 时：权限和时间都被还原的改动。本项目的构建用不到的模块
modules-cache-ok = { $path }
modules-cache-absent = { $path } 将在首次下载时创建
modules-cache-unknown = 没有可存放它的主目录
modules-cache-not-seen = 无法查看 { $path }：{ $why }
modules-cache-zip = 模块缓存中下载的 { $module } 不是 zip 文件
modules-cache-zip-cause = { $path } 已损坏，而该模块需要由它解压
modules-cache-edited = 模块缓存中的 { $module } 被修改过
modules-cache-edited-cause = { $path } 与下载的内容不一致
modules-cache-note = 模块缓存中为 { $module } 记录的哈希与其文件不符
modules-cache-note-cause = { $path } 已损坏；文件本身与发布时一致
modules-cache-mod = 模块缓存中 { $module } 的 go.mod 与发布的不一致
modules-cache-mod-cause = { $path } 与下载的内容不一致
modules-cache-private = { $module } 是私有模块：只有您知道它应有的内容。请先保存您的改动，再重新获取
modules-cache-no-directory = 模块缓存 { $path } 不是目录
modules-cache-no-directory-cause = { $path } 处是其他内容
modules-cache-foreign = 模块缓存 { $path } 对您不可写，而且缺少模块
modules-cache-barred = 无法创建模块缓存 { $path }
modules-cache-foreign-cause = { $path } 属于用户 { $owner }
modules-closed-windows = Windows 不允许您写入 { $path }
modules-cache-relative = 模块缓存 { $path } 不是绝对路径，Go 不接受
modules-cache-relative-cause = { $place } 中设置了 { $name }={ $value }
modules-cache-decide = 移走 { $path }；Go 会创建新的

modules-build-cache =
    .title = 构建缓存
    .looks = GOCACHE 是否可供 Go 使用。使用 --deep 时还检查每个条目的内容是否与其名称相符
    .why = 没有构建缓存，Go 拒绝构建；而且 Go 相信其中的内容
    .by-hand = 将其移走；Go 会创建新的
    .by-us = 当前用户无法使用的缓存会被移到一旁，其中可读的内容复制到新的缓存。损坏的条目只移除它们自身
    .unseen = 不使用 --deep 时：损坏的条目。其他程序的构建条目也只在使用 --deep 时比对
modules-build-cache-ok = { $path }
modules-build-cache-unknown = 没有可存放它的主目录
modules-build-cache-off = GOCACHE=off，但 Go 需要构建缓存
modules-build-cache-off-cause = { $place } 设置了 GOCACHE=off
modules-build-cache-relative = GOCACHE={ $path } 不是绝对路径，Go 会拒绝
modules-build-cache-relative-cause = { $place } 设置了 GOCACHE={ $path }
modules-build-cache-unusable = Go 无法使用构建缓存 { $path }（GOCACHE）
modules-build-cache-gap-cause = { $path } 缺失，而 Go 无权创建：该缓存属于用户 { $owner }
modules-build-cache-foreign-cause = { $path } 属于用户 { $owner }，无法读取
modules-build-cache-no-directory-cause = { $path } 不是目录
modules-build-cache-closed-cause = { $path } 属于用户 { $owner }，无法写入
modules-build-cache-decide = 移走 { $path }；Go 会创建新的

modules-present =
    .title = Fyne 的模块
    .looks = 构建所需的模块是否在模块缓存中
    .why = 首次构建会下载缺少的模块；禁止下载时则会失败
    .by-hand = 在项目中执行 go mod download
    .by-us = 下载、验证并编译这些模块，使您的首次构建无需网络且已预热
    .unseen = 来自私有代理的项目模块，下载之前无法判断
modules-present-ok = { $count } 个均已下载
modules-present-missing = { $wanted } 个中有 { $missing } 个尚未下载
modules-present-off = { $first } 尚未下载，而 GOPROXY=off
modules-present-off-cause = 模块缓存中没有 { $first }
modules-cache-confirmed = { $path }，其中 { $count } 个模块与发布时一致
modules-cache-unconfirmed = 无法判断 { $path } 中的模块是否与发布时一致：{ $why }
modules-build-cache-confirmed = { $path }，每个条目都与其名称相符
modules-build-cache-unconfirmed = 无法查看 { $path }：{ $why }
modules-build-cache-garbled = 构建缓存 { $path } 中有 { $count } 个条目已损坏
modules-build-cache-garbled-cause = { $path } 的内容与其名称不符
