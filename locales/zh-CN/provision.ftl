# `provision`：供其他工具使用的文件。
provision-kind-dockerfile = Docker、Podman 或 Buildah 的镜像，使用非 root 用户
provision-kind-devcontainer = 开发容器（VS Code、Codespaces）的 Feature
provision-kind-cloud-init = 云中新机器的用户数据
provision-kind-github-action = GitHub 工作流的一个步骤，带缓存
provision-kind-gitlab-ci = 可在 GitLab CI 中扩展的作业，带缓存
provision-kind-packer = 在 QEMU 中构建的黄金镜像
provision-kind-vagrant = 本机上的虚拟机
provision-kind-ansible = Ansible 的集合：模块、角色、示例
provision-kind-brewfile = Mac 从 Homebrew 获取的内容
provision-kind-winget = Windows，通过 winget configure 或 Intune
provision-kind-nix = 来自 nixpkgs 的 shell，不需要 fyne-setup

provision-written = 已写入
provision-replaced = 已替换
provision-unchanged = 未改变
provision-pending = 将写入
provision-kept = 旧文件：{ $path }
provision-use = 用法写在 { $file } 的开头。
provision-other-program = 请把适用于该系统的 { $program } 放到这些文件旁边：此处运行的程序适用于另一种系统。
provision-differs = 已经存在且内容不同：{ $files }
provision-differs-hint = --force 会替换它们，旧文件保留，名称以 .bak 结尾；--to DIR 写到别处
provision-several = { $kind } 有多个文件：{ $files }
provision-several-hint = 请指定目录：--to DIR
provision-no-name = 没有可用的名称来保留旧文件
provision-plain-url = 其中有些字符不能放进每种文件
provision-plain-url-hint = 请使用只含字母、数字和 : / . _ ~ % + - 的 URL，不带登录信息
