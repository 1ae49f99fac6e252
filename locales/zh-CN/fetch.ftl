# Downloads: network, proxies, certificates, archives.

fetch-go = Go { $version }
fetch-unreachable = 无法连接 { $host }：{ $why }
fetch-unresolved = 无法连接 { $host }：无法解析该主机名
fetch-unreachable-hint = 请检查网络连接。如果这里需要代理，请把 https_proxy 设为代理地址（https_proxy=http://主机:端口），再运行同一条命令。已下载的内容会保留；fyne-setup check 不需要网络。
fetch-timeout = { $host } 没有响应
fetch-certificate = { $host } 的证书不受信任：{ $why }
fetch-certificate-hint = 请确认本机的日期正确。如果公司代理会检查流量，请把它的 CA 证书存为 PEM 文件，并把 SSL_CERT_FILE 设为该文件的路径。
fetch-certificate-of = { $host } 的证书由 { $issuer } 签发，不受信任：{ $why }
fetch-certificate-of-hint = 如果 { $issuer } 属于你的公司或学校，请向管理员索取 PEM 格式的 CA 证书。{ $os ->
        [windows] 要让整台电脑信任它，请双击该文件，把证书安装到“受信任的根证书颁发机构”；
        [macos] 要让整台电脑信任它，请用“钥匙串访问”把证书加入“系统”钥匙串，并设为“始终信任”；
       *[other] 要让整台机器信任它，请把证书复制为 /usr/local/share/ca-certificates/名称.crt，并以 root 身份运行 update-ca-certificates；
    }只想在这里信任它，请把 SSL_CERT_FILE 设为该文件的路径。如果你不认识 { $issuer }，请不要用这个网络下载。
fetch-certificate-date-hint = 请确认本机的日期正确：运行 date 查看。如果日期正确，就是服务器的问题：请用 --go-mirror URL 或 --goproxy LIST 换一个来源，或稍后再试。
fetch-certificate-name-hint = 有别的东西代替该主机作了回答：常见的是网络的登录页面（在浏览器中打开任意网页并登录）、代理，或 hosts 文件中的错误条目。
fetch-certificate-expired = 证书已过期
fetch-certificate-not-yet = 证书尚未生效
fetch-certificate-issuer = 本机不认识它的签发者
fetch-certificate-name = 证书是签发给另一台主机的
fetch-certificate-revoked = 签发者已吊销该证书
fetch-certificate-other = { $words }
fetch-no-authorities = 无法核对 { $host } 的证书：本机没有 CA 证书
fetch-no-authorities-file = 无法核对 { $host } 的证书：本机没有 CA 证书：SSL_CERT_FILE 指向 { $file }，其中没有证书
fetch-no-authorities-hint =
    { $os ->
        [windows] 请运行 Windows 更新：它会带来 CA 证书。如果设置了 SSL_CERT_FILE，请删除它，或把它设为包含 CA 证书的 PEM 文件。
        [macos] 如果设置了 SSL_CERT_FILE，请删除它，或把它设为包含 CA 证书的 PEM 文件；macOS 自带的证书在“系统”钥匙串中。
       *[other] 请安装软件包 ca-certificates（apt-get install ca-certificates），或把 SSL_CERT_FILE 设为包含 CA 证书的 PEM 文件。
    }
fetch-proxy = 代理 { $proxy } 不放行：{ $why }
fetch-proxy-hint = 代理来自 https_proxy、HTTPS_PROXY、all_proxy 或 ALL_PROXY。请在设置它的地方改正地址；如果这里不需要代理，请取消该变量，或把不需要代理的主机写进 no_proxy。
fetch-proxy-refuses-hint = 代理可以连上，但拒绝了请求。请让代理的管理员放行 GOPROXY 中的主机、sum.golang.org 和 go.dev。如果公司有自己的模块代理和镜像，请用 --goproxy LIST 和 --go-mirror URL 指定。代理地址来自 https_proxy、HTTPS_PROXY、all_proxy 或 ALL_PROXY。
fetch-proxy-login-hint = 代理需要用户名和密码：请在当前终端中设置 https_proxy=http://用户名:密码@主机:端口。它们不会被显示或保存。
fetch-not-allowed = 不会下载 { $url }：{ $why }
fetch-rule-no-host = 其中没有主机名
fetch-rule-plain = 它不是 https
fetch-rule-scheme = 只下载 https 地址
fetch-rule-downgrade = 它从 https 重定向到 http
fetch-rule-user-name = 它重定向到带用户名的地址
fetch-rule-redirects = 重定向超过五次
fetch-rule-only-bundle = 只使用离线包，而其中没有它
fetch-mirror-hint = 请用 --go-mirror URL 或 --goproxy LIST 换一个来源，或稍后再试。
fetch-status = { $host } 返回了 { $status }
fetch-status-hint = 403 和 404 表示这个来源没有该文件；500 及以上表示来源自身出错。请用 --go-mirror URL 或 --goproxy LIST 换一个来源，或稍后再试。
fetch-cut = 从 { $host } 下载到 { $megabytes } MiB 时中断：{ $why }
fetch-cut-hint = 请再次运行同一条命令：下载会从中断处继续。
fetch-changed = { $host } 发来的各部分对不上
fetch-too-large = { $host } 发来的数据超过 { $megabytes } MiB
fetch-disk = 无法写入：{ $why }
fetch-disk-full = 磁盘已满：{ $why }
fetch-disk-full-hint = 请在 { $path } 所在的磁盘上腾出空间，再运行同一条命令。
fetch-no-room = { $path } 只剩 { $free } MiB，需要 { $needed } MiB
fetch-not-private = 其他用户可以写入 { $path }，其中的内容可能在验证之前被改动
fetch-not-private-hint = 请让该目录只归你使用（chmod go-w { $path }），或删除它，再运行同一条命令。
fetch-hostile = { $from } 发来的归档不被接受：{ $why }
fetch-checksum = { $from } 发来的不是 Go 官方发布的内容：它的校验值是 { $found }，校验和数据库中是 { $expected }
fetch-refused-hint = 没有保留或运行其中任何内容。请用 --go-mirror URL 或 --goproxy LIST 换一个来源，并告知该来源的维护者。
fetch-no-source = 没有来源能提供 { $what }：{ $tried }
fetch-and = { $first }；{ $rest }
fetch-and-more = { $list }；另有 { $count } 个原因
fetch-no-source-at-all = 没有可用的 { $what } 来源
fetch-no-source-at-all-hint = 请用 --goproxy LIST 或 --go-mirror URL 指定一个来源。
fetch-stopped = 已中断；已下载的内容会保留

