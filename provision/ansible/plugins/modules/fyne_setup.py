#!/usr/bin/python
# -*- coding: utf-8 -*-

# Copyright: the fyne-setup contributors
# SPDX-License-Identifier: Apache-2.0 OR MIT

from __future__ import annotations

DOCUMENTATION = r"""
---
module: fyne_setup
short_description: Take a machine to a proven Fyne environment
version_added: 0.1.0
description:
  - Runs C(fyne-setup) on the managed host and returns its JSON document.
  - O(state=present) installs Go, a C compiler, the headers, the C(fyne) command and their settings, and repairs what is broken.
    The account that runs the task is the one that is equipped.
  - Nothing is downloaded by the controller. The program has to be on the host already; the role P(fyne_setup.fyne.fyne_setup#role)
    pushes it.
author:
  - fyne-setup contributors (@fyne-setup)
options:
  state:
    description:
      - V(present) does what C(fyne-setup install) does.
      - V(absent) does what C(fyne-setup uninstall) does, which undoes every run, byte for byte.
      - V(checked) does what C(fyne-setup check) does, and changes nothing.
    type: str
    choices: [present, absent, checked]
    default: present
  program:
    description: The program on the managed host. A name without a slash is looked for in PATH.
    type: path
    default: fyne-setup
  fail_on:
    description:
      - Whether O(state=checked) fails when a check fails, and O(state=present) when something is left for a person to decide.
      - Any other failure of the program fails the task whatever stands here.
    type: str
    choices: [problems, never]
    default: problems
  goal:
    description: What the machine is for. V(build) needs no display.
    type: str
    choices: [desktop, build]
    default: desktop
  go:
    description: The version of Go, instead of the one that the manifest resolves.
    type: str
  fyne:
    description: The version of Fyne, instead of the one that the manifest resolves.
    type: str
  force:
    description:
      - With O(state=present), allows versions that are known not to work together.
      - With O(state=absent), also undoes what others changed since, and keeps a copy.
    type: bool
    default: false
  upgrade:
    description: Replaces a Go or C(fyne) command that works by the recommended version.
    type: bool
    default: false
  manifest:
    description: A file on the managed host from which versions are chosen, instead of the built-in manifest.
    type: path
  bundle:
    description:
      - A bundle on the managed host with all that is installed, so that the host needs no network.
      - A program that has no bundles yet fails with its own usage error.
    type: path
  key:
    description: The file of the public key that signed O(bundle).
    type: path
  system:
    description:
      - Installs for all users. Needs root.
      - A program that cannot do so yet fails with its own usage error.
    type: bool
    default: false
  for_root:
    description:
      - Equips root itself, although C(sudo) was run from the account of a user. Without it, and without O(system), the program refuses
        that, since it is rarely meant.
    type: bool
    default: false
  prefix:
    description: The directory that Go is installed in.
    type: path
  project:
    description: The directory of a project on the managed host whose needs count too.
    type: path
  go_mirror:
    description:
      - URLs that Go is downloaded from first.
      - They reach the program by its environment, never by its arguments. One with a login is never logged or returned.
    type: list
    elements: str
    default: []
  goproxy:
    description:
      - Where modules are downloaded from, in the format of E(GOPROXY).
      - It reaches the program by its environment, never by its arguments. One with a login is never logged or returned.
    type: str
  proxy:
    description:
      - The proxy for HTTP and HTTPS, for the program and what it starts. It is written nowhere.
      - It is never logged or returned.
    type: str
  offline:
    description: Does not use the network.
    type: bool
    default: false
  timeout:
    description: The time limit of one network request, in seconds.
    type: int
  sudo:
    description:
      - Whether the program may use C(sudo) for packages. It cannot answer a question for a password.
      - With V(false), or without rights, all else is done and RV(administrator) says what an administrator has to type.
    type: bool
    default: true
  proof:
    description: Opens a window at the end, and looks at it.
    type: bool
    default: true
  warm:
    description: Prepares the first C(fyne build).
    type: bool
    default: true
  modify_path:
    description: Adds one marked block to the profiles of the shell.
    type: bool
    default: true
attributes:
  check_mode:
    description: Prints the plan and changes nothing.
    support: full
  diff_mode:
    description:
      - Shows each step, and of files that a step edits the lines that came and went.
      - In check mode the steps are shown alone, since no file is edited. Logins in URLs are masked.
    support: partial
  platform:
    description: Hosts with a POSIX shell and Python.
    platforms: posix
    support: full
notes:
  - Tasks of another kind that hold the lock of C(apt) are waited for by the program. Another C(fyne-setup) on the same account is not,
    and fails the task with RV(error.code=locked).
"""

