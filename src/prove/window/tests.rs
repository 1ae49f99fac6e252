//! Tests of the window: whose it is, and when it counts as seen.

use std::io;
use std::sync::Mutex;

use super::*;
use crate::facts::display::Wslg;
use crate::failure::{Code, Exit};
use crate::picture::tests::shown;
use crate::system::disk::RealDisk;
use crate::system::fake::Machine;
use crate::system::real::RealLook;
use crate::system::screen::Desktop;
use crate::system::{Children, Disk as _, Ended, Line, Look as _, Net, NetError, Request, Response};

struct NoNet;
impl Net for NoNet {
    fn get(&self, _request: &Request) -> Result<Response, NetError> {
        Err(NetError::TimedOut { host: "nowhere".into() })
    }
}

/// Programs that live on as they were told to.
#[derive(Default)]
struct Programs {
    started: Mutex<Vec<Spawn>>,
    ends: Option<Ended>,
    xvfb_fails: bool,
}

impl Children for Programs {
    fn start(&self, spawn: &Spawn) -> io::Result<Box<dyn Child>> {
        self.started.lock().expect("one thread").push(spawn.clone());
        let xvfb = spawn.program.ends_with("Xvfb");
        let line = |error, text: &str| Line { error, text: text.into() };
        let lines = match (xvfb, self.xvfb_fails) {
            (true, true) => vec![line(true, "(EE) no screens found")],
            (true, false) => vec![line(true, "a warning"), line(false, "7")],
            _ => vec![],
        };
        Ok(Box::new(Program { lines, ends: self.ends.filter(|_| !xvfb) }))
    }
}

struct Program {
    lines: Vec<Line>,
    ends: Option<Ended>,
}

impl Child for Program {
    fn line(&mut self) -> Option<Line> {
        (!self.lines.is_empty()).then(|| self.lines.remove(0))
    }
    fn id(&self) -> u32 {
        1
    }
    fn poll(&mut self) -> io::Result<Option<Ended>> {
        Ok(self.ends)
    }
    fn wait(&mut self) -> io::Result<Ended> {
        Ok(self.ends.unwrap_or(Ended { code: None, signal: Some(15) }))
    }
    fn stop(&mut self) {}
}

/// What the display shows.
#[derive(Clone, Copy)]
enum Shows {
    Pattern,
    Black,
    /// Black until its size changes.
    Stale,
    Nothing,
}

impl Displays for Shows {
    fn secret(&self) -> io::Result<[u8; 16]> {
        Ok(*b"a cookie of ours")
    }
    fn open(&self, display: &str, cookie: Option<&[u8]>) -> io::Result<Box<dyn Screen>> {
        assert!([":7", ":0", ""].contains(&display), "{display}");
        assert_eq!(cookie, (display == ":7").then_some(&b"a cookie of ours"[..]), "{display}");
        Ok(Box::new(Show { shows: *self, picture: Mutex::default(), good: Mutex::default() }))
    }
}

struct Show {
    shows: Shows,
    picture: Mutex<Option<Picture>>,
    good: Mutex<Option<Picture>>,
}

impl Screen for Show {
    fn find(&self, title: &str, process: u32) -> io::Result<Option<u32>> {
        assert_eq!(process, 1, "the window is looked for among those of the program");
        if matches!(self.shows, Shows::Nothing) {
            return Ok(None);
        }
        let good = shown(title);
        let black = Picture { rgb: vec![0; good.rgb.len()], ..good.clone() };
        let picture = if matches!(self.shows, Shows::Black | Shows::Stale) { black } else { good };
        *self.good.lock().expect("one thread") = Some(shown(title));
        *self.picture.lock().expect("one thread") = Some(picture);
        Ok(Some(5))
    }
    fn show(&self, _window: u32) -> io::Result<()> {
        Ok(())
    }
    fn widen(&self, _window: u32) -> io::Result<()> {
        let mut picture = self.picture.lock().expect("one thread");
        if matches!(self.shows, Shows::Stale) {
            *picture = self.good.lock().expect("one thread").take();
        }
        Ok(())
    }
    fn capture(&self, window: u32) -> io::Result<Views> {
        assert_eq!(window, 5);
        Ok(self.picture.lock().expect("one thread").clone().into())
    }
}

