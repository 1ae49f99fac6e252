# `diagnose` 的文案：每个原因是什么，以及如何解决。日志中没有的参数为 "none"。
diagnose-after-run = fyne-setup：以上输出表明
diagnose-here = 本机
diagnose-line = 第 { $line } 行：{ $text }
diagnose-nothing = 该日志（{ $count } 行）中没有环境问题
diagnose-own = 这是程序自身或命令的错误，不是环境问题：无需安装或修复任何东西。
diagnose-confirmed = 本机有此问题：检查项 { $check } 未通过
diagnose-confirmed-auto = 本机有此问题：检查项 { $check } 未通过。运行 fyne-setup repair { $check } 即可解决
diagnose-refuted = 本机没有此问题：检查项 { $check } 通过
diagnose-unsure = 仅凭检查项 { $check } 无法判断本机是否有此问题：运行 fyne-setup check { $check } 可查看本机情况
diagnose-elsewhere = 未查看本机：该日志来自另一种系统（{ $os }）
diagnose-empty = 日志为空：管道前的命令没有向它输出任何内容。如果该命令失败了，错误信息显示在终端上；请一并导入管道：go build 2>&1 | fyne-setup diagnose -

diagnose-disk-full =
    .what = 磁盘已满：没有可写入的空间
    .fix = { $os ->
        [windows] 请在存放缓存和临时文件的磁盘上腾出空间（“设置”、“系统”、“存储”）；go clean -cache 清空 Go 的构建缓存。或者把 TMP、GOTMPDIR 或 GOCACHE 指到另一个磁盘。
       *[other] 请在存放缓存和临时文件的磁盘上腾出空间：df -h 显示哪个磁盘已满，go clean -cache 清空 Go 的构建缓存。或者把 TMPDIR 或 GOTMPDIR 指到另一个磁盘。
    }
diagnose-memory-exhausted =
    .what = 内存耗尽，系统结束了编译器或链接器
    .fix = 请增加内存或交换空间（容器或虚拟机：提高内存限制），关闭其他程序，或减少并行任务：go build -p 1
diagnose-clock-skew =
    .what = 系统时间不正确{ $now ->
        [none] {""}
       *[other] ：时钟为 { $now }，证书为 { $limit }
    }
    .fix = 请校准系统时钟（timedatectl set-ntp true 或 date -s；Windows：w32tm /resync），然后重新运行同一命令。如果日期无误，则是服务器证书或 CA 证书列表过旧。
diagnose-apt-lock =
    .what = 另一个包管理器正在运行并持有锁
    .fix = 请等待另一个进程结束{ $pid ->
        [none] {""}
       *[other] （进程 { $pid }）
    }，通常是自动更新，然后重试。不要删除锁文件。
diagnose-interrupted-packages =
    .what = 之前的软件包安装被中断
    .fix = 请用包管理器给出的命令完成它，然后 sudo apt-get install -f
diagnose-unmet-dependencies =
    .what = 这些软件包无法一起安装：{ $package ->
        [none] 依赖关系不满足
       *[other] { $package } 的依赖关系不满足
    }
    .fix = 请更新软件包列表并修复损坏的依赖（apt-get update，然后 apt-get --fix-broken install），并解除被保留的软件包（apt-mark showhold）。常见原因是第三方软件源或来自其他版本的软件包。
diagnose-package-not-found =
    .what = 包管理器不认识{ $package ->
        [none] 某个软件包，或其列表已过期
       *[other] 软件包 { $package }
    }
    .fix = 请更新软件包列表（apt-get update、sudo dnf makecache、pacman -Sy、sudo apk update）后重试。如果仍找不到，请检查拼写：该发行版使用另一个软件包名。
diagnose-ca-untrusted =
    .what = 服务器证书不受信任：本机没有它的 CA 证书
    .fix = { $os ->
        [windows] 证书由 Windows 管理：请更新 Windows。如果公司代理会解开 TLS，请把公司的 CA 证书加入 Windows 自己的证书存储（certmgr.msc，受信任的根证书颁发机构）。
       *[other] { $packages ->
            [none] 请安装或更新软件包 ca-certificates
           *[other] 请安装或更新 { $packages }
        }。如果公司代理会解开 TLS，请把公司的 CA 证书加入系统（/usr/local/share/ca-certificates，然后 update-ca-certificates）。
    }
