# What `packer init` fetches. Packer before 1.7 has it built in and does not know this block: delete this file there.
packer {
  required_plugins {
    qemu = {
      source  = "github.com/hashicorp/qemu"
      version = ">= 1.0.0"
    }
  }
}
