"""Hosts for Ansible: the gym's machines, each with an sshd and a network namespace, on one bridge behind the host's address.

A host dies with its first process, as every machine of the gym; the network is taken away by `Network.__exit__`. Nothing
here knows the collection: what is tried stands in scripts/ansible.
"""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/gym"))

from gymlib import machine, trees  # noqa: E402
from gymlib.trial import Bench  # noqa: E402

STATE = machine.STATE / "ansible"
USER = "dev"
NET = "172.30.97"
MANAGED = """
export DEBIAN_FRONTEND=noninteractive
apt-get -qq update
apt-get -qq -y --no-install-recommends -o Dpkg::Use-Pty=0 install openssh-server sudo python3
apt-get clean
useradd --create-home --shell /bin/bash dev
echo 'dev ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/dev
mkdir -m 700 /root/.ssh
install -d -m 700 -o dev -g dev /home/dev/.ssh
"""
# What a second host may take from a first one without being less bare: Go's own caches.
CACHES = ("home/dev/.cache/go-build", "home/dev/go/pkg/mod")


class Skipped(Exception):
    """What is needed is not to be had here; the text says what."""


def call(*argv, **options):
    return subprocess.run([str(word) for word in argv], check=True, text=True, capture_output=True, **options)


class Network:
    """A bridge, and the way out through this host's address; what crosses it is counted, host by host."""

    def __init__(self):
        self.bridge, self.table = f"fa{os.getpid() % 10**8}", f"fyne_ansible_{os.getpid()}"
        self.forward = pathlib.Path("/proc/sys/net/ipv4/ip_forward")

    def __enter__(self):
        self.before = self.forward.read_text()
        try:
            call("ip", "link", "add", self.bridge, "type", "bridge")
            call("ip", "addr", "add", f"{NET}.1/24", "dev", self.bridge)
            call("ip", "link", "set", self.bridge, "up")
            call("nft", "-f", "-", input=f"""
                table ip {self.table} {{
                    chain out {{
                        type nat hook postrouting priority srcnat
                        ip saddr {NET}.0/24 oifname != "{self.bridge}" masquerade
                    }}
                    chain outside {{ type filter hook forward priority 0; }}
                    chain pushed {{ type filter hook output priority 0; }}
                }}""")  # fmt: skip
            self.forward.write_text("1")
        except (subprocess.CalledProcessError, OSError) as error:
            self.__exit__()
            raise Skipped(f"no bridge and no address translation here: {getattr(error, 'stderr', error)}") from None
        return self

    def __exit__(self, *_):
        self.forward.write_text(self.before)
        subprocess.run(["nft", "delete", "table", "ip", self.table], capture_output=True)
        subprocess.run(["ip", "link", "del", self.bridge], capture_output=True)

    def count(self, address):
        for chain in ("outside", "pushed"):
            call("nft", "add", "rule", "ip", self.table, chain, "ip", "daddr", address, "counter")

    def cut(self, address):
        """From now on a host reaches this one and nobody else."""
        call("nft", "insert", "rule", "ip", self.table, "outside", "ip", "saddr", address, "drop")

    def bytes(self, chain):
        """By address, what went to each host: from `outside`, or `pushed` from here."""
        said = json.loads(call("nft", "-j", "list", "chain", "ip", self.table, chain).stdout)
        rules = (each["rule"]["expr"] for each in said["nftables"] if "rule" in each)
        return {rule[0]["match"]["right"]: rule[1]["counter"]["bytes"] for rule in rules if "counter" in rule[1]}


