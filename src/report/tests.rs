//! What a person reads and what a program gets, for a healthy, a bare and a broken machine, in both languages. Only a few
//! checks are shown, so that a new one changes nothing here.
//! Long because it shows whole pages.

use super::text::Detail;
use super::*;
use crate::checks::{fixture, judge};
use crate::fact::Fact;
use crate::facts::Facts;
use crate::failure::{Code, Exit, Failure};

/// The checks that these pages show.
const SHOWN: [&str; 8] = [
    "system.os",
    "system.home",
    "cgo.compiler",
    "cgo.pkg-config",
    "cgo.headers",
    "cgo.libraries",
    "display.reachable",
    "display.gl",
];

pub mod chinese;
mod told;

fn report(facts: &Facts) -> Report {
    let want = fixture::want();
    Report::checked(
        facts,
        &want,
        fixture::known(),
        judge(facts, &want, fixture::known(), &SHOWN.map(str::to_owned)),
    )
}

fn page(facts: &Facts, lang: Lang) -> String {
    text::page(&report(facts), &Words::of(lang), Detail::default()).plain()
}

/// Headers went away, and OpenGL is broken by a library in the way.
fn broken() -> Facts {
    let mut facts = fixture::healthy();
    facts.host.rights = crate::facts::host::Rights::SudoAsks;
    for name in ["xrandr", "xcursor"] {
        let probed = facts.native.capabilities.get_mut(name).expect("the fixture has every capability");
        probed.found = Fact::Absent;
        probed.said = Some(format!("fatal error: X11/{name}.h: No such file or directory\u{1b}[2J"));
    }
    facts
}

#[test]
fn a_part_of_the_checks_makes_no_machine_ready() {
    let said = |only_named| {
        let whole = Report::checked(&fixture::healthy(), &fixture::want(), fixture::known(), vec![]);
        let report = Report { only_named, ..whole };
        text::page(&report, &Words::of(Lang::En), Detail::default()).plain()
    };
    assert!(said(false).contains("ready for Fyne") && !said(true).contains("ready"), "{}", said(true));
}