EXAMPLES = r"""
- name: Have a proven Fyne environment
  fyne_setup.fyne.fyne_setup:
    program: /usr/local/bin/fyne-setup
    state: present

- name: Have what a build server needs, without a window
  fyne_setup.fyne.fyne_setup:
    goal: build
    proof: false

- name: Look, and fail if something is wrong
  fyne_setup.fyne.fyne_setup:
    state: checked

- name: Look, and go on whatever is found
  fyne_setup.fyne.fyne_setup:
    state: checked
    fail_on: never
  register: fyne

- name: Undo every run
  fyne_setup.fyne.fyne_setup:
    state: absent
"""

RETURN = r"""
actions:
  description: What was done. Each has C(id), C(kind), C(because), C(state), C(before) and C(after).
  returned: when the program changed something, or tried
  type: list
  elements: dict
administrator:
  description: What an administrator has to type.
  returned: when steps need rights that the account does not have
  type: str
checks:
  description: All checks. Each has C(id), C(status), C(summary), C(cause) and C(remedy).
  returned: when O(state=checked)
  type: list
  elements: dict
error:
  description: Why the program failed.
  returned: on failure of the program
  type: dict
  contains:
    code:
      description: Which failure it is. The codes are stable.
      returned: always
      type: str
      sample: disk.full
    message:
      description: What happened.
      returned: always
      type: str
    hint:
      description: What to do.
      returned: when there is something to do
      type: str
exit:
  description: The exit code. 0 done, 1 problems, 2 usage, 3 the work failed, 4 refused, 5 locked, 6 restart wanted.
  returned: when the program ran
  type: int
  sample: 0
left:
  description: What was not fixed, each with the decision that it needs.
  returned: when O(state=present) or O(state=absent), unless in check mode
  type: list
  elements: dict
log:
  description: The file on the managed host that tells what the run did.
  returned: when there is one
  type: str
plan:
  description: What would be done, and in which order.
  returned: in check mode
  type: dict
reboot_required:
  description: Whether the host has to restart before the change counts.
  returned: when the program ran
  type: bool
target:
  description: The versions of Go, Fyne and the C(fyne) command that the manifest resolves for this machine.
  returned: when known
  type: dict
  sample: {"cli": "fyne.io/tools/cmd/fyne@v1.7.4", "fyne": "2.8.1", "go": "1.27.4"}
"""

import difflib
import json
import os
import re

from urllib.parse import unquote, urlsplit

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.common.text.converters import to_text

# Exit codes of the program, as its README has them.
DONE = 0
PROBLEMS = 1
RESTART = 6

# Options of this module that are arguments of the program, by the states in which it has them.
VALUES = {
    "present": ("goal", "go", "fyne", "prefix", "manifest", "bundle", "key", "project", "timeout"),
    "absent": ("timeout",),
    "checked": ("goal", "manifest", "project", "timeout"),
}
FLAGS = {
    "present": ("force", "upgrade", "system", "for_root", "offline"),
    "absent": ("force", "system", "for_root"),
    "checked": ("offline",),
}
UNLESS = {
    "present": ("sudo", "proof", "warm", "modify_path"),
    "absent": ("sudo",),
    "checked": (),
}
COMMANDS = {"present": "install", "absent": "uninstall", "checked": "check"}