diagnose-proxy-dns =
    .what = { $host ->
        [none] 服务器
       *[other] { $host }
    } 的名称无法解析：没有该主机，或 DNS 不可用
    .fix = { $os ->
        [windows] 请检查网络和 DNS（nslookup 主机名），以及 GOPROXY（go env GOPROXY）和 HTTPS_PROXY 的拼写。如果此处无法访问该模块代理，请把 GOPROXY 设为可以访问的代理。
       *[other] 请检查网络和 DNS（/etc/resolv.conf），以及 GOPROXY（go env GOPROXY）和 HTTPS_PROXY 的拼写。如果此处无法访问该模块代理，请把 GOPROXY 设为可以访问的代理。
    }
diagnose-proxy-timeout =
    .what = 模块代理或其网络没有响应
    .fix = 请检查网络和 HTTPS_PROXY。如果此处无法访问该模块代理，请改用其他代理：go env -w GOPROXY=…，例如离您近的镜像或公司的代理。
diagnose-proxy-forbidden =
    .what = 代理拒绝了请求{ $url ->
        [none] {""}
       *[other] （{ $url }）
    }：被禁止，或需要登录
    .fix = 请检查 GOPROXY（go env GOPROXY）和 HTTPS_PROXY：代理可能需要登录、禁止该地址，或已被关闭（GOPROXY=off）。请询问代理的管理员，或改用其他模块代理。
diagnose-git-missing =
    .what = git 未安装，或不在 PATH 中
    .fix = { $os ->
        [windows] 请安装 git（winget install --id Git.Git --exact），或使用模块代理代替 GOPROXY=direct
       *[other] 请安装 git（Debian 和 Ubuntu：apt-get install git；Fedora：sudo dnf install git；Alpine：sudo apk add git；macOS：xcode-select --install），或使用模块代理代替 GOPROXY=direct
    }
diagnose-docker-missing =
    .what = fyne-cross 找不到容器引擎：docker 或 podman 未安装或未运行
    .fix = { $os ->
        [windows] 请安装 Docker Desktop 或 Podman Desktop 并启动。然后重新运行 fyne-cross。
       *[other] 请安装 docker 或 podman 并启动（sudo systemctl start docker 或 “Docker Desktop”），并允许您的用户使用它（docker 组）。然后重新运行 fyne-cross。
    }
diagnose-permission-denied-modcache =
    .what = Go 的模块缓存或构建缓存属于其他用户：没有权限{ $path ->
        [none] {""}
       *[other] （{ $path }）
    }
    .fix = { $os ->
        [windows] 请以管理员身份在“属性”、“安全”中取回该目录的权限，或把 GOMODCACHE 和 GOCACHE 设为您自己的目录（go env -w）。不要以管理员身份运行 go。
       *[other] 请把目录还给它的所有者（sudo chown -R "$(id -un)" "$(go env GOMODCACHE)" "$(go env GOCACHE)"），或把 GOMODCACHE 和 GOCACHE 设为您自己的目录。不要用 sudo 运行 go。
    }
diagnose-noexec-tmp =
    .what = 临时目录{ $path ->
        [none] {""}
       *[other] （{ $path }）
    }中不能运行程序：它以 noexec 挂载，或被规则禁止
    .fix = { $os ->
        [windows] 本机的规则或杀毒软件禁止在其中运行程序：请把 GOTMPDIR 设为可以运行程序的目录（go env -w GOTMPDIR=目录），或询问管理这台计算机的人。
       *[other] 请把 GOTMPDIR 设为可以运行程序的目录：mkdir -p ~/tmp，然后 go env -w GOTMPDIR=$HOME/tmp。或者不带 noexec 重新挂载 TMPDIR 所在目录。
    }
diagnose-antivirus =
    .what = 杀毒软件拦截或删除了构建出的文件
    .fix = 请在杀毒软件（如 “Windows Defender” 的排除项）中排除 Go 的缓存（go env GOCACHE）、%TEMP%\go-build* 和您的项目，然后重新构建
diagnose-goroot-mismatch =
    .what = 混用了两个 Go：GOROOT 或工具属于另一个 Go{ $have ->
        [none] {""}
       *[other] （{ $have } 与 { $want }）
    }
    .fix = { $os ->
        [windows] 请在环境变量（“设置”、“系统”、“关于”、“高级系统设置”）中去掉 GOROOT，运行 go env -u GOROOT，并在 PATH 中只保留一个 Go。如果仍然如此，请删除该 Go 并重新安装。
       *[other] 请在 shell 配置文件中去掉 GOROOT，运行 go env -u GOROOT，并在 PATH 中只保留一个 Go。如果仍然如此，请删除该 Go 并重新安装。
    }
