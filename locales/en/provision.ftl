# `provision`: files for other tools.
provision-kind-dockerfile = an image for Docker, Podman or Buildah, with a user who is not root
provision-kind-devcontainer = a Feature for development containers (VS Code, Codespaces)
provision-kind-cloud-init = user data for a new machine in a cloud
provision-kind-github-action = a step for GitHub workflows, with a cache
provision-kind-gitlab-ci = a job to extend in GitLab CI, with a cache
provision-kind-packer = a golden image, built in QEMU
provision-kind-vagrant = a virtual machine on this computer
provision-kind-ansible = a collection for Ansible: a module, a role, examples
provision-kind-brewfile = what a Mac takes from Homebrew
provision-kind-winget = a Windows, by winget configure or by Intune
provision-kind-nix = a shell from nixpkgs, without fyne-setup

provision-written = written
provision-replaced = replaced
provision-unchanged = unchanged
provision-pending = would write
provision-kept = the old one: { $path }
provision-use = How to use it stands at the top of { $file }.
provision-other-program = Put { $program } for that system beside the files: the one that runs here is for another system.
provision-differs = already there with other content: { $files }
provision-differs-hint = --force replaces them and keeps the old ones with .bak at their end; --to DIR writes elsewhere
provision-several = { $kind } has several files: { $files }
provision-several-hint = name a directory: --to DIR
provision-no-name = there is no free name to keep the old file under
provision-plain-url = it has characters that cannot stand in every file
provision-plain-url-hint = use a URL of letters, digits and : / . _ ~ % + -, without a login
