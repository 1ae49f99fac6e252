# Downloads: network, proxies, certificates, archives. The same keys stand in every language.

fetch-go = Go { $version }
fetch-unreachable = 无法连接 { $host }：{ $why }
fetch-unreachable-hint = 请检查网络连接。如果这里需要代理，请把 https_proxy 设为代理地址（https_proxy=http://主机:端口），再运行同一条命令。已下载的内容会保留；fyne-setup check 不需要网络。
fetch-timeout = { $host } 没有响应
fetch-certificate = { $host } 的证书不受信任：{ $why }
fetch-certificate-hint = 请确认本机的日期正确。如果公司代理会检查流量，请把它的 CA 证书存为 PEM 文件，并把 SSL_CERT_FILE 设为该文件的路径。
fetch-certificate-of = { $host } 的证书由 { $issuer } 签发，不受信任：{ $why }
fetch-certificate-of-hint = 如果 { $issuer } 属于你的公司或学校，请向管理员索取 PEM 格式的 CA 证书。要让整台机器信任它，请把证书复制为 /usr/local/share/ca-certificates/名称.crt，并以 root 身份运行 update-ca-certificates；只想在这里信任它，请把 SSL_CERT_FILE 设为该文件的路径。如果你不认识 { $issuer }，请不要用这个网络下载。
fetch-no-authorities = 无法核对 { $host } 的证书：{ $why }
fetch-no-authorities-hint = 请安装软件包 ca-certificates（apt-get install ca-certificates），或把 SSL_CERT_FILE 设为包含 CA 证书的 PEM 文件。
fetch-proxy = 代理 { $proxy } 不放行：{ $why }
fetch-proxy-hint = 代理来自 https_proxy、HTTPS_PROXY、all_proxy 或 ALL_PROXY。请在设置它的地方改正地址；如果这里不需要代理，请取消该变量，或把不需要代理的主机写进 no_proxy。
fetch-proxy-refuses-hint = 代理可以连上，但拒绝了请求。请让代理的管理员放行 GOPROXY 中的主机、sum.golang.org 和 go.dev。如果公司有自己的模块代理和镜像，请用 --goproxy LIST 和 --go-mirror URL 指定。代理地址来自 https_proxy、HTTPS_PROXY、all_proxy 或 ALL_PROXY。
fetch-proxy-login-hint = 代理需要用户名和密码：请在当前终端中设置 https_proxy=http://用户名:密码@主机:端口。它们不会被显示或保存。
fetch-not-allowed = 不会下载 { $url }：{ $why }
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