diagnose-goroot-overwritten =
    .what = 新的 Go 解压到了旧的 Go 之上：同一目录中混有两者的文件{ $path ->
        [none] {""}
       *[other] （{ $path }）
    }
    .fix = { $os ->
        [windows] 请在“设置”、“应用”中卸载 Go，删除其目录中剩下的文件（C:\Program Files\Go），然后重新安装 Go
       *[other] 请删除整个 Go 目录（例如 sudo rm -rf /usr/local/go），然后把 Go 解压到空目录
    }
diagnose-go-too-old =
    .what = 当前的 Go 比模块要求的旧{ $want ->
        [none] {""}
       *[other] ：需要 Go { $want }
    }{ $have ->
        [none] {""}
       *[other] ，当前为 Go { $have }
    }
    .fix = 请安装较新的 Go（fyne-setup install）；Go 1.21 及以上也可以自动下载：go env -u GOTOOLCHAIN。请升级 Go，不要降低模块的 go 行。
diagnose-toolchain-not-available =
    .what = go 行写的工具链不是已发布的版本{ $version ->
        [none] {""}
       *[other] ：{ $version }
    }
    .fix = 请在 go.mod 中写存在的版本：带上修订号，例如 go 1.22.0，并去掉您的 Go 不认识的内容。或者自行安装该 Go。
diagnose-toolchain-download-blocked =
    .what = 无法下载需要的 Go{ $version ->
        [none] {""}
       *[other] ：工具链 go{ $version }
    }
    .fix = 请检查网络、DNS、GOPROXY 和 GOSUMDB（Go 把工具链当作模块下载），或自行安装该 Go（fyne-setup install）并设置 GOTOOLCHAIN=local
diagnose-gopath-mode =
    .what = Go 处于 GOPATH 模式：模块模式已关闭（GO111MODULE=off），或 GOPATH 就是项目目录
    .fix = { $os ->
        [windows] 请打开模块模式：在环境变量中去掉 GO111MODULE，并运行 go env -u GO111MODULE。项目不要放在 GOPATH 中。
       *[other] 请打开模块模式：在 shell 配置文件中去掉 GO111MODULE，并运行 go env -u GO111MODULE。项目不要放在 GOPATH 中。
    }
diagnose-no-go-mod =
    .what = 该目录不在模块中：没有 go.mod
    .fix = 请进入您的项目目录，或在此新建模块：go mod init example.com/name，然后 go mod tidy
diagnose-missing-require =
    .what = 模块没有声明依赖{ $package ->
        [none] 它导入的某个软件包
       *[other] 软件包 { $package }
    }
    .fix = 请在项目中运行 go mod tidy（或对该模块运行 go get），然后重新构建
diagnose-missing-go-sum =
    .what = go.sum 不完整{ $package ->
        [none] {""}
       *[other] ：缺少 { $package } 的条目
    }
    .fix = 请在项目中运行 go mod tidy，然后重新构建
diagnose-replace-missing-path =
    .what = go.mod 的 replace 行（或 go.work 的 use 行）指向不存在的目录{ $path ->
        [none] {""}
       *[other] ：{ $path }
    }
    .fix = 请更正该 replace 行的路径，把目录放回原处，或删除该行：go mod edit -dropreplace=MODULE
diagnose-vendor-inconsistent =
    .what = vendor 目录与 go.mod 不一致
    .fix = 请在项目中运行 go mod vendor，或用 -mod=mod 构建
diagnose-wrong-import-path =
    .what = 模块的导入路径不是它自己的路径{ $wrong ->
        [none] {""}
       *[other] ：{ $wrong }
    }
    .fix = 请在 import 和命令中使用{ $right ->
        [none] 模块声明的路径：用 fyne.io/fyne/v2 代替 github.com/fyne-io/fyne
       *[other] 路径 { $right }
    }（用 fyne.io/… 代替 github.com/fyne-io/…），然后 go mod tidy
diagnose-sumdb-mismatch =
    .what = { $module ->
        [none] 某个模块
       *[other] { $module }
    } 的校验和（checksum）与公布的不符：下载内容或 go.sum 被改动
    .fix = 请不要关闭校验和数据库。清空缓存（go clean -modcache）后重试；如果仍然如此，请更换 GOPROXY，并在版本控制中查看 go.sum 的改动。
diagnose-go-get-install-deprecated =
    .what = go get 不再安装程序
    .fix = 请使用带版本的 go install：go install fyne.io/tools/cmd/fyne@latest
diagnose-cli-moved =
    .what = 旧的 fyne 命令已迁移到 fyne.io/tools
    .fix = 请安装新的命令：go install fyne.io/tools/cmd/fyne@latest