struct Scene {
    dir: tempfile::TempDir,
    machine: Machine,
    programs: Programs,
    display: Display,
}

impl Scene {
    fn new() -> Self {
        let display = Display { xvfb: Fact::Here("/usr/bin/Xvfb".into()), ..Display::default() };
        let dir = tempfile::tempdir().expect("a temporary directory");
        Self { dir, machine: Machine::linux(), programs: Programs::default(), display }
    }

    fn log(mut self, text: &str) -> Self {
        let path = self.dir.path().join("cache/fyne-setup/proofs/program.log");
        self.machine = self.machine.file(path.to_str().expect("UTF-8"), text);
        self
    }

    fn prove(&self, shows: Shows) -> Result<Proof, Failure> {
        self.seen_by(&shows)
    }

    fn seen_by(&self, displays: &dyn Displays) -> Result<Proof, Failure> {
        let cache = self.dir.path().join("cache").display().to_string();
        let places = Places::linux(self.dir.path(), |name| (name == "XDG_CACHE_HOME").then(|| cache.clone()));
        let system = System { look: &self.machine, disk: &RealDisk, net: &NoNet, children: &self.programs };
        let user = self.machine.env.clone();
        let stage = Stage { system, displays, places: &places, user: &user, display: &self.display };
        stage.prove(Path::new("/cache/proof"))
    }

    fn file(&self, name: &str) -> bool {
        std::fs::exists(self.dir.path().join("cache/fyne-setup/proofs").join(name)).expect("readable")
    }
}

#[test]
fn a_window_with_the_pattern_is_proof_and_is_kept() {
    let mut scene = Scene::new();
    scene.machine = scene.machine.var("WAYLAND_DISPLAY", "wayland-0").var("XAUTHORITY", "/x");
    let proof = scene.prove(Shows::Pattern).expect("a proof");
    assert_eq!(proof.display, Which::Private);
    assert!(proof.matched >= 1.0 && scene.file("proof.png") && !scene.file("no-proof.png"));
    let started = scene.programs.started.lock().expect("one thread");
    let (server, program) = (&started[0], &started[1]);
    assert!(server.args.join(" ").contains("-nolisten tcp"));
    let dir = scene.dir.path().join("cache/fyne-setup/proofs").display().to_string();
    assert!(server.args.join(" ").ends_with(&format!("-auth {dir}/Xauthority")), "{:?}", server.args);
    assert_eq!(program.args, [format!("{dir}/pattern")], "what is to be drawn stands in no argument");
    assert!(!scene.file("pattern") && !scene.file("Xauthority"), "and is gone afterwards");
    let real = RealLook::new(std::collections::BTreeMap::new(), "/nowhere".into());
    let mode = |path: &str| real.stat(Path::new(path)).into_here().expect("there").mode;
    assert_eq!((mode(&dir), mode(&format!("{dir}/proof.png"))), (0o700, 0o600));
    assert_eq!((program.env["DISPLAY"].as_str(), program.env["LIBGL_ALWAYS_SOFTWARE"].as_str()), (":7", "1"));
    assert!(!program.env.contains_key("WAYLAND_DISPLAY"));
    assert_eq!(program.env["XAUTHORITY"], format!("{dir}/Xauthority"));
}

#[test]
fn the_desktop_of_windows_is_looked_at_as_it_is_and_no_server_is_started() {
    let mut scene = Scene::new();
    scene.machine.identity.os = "windows".into();
    let shown = Desktop { session: 1, visible: true, ..Desktop::default() };
    scene.display.desktop = Fact::Here(shown.clone());
    let proof = scene.prove(Shows::Pattern).expect("a proof");
    assert_eq!((proof.display, &*proof.rests_on.key), (Which::Desktop, "prove-rests-desktop"));
    {
        let started = scene.programs.started.lock().expect("one thread");
        assert_eq!(started.len(), 1, "no private server");
        assert!(!started[0].env.contains_key("FYNE_PLATFORM"), "nothing of X11 is set: {:?}", started[0].env);
    }
    scene.display.desktop = Fact::Here(Desktop { session: 0, visible: false, ..shown });
    let failure = scene.prove(Shows::Pattern).expect_err("no proof");
    assert_eq!((failure.code, &*failure.message.key), (Code::ProveNoDisplay, "prove-no-desktop"));
}

