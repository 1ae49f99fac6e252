"""The module, run by ansible itself on this machine, with a program that plays each answer of fyne-setup."""

import json
import subprocess

import tools
from farm import STATE

PLAY = STATE / "play"
# Answers as it was told, and keeps what it was asked.
PROGRAM = r"""#!/bin/sh
cd "$(dirname "$0")" || exit 99
printf '%s\n' "$@" >>asked
env >>environment
for word; do [ "$word" != --dry-run ] || dry=-dry; done
if [ -f edit ] && [ -z "$dry" ]; then cat edit >>profile; fi
[ ! -f kill ] || kill -9 $$
cat "answer$dry"
exit "$(cat "code")"
"""
STEP = {"id": 1, "text": "Add one marked block", "action": {"kind": "edit-profile", "file": str(PLAY / "profile")}}
LEFT = [{"id": "go.flags", "summary": "GOFLAGS is garbled", "decision": {"text": "fix it", "command": None}}]


def error(code, message="it failed"):
    return {"error": {"code": code, "message": message, "hint": "do this"}}


def play(options, code=0, answer=None, dry=None, words=(), files=()):
    """One run of the module: the word of ansible (CHANGED, SUCCESS, FAILED!), its result, and all that it printed."""
    PLAY.mkdir(parents=True, exist_ok=True)
    for old in PLAY.iterdir():
        old.unlink()
    (PLAY / "program").write_text(PROGRAM)
    (PLAY / "program").chmod(0o755)
    (PLAY / "profile").write_text("export TOKEN=of-nobody-else\n")
    (PLAY / "code").write_text(str(code))
    for name, text in dict(files).items():
        (PLAY / name).write_text(text)
    for name, document in (("answer", answer), ("answer-dry", dry if dry is not None else answer)):
        (PLAY / name).write_text(
            document if isinstance(document, str) else json.dumps({"schema": 1, **(document or {})})
        )
    given = json.dumps({"program": str(PLAY / "program"), **options})
    argv = [tools.BIN / "ansible", "localhost", "-c", "local", "-m", "fyne_setup.fyne.fyne_setup", "-a", given, *words]
    done = subprocess.run(
        argv, env=tools.environment(), cwd=STATE, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    text = done.stdout + done.stderr
    word = next((it for it in ("CHANGED", "SUCCESS", "FAILED!") if f"| {it} =>" in done.stdout), text[-300:])
    body = done.stdout[done.stdout.find("=> {") + 3 :] if "=> {" in done.stdout else "{}"
    result = json.JSONDecoder().raw_decode(body)[0]
    return word, result, text


def asked():
    return (PLAY / "asked").read_text().split("\n")[:-1] if (PLAY / "asked").exists() else []


def rows(row):
    """Each row: what is tried, what it has to be, what came."""

    def tell(what, wanted, options, *more, also=lambda result: "", **given):
        word, result, text = play(options, *more, **given)
        row(f"module: {what}", wanted, " ".join(part for part in (word, also(result)) if part))
        return result, text

    def said(result):
        return result.get("msg", "").split(" (")[0]

    def says(words):
        return lambda result: words if words in result.get("msg", "") else result.get("msg", "")

    # present
    tell("0, changed", "CHANGED", {}, 0, {"changed": True, "actions": [STEP]})
    tell("0, not changed", "SUCCESS", {}, 0, {"changed": False})
    tell(
        "1, something is left",
        "FAILED! go.flags: GOFLAGS is garbled",
        {},
        1,
        {"changed": True, "left": LEFT},
        also=said,
    )
    tell("1, `fail_on: never`", "CHANGED", {"fail_on": "never"}, 1, {"changed": True, "left": LEFT})
    for code, name in (
        (2, "usage.unknown-option"),
        (3, "disk.full"),
        (4, "trust.checksum"),
        (5, "locked"),
        (130, "interrupted"),
    ):
        answer = {"changed": False, **error(name)}
        tell(f"{code}, even with `fail_on: never`", f"FAILED! {name} it failed do this", {"fail_on": "never"}, code, answer,
             also=lambda result: f"{result.get('error', {}).get('code')} {result.get('msg')}")  # fmt: skip
    tell(
        "3 after changes",
        "FAILED! changed",
        {},
        3,
        {"changed": True, **error("net.unreachable")},
        also=lambda it: "changed" if it.get("changed") else "",
    )
    tell(
        "6", "CHANGED restart", {}, 6, {"changed": True}, also=lambda it: "restart" if it.get("reboot_required") else ""
    )
    tell("killed", "FAILED! ended with -9", {}, 0, {}, files={"kill": ""}, also=says("ended with -9"))
    tell("no JSON", "FAILED! no JSON document", {}, 0, "hello", also=says("no JSON document"))
    tell("a list as JSON", "FAILED! no JSON document", {}, 0, "[]", also=says("no JSON document"))
    tell("no such program", "FAILED! cannot be run", {"program": str(PLAY / "nothing")}, also=says("cannot be run"))
    tell("a key without a bundle", "FAILED! required by 'key'", {"key": "/k"}, 0, {}, also=says("required by 'key'"))

    # What it is asked for.
    everything = {
        "goal": "build", "go": "1.27.4", "fyne": "2.8.1", "force": True, "upgrade": True, "manifest": "/m", "bundle": "/b", "key": "/k",
        "system": True, "for_root": True, "prefix": "/p", "project": "/q", "offline": True, "timeout": 9, "sudo": False, "proof": False,
        "warm": False, "modify_path": False,
    }  # fmt: skip
    play(everything, 0, {})
    wanted = """install --json --lang=en --color=never --goal=build --go=1.27.4 --fyne=2.8.1 --prefix=/p --manifest=/m --bundle=/b --key=/k
        --project=/q --timeout=9 --force --upgrade --system --for-root --offline --no-sudo --no-proof --no-warm --no-modify-path --yes"""
    row("module: every option is an argument", "yes", "yes" if asked() == wanted.split() else " ".join(asked()))
    play({"state": "absent", "force": True}, 0, {})
    row("module: absent", "uninstall --json --lang=en --color=never --force --yes", " ".join(asked()))
    play({"state": "checked", "go": "1.2", "goproxy": "off"}, 0, {})
    row("module: checked", "check --json --lang=en --color=never --goal=desktop", " ".join(asked()))

    # Check mode.
    check = ["--check"]
    tell(
        "check mode with steps",
        "CHANGED --dry-run",
        {},
        0,
        {"plan": {"steps": [STEP]}},
        words=check,
        also=lambda _: asked()[-1],
    )
    tell("check mode, nothing to do", "SUCCESS", {}, 0, {"plan": {"steps": []}}, words=check)
    tell(
        "check mode, a run that was cut short",
        "CHANGED",
        {},
        0,
        {"plan": {"steps": []}, "earlier": [{"run": "1"}]},
        words=check,
    )
    tell(
        "check mode, 3",
        "FAILED! it failed do this",
        {},
        3,
        {"plan": {"steps": [STEP]}, **error("net.unreachable")},
        words=check,
        also=said,
    )
    tell(
        "absent in check mode",
        "CHANGED",
        {"state": "absent"},
        0,
        {"changed": False, "actions": [{"state": "pending"}]},
        words=check,
    )

    # checked
    bad = {
        "checks": [{"id": "go.flags", "status": "fail", "cause": "line 3", "summary": ""}, {"id": "a", "status": "ok"}]
    }
    tell("checked, 1", "FAILED! go.flags: line 3", {"state": "checked"}, 1, bad, also=said)
    unsure = {"checks": [{"id": "go.complete", "status": "unknown", "summary": "cannot be read"}]}
    tell("checked, unknown", "FAILED! go.complete: cannot be read", {"state": "checked"}, 1, unsure, also=said)
    tell("present, unknown", "FAILED! go.flags: GOFLAGS is garbled", {}, 1, {"changed": False, "unknown": LEFT}, also=said)
    tell("checked, 1, `fail_on: never`", "SUCCESS", {"state": "checked", "fail_on": "never"}, 1, bad)

    # The lines that came into a file, and no others.
    edit = {"edit": "export GOPROXY=https://user:p@ss@proxy.example\n"}
    plan = {"plan": {"steps": [STEP]}}
    result, text = tell("diff", "CHANGED", {}, 0, {"changed": True}, dry=plan, words=["--diff"], files=edit)
    seen = ["+export GOPROXY=https://********@proxy.example" in text, "of-nobody-else" in text, "ss@" in text]
    row(
        "module: diff shows the new line, without its login and its neighbours",
        "True False False",
        " ".join(map(str, seen)),
    )

    # Logins.
    login = "https://user:se%40cret@proxy.example"
    answer = {"changed": True, **error("net.unreachable", f"cannot reach {login}, user:se@cret, direct")}
    bare = login.partition("://")[2]
    for name, value in (
        ("goproxy", f"{login},direct"),
        ("goproxy", f"{bare},direct"),
        ("go_mirror", [login]),
        ("proxy", login),
    ):
        _, text = play({name: value}, 3, answer, words=["-vvv"])[1:]
        leaked = [
            where for where, all_of_it in (("output", text), ("arguments", " ".join(asked()))) if "cret" in all_of_it
        ]
        told = "se%40cret" in (PLAY / "environment").read_text()
        row(
            f"module: {name} with a login",
            "told to the program, seen nowhere",
            f"{'told' if told else 'not told'} to the program, seen {leaked or 'nowhere'}",
        )
    play({}, 0, {"changed": False})
    given = {"fyne_setup_program": str(PLAY / "program"), "fyne_setup_goproxy": login, "fyne_setup_cache": str(PLAY)}
    argv = [
        tools.BIN / "ansible-playbook",
        "-i",
        "localhost,",
        "-c",
        "local",
        "-vvv",
        "-e",
        json.dumps(given),
        "playbooks/setup.yml",
    ]
    text = tools.run("role-login", *argv)[1]
    row(
        "role: a login is seen nowhere with -vvv",
        "done, not seen",
        f"{'done' if 'failed=0' in text else 'failed'}, {'seen' if 'cret' in text else 'not seen'}",
    )
    result, _ = tell("goproxy without a login hides no words", "FAILED! turned off", {"goproxy": "off"}, 3, error("x", "turned off"),
                     also=lambda it: it.get("msg", "").split(" do")[0])  # fmt: skip