diagnose-gobin-not-on-path =
    .what = shell 找不到 { $program ->
        [none] fyne
       *[other] { $program }
    }：Go 安装程序的目录不在 PATH 中，或程序未安装
    .fix = { $os ->
        [windows] 请在环境变量的 Path 中加入 %USERPROFILE%\go\bin（或 GOBIN），并打开新的终端；fyne-setup install 会替您完成。如果程序不存在：go install fyne.io/tools/cmd/fyne@latest。
       *[other] 请在 shell 配置文件中加入 PATH：export PATH="$PATH:$(go env GOPATH)/bin"（或 GOBIN）。如果程序不存在：go install fyne.io/tools/cmd/fyne@latest。
    }
diagnose-cli-flag-mismatch =
    .what = fyne 命令不认识{ $flag ->
        [none] 该选项
       *[other]  { $flag }
    }：它是另一个版本（version）的选项（flag）
    .fix = 请对照 fyne help 和 fyne 命令的版本（fyne version）；最新版本：go install fyne.io/tools/cmd/fyne@latest
diagnose-missing-icon =
    .what = 打包所需的图标（icon）不存在{ $path ->
        [none] {""}
       *[other] ：{ $path }
    }
    .fix = 请在程序旁放一个名为 Icon.png 的 PNG，或指定图标：--icon FILE，或 FyneApp.toml 中的 Icon
diagnose-missing-app-id =
    .what = 打包缺少应用 ID（app ID）
    .fix = 请指定：--app-id com.example.name（fyne-cross：-app-id），或 FyneApp.toml 中的 ID
diagnose-android-ndk-missing =
    .what = 没有可用的 Android NDK
    .fix = 请安装 NDK（“Android Studio” 的 SDK 管理器或 sdkmanager），把 ANDROID_NDK_HOME 设为它的目录，或把 ANDROID_HOME 设为 SDK 的目录，并导出该变量
diagnose-xcode-licence =
    .what = 尚未接受 Xcode 的许可协议（license）
    .fix = 请阅读并接受：sudo xcodebuild -license accept
diagnose-xcode-clt-missing =
    .what = 缺少 macOS 的命令行工具（升级 macOS 会删除它们）
    .fix = 请安装：xcode-select --install。如果 Xcode 在，但被移动过：sudo xcode-select --reset
diagnose-macos-sdk-too-old =
    .what = macOS SDK 过旧：其中没有{ $framework ->
        [none]  Fyne 需要的框架内容
       *[other] 框架 { $framework }
    }
    .fix = 请升级 Xcode 或命令行工具（softwareupdate --list；xcode-select --install），必要时升级 macOS，或使用较旧的 Fyne
diagnose-macos-classic-linker =
    .what = 要求使用 Apple 的旧链接器（-ld_classic），而这些工具没有它
    .fix = 请从 CGO_LDFLAGS（go env -u CGO_LDFLAGS，以及设置它的 shell 文件）和 #cgo LDFLAGS 行中去掉 -ld_classic。Xcode 15 到 26 带有旧链接器，Xcode 27 没有。
diagnose-macos-missing-uuid =
    .what = Go 1.24 之前链接的程序没有 LC_UUID，macOS 26 不启动它
    .fix = 请安装 Go 1.24 或更新版本，然后重新构建或安装该程序（fyne 命令：go install fyne.io/tools/cmd/fyne@latest）
diagnose-macos-signature =
    .what = macOS 终止了一个签名与内容不符的程序
    .fix = 请重新构建该程序。自己构建后又被改动的程序可重新签名：codesign --force --sign - FILE。下载后被改动的程序请重新下载。
diagnose-metal-toolchain-missing =
    .what = 未安装 Metal 着色器编译器（Xcode 26 及更新版本需另行下载）
    .fix = 安装：xcodebuild -downloadComponent MetalToolchain。Fyne 本身不需要它。
diagnose-macos-arch-mismatch =
    .what = 混用了两种处理器架构：arm64 与 x86_64
    .fix = 请使用与本机架构一致的 Go（比较 go env GOHOSTARCH 与 uname -m）、同一架构的库（/opt/homebrew 的 Homebrew 为 arm64，/usr/local 为 x86_64），以及不在 Rosetta 下运行的终端。如需另一架构，请设置 GOARCH 和 CGO_ENABLED=1。
diagnose-macos-sdk-headers =
    .what = 编译器找不到 macOS SDK 的系统头文件
    .fix = 请重新安装命令行工具（xcode-select --install；升级后先运行 sudo rm -rf /Library/Developer/CommandLineTools），使用 /usr/bin 的 clang，并去掉 SDKROOT 和 CPATH