#[test]
fn on_a_mac_the_program_says_what_it_drew_and_over_ssh_nothing_is_started() {
    let mut scene = Scene::new();
    scene.machine.identity.os = "macos".into();
    scene.display = Display { session: Some(Fact::Here("Aqua".into())), ..Display::default() };
    let drawn = scene.dir.path().join("cache/fyne-setup/proofs/drawn.ppm");
    let part = drawn.with_file_name("drawn.ppm.part");
    RealDisk.make_dir(drawn.parent().expect("a directory"), 0o700).expect("writable");
    RealDisk.write(&drawn, "of a run that was killed".as_bytes(), None).expect("writable");
    let picture = |title: &str| {
        RealDisk.write(&part, "half of one".as_bytes(), None).expect("writable");
        let Picture { width, height, rgb } = shown(title);
        [format!("P6\n{width} {height}\n255\n").as_bytes(), &rgb].concat()
    };
    let title = Pattern::new(&format!("{:?}", Shows::Nothing.secret().expect("one"))).title();
    scene.machine = scene.machine.file(drawn.to_str().expect("UTF-8"), picture(&title));
    let proof = scene.prove(Shows::Nothing).expect("a proof");
    assert_eq!((&proof.display, &*proof.rests_on.key), (&Which::SelfReported, "prove-rests-self-reported"));
    assert_eq!(
        (&*proof.note().key, &*proof.basis().key),
        ("prove-self-reported", "rests-window-self-reported")
    );
    assert!(!scene.file("drawn.ppm") && !scene.file("drawn.ppm.part"), "neither stays beside the picture");
    let args = scene.programs.started.lock().expect("one thread")[0].args.clone();
    assert_eq!(args[1], drawn.display().to_string());
    let other = picture(&Pattern::new("another run").title());
    scene.machine = scene.machine.file(drawn.to_str().expect("UTF-8"), other);
    assert_eq!(scene.prove(Shows::Nothing).expect_err("not this run's").code, Code::ProvePicture);
    assert!(!scene.file("drawn.ppm.part"), "nor after a proof that failed");
    let black = [&b"P6\n480 360\n255\n"[..], &vec![0; 480 * 360 * 3]].concat();
    scene.machine = scene.machine.file(drawn.to_str().expect("UTF-8"), black);
    let failure = scene.prove(Shows::Nothing).expect_err("black");
    assert_eq!(
        (failure.code, &*failure.message.key),
        (Code::ProveCannotLook, "prove-self-reported-blank"),
        "no driver is blamed for what could not be read back"
    );
    scene.machine.files.remove(&drawn);
    let nothing = scene.prove(Shows::Nothing).expect_err("no word");
    assert_eq!(
        (nothing.code, &*nothing.message.key),
        (Code::ProveCannotLook, "prove-self-reported-nothing"),
        "whether a window opened is not known"
    );
    let log = drawn.with_file_name("program.log");
    let said = "Fyne error:  window creation error\n  Cause: APIUnavailable: NSGL: Failed to find a suitable pixel format\n";
    scene.machine = scene.machine.file(log.to_str().expect("UTF-8"), said);
    let failure = scene.prove(Shows::Nothing).expect_err("no window");
    assert_eq!(failure.code, Code::ProveNoWindow);
    assert!(failure.message.to_string().contains("suitable pixel format"), "{failure}");
    scene.display.session = Some(Fact::Here("Background".into()));
    let failure = scene.prove(Shows::Nothing).expect_err("no desktop");
    assert_eq!((failure.code, &*failure.message.key), (Code::ProveNoDisplay, "prove-mac-no-session"));
}

/// The windows of a Mac, where a person let this terminal look at them or did not.
struct Windows(bool);

