# Checks of the fyne CLI.

cli-present =
    .title = fyne 命令行工具
    .looks = PATH 中以及 go install 目录中名为 fyne 的程序，依据其构建信息判断
    .why = 用于打包和发布 Fyne 程序
    .by-hand = go install fyne.io/tools/cmd/fyne@v1.7.4
    .by-us = 由经过验证的模块构建，放入 go install 的程序目录
cli-present-ok = { $path }
cli-present-unread = { $path }，但无法读取其构建信息
cli-present-absent = 未安装 fyne 命令行工具
cli-present-absent-cause = PATH 和 go install 的程序目录中都没有 fyne
cli-present-other = { $path } 是同名的其他程序

cli-whole =
    .title = fyne 文件
    .looks = fyne 命令行工具的文件长度是否与其自身头部所述一致
    .why = 被截断的文件会崩溃，而 go install 却认为它是最新的
    .by-hand = 删除该文件并重新安装
    .by-us = 重新构建并放回原处
cli-whole-none = 没有该文件
cli-whole-ok = { $path } 完整
cli-whole-cut = { $path } 被截断
cli-whole-cause = { $path } 短于其自身头部所述的长度
cli-whole-not-executable = { $path } 没有执行权限
cli-whole-not-executable-cause = { $path } 失去了执行权限（chmod +x）
cli-whole-foreign = { $path } 是 { $platform } 平台的程序
cli-whole-foreign-cause = { $path } 是为 { $platform } 构建的，无法在本机运行
cli-whole-other = { $path } 被截断，但实际运行的不是它

cli-shadowed =
    .title = PATH 中最先的 fyne
    .looks = 输入 fyne 时运行的是否为 fyne 命令行工具
    .why = 排在前面的同名程序会遮住它
    .by-hand = 将 fyne 命令行工具的目录放到 PATH 最前面
    .by-us = 通过我们的 env 文件把 fyne 命令行工具的目录放到 PATH 最前面
cli-shadowed-none = PATH 中没有 fyne
cli-shadowed-ok = { $path }
cli-shadowed-wrapper = { $path } 是启动 fyne 命令行工具的脚本
cli-shadowed-other = { $path } 不是 fyne 命令行工具，却在 PATH 中排在最前
cli-shadowed-cause = { $first } 在 PATH 中排在 { $second } 之前
cli-shadowed-alone = { $path } 是同名的其他程序

cli-version =
    .title = fyne 命令行工具版本
    .looks = fyne 命令行工具构建信息中的模块和版本
    .why = 该工具的旧地址已不再维护，旧版本也不了解新版 Fyne 的需求
    .by-hand = go install fyne.io/tools/cmd/fyne@v1.7.4
    .by-us = 由经过验证的模块构建与此 Fyne 配套的版本
cli-version-ok = { $version }
cli-version-none = 没有安装
cli-version-unknown = 无法读取其构建信息
cli-version-own = { $path } 是自行构建的版本（{ $version }）
cli-version-newer = { $version } 可用；{ $wanted } 更新
cli-version-old = { $path } 是 { $package } { $version }；与此 Fyne 配套的是 { $wanted }
cli-version-other-home = { $path } 是来自旧地址的 { $package } { $version }；与此 Fyne 配套的是 { $wanted }
cli-version-cause = { $path } 由 { $package } { $version } 构建