diagnose-missing-libc-headers =
    .what = 缺少 C 库的头文件{ $header ->
        [none] {""}
       *[other] ：{ $header }
    }
    .fix = { $packages ->
        [none] 请安装：Debian 和 Ubuntu 为 libc6-dev 或 build-essential，Fedora 为 glibc-devel，Alpine 为 musl-dev
       *[other] 请安装 { $packages }
    }
diagnose-cross-compiler-not-set =
    .what = 用本机的编译器构建了另一个目标
    .fix = 请把 CC 设为该目标的交叉编译器，例如 GOOS=windows 用 CC=x86_64-w64-mingw32-gcc，GOARCH=arm64 用 CC=aarch64-linux-gnu-gcc，或使用 fyne-cross。如果不是要构建其他目标，请去掉 GOOS 和 GOARCH。
diagnose-cross-compiler-missing =
    .what = 交叉编译器或它需要的头文件未安装{ $program ->
        [none] {""}
       *[other] ：{ $program }
    }
    .fix = 请安装（Windows 目标：Debian 和 Ubuntu 的 gcc-mingw-w64，Fedora 的 mingw64-gcc；arm64：gcc-aarch64-linux-gnu 与 libc6-dev-arm64-cross），并只为这一次构建指定它：CGO_ENABLED=1 GOOS=windows CC=x86_64-w64-mingw32-gcc go build。也可以使用 fyne-cross
diagnose-wrong-arch-compiler =
    .what = C 编译器或它找到的库属于与构建目标不同的处理器（另一种架构的 compiler）
    .fix = 请去掉 CC 和指向外来库的路径（CGO_LDFLAGS、LIBRARY_PATH），安装本架构的编译器和库，并比较 go env GOARCH 与 gcc -dumpmachine。交叉构建请使用交叉编译器及其库。
diagnose-gcc-32bit =
    .what = 该 gcc 是 32 位的，而构建是 64 位的（64-bit）
    .fix = 请安装 64 位 gcc（MSYS2：pacman -S mingw-w64-ucrt-x86_64-gcc，或其他 x86_64 mingw-w64），并放在 PATH 中旧 gcc 之前
diagnose-wrong-gcc-cygwin =
    .what = 使用了 Cygwin 或 MSYS 的 gcc 或库，而不是 mingw-w64 的
    .fix = 请使用 mingw-w64 的 gcc（MSYS2 的 UCRT64 或 MINGW64 shell），把它的 bin 目录放在 PATH 中 cygwin 之前，然后 go clean -cache
diagnose-bad-mingw-toolchain =
    .what = MinGW 的 gcc 不完整、过旧或混装：Go 无法使用它生成的文件
    .fix = 请安装完整的新版 mingw-w64（MSYS2：pacman -S mingw-w64-ucrt-x86_64-toolchain，或 WinLibs），PATH 中它之前不要有其他 gcc，然后 go clean -cache
diagnose-msvc-not-supported =
    .what = cgo 使用了 “Visual Studio”（MSVC）的编译器，cgo 不支持它
    .fix = 请使用 mingw-w64 的 gcc（MSYS2、WinLibs）或面向 mingw 的 clang（llvm-mingw），并去掉 CC
diagnose-path-with-spaces =
    .what = 编译器路径中有空格（space）{ $path ->
        [none] {""}
       *[other] ，路径在 { $path } 处被截断
    }
    .fix = 请把编译器装到没有空格的路径，或在 CC 中加引号：go env -w "CC=\"C:\Program Files\…\gcc.exe\""
diagnose-windows-dwarf5-binutils =
    .what = Windows 无法运行该程序：这个 MinGW 的 binutils 对当前 Go 的 DWARF 5 来说过旧
    .fix = 请安装 binutils 2.37 或更新的 mingw-w64（MSYS2、WinLibs）。在此之前可用 -ldflags=-w 或 GOEXPERIMENT=nodwarf5 构建。
diagnose-no-binutils =
    .what = 缺少汇编器或链接器{ $program ->
        [none] {""}
       *[other] ：{ $program }
    }
    .fix = 请安装 binutils{ $packages ->
        [none] （Debian 和 Ubuntu：build-essential）
       *[other] 和 { $packages }
    }
diagnose-no-c-compiler =
    .what = 找不到 C 编译器{ $program ->
        [none] {""}
       *[other] ：{ $program }
    }
    .fix = 请安装 C 编译器{ $packages ->
        [none] （Debian 和 Ubuntu：gcc；macOS：xcode-select --install；Windows：MSYS2 的 mingw-w64 gcc）并放入 PATH
       *[other] ：{ $packages }
    }。如果 CC 指定了另一个编译器，请去掉它：go env -u CC。