impl Displays for Windows {
    fn open(&self, _display: &str, _cookie: Option<&[u8]>) -> io::Result<Box<dyn Screen>> {
        Err(io::ErrorKind::NotFound.into())
    }
    fn secret(&self) -> io::Result<[u8; 16]> {
        Shows::Nothing.secret()
    }
    fn may_record(&self) -> bool {
        self.0
    }
    fn window_of(&self, title: &str, process: u32) -> io::Result<Option<u32>> {
        assert!(self.0 && process == 1 && title.starts_with("fyne-setup "), "{title} {process}");
        Ok(Some(77))
    }
}

#[test]
fn a_mac_shows_its_window_to_whom_a_person_let_look_and_to_nobody_else() {
    let title = Pattern::new(&format!("{:?}", Shows::Nothing.secret().expect("one"))).title();
    let good = || Some(shown(&title));
    let black = || good().map(|it| Picture { rgb: vec![0; it.rgb.len()], ..it });
    for (given, seen, drawn, want) in [
        (true, good(), black(), Ok((Which::Recorded, "prove-rests-recorded"))),
        (true, good(), None, Ok((Which::Recorded, "prove-rests-recorded"))),
        (true, black(), good(), Ok((Which::SelfReported, "prove-rests-self-reported"))),
        (true, None, good(), Ok((Which::SelfReported, "prove-rests-self-reported"))),
        (true, black(), black(), Err("prove-recorded-unclear")),
        (false, good(), good(), Ok((Which::SelfReported, "prove-rests-self-reported"))),
        (false, good(), black(), Err("prove-self-reported-blank")),
    ] {
        let mut scene = Scene::new();
        scene.machine.identity.os = "macos".into();
        scene.display = Display { session: Some(Fact::Here("Aqua".into())), ..Display::default() };
        let dir = scene.dir.path().join("cache/fyne-setup/proofs").display().to_string();
        let file = format!("{dir}/seen.png");
        let (taken, code) = (format!("-x -o -t png -l 77 {file}"), i32::from(seen.is_none()));
        scene.machine = scene.machine.answer("/usr/sbin/screencapture", &taken, code, "", "");
        if let Some(picture) = seen {
            // The bar with the title stands above what the program draws.
            let bar = vec![0xe0; picture.width * 28 * 3];
            let (height, rgb) = (picture.height + 28, [bar, picture.rgb].concat());
            let png = Picture { height, rgb, ..picture }.png().expect("a picture");
            scene.machine = scene.machine.file(&file, png);
        }
        if let Some(Picture { width, height, rgb }) = drawn {
            let text = [format!("P6\n{width} {height}\n255\n").as_bytes(), &rgb].concat();
            scene.machine = scene.machine.file(&format!("{dir}/drawn.ppm"), text);
        }
        match (scene.seen_by(&Windows(given)), want) {
            (Ok(proof), Ok((which, key))) => {
                assert_eq!((&proof.display, &*proof.rests_on.key), (&which, key), "{given}");
            }
            (Err(failure), Err(key)) => {
                assert_eq!((failure.code, &*failure.message.key), (Code::ProveCannotLook, key), "{given}");
                let hint = failure.hint.expect("what a person can do");
                assert_eq!(hint.key, "prove-seen-instead-and", "what to do and the picture are both told");
            }
            (seen, want) => panic!("{given}: {seen:?}, not {want:?}"),
        }
        assert!(!scene.file("seen.png") && !scene.file("pattern"), "nothing stays beside the picture");
    }
}

#[test]
fn the_users_own_display_comes_first_and_keeps_its_driver() {
    let mut scene = Scene::new();
    scene.display.x11 = Some((":0".into(), Fact::Here("The X.Org Foundation".into())));
    let proof = scene.prove(Shows::Pattern).expect("a proof");
    assert_eq!(proof.display, Which::Users(":0".into()));
    let started = scene.programs.started.lock().expect("one thread");
    assert_eq!(started.len(), 1, "no private server");
    assert!(!started[0].env.contains_key("LIBGL_ALWAYS_SOFTWARE"));
}

