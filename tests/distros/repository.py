#!/usr/bin/python3
"""repository.py: a repository for dnf, zypper or pacman, made of Debian's own packages.

    repository.py FAMILY rpm|arch packages.toml OUT

Runs inside a Debian with apt, rpmbuild, createrepo_c and repo-add. For each package that packages.toml names for FAMILY
it takes the Debian packages of the same capabilities. What those need and the machine has not goes into a package
NAME-deps, which NAME requires: the manager under test has dependencies to resolve, to record and to take away again.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tomllib

FAMILY, KIND, TABLE, OUT = sys.argv[1], sys.argv[2], sys.argv[3], pathlib.Path(sys.argv[4])
ARCHIVES = pathlib.Path("/var/cache/apt/archives")
NOT_WANTED = ("doc", "man", "lintian", "bug", "locale", "info")
MERGED = ("lib", "lib64", "bin", "sbin")
POST = {"rpm": "os.execute('/sbin/ldconfig')", "arch": "post_install() {\n  /sbin/ldconfig\n}\n"}


def run(*words, **more):
    return subprocess.run([str(it) for it in words], check=True, text=True, **more)


def mapped():
    """The package names of the family, each with the Debian packages of the same capabilities; none of certificates."""
    families = {it["name"]: it["names"] for it in tomllib.loads(pathlib.Path(TABLE).read_text())["family"]}
    names = {}
    for capability, ours in families[FAMILY].items():
        # The machine has these, or nothing could be fetched; a bundle wants the package all the same, and gets an empty one.
        has = capability == "ca-certificates"
        names.setdefault(ours[0], []).extend([] if has else families["debian"][capability])
    return names


def closure(debs):
    """What apt would bring for these."""
    asked = run("apt-get", "install", "-s", "-q", "--no-install-recommends", *debs, capture_output=True)
    return [it.split()[1] for it in asked.stdout.splitlines() if it.startswith("Inst ")]


def unpacked(deb, root):
    """A Debian package under a merged /usr, without what no build reads."""
    file = next(ARCHIVES.glob(f"{deb}_*.deb"))
    run("dpkg-deb", "-x", file, root)
    for name in MERGED:
        own = root / name
        if own.is_dir() and not own.is_symlink():
            (root / "usr" / name).mkdir(parents=True, exist_ok=True)
            run("cp", "-a", f"{own}/.", root / "usr" / name)
            shutil.rmtree(own)
    for name in NOT_WANTED:
        shutil.rmtree(root / "usr/share" / name, ignore_errors=True)


def parts():
    """name → (what it requires, the Debian packages in it), the dependencies of each before the packages."""
    names = mapped()
    run("apt-get", "update", "-q", stdout=subprocess.DEVNULL)
    everything = [deb for debs in names.values() for deb in debs]
    run("apt-get", "install", "-y", "-q", "--download-only", "--no-install-recommends", *everything,
        stdout=subprocess.DEVNULL)  # fmt: skip
    home = {deb: name for name, debs in names.items() for deb in debs}
    found = {}
    for name, debs in names.items():
        needs = closure(debs)
        new = [deb for deb in needs if deb not in home]
        if new:
            found[f"{name}-deps"] = ([], new)
        home.update({deb: f"{name}-deps" for deb in new})
        requires = sorted({home[deb] for deb in needs} - {name})
        found[name] = (requires, debs)
    return found


def laid(found, at):
    """The trees of all parts."""
    shutil.rmtree(at, ignore_errors=True)
    for name, (_, debs) in found.items():
        (at / name).mkdir(parents=True)
        for deb in debs:
            unpacked(deb, at / name)
    if FAMILY == "opensuse":
        # Its Wayland headers have a directory of their own, which only pkg-config tells of.
        include = at / "wayland-devel/usr/include"
        headers = list(include.glob("wayland*.h"))
        (include / "wayland").mkdir()
        for header in headers:
            header.rename(include / "wayland" / header.name)
        for file in (at / "wayland-devel").rglob("wayland-*.pc"):
            text = file.read_text().replace("includedir=${prefix}/include", "includedir=${prefix}/include/wayland")
            file.write_text(text)


def files(root):
    """Every file and link below it, as an absolute path."""
    for base, dirs, names in os.walk(root):
        links = [it for it in dirs if os.path.islink(os.path.join(base, it))]
        yield from (os.path.join(base, it)[len(str(root)) :] for it in names + links)


def rpms(found, trees):
    """One spec with a sub-package for each part."""
    spec = ["Name: top", "Version: 1", "Release: 1", "Summary: x", "License: x", "AutoReqProv: no"]
    spec += ["%description", "x", "%install", "mkdir -p %{buildroot}"]
    spec += [f"cp -a {trees / name}/. %{{buildroot}}/" for name in found]
    for name, (requires, _) in found.items():
        listed = pathlib.Path(f"/tmp/{name}.list")
        listed.write_text("".join(f'"{it}"\n' for it in files(trees / name)))
        inside = f" -f {listed}" if listed.stat().st_size else ""  # pkg-config only names another one
        spec += [f"%package -n {name}", "Summary: x", "AutoReqProv: no"]
        spec += [f"Requires: {it}" for it in requires]
        modules = [pathlib.Path(it).stem for it in files(trees / name) if it.endswith(".pc")]
        spec += [f"Provides: pkgconfig({it})" for it in modules]
        spec += [f"%description -n {name}", "x"]
        if name.endswith("-deps"):  # a shell of rpm's own would be a package, too
            spec += [f"%post -n {name} -p <lua>", POST["rpm"]]
        spec += [f"%files -n {name}{inside}"]
    path = pathlib.Path("/tmp/top.spec")
    path.write_text("\n".join(spec) + "\n")
    defined = {"_rpmdir": OUT, "__os_install_post": "%{nil}", "_binary_payload": "w1.gzdio", "debug_package": "%{nil}",
               "_build_id_links": "none", "_unpackaged_files_terminate_build": "0"}  # fmt: skip
    run("rpmbuild", "-bb", "--quiet", *(it for key, value in defined.items() for it in ("--define", f"{key} {value}")),
        path)  # fmt: skip
    run("createrepo_c", "-q", OUT)


def packages_of_arch(found, trees):
    """Archives as makepkg makes them, with the list by which `pacman -Qkk` compares."""
    made = []
    for name, (requires, _) in found.items():
        tree = trees / name
        info = [f"pkgname = {name}", "pkgver = 1-1", "pkgdesc = x", "arch = x86_64", "builddate = 1700000000",
                "packager = x", "size = 1000", "license = x"]  # fmt: skip
        (tree / ".PKGINFO").write_text("\n".join(info + [f"depend = {it}" for it in requires]) + "\n")
        if name.endswith("-deps"):
            (tree / ".INSTALL").write_text(POST["arch"])
        inside = sorted(os.listdir(tree))
        keep = "!all,use-set,type,uid,gid,mode,time,size,md5,sha256,link"
        run("bsdtar", "-czf", ".MTREE", "--format=mtree", f"--options={keep}", *inside, cwd=tree)
        file = OUT / f"{name}-1-1-x86_64.pkg.tar.gz"
        run("bsdtar", "--uid", "0", "--gid", "0", "-czf", file, ".MTREE", *inside, cwd=tree)
        made.append(file)
    run("repo-add", "-q", OUT / "updates.db.tar.gz", *made, stdout=subprocess.DEVNULL)


shutil.rmtree(OUT, ignore_errors=True)
OUT.mkdir(parents=True)
PARTS, TREES = parts(), pathlib.Path("/root/trees")
laid(PARTS, TREES)
rpms(PARTS, TREES) if KIND == "rpm" else packages_of_arch(PARTS, TREES)
