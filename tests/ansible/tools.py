"""ansible-core, ansible-lint and ansible-test in a venv of their own, on a copy of the collection.

Versions are the newest that the Python of this machine can have; the head of the table names them.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys

from farm import ROOT, STATE, Skipped

BIN = STATE / "venv/bin"
# ansible-test wants to fetch the bootstrap script of pip from a host of its own. Python brings a pip that can do the same.
BOOTSTRAP = """
import ensurepip, os, subprocess, sys
ensurepip.bootstrap()
os.environ.pop("PIP_CONFIG_FILE", None)  # set by ensurepip; it hides the settings of this machine
words = [word for word in sys.argv[1:] if word not in ("--no-setuptools", "--no-wheel")]
sys.exit(subprocess.call([sys.executable, "-m", "pip", "install", *words]))
"""


def collection():
    return STATE / "collections/ansible_collections/fyne_setup/fyne"


def environment(**more):
    """Nothing of this machine's own Ansible, and one Python alone."""
    return {
        "HOME": str(STATE / "home"),
        "PATH": f"{BIN}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "LANG": "C.UTF-8",
        "ANSIBLE_CONFIG": str(STATE / "ansible.cfg"),
        "ANSIBLE_COLLECTIONS_PATH": str(STATE / "collections"),
        "ANSIBLE_PIPELINING": "1",
        "ANSIBLE_NOCOLOR": "1",
        "ANSIBLE_LOCALHOST_WARNING": "0",
        "ANSIBLE_SSH_ARGS": f"-o ControlMaster=auto -o ControlPersist=30s -o StrictHostKeyChecking=no -o UserKnownHostsFile={STATE}/known_hosts",
        **{name: value for name, value in os.environ.items() if name.startswith("PIP_")},
        **more,
    }


def run(name, *argv, cwd=None, **more):
    """A tool, its output in a log."""
    done = subprocess.run(
        [str(word) for word in argv], cwd=cwd or collection(), env=environment(**more), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    (STATE / "logs" / f"{name}.log").write_text(done.stdout)
    return done.returncode, done.stdout


def prepare():
    """The venv and a fresh copy of the collection; gives the versions."""
    if not (BIN / "ansible-lint").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", STATE / "venv"], check=True)
        got = subprocess.run(
            [BIN / "pip", "install", "-q", "ansible-core", "ansible-lint"], capture_output=True, text=True
        )
        if got.returncode:
            raise SystemExit(
                f"ansible: SKIPPED: pip cannot install ansible-core and ansible-lint here: {got.stderr[-300:]}"
            )
    (STATE / "ansible.cfg").write_text("[defaults]\n")
    target = collection()
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(ROOT / "provision/ansible", target, ignore=shutil.ignore_patterns("__pycache__"))
    subprocess.run(["git", "init", "-q", target], check=True)  # so that ansible-test knows what is its own output
    (target / ".git/info/exclude").write_text("tests/output\n")
    cache = STATE / "home/.ansible/test/cache"
    cache.mkdir(parents=True, exist_ok=True)
    for name in re.findall(r"get-pip-[\d.]+(?=\.py)", bootstrap_page()):
        (cache / f"{name.replace('-', '_').replace('.', '_')}.py").write_text(BOOTSTRAP)
    core = run("version", BIN / "ansible", "--version")[1].split("]")[0].replace("ansible [core", "ansible-core")
    lint = (
        run("lint-version", BIN / "ansible-lint", "--offline", "--version", "--nocolor")[1].split(" using")[0].strip()
    )
    return f"{core}, {lint}, Python {sys.version.split()[0]}"


def bootstrap_page():
    """The part of ansible-test that names the script."""
    found = list((STATE / "venv").glob("lib/python*/site-packages/ansible_test/_internal/python_requirements.py"))
    text = found[0].read_text() if found else ""
    versions = set(re.findall(r"'(\d+\.\d+(?:\.\d+)?)'", text))
    return " ".join(f"get-pip-{version}.py" for version in versions)


def lint(row):
    code, out = run("lint", BIN / "ansible-lint", "--offline", "--nocolor", "--profile", "production")
    row("ansible-lint, profile production, without galaxy[no-repository]", "0: passed", f"{code}: {'passed' if 'Passed' in out else last(out)}")
    code, out = run("build", BIN / "ansible-galaxy", "collection", "build", "--force", "--output-path", STATE)
    row("ansible-galaxy collection build", "0", str(code))
    code, out = run("doc", BIN / "ansible-doc", "-t", "module", "fyne_setup.fyne.fyne_setup")
    code += run("doc-role", BIN / "ansible-doc", "-t", "role", "fyne_setup.fyne.fyne_setup")[0]
    row("ansible-doc, module and role", "0, no warning", f"{code}, {'a warning' if 'WARNING' in out else 'no warning'}")
    for playbook in ("playbooks/setup.yml", "examples/playbook.yml"):
        code, _ = run("syntax", BIN / "ansible-playbook", "-i", "examples/inventory.yml", "--syntax-check", playbook)
        row(f"ansible-playbook --syntax-check {playbook}", "0", str(code))
    code, out = run("sanity", BIN / "ansible-test", "sanity", "--venv", "--color", "no")
    tests = set(re.findall(r'^Running sanity test "([\w-]+)"', out, re.M))
    if not tests:
        row("ansible-test sanity", "", f"SKIPPED: {last(out)}")
        return
    faults = re.findall(r"^ERROR: (.*)", out, re.M)
    row(
        f"ansible-test sanity: {len(tests)} tests",
        "0: no error",
        f"{code}: {'; '.join(faults[:3]) or ('no error' if not code else last(out))}",
    )
    older = sorted(set(re.findall(r'Skipping sanity test "\w+" on Python ([\d.]+)', out)), key=lambda it: int(it[2:]))
    if older:
        row("  compile and import with other Pythons", "", f"SKIPPED: {' '.join(older)} are not here")
    missing = re.findall(r'Required program "(\w+)" not found', out)
    if missing:
        row("  pslint", "", f"SKIPPED: {' '.join(missing)} is missing, and the collection has no PowerShell")


def last(text):
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1][:200] if lines else "it printed nothing"


def unit(row):
    import module

    if not (BIN / "ansible").exists():
        raise Skipped("there is no ansible")
    module.rows(row)