# Why an archive is rejected.
archive-twice = { $name } 与 { $other } 可能是同一个文件
archive-name-ascii = 名称 { $name } 含有非 ASCII 字符
archive-name-length = 名称 { $name } 为空或超过 240 字节
archive-name-absolute = 名称 { $name } 是绝对路径
archive-name-control = 名称 { $name } 含有控制字符
archive-name-windows = 名称 { $name } 含有在 Windows 上有特殊含义的字符
archive-name-depth = 名称 { $name } 的目录层级超过 200
archive-name-empty-part = 名称 { $name } 中有一段为空
archive-name-outwards = 名称 { $name } 指向了自身目录之外
archive-name-dot = 名称 { $name } 中有一段以句点或空格结尾
archive-name-device = 名称 { $name } 在 Windows 上是设备名
archive-name-outside = { $name } 不在归档自己的目录之下
archive-name-outside-module = { $name } 不在模块名之下
archive-name-go-mod = { $name } 是保留给 go.mod 的名称
archive-link = { $name } 是链接
archive-pax = { $name } 是 PAX 头，可能更改下一个文件的名称或大小
archive-long-name = { $name } 是 GNU 长名称
archive-sparse = { $name } 是稀疏文件
archive-device = { $name } 是设备或管道
archive-unknown-kind = { $name } 的类型未知
archive-ustar = { $name } 不是 ustar 格式
archive-numbers = 无法读取 { $name } 的数值
archive-setuid = { $name } 设置了 setuid、setgid 或 sticky 位
archive-directory-content = { $name } 是带有内容的目录
archive-encrypted = { $name } 已加密，或采用了 Go 不使用的压缩方式
archive-packed = { $name } 采用了 Go 不使用的压缩方式
archive-symbolic-link = { $name } 是符号链接
archive-irregular = { $name } 不是普通文件
archive-entry-comment = 条目 { $name } 带有注释
archive-second-name = 条目 { $name } 有第二个大小或名称
archive-extra = 条目 { $name } 的扩展字段已损坏
archive-overlap = { $name } 与另一个条目重叠
archive-plain-sizes = { $name } 未压缩，但两处大小不同
archive-no-header = 缺少 { $name } 的本地头
archive-differs-flags = 归档对 { $name } 的压缩方式有两处记录，二者不同
archive-differs-size = 归档对 { $name } 的大小或校验值有两处记录，二者不同
archive-differs-name = 归档对 { $name } 的名称有两处记录，二者不同
archive-differs-descriptor = { $name } 的数据描述符与归档目录不同
archive-limit-entries = 归档的条目超过 { $limit } 个
archive-limit-files = 归档的文件超过 { $limit } 个
archive-limit-file = 归档中有文件超过 { $limit } 字节
archive-limit-all = 归档中所有文件合计超过 { $limit } 字节
archive-limit-directory = zip 的目录超过 { $limit } 字节
archive-limit-zip = zip 超过 { $limit } 字节
archive-after-tar = tar 归档的末尾之后还有内容
archive-after-gzip = gzip 数据的末尾之后还有内容
archive-zip-short = 长度不足，不可能是 zip
archive-zip-end = 结尾不像没有注释的 zip
archive-zip-parts = 它是分卷 zip
archive-zip-directory-place = zip 的目录没有紧接在结尾之前
archive-zip-directory-unreadable = 无法读取 zip 的目录
archive-zip-directory-twice = zip 对目录的位置有两处记录
archive-zip-directory-count = zip 目录的条目数与其记录的不同
archive-zip-entries-place = zip 的条目超出了目录之前的空间
archive-zip-gap = zip 的条目之间还有内容
archive-tar-gzip = 无法作为 gzip 压缩的 tar 归档读取
archive-content-early = { $name } 的内容提前结束
archive-content-shorter = { $name } 的内容短于所声明的长度
archive-content-longer = { $name } 的内容长于所声明的长度
archive-content-checksum = { $name } 的校验值与所声明的不同
archive-content-inflate = 无法解压 { $name } 的内容
archive-content-after = { $name } 的内容在结尾之后还有数据
mirrors-asking = 正在询问各个模块源，看哪一个最先响应
mirrors-silent = 默认模块源在 { $limit } 秒内没有给出可用的响应；{ $mirror } 在 { $ms } 毫秒后响应，因此使用它。
mirrors-slower = 默认模块源在 { $default } 毫秒后响应，{ $mirror } 在 { $ms } 毫秒后响应；使用较快的一个。