# A file that is longer is no profile, and is not shown.
LONGEST = 1 << 20


def argv(params, dry_run):
    """The arguments of the program. What may hold a login is not among them: everybody on the host can read them."""
    state = params["state"]
    words = [COMMANDS[state], "--json", "--lang=en", "--color=never"]
    for name in VALUES[state]:
        if params[name] is not None:
            words.append("--%s=%s" % (name, params[name]))
    words += ["--" + name.replace("_", "-") for name in FLAGS[state] if params[name]]
    words += ["--no-" + name.replace("_", "-") for name in UNLESS[state] if not params[name]]
    if state != "checked":
        words.append("--dry-run" if dry_run else "--yes")
    return words


def environment(params):
    """What the program is told by its environment."""
    told = {}
    if params["state"] == "present":
        if params["go_mirror"]:
            told["FYNE_SETUP_GO_MIRROR"] = ",".join(params["go_mirror"])
        if params["goproxy"]:
            told["FYNE_SETUP_GOPROXY"] = params["goproxy"]
    if params["proxy"]:
        for name in ("http_proxy", "https_proxy"):
            told[name] = told[name.upper()] = params["proxy"]
    return told


def secrets(value):
    """What has to be hidden of a list of URLs: nothing where no URL has a login."""
    hidden = set()
    for url in re.split(r"[,|\s]+", value or ""):
        # Go takes a word without a scheme for a host.
        login = urlsplit(url if "://" in url else "//" + url).netloc.rpartition("@")[0] if "@" in url else ""
        if login:
            password = login.partition(":")[2]
            hidden |= {value, url, login, password, unquote(password)}
    return {word for word in hidden if word}


def hide_logins(module):
    """Of `goproxy` and `go_mirror`, which are hidden from the start, shows what has no login: hiding a word such as `off`
    would cut it out of every text of the program."""
    for value in [module.params["goproxy"]] + (module.params["go_mirror"] or []):
        hidden = secrets(value)
        if not hidden:
            module.no_log_values.discard(value)
        module.no_log_values.update(hidden)
    module.no_log_values.update(secrets(module.params["proxy"]))


def run(module, dry_run=False):
    """Runs the program; gives its document."""
    program = module.params["program"]
    if os.sep not in program:
        program = module.get_bin_path(program, required=True)
    command = [program] + argv(module.params, dry_run)
    try:
        code, out, err = module.run_command(
            command,
            environ_update=environment(module.params),
            handle_exceptions=False,
        )
    except (OSError, ValueError) as error:
        module.fail_json(msg="%s cannot be run: %s" % (program, to_text(error)))
    try:
        document = json.loads(out)
    except ValueError:
        document = None
    if not isinstance(document, dict):
        # It was killed, or it is another program.
        module.fail_json(
            msg="%s ended with %s and printed no JSON document: %s" % (program, code, to_text(err).strip()[-2000:]),
            exit=code,
            reboot_required=False,
        )
    document["exit"] = code
    return document


def would_change(document):
    """Whether a dry run has something to do, the end of runs that were cut short included."""
    steps = (document.get("plan") or {}).get("steps")
    if steps is None:
        steps = document.get("actions")
    return bool(steps) or bool(document.get("earlier"))


def text_of(document):
    """The steps of a plan, a line each."""
    steps = (document.get("plan") or {}).get("steps")
    if steps is None:
        steps = document.get("actions") or []
    return "".join("%s\n" % (step.get("text") or step.get("kind")) for step in steps)


def edited_files(document):
    """The files that steps of a plan edit."""
    steps = (document.get("plan") or {}).get("steps") or []
    found = (step.get("action", {}).get("file") for step in steps)
    return sorted({path for path in found if isinstance(path, str)})


def read(path):
    """The lines of a file; None where it is no text that can be shown."""
    try:
        if os.path.getsize(path) > LONGEST:
            return None
        with open(path, "rb") as file:
            return file.read().decode("utf-8").splitlines(True)
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError):
        return None