diagnose-cgo-disabled =
    .what = cgo 已关闭：CGO_ENABLED=0、找不到 C 编译器，或在为另一个系统构建
    .fix = { $os ->
        [windows] 请安装 C 编译器（winget install --id BrechtSanders.WinLibs.POSIX.UCRT --exact），打开新的终端，然后 go env -u CGO_ENABLED，并去掉环境变量 CGO_ENABLED、GOOS 和 GOARCH（如果有）。交叉构建请设置 CGO_ENABLED=1 和 CC，或使用 fyne-cross。
       *[other] 请安装 C 编译器（gcc）并放入 PATH，然后 go env -u CGO_ENABLED 并去掉环境变量 CGO_ENABLED；如果不是要构建其他系统，请去掉 GOOS 和 GOARCH。交叉构建请设置 CGO_ENABLED=1 和 CC，或使用 fyne-cross。
    }
diagnose-missing-pkg-config =
    .what = pkg-config 未安装
    .fix = { $packages ->
        [none] 请安装：pkg-config 或 pkgconf
       *[other] 请安装 { $packages }（pkg-config）
    }
diagnose-missing-pc =
    .what = pkg-config 不认识模块 { $name }
    .fix = { $os ->
        [windows] 请把包含 { $name }.pc 的软件包安装到您的 gcc 所在的 MSYS2 环境中，并把同一环境的 pkg-config 加入 PATH。在 Windows 上，Fyne 自身不使用 pkg-config。
       *[other] { $packages ->
            [none] 请安装包含 { $name }.pc 的软件包（gl：Debian 和 Ubuntu 为 libgl1-mesa-dev，Fedora 为 mesa-libGL-devel）；如果 PKG_CONFIG_PATH 和 PKG_CONFIG_LIBDIR 指向别处，请去掉
           *[other] 请安装 { $packages }，它包含 { $name }.pc；如果 PKG_CONFIG_PATH 和 PKG_CONFIG_LIBDIR 指向别处，请去掉
        }
    }
diagnose-missing-header =
    .what = 缺少 C 头文件 { $name }
    .fix = { $os ->
        [windows] 请为您的 C 编译器安装包含 { $name } 的软件包（在 MSYS2 中，pacman -F { $name } 会给出包名）。Fyne 自身需要的全部由 MinGW-w64 的 gcc 提供。
       *[other] { $packages ->
            [none] 请安装包含 { $name } 的软件包（在 Debian 和 Ubuntu 上可用 apt-file search { $name } 查找；Fyne 自身需要的全部由 xorg-dev、libgl1-mesa-dev、libwayland-dev 和 libxkbcommon-dev 提供）
           *[other] 请安装 { $packages }
        }
    }
diagnose-missing-lib =
    .what = 链接器找不到库 { $name }（-l{ $name }）
    .fix = { $os ->
        [windows] 请为您的 C 编译器安装 lib{ $name }（在 MSYS2 中，pacman -F lib{ $name }.a 会给出包名）。Fyne 自身需要的全部由 MinGW-w64 的 gcc 提供。
       *[other] { $packages ->
            [none] 请安装 lib{ $name } 的开发包（在 Debian 和 Ubuntu 上可用 apt-file search lib{ $name }.so 查找；Fyne 自身需要的全部由 xorg-dev 和 libgl1-mesa-dev 提供）
           *[other] 请安装 { $packages }
        }
    }
diagnose-missing-runtime-lib =
    .what = 程序启动时缺少共享库{ $library ->
        [none] {""}
       *[other] ：{ $library }
    }
    .fix = { $os ->
        [windows] 请把该 DLL 放在程序旁，或把带有它的编译器目录加入 PATH，或静态链接（-ldflags "-extldflags=-static"）。
       *[other] { $packages ->
            [none] 请安装包含它的软件包（libGL.so.1：Debian 和 Ubuntu 为 libgl1，Fedora 为 mesa-libGL）。
           *[other] 请安装它；{ $packages } 会连同开发文件一起带来（仅 libGL.so.1：Debian 和 Ubuntu 为 libgl1）
        }
    }
diagnose-glibc-too-old =
    .what = 程序需要更新的 C 库（glibc）{ $version ->
        [none] {""}
       *[other] ：{ $version }
    }
    .fix = 请在程序要运行的最旧系统上或其容器中构建（fyne-cross），或在较新的发行版上运行它
diagnose-wayland-no-connection =
    .what = 程序无法连接到 Wayland 显示
    .fix = 请在桌面会话中运行，并检查 WAYLAND_DISPLAY 和 XDG_RUNTIME_DIR。或使用 X11：FYNE_PLATFORM=x11 并设置 DISPLAY。