class Host(machine.Machine):
    """A machine that can be reached by ssh, at an address of its own."""

    def __init__(self, name, number, network, layer="managed", log=None):
        super().__init__(f"ansible-{name}", layer, log)
        self.short, self.number, self.network = name, number, network
        self.address, self.namespace = f"{NET}.{10 + number}", f"{network.bridge}-{number}"

    def __enter__(self):
        super().__enter__()
        try:
            self.connect()
        except BaseException:
            self.__exit__()
            raise
        return self

    def connect(self):
        cable, key = f"fv{os.getpid() % 10**6}-{self.number}", (STATE / "key.pub").read_text()
        call("ip", "netns", "add", self.namespace)
        call("ip", "link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", self.namespace)
        call("ip", "link", "set", cable, "master", self.network.bridge, "up")
        for words in ("addr add {}/24 dev eth0", "link set eth0 up", "link set lo up", "route add default via {}"):
            given = self.address if words.startswith("addr") else f"{NET}.1"
            call("ip", "-n", self.namespace, *words.format(given).split())
        self.network.count(self.address)
        for home in ("root", f"home/{USER}"):
            keys = self.root / home / ".ssh/authorized_keys"
            keys.write_text(key)
            shutil.chown(keys, *(os.stat(keys.parent).st_uid, os.stat(keys.parent).st_gid))
        (self.root / "run/sshd").mkdir(mode=0o755, exist_ok=True)
        self.sshd = subprocess.Popen(
            ["ip", "netns", "exec", self.namespace]
            + ["nsenter", f"--target={self.pid}", "--mount", "--pid", "--root", "--wd", "env", "-i", f"PATH={machine.PATH}"]
            + ["/usr/sbin/sshd", "-D", "-e", "-o", "PrintMotd=no"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=open(STATE / f"{self.short}.sshd", "w"),
        )  # fmt: skip

    def __exit__(self, *_):
        keep, self.keep = self.keep, True
        super().__exit__()  # ends sshd as well
        if getattr(self, "sshd", None):
            self.sshd.wait()
        subprocess.run(["ip", "netns", "del", self.namespace], capture_output=True)
        if not keep:
            machine.remove(self.dir)

    def tree(self):
        """What is on the disk and belongs to people: all but caches and what Ansible itself keeps."""
        own = [f"{home}/{name}" for home in ("/root", f"/home/{USER}") for name in (".cache", ".ansible")]
        telemetry = f"/home/{USER}/.config/go/telemetry"
        return trees.tree(self.root, ["/etc", "/opt", "/home", "/root", "/usr/local"], [*own, telemetry], "")

    def processes(self, name):
        """Those in this machine that have a name, by their numbers outside."""
        mine, found = os.readlink(f"/proc/{self.pid}/ns/pid"), []
        for entry in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                if (entry / "comm").read_text().strip() == name and os.readlink(entry / "ns/pid") == mine:
                    found.append(int(entry.name))
            except OSError:
                pass  # it ended meanwhile
        return found

    def kill(self, name):
        """kill -9 of all of that name; whether there was one."""
        found = self.processes(name)
        for number in found:
            try:
                os.kill(number, signal.SIGKILL)
            except ProcessLookupError:
                pass
        return bool(found)

    def broken_by(self, scenario):
        """The gym's bench for a scenario, with this host as its machine."""
        bench = Bench(scenario)
        bench.machine = self
        return bench


def reachable(hosts):
    for host in hosts:
        for _ in range(100):
            try:
                call("ssh-keyscan", "-T", "2", host.address)
                break
            except subprocess.CalledProcessError:
                time.sleep(0.1)
        else:
            raise machine.GymError(f"{host.short}: no sshd answers: {(STATE / (host.short + '.sshd')).read_text()}")


def layers():
    """The layer of hosts that Ansible can manage, made once, and a key for them."""
    STATE.mkdir(parents=True, exist_ok=True)
    if not (STATE / "key").exists():
        call("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", STATE / "key")
    machine.build_base()
    machine.LAYERS["managed"] = ["managed", "base"]
    machine.LAYERS["warm"] = ["warm", "managed", "base"]
    target = machine.STATE / "layers/managed"
    if target.exists():
        return
    with open(STATE / "managed.log", "w") as log, machine.Machine("managed", "base", log, keep=True) as made:
        step = made.run("managed", ["bash", "-es"], MANAGED)
    if not step.ok:
        raise machine.GymError(f"the layer failed to build, see {log.name}")
    made.upper.rename(target)
    machine.remove(made.dir)


def keep_caches(host):
    """Makes of Go's caches of a host that has ended a layer for the next ones."""
    target = machine.STATE / "layers/warm"
    part = target.with_name("warm.part")
    machine.remove(part)
    for name in CACHES:
        (part / name).parent.mkdir(parents=True)
        call("cp", "-a", "--reflink=auto", host.upper / name, part / name)
        for directory in (part / name).relative_to(part).parents:  # a layer's directory hides the one below it
            source = host.upper / directory
            if directory.parts and source.exists():
                shutil.copystat(source, part / directory)
                shutil.chown(part / directory, source.stat().st_uid, source.stat().st_gid)
    machine.remove(target)
    part.rename(target)