def file_diff(path, before, after):
    """The lines that came and went, without their neighbours: a profile has secrets that are nobody's business."""
    if before is None or after is None or before == after:
        return None
    lines = difflib.unified_diff(before, after, path, path, n=0)
    text = "".join(line if line.endswith("\n") else line + "\n" for line in lines)
    return {"prepared": re.sub(r"(://)[^/\s]*@", r"\1********@", text)}


def summary_of(document):
    """What is wrong, in a line or two."""
    error = document.get("error")
    if error:
        return " ".join(part for part in (error.get("message"), error.get("hint")) if part)
    wrong = []
    for item in (document.get("left") or []) + (document.get("unknown") or []):
        decision = (item.get("decision") or {}).get("text")
        wrong.append("%s: %s%s" % (item.get("id"), item.get("summary"), " (%s)" % decision if decision else ""))
    for check in document.get("checks") or []:
        if check.get("status") in ("fail", "warn", "unknown"):
            wrong.append("%s: %s" % (check.get("id"), check.get("cause") or check.get("summary")))
    return "; ".join(wrong) or "the program ended with %s" % document.get("exit")


def outcome(document, state, dry_run, fail_on):
    """Whether the task changed something, and whether it failed. Pure."""
    code = document["exit"]
    failed = code not in (DONE, RESTART) and not (code == PROBLEMS and fail_on == "never" and not document.get("error"))
    if state == "checked":
        changed = False
    elif dry_run:
        changed = not failed and would_change(document)
    else:
        changed = bool(document.get("changed"))
    return changed, failed


def main():
    module = AnsibleModule(
        argument_spec={
            "state": {"type": "str", "choices": ["present", "absent", "checked"], "default": "present"},
            "program": {"type": "path", "default": "fyne-setup"},
            "fail_on": {"type": "str", "choices": ["problems", "never"], "default": "problems"},
            "goal": {"type": "str", "choices": ["desktop", "build"], "default": "desktop"},
            "go": {"type": "str"},
            "fyne": {"type": "str"},
            "force": {"type": "bool", "default": False},
            "upgrade": {"type": "bool", "default": False},
            "manifest": {"type": "path"},
            "bundle": {"type": "path"},
            "key": {"type": "path", "no_log": False},
            "system": {"type": "bool", "default": False},
            "for_root": {"type": "bool", "default": False},
            "prefix": {"type": "path"},
            "project": {"type": "path"},
            "go_mirror": {"type": "list", "elements": "str", "default": [], "no_log": True},
            "goproxy": {"type": "str", "no_log": True},
            "proxy": {"type": "str", "no_log": True},
            "offline": {"type": "bool", "default": False},
            "timeout": {"type": "int"},
            "sudo": {"type": "bool", "default": True},
            "proof": {"type": "bool", "default": True},
            "warm": {"type": "bool", "default": True},
            "modify_path": {"type": "bool", "default": True},
        },
        required_by={"key": "bundle"},
        supports_check_mode=True,
    )
    hide_logins(module)
    state, show = module.params["state"], module._diff
    dry_run = module.check_mode

    before = {}
    if show and state == "present" and not dry_run:
        before = {path: read(path) for path in edited_files(run(module, dry_run=True))}
    document = run(module, dry_run)
    changed, failed = outcome(document, state, dry_run, module.params["fail_on"])

    result = dict(document)
    result["changed"] = changed
    result["reboot_required"] = document["exit"] == RESTART
    if show and state != "checked":
        result["diff"] = [{"before_header": "steps", "after_header": "steps", "before": "", "after": text_of(document)}]
        shown = [file_diff(path, lines, read(path)) for path, lines in before.items()]
        result["diff"] += [diff for diff in shown if diff]
    if failed:
        module.fail_json(msg=summary_of(document), **result)
    module.exit_json(**result)


if __name__ == "__main__":
    main()
