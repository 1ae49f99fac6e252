"""Pairs: two faults on one machine, so that one may hide the other.

A pair is a scenario like any other: both breaks in order, and what either scenario says of
symptom, cause, oracle and files holds for the pair. Which two can stand together is decided
from what their breaks do (`clash`), not from a list; whether the machine is then broken, the
gym looks for itself, as always.
"""

import itertools
import random
import re
from dataclasses import dataclass, field

from .machine import layer_dir
from .scenario import Scenario

STARTUP = {"~/.profile", "~/.bash_profile", "~/.bashrc", "/etc/profile.d"}
HELPED = re.compile(r"^\s*(?:login|apt|forget|dpkg)\b|\$\(dpkg\b", re.M)  # needs Go or packages
PATH = re.compile(r"(?<![\w.])(?:~|/)[\w.+@*!?-]*(?:/[\w.+@*!?-]+)*")


@dataclass
class Claims:
    """What a break does to a machine, as its text has it. Globs stay globs."""

    taken: set = field(default_factory=set)  # paths that are removed, moved or replaced whole
    changed: set = field(default_factory=set)  # paths that are written to
    settings: set = field(default_factory=set)  # that have one line: those of `go env -w`, the login shell
    packages: set = field(default_factory=set)  # that are purged, or have their record damaged


def claims(scenario):
    """Read a break script. Every command in them is one of a dozen, so words are enough."""
    found = Claims()
    for line in plain(scenario):
        found.settings.update(re.findall(r"go env -w (\w+)=", line))
        if "go env -w" in line:
            found.changed.add("~/.config/go/env")
        if "go install" in line:
            found.changed.add("~/.local/bin/fyne" if ".local/bin" in line else "~/go/bin/fyne")
        if "chsh" in line:  # the new shell does not read what the old one did
            found.taken |= STARTUP
            found.settings.add("the login shell")
        if purge := re.match(r"\s*(?:apt purge|dpkg --purge)(.*)", line):
            found.packages.update(word for word in purge[1].split() if word[0] not in "-")
        found.packages.update(re.findall(r"\^Package: ([\w.+-]+)", line))
        for sign, target in re.findall(r"(?<![0-9&<])(>>?)\s*((?:~|/)\S+)", line):
            found.changed.add(target)
            if sign == ">":
                found.taken.add(target)
        command, *rest = line.split(None, 1) or [""]
        paths = [path for path in PATH.findall(rest[0] if rest else "") if path not in ("/", "~")]
        if command in ("rm", "mv", "truncate"):
            found.taken.update(paths)
        if command == "ln":
            found.taken.update(paths[-1:])
        if command in ("sed", "chmod", "chown", "cp", "install", "mount", "mv"):
            found.changed.update(paths[-1:])
    return found


def plain(scenario):
    """The lines of a break without comments and quotes, its variables filled in."""
    text = re.sub(r"^\s*#.*|\s#\s.*$", "", scenario.script("break"), flags=re.M).replace("\\\n", " ")
    names = {"GYM_HOME": "~", "HOME": "~", "GYM_PROJECT": scenario.project, "GYM_USER": scenario.user}
    for name, value in re.findall(r"^\s*(?:for )?(\w+)(?:=| in )([^;\n]+)", text, re.M):
        names.setdefault(name, value)
    for _ in range(3):  # a variable may name another
        text = re.sub(r"\$\{?(\w+)\}?", lambda found: names.get(found[1], found[0]), text)
    # Of a command substitution its last path says enough: what is asked for, not where that lies.
    text = re.sub(r"\$\(([^()]*)\)", lambda found: (PATH.findall(found[1].replace('"', "")) or [""])[-1], text)
    return [line for line in re.sub(r"['\"]", "", text).splitlines() if line.strip()]


def meets(one, other):
    """Whether two paths are the same, or one lies below the other; a glob is cut where it begins."""
    one, other = (re.split(r"[*?]", path)[0].rstrip("/") for path in (one, other))
    return one == other or one.startswith(f"{other}/") or other.startswith(f"{one}/")


def owned(packages, layer):
    """The files that the layer has of some packages."""
    info = layer_dir(layer) / "var/lib/dpkg/info"
    lists = [path for name in packages for path in (info / f"{name}.list", info / f"{name}:amd64.list")]
    return {line for path in lists if path.exists() for line in path.read_text().splitlines()}


def clash(one, other):
    """Why two faults cannot stand on one machine, or '' if they can."""
    for what in ("layer", "user", "project"):
        if getattr(one, what) != getattr(other, what):
            return f"another {what}"
    first, second = claims(one), claims(other)
    if both := first.settings & second.settings:
        return f"both set {min(both)}, which has one line"
    if both := first.packages & second.packages:
        return f"both take {min(both)}"
    for here, there in ((first, second), (second, first)):
        for path in sorted(there.changed):
            if any(meets(path, taken) for taken in here.taken):
                return f"one takes away {path}, which the other changes"
        for path in sorted((there.changed | there.taken) & owned(here.packages, one.layer)):
            return f"one takes away {path} with its package"
    return ""


class Pair(Scenario):
    """Two scenarios as one, in the order of their breaks."""

    def __init__(self, one, other):
        # Who needs working tools to break something goes first.
        one, other = sorted((one, other), key=lambda each: not HELPED.search(each.script("break")))
        self.both = [one, other]
        super().__init__(
            path=one.path.with_name(f"{one.name}+{other.name}"),
            title=f"{one.title} + {other.title}",
            seed="combination",
            kind="pair",
            layer=one.layer,
            user=one.user,
            project=one.project,
            may_change=one.may_change + other.may_change,
            env=one.env | other.env,
        )

    @property
    def parts(self):
        return self.both


def single(scenarios):
    """The faults among the scenarios that are one fault each."""
    return [each for each in scenarios if each.kind == "fault" and each.seed != "combination"]


def named(name, find):
    """The pair that is called `one+other`, whether or not it would be drawn."""
    one, other = name.split("+")
    return Pair(find(one), find(other))


def draw(scenarios, seed):
    """All pairs that can stand together, in an order that the seed decides alone."""
    faults = sorted(single(scenarios), key=lambda each: each.name)
    dice = random.Random(seed)
    pairs = [dice.sample(pair, 2) for pair in itertools.combinations(faults, 2)]
    dice.shuffle(pairs)
    return (Pair(one, other) for one, other in pairs if not clash(one, other))