#[test]
fn a_window_that_wslg_can_show_is_never_shown_where_nobody_sees_it() {
    let answers = || Fact::Here("Microsoft Corporation".to_owned());
    let wslg = |local| Wslg { dir: "/mnt/wslg".into(), x11: answers(), wayland: Fact::Absent, local };
    let mut scene = Scene::new();
    // Nothing is set, or what is set leads elsewhere: WSLg is asked all the same.
    for x11 in [None, Some(("172.30.96.1:0".to_owned(), Fact::Absent))] {
        scene.display = Display { x11, wslg: Some(wslg(answers())), ..scene.display };
        assert_eq!(scene.prove(Shows::Pattern).expect("a proof").display, Which::Users(":0".into()));
    }
    scene.display.wslg = Some(wslg(Fact::Absent));
    let failure = scene.prove(Shows::Pattern).expect_err("no proof on the private one");
    assert_eq!((failure.code, &*failure.message.key), (Code::ProveNoDisplay, "prove-wslg-hidden"));
    let stopped = Wslg { x11: Fact::Absent, ..wslg(Fact::Absent) };
    scene.display.wslg = Some(stopped);
    assert_eq!(scene.prove(Shows::Pattern).expect("a proof").display, Which::Private);
}

#[test]
fn a_black_window_is_no_proof_and_is_kept_for_people_to_see() {
    let scene = Scene::new();
    let failure = scene.prove(Shows::Black).expect_err("no proof");
    assert_eq!((failure.code, failure.exit), (Code::ProvePicture, Exit::Problems));
    assert_eq!(failure.message.key, "prove-blank");
    assert!(scene.file("no-proof.png") && !scene.file("proof.png"));
    assert!(failure.hint.is_some_and(|it| it.key == "prove-seen-instead"));
}

#[test]
fn a_window_that_draws_right_once_its_size_changes_is_made_wider() {
    let scene = Scene::new();
    let proof = scene.prove(Shows::Stale).expect("a proof");
    assert!(proof.matched >= 1.0 && proof.millis > 3_000 && scene.file("proof.png"));
}

#[test]
fn without_a_window_the_programs_own_words_are_given() {
    let log =
        "2026/11/24 Fyne error:  window creation error\n2026/11/24   Cause: VersionUnavailable: no GL\n";
    let failure = Scene::new().log(log).prove(Shows::Nothing).expect_err("no proof");
    assert_eq!(failure.code, Code::ProveNoWindow);
    assert!(failure.message.to_string().ends_with("said=VersionUnavailable: no GL"), "{failure}");
    let failure = Scene::new().prove(Shows::Nothing).expect_err("no proof");
    assert_eq!(failure.message.key, "prove-no-window-in-time");
}

#[test]
fn a_program_that_ends_is_no_proof() {
    let mut scene = Scene::new().log("panic: no display\ngoroutine 1\n");
    scene.programs.ends = Some(Ended { code: Some(2), signal: None });
    let failure = scene.prove(Shows::Nothing).expect_err("no proof");
    assert_eq!(failure.code, Code::ProveEnded);
    assert!(failure.message.to_string().contains("code=2 said=panic: no display"), "{failure}");
}

#[test]
fn what_windows_refuses_is_told_before_the_panic_that_follows() {
    // As it was written under Wine without a display.
    let mut scene = Scene::new().log(
        "2026/11/29 08:10:40 PlatformError: Win32: Failed to create helper window: Invalid parameter. \n\
         panic: NotInitialized: The GLFW library is not initialized\n\ngoroutine 1 [running]:\n",
    );
    scene.programs.ends = Some(Ended { code: Some(2), signal: None });
    let failure = scene.prove(Shows::Nothing).expect_err("no proof");
    let said = "said=PlatformError: Win32: Failed to create helper window: Invalid parameter.";
    assert!(failure.message.to_string().ends_with(said), "{failure}");
}

#[test]
fn where_nothing_can_be_seen_it_says_why() {
    let mut scene = Scene::new();
    scene.programs.xvfb_fails = true;
    let failure = scene.prove(Shows::Pattern).expect_err("no proof");
    assert_eq!(failure.code, Code::ProveServer);
    scene.display.xvfb = Fact::Absent;
    assert_eq!(scene.prove(Shows::Pattern).expect_err("no proof").code, Code::ProveNoDisplay);
    scene.display.wayland = Some(("/run/user/0/wayland-0".into(), Fact::Here(())));
    assert_eq!(scene.prove(Shows::Pattern).expect_err("no proof").code, Code::ProveCannotLook);
}