diagnose-no-display =
    .what = 没有可以打开窗口的显示（display）{ $display ->
        [none] {""}
       *[other] ：{ $display }
    }
    .fix = { $os ->
        [windows] 请在 Windows 桌面上的终端中运行程序：服务、计划任务和 ssh 没有桌面
       *[other] 请在设置了 DISPLAY 或 WAYLAND_DISPLAY 的桌面会话中运行；通过 ssh 时用 ssh -X；没有屏幕时用 fyne-setup run --virtual-display -- CMD（或 xvfb-run CMD）。不要用 sudo。
    }
diagnose-wsl-no-display =
    .what = WSL 中没有显示（display）
    .fix = 请使用 WSLg：wsl --update，然后 wsl --shutdown，并在 .wslconfig 中打开 guiApplications；去掉自己设置的 DISPLAY。没有 WSLg 时，请在 Windows 上启动 X server 并让 DISPLAY 指向它。
diagnose-glx-missing =
    .what = X server 没有 GLX，或 GLX 过旧：该显示无法使用 OpenGL
    .fix = { $os ->
        [windows] 请使用装有显卡厂商驱动的 Windows 桌面；Windows 上不需要 X server
       *[other] 请带 GLX 启动 X server（Xvfb +extension GLX，或带驱动的 Xorg）并安装 Mesa，或使用有 OpenGL 的显示
    }
diagnose-opengl-too-old =
    .what = 驱动不提供 Fyne 需要的 OpenGL 版本
    .fix = { $os ->
        [windows] 请安装或更新显卡厂商的驱动，在虚拟机中打开 3D 加速，或把 Mesa 的 opengl32.dll 和 libgallium_wgl.dll 放在程序旁，由处理器绘制
       *[other] 请安装或更新显卡驱动（Linux 上为 Mesa：libgl1-mesa-dri），在虚拟机中打开 3D 加速，或用 Mesa 软件渲染：LIBGL_ALWAYS_SOFTWARE=1
    }
diagnose-no-opengl =
    .what = 显卡驱动不支持 OpenGL
    .fix = { $os ->
        [windows] 请安装显卡厂商的驱动，在虚拟机中打开 3D 加速，避免使用远程桌面；把 Mesa 的 opengl32.dll 和 libgallium_wgl.dll 放在程序旁可由处理器绘制
       *[other] 请安装显卡厂商的驱动（Linux 上为 Mesa：libgl1-mesa-dri），在虚拟机中打开 3D 加速，避免使用远程桌面；在 Windows 上，把 Mesa 的 opengl32.dll 放在程序旁可软件渲染
    }
diagnose-package-sources-broken =
    .what = 软件包管理器无法使用其软件源列表或某项设置
    .fix = 更正它指出的那一行（Debian 和 Ubuntu 在 /etc/apt 下），然后运行 apt-get update
diagnose-tmp-unusable =
    .what = 临时文件目录无法使用{ $path ->
        [none] {""}
       *[other] ：{ $path }
    }
    .fix = { $os ->
        [windows] 如果 TMP、TEMP 或 GOTMPDIR 指向不存在或无权写入的目录，请改正它们；或者让该目录可写
       *[other] 如果 TMPDIR 或 GOTMPDIR 指向不存在或无权写入的目录，请取消设置；或者让该目录可写（/tmp 用 chmod 1777 /tmp）
    }
diagnose-go-missing =
    .what = shell 找不到 go，或无法启动它：未安装 Go，或其目录不在 PATH 中
    .fix = { $os ->
        [windows] 安装 Go（fyne-setup install）。如果已经安装，请在环境变量的 Path 中加入它的 bin 目录（C:\Program Files\Go\bin），并打开新的终端
       *[other] 安装 Go（fyne-setup install）。如果已经安装，请在 shell 配置文件中把它的 bin 目录加入 PATH：export PATH="/usr/local/go/bin:$PATH"
    }
diagnose-bad-go-setting =
    .what = Go 不接受{ $name ->
        [none] 某项设置的值
       *[other] {" "}{ $name } 的值
    }
    .fix = 在设置它的地方更正或删除：{ $os ->
        [windows] 环境变量、PowerShell 配置文件
       *[other] shell 配置文件、/etc/environment
    }，或运行 go env -u { $name ->
        [none] NAME
       *[other] { $name }
    }