#[test]
fn a_healthy_machine() {
    insta::assert_snapshot!(page(&fixture::healthy(), Lang::En), @r#"
    fyne-setup 0.1.0 · Debian GNU/Linux 12 (bookworm) · x86_64
    for Fyne 2.8.1 with Go 1.27.4 and fyne.io/tools/cmd/fyne@v1.7.4

      ✓ System                    2 checks ok
      ✓ C compiler and libraries  4 checks ok
      ✓ Display                   2 checks ok

    8 ok
    This machine is ready for Fyne
    "#);
    insta::assert_snapshot!(page(&fixture::healthy(), Lang::ZhCn), @r#"
    fyne-setup 0.1.0 · Debian GNU/Linux 12 (bookworm) · x86_64
    目标：Fyne 2.8.1、Go 1.27.4、fyne.io/tools/cmd/fyne@v1.7.4

      ✓ 系统          2 项正常
      ✓ C 编译器与库  4 项正常
      ✓ 显示          2 项正常

    8 项正常
    这台机器已可用于 Fyne 开发
    "#);
}

#[test]
fn a_bare_machine() {
    insta::assert_snapshot!(page(&fixture::bare(), Lang::En), @r#"
    fyne-setup 0.1.0 · Debian GNU/Linux 12 (bookworm) · x86_64
    for Fyne 2.8.1 with Go 1.27.4 and fyne.io/tools/cmd/fyne@v1.7.4

      ✓ System                    2 checks ok
      · C compiler and libraries  1 ok, 3 not (see below)

      ✗ C compiler                no C compiler was found
          cause  the package gcc is missing, so gcc is not on PATH
          seen   gcc: not on PATH
          fix    install gcc
                 apt-get update && apt-get install -y --no-install-recommends gcc
          more   fyne-setup explain cgo.compiler

      ✗ pkg-config                pkg-config was not found
          cause  the package pkg-config is missing
          seen   pkg-config: not on PATH
          fix    install pkg-config
                 apt-get update && apt-get install -y --no-install-recommends \
                   pkg-config
          more   fyne-setup explain cgo.pkg-config

      ✗ C headers                 15 headers are not installed: c-compiler,
                                  stdlib.h, linux/input.h, pkg-config, GL/glx.h,
                                  EGL/egl.h, X11/Xlib.h, X11/extensions/shape.h,
                                  X11/extensions/Xrandr.h, X11/Xcursor/Xcursor.h,
                                  X11/extensions/Xinerama.h,
                                  X11/extensions/XInput2.h, xxf86vm,
                                  wayland-client-core.h, xkbcommon/xkbcommon.h
          cause  these packages are missing: gcc libc6-dev linux-libc-dev pkg-config
                 libgl-dev libegl-dev libx11-dev libxext-dev libxrandr-dev
                 libxcursor-dev libxinerama-dev libxi-dev libxxf86vm-dev
                 libwayland-dev libxkbcommon-dev
          seen   c-compiler
                 libc
                 kernel-headers
                 and 12 more lines (-v shows them)
          fix    install gcc libc6-dev linux-libc-dev pkg-config libgl-dev
                 libegl-dev libx11-dev libxext-dev libxrandr-dev libxcursor-dev
                 libxinerama-dev libxi-dev libxxf86vm-dev libwayland-dev
                 libxkbcommon-dev
                 apt-get update && apt-get install -y --no-install-recommends gcc \
                   libc6-dev linux-libc-dev pkg-config libgl-dev libegl-dev \
                   libx11-dev libxext-dev libxrandr-dev libxcursor-dev \
                   libxinerama-dev libxi-dev libxxf86vm-dev libwayland-dev \
                   libxkbcommon-dev
          more   fyne-setup explain cgo.headers

      ✗ Display                   neither a display nor Xvfb is available
          cause  DISPLAY and WAYLAND_DISPLAY are not set, and Xvfb (package xvfb) is
                 missing
          seen   DISPLAY, WAYLAND_DISPLAY: not set
                 Xvfb: not on PATH
          fix    install xvfb
                 apt-get update && apt-get install -y --no-install-recommends xvfb
          more   fyne-setup explain display.reachable

      ✗ OpenGL                    libGL.so.1 is not installed
          cause  OpenGL is missing: the package libgl1-mesa-dri and its dependencies
          seen   libGL.so.1: not found
          fix    install libgl-dev libgl1-mesa-dri
                 apt-get update && apt-get install -y --no-install-recommends \
                   libgl-dev libgl1-mesa-dri
          more   fyne-setup explain display.gl

    5 problems · 3 ok

    Next, let fyne-setup fix what it can:
      fyne-setup repair
    "#);
}

#[test]
fn a_bare_machine_in_chinese() {
    insta::assert_snapshot!(page(&fixture::bare(), Lang::ZhCn), @r#"
    fyne-setup 0.1.0 · Debian GNU/Linux 12 (bookworm) · x86_64
    目标：Fyne 2.8.1、Go 1.27.4、fyne.io/tools/cmd/fyne@v1.7.4

      ✓ 系统          2 项正常
      · C 编译器与库  1 项正常，3 项不正常（见下文）

      ✗ C 编译器      没有 C 编译器
          原因  缺少软件包 gcc，因此 PATH 中没有 gcc
          依据  PATH 中没有 gcc
          处理  安装 gcc
                apt-get update && apt-get install -y --no-install-recommends gcc
          详情  fyne-setup explain cgo.compiler

      ✗ pkg-config    没有 pkg-config
          原因  缺少软件包 pkg-config
          依据  PATH 中没有 pkg-config
          处理  安装 pkg-config
                apt-get update && apt-get install -y --no-install-recommends \
                  pkg-config
          详情  fyne-setup explain cgo.pkg-config

      ✗ C 头文件      有 15 个头文件未安装：c-compiler, stdlib.h, linux/input.h,
                      pkg-config, GL/glx.h, EGL/egl.h, X11/Xlib.h,
                      X11/extensions/shape.h, X11/extensions/Xrandr.h,
                      X11/Xcursor/Xcursor.h, X11/extensions/Xinerama.h,
                      X11/extensions/XInput2.h, xxf86vm, wayland-client-core.h,
                      xkbcommon/xkbcommon.h
          原因  缺少以下软件包：gcc libc6-dev linux-libc-dev pkg-config libgl-dev
                libegl-dev libx11-dev libxext-dev libxrandr-dev libxcursor-dev
                libxinerama-dev libxi-dev libxxf86vm-dev libwayland-dev
                libxkbcommon-dev
          依据  c-compiler
                libc
                kernel-headers
                另有 12 行（加 -v 可全部显示）
          处理  安装 gcc libc6-dev linux-libc-dev pkg-config libgl-dev libegl-dev
                libx11-dev libxext-dev libxrandr-dev libxcursor-dev libxinerama-dev
                libxi-dev libxxf86vm-dev libwayland-dev libxkbcommon-dev
                apt-get update && apt-get install -y --no-install-recommends gcc \
                  libc6-dev linux-libc-dev pkg-config libgl-dev libegl-dev \
                  libx11-dev libxext-dev libxrandr-dev libxcursor-dev \
                  libxinerama-dev libxi-dev libxxf86vm-dev libwayland-dev \
                  libxkbcommon-dev
          详情  fyne-setup explain cgo.headers

      ✗ 显示          没有显示，也没有可以代替的 Xvfb
          原因  DISPLAY 和 WAYLAND_DISPLAY 均未设置，并且缺少 Xvfb（软件包 xvfb）
          依据  未设置 DISPLAY, WAYLAND_DISPLAY
                PATH 中没有 Xvfb
          处理  安装 xvfb
                apt-get update && apt-get install -y --no-install-recommends xvfb
          详情  fyne-setup explain display.reachable

      ✗ OpenGL        未安装 libGL.so.1
          原因  缺少 OpenGL：软件包 libgl1-mesa-dri 及其依赖
          依据  未找到 libGL.so.1
          处理  安装 libgl-dev libgl1-mesa-dri
                apt-get update && apt-get install -y --no-install-recommends \
                  libgl-dev libgl1-mesa-dri
          详情  fyne-setup explain display.gl

    5 个问题 · 3 项正常

    下一步，让 fyne-setup 完成它能做的：
      fyne-setup repair
    "#);
}

#[test]
fn a_broken_machine() {
    insta::assert_snapshot!(page(&broken(), Lang::En), @r#"
    fyne-setup 0.1.0 · Debian GNU/Linux 12 (bookworm) · x86_64
    for Fyne 2.8.1 with Go 1.27.4 and fyne.io/tools/cmd/fyne@v1.7.4

      ✓ System                    2 checks ok
      · C compiler and libraries  3 ok, 1 not (see below)
      ✓ Display                   2 checks ok

      ✗ C headers                 2 headers are not installed:
                                  X11/extensions/Xrandr.h, X11/Xcursor/Xcursor.h
          cause  these packages are missing: libxrandr-dev libxcursor-dev
          seen   fatal error: X11/xrandr.h: No such file or directory\u{1b}[2J
                 fatal error: X11/xcursor.h: No such file or directory\u{1b}[2J
          fix    install libxrandr-dev libxcursor-dev
                 sudo apt-get update && sudo apt-get install -y \
                   --no-install-recommends libxrandr-dev libxcursor-dev
          more   fyne-setup explain cgo.headers

    1 problem · 7 ok

    Next, let fyne-setup fix what it can:
      fyne-setup repair
    "#);
    insta::assert_snapshot!(page(&broken(), Lang::ZhCn), @r#"
    fyne-setup 0.1.0 · Debian GNU/Linux 12 (bookworm) · x86_64
    目标：Fyne 2.8.1、Go 1.27.4、fyne.io/tools/cmd/fyne@v1.7.4

      ✓ 系统          2 项正常
      · C 编译器与库  3 项正常，1 项不正常（见下文）
      ✓ 显示          2 项正常

      ✗ C 头文件      有 2 个头文件未安装：X11/extensions/Xrandr.h,
                      X11/Xcursor/Xcursor.h
          原因  缺少以下软件包：libxrandr-dev libxcursor-dev
          依据  fatal error: X11/xrandr.h: No such file or directory\u{1b}[2J
                fatal error: X11/xcursor.h: No such file or directory\u{1b}[2J
          处理  安装 libxrandr-dev libxcursor-dev
                sudo apt-get update && sudo apt-get install -y \
                  --no-install-recommends libxrandr-dev libxcursor-dev
          详情  fyne-setup explain cgo.headers

    1 个问题 · 7 项正常

    下一步，让 fyne-setup 完成它能做的：
      fyne-setup repair
    "#);
}

#[test]
fn quiet_tells_only_what_is_bad() {
    let words = Words::of(Lang::En);
    let quiet = Detail { quiet: true, ..Detail::default() };
    assert_eq!(text::page(&report(&fixture::healthy()), &words, quiet).plain(), "");
    insta::assert_snapshot!(text::page(&report(&broken()), &words, quiet).plain(), @r#"
      ✗ C headers                 2 headers are not installed:
                                  X11/extensions/Xrandr.h, X11/Xcursor/Xcursor.h
          cause  these packages are missing: libxrandr-dev libxcursor-dev
          seen   fatal error: X11/xrandr.h: No such file or directory\u{1b}[2J
                 fatal error: X11/xcursor.h: No such file or directory\u{1b}[2J
          fix    install libxrandr-dev libxcursor-dev
                 sudo apt-get update && sudo apt-get install -y \
                   --no-install-recommends libxrandr-dev libxcursor-dev
          more   fyne-setup explain cgo.headers

    1 problem · 7 ok

    Next, let fyne-setup fix what it can:
      fyne-setup repair
    "#);
}

#[test]
fn no_line_is_wider_than_a_terminal_but_for_words_that_cannot_break() {
    let machines: [fn() -> Facts; 3] = [fixture::healthy, fixture::bare, broken];
    for facts in machines {
        let facts = facts();
        for lang in Lang::ALL {
            for line in page(&facts, lang).lines().filter(|it| page::width(it) > page::COLUMNS) {
                assert!(!line.trim_start().contains(' '), "{line}");
            }
        }
    }
}

#[test]
fn the_document_of_a_broken_machine() {
    let mut facts = broken();
    facts.native.capabilities.retain(|name, _| name != "xcursor");
    let want = fixture::want();
    let report = Report::checked(
        &facts,
        &want,
        fixture::known(),
        judge(&facts, &want, fixture::known(), &["cgo.headers".to_owned()]),
    );
    insta::assert_snapshot!(json::document(&report, &Words::of(Lang::En)), @r#"
    {
      "schema": 1,
      "command": "check",
      "ok": false,
      "exit": 1,
      "fyne_setup": "0.1.0",
      "duration_ms": 0,
      "machine": {
        "os": "linux",
        "distro": "debian 12",
        "arch": "x86_64",
        "family": "apt"
      },
      "target": {
        "go": "1.27.4",
        "fyne": "2.8.1",
        "cli": "fyne.io/tools/cmd/fyne@v1.7.4"
      },
      "checks": [
        {
          "id": "cgo.headers",
          "group": "cgo",
          "title": "C headers",
          "status": "fail",
          "summary": "X11/extensions/Xrandr.h is not installed",
          "cause": "the package libxrandr-dev is missing",
          "evidence": [
            "fatal error: X11/xrandr.h: No such file or directory\u001b[2J"
          ],
          "where": {
            "file": null,
            "line": null,
            "variable": null
          },
          "blocked_by": [],
          "remedy": {
            "text": "install libxrandr-dev",
            "command": "sudo apt-get update && sudo apt-get install -y --no-install-recommends libxrandr-dev",
            "auto": true,
            "needs_root": true
          },
          "duration_ms": 0
        }
      ]
    }
    "#);
}

#[test]
fn a_failure_says_what_where_and_what_to_do() {
    let failure = Failure::new(Code::ManifestUnreadable, text!("manifest-empty", file = "a.toml"))
        .exiting(Exit::Usage)
        .hint(text!("manifest-versions-only"))
        .at("/root/a.toml", Some(3));
    insta::assert_snapshot!(text::failure(&failure, &Words::of(Lang::En)).plain(), @r#"
    error: a.toml names no Fyne version
    at: /root/a.toml:3
    hint: a manifest from a file can only choose versions; module paths are built
          into the program
    "#);
    insta::assert_snapshot!(text::failure(&failure, &Words::of(Lang::ZhCn)).plain(), @r#"
    错误：a.toml 中没有任何 Fyne 版本
    位置：/root/a.toml:3
    提示：通过文件提供的清单只能选择版本，模块路径由程序内置
    "#);
    let document = json::document(&Report::failed("manifest", failure), &Words::of(Lang::En));
    insta::assert_snapshot!(document, @r#"
    {
      "schema": 1,
      "command": "manifest",
      "ok": false,
      "exit": 2,
      "fyne_setup": "0.1.0",
      "duration_ms": 0,
      "error": {
        "code": "manifest.unreadable",
        "message": "a.toml names no Fyne version",
        "hint": "a manifest from a file can only choose versions; module paths are built into the program",
        "file": "/root/a.toml",
        "line": 3
      }
    }
    "#);
}

#[test]
fn a_check_that_lacks_many_things_is_one_line_of_a_plan() {
    let want = fixture::want();
    let mut facts = fixture::bare();
    facts.host.rights = crate::facts::host::Rights::None;
    let findings = judge(&facts, &want, fixture::known(), &SHOWN.map(str::to_owned));
    let plan = crate::plan::make(&findings, &facts, &want, fixture::known(), crate::action::Scope::Install);
    assert!(plan.unmet.iter().filter(|it| it.0 == "cgo.headers").count() > 1);
    let page = super::plan::page(&plan, &Words::of(Lang::En), <_>::default(), None, &<_>::default()).plain();
    assert_eq!(page.matches("explain cgo.headers").count(), 1, "{page}");
}
