# A golden image with a proven Fyne environment: Go @GO@, Fyne @FYNE@, @CLI@.
# Written by fyne-setup @VERSION@ from manifest @MANIFEST@: fyne-setup provision packer
#
#     packer init .       # Packer 1.7 and newer
#     packer validate .
#     packer build .
#
# It boots Debian's cloud image in QEMU; with another `source` the `build` below stays as it is. plugins.pkr.hcl names the plugin
# for Packer 1.7 and newer, and may be deleted for an older one.
@copy: # The program fyne-setup lies beside this file, since the one that wrote it has no release channel. It has to be the static
@copy: # one for Linux, of the image's processor.
@channel: # The program fyne-setup comes from @CHANNEL@ and is verified by its signature.

variable "go" {
  type        = string
  default     = "@GO@"
  description = "Version of Go."
}

variable "fyne" {
  type        = string
  default     = "@FYNE@"
  description = "Version of Fyne."
}

variable "image" {
  type        = string
  default     = "https://cloud.debian.org/images/cloud/bookworm/latest/debian-12-genericcloud-@ARCH@.qcow2"
  description = "The cloud image to begin with."
}

variable "image_checksum" {
  type        = string
  default     = "file:https://cloud.debian.org/images/cloud/bookworm/latest/SHA512SUMS"
  description = "Its checksum, or where that is."
}

# The user `dev` is made by seed/user-data, with this password while the image is built; in the image it has none.
source "qemu" "fyne" {
  iso_url          = var.image
  iso_checksum     = var.image_checksum
  disk_image       = true
  disk_size        = "16G"
  memory           = 4096
  cpus             = 2
  headless         = true
  http_directory   = "${path.root}/seed"
  qemuargs         = [["-smbios", "type=1,serial=ds=nocloud-net;s=http://{{ .HTTPIP }}:{{ .HTTPPort }}/"]]
  ssh_username     = "dev"
  ssh_password     = "packer"
  ssh_timeout      = "20m"
  shutdown_command = "sudo shutdown -P now"
  output_directory = "output-fyne"
  vm_name          = "fyne.qcow2"
}

build {
  sources = ["source.qemu.fyne"]

@copy:   provisioner "file" {
@copy:     source      = "${path.root}/fyne-setup"
@copy:     destination = "/tmp/fyne-setup"
@copy:   }
@copy: 
  provisioner "shell" {
    inline = [
      "cloud-init status --wait",
@copy:       "sudo install -m 755 /tmp/fyne-setup /usr/local/bin/fyne-setup",
@channel:       "sudo apt-get update && sudo apt-get install --yes --no-install-recommends ca-certificates curl openssl",
@channel:       "curl -fsSL '@CHANNEL@/install.sh' | sudo FYNE_SETUP_RELEASES='@CHANNEL@' sh -s -- --to /usr/local/bin",
      # Packages by sudo, all else as the user; at the end a real window, on a virtual display.
      "/usr/local/bin/fyne-setup install --yes --go ${var.go} --fyne ${var.fyne}",
    ]
  }

  # Nobody can log in with the password of the build, and a machine from this image is initialised anew.
  provisioner "shell" {
    inline = [
      "sudo passwd --lock dev",
      "sudo rm -f /etc/ssh/sshd_config.d/50-cloud-init.conf",
      "sudo cloud-init clean --logs",
    ]
  }
}