diagnose-dubious-ownership =
    .what = 仓库属于其他用户，Git 拒绝访问，Go 无法向它查询版本{ $path ->
        [none] {""}
       *[other] ：{ $path }
    }
    .fix = { $os ->
        [windows] 把目录加入 Git 的 safe.directory：git config --global --add safe.directory 目录。不询问 Git 而构建：-buildvcs=false。
       *[other] 把目录归还给其所有者（sudo chown -R "$(id -un)" .），或把它加入 Git 的 safe.directory。不询问 Git 而构建：-buildvcs=false。
    }
diagnose-modcache-damaged =
    .what = 模块缓存中的一个模块与发布的不一致{ $module ->
        [none] {""}
       *[other] ：{ $module }
    }
    .fix = 让 Go 重新下载：go clean -modcache（或从缓存中删除该模块的目录和 zip 文件），然后重新构建
diagnose-bad-go-mod =
    .what = Go 无法读取 go.mod 或 go.work
    .fix = 更正它指出的那一行；如果是合并后出现的，请删除冲突标记（<<<<<<<、=======、>>>>>>>）并保留其中一方
diagnose-gobin-unusable =
    .what = Go 无法写入它要安装的程序{ $path ->
        [none] {""}
       *[other] ：{ $path }
    }
    .fix = 把 GOBIN 设为您自己的目录，或取消设置（go env -u GOBIN），并移走挡在那里的文件
diagnose-cli-broken =
    .what = fyne 命令存在但无法启动：它已损坏、用于其他系统，或所在目录不允许运行程序
    .fix = { $os ->
        [windows] 重新安装：go install fyne.io/tools/cmd/fyne@latest。如果本机的规则禁止在其目录中运行程序，请把 GOBIN 设为其他目录。
       *[other] 重新安装：go install fyne.io/tools/cmd/fyne@latest。如果所在目录禁止运行程序（noexec），请把 GOBIN 设为其他目录。
    }
diagnose-broken-header =
    .what = 排在前面的头文件不正确，或头文件已损坏：{ $path ->
        [none] { $name }
       *[other] { $path }
    }
    .fix = 从 CPATH、C_INCLUDE_PATH、CGO_CFLAGS 和 CGO_CPPFLAGS 中去掉该目录；如果是系统的头文件，请重新安装其软件包
diagnose-bad-compiler-flag =
    .what = C 编译器不认识传给它的选项{ $flag ->
        [none] {""}
       *[other] ：{ $flag }
    }
    .fix = 从 CGO_CFLAGS、CGO_CPPFLAGS、CGO_LDFLAGS 或 CC 中去掉该选项，或使用认识它的编译器
diagnose-broken-runtime-lib =
    .what = 共享库已损坏，或有另一个同名的库排在前面{ $path ->
        [none] {""}
       *[other] ：{ $path }
    }
    .fix = 从 LD_LIBRARY_PATH、LD_PRELOAD 或 /etc/ld.so.conf.d 中去掉其目录；如果是系统的库，请重新安装其软件包

diagnose-own-compile =
    .what = 程序无法编译：{ $place ->
        [none] 它自己的代码有错误
       *[other] { $place } 处有错误
    }
    .fix = 请修改程序
diagnose-own-include =
    .what = 程序引用了不存在的自有头文件：{ $name }
    .fix = 请修改程序
diagnose-own-test =
    .what = 程序的测试失败
    .fix = 请修改程序或测试
diagnose-own-panic =
    .what = 程序自身因 panic 结束
    .fix = 请修改程序
diagnose-own-no-go-files =
    .what = { $path } 中没有 Go 文件
    .fix = { $program ->
        [none] 请指定包含 Go 文件的目录：go run ./DIR
       *[other] 请指定程序所在的目录：go run { $program }
    }
diagnose-own-not-main =
    .what = { $package } 不是程序：只有 main 包才能运行或安装
    .fix = { $program ->
        [none] 请指定 main 包所在的目录：go run ./DIR
       *[other] 请指定程序所在的目录：go run { $program }
    }
diagnose-own-misspelt-import =
    .what = 导入路径 { $wrong } 拼写有误{ $place ->
        [none] {""}
       *[other] （{ $place }）
    }：应为 { $right }
    .fix = 请在 import 中写 "{ $right }"
diagnose-own-no-such-version =
    .what = { $module } 没有版本 { $version }
    .fix = 请要求一个存在的版本{ $right ->
        [none] {""}
       *[other] ；此处已知的最新版本是 { $right }：go get { $module }@v{ $right }
    }
diagnose-own-package =
    .what = 程序的包之间，或所请求的内容，互不相符
    .fix = 请修改 import 或命令
diagnose-own-flag =
    .what = 程序收到了它不认识的选项{ $flag ->
        [none] {""}
       *[other] ：{ $flag }
    }
    .fix = 请修改命令
