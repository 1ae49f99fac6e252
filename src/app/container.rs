//! Where the system takes no packages: with consent a container is made, which shares the home, and the same command goes
//! on inside it. What is done inside stands in the journal as always; the container itself goes by the line that is said.

use super::run::Seen;
use super::{Declined, Session};
use crate::action::Plan;
use crate::disk_error::DiskError;
use crate::failure::{Code, Exit, Failure};
use crate::need::Need;
use crate::packages::image::Container;
use crate::quoting::quoted;
use crate::report::{Label, Page, Report};
use crate::system::{Ask, Environment, Look, Output, Spawn, System};

/// How long the list of containers may take.
const LIST_MS: u64 = 30_000;

/// Goes on in a container, where packages are missing that the system does not take. `None` where it does, where nothing
/// is missing, and where there is no tool that makes one.
pub fn instead(session: &Session, seen: &Seen, plan: &Plan) -> Result<Option<Report>, Failure> {
    let packages = &seen.known.packages;
    let (host, fyne) = (&seen.facts.host, &plan.want.target.fyne);
    let supplied = |need: &Need| match need {
        Need::Capability(name) => !packages.supplies(name, host, fyne).is_empty(),
        _ => false,
    };
    let missing = plan.unmet.iter().any(|(_, need)| supplied(need));
    let Some(container) = packages.container(host).filter(|_| missing && !plan.want.offline) else {
        return Ok(None);
    };
    let system = &session.doors.system;
    let there = exists(system.look, &container)?;
    let words = session.options.argv.get(1..).unwrap_or_default();
    session.consent_or_show(|| would(session, &container, there, words)).map_err(|declined| {
        let Declined { failure, .. } = declined;
        let no = failure.code == Code::ConfirmDeclined;
        let hint = match packages.layering(host) {
            Some(_) => text!("work-container-or-layer"),
            None => text!("work-container-declined"),
        };
        if no { failure.hint(hint) } else { failure }
    })?;
    if !there {
        create(system, &container)?;
        session.audience.say(&text!("work-container-made", line = &container.remove));
    }
    let code = enter(system, &container, words)?;
    Ok(Some(Report { code: Some(code), raw: Some(String::new()), ..Report::new("install") }))
}

/// What would be done, as it is typed.
fn would(session: &Session, container: &Container, there: bool, words: &[String]) -> Page {
    let mut page = Page::default();
    page.line(Label::Heading, session.words.key("work-container"));
    let mut command = |words: &[String]| {
        let line: Vec<String> = words.iter().map(|it| quoted(it)).collect();
        page.command(2, &line.join(" "));
    };
    if !there {
        command(&container.create);
    }
    command(&inner(container, words));
    page
}

fn inner(container: &Container, words: &[String]) -> Vec<String> {
    let program = std::slice::from_ref(&container.program);
    container.enter.iter().chain(program).chain(words).cloned().collect()
}

fn exists(look: &dyn Look, container: &Container) -> Result<bool, Failure> {
    let ask = Ask {
        program: container.list[0].clone().into(),
        args: container.list[1..].to_vec(),
        env: Environment::of_user(look.env()),
        dir: look.identity().cwd,
        limit_ms: LIST_MS,
        ..Ask::default()
    };
    match look.run(&ask).into_here().filter(|it| it.ok()) {
        Some(answer) => Ok(container.is_in(&answer.out())),
        None => Err(failed(container, "work-container-no-list")),
    }
}

fn create(system: &System<'_>, container: &Container) -> Result<(), Failure> {
    // What it says is for people, and no document of ours.
    let aside = ["/bin/sh", "-c", "exec \"$@\" >&2", "sh"].map(str::to_owned);
    let ended = run(system, &[&aside[..], &container.create].concat())?;
    if ended == 0 { Ok(()) } else { Err(failed(container, "work-container-failed")) }
}

/// The exit code of the same command inside.
fn enter(system: &System<'_>, container: &Container, words: &[String]) -> Result<u8, Failure> {
    run(system, &inner(container, words))
}

fn run(system: &System<'_>, words: &[String]) -> Result<u8, Failure> {
    let spawn = Spawn {
        program: words[0].clone().into(),
        args: words[1..].to_vec(),
        env: Environment::of_user(system.look.env()),
        dir: system.look.identity().cwd,
        terminal: true,
        output: Output::Through,
        survives: false,
    };
    let broken = |error| DiskError::new(&spawn.program, &error);
    let mut child = system.children.start(&spawn).map_err(broken)?;
    let ended = child.wait().map_err(broken)?;
    let code = ended.code.unwrap_or_else(|| 128 + ended.signal.unwrap_or(0));
    Ok(u8::try_from(code).unwrap_or(Exit::Failed as u8))
}

fn failed(container: &Container, key: &'static str) -> Failure {
    let line: Vec<String> = container.create.iter().map(|it| quoted(it)).collect();
    Failure::new(Code::PackagesByHand, crate::text::Text::new(key).with("name", container.name))
        .hint(text!("work-container-failed-hint", line = line.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Host;
    use crate::facts::host::{ContainerTool, Image, ImageKind};
    use crate::packages::Table;
    use crate::system::fake::{FakeNet, Living, Machine, Scripted};

    fn toolbox() -> Container {
        let image = Image { kind: ImageKind::Ostree, tool: Some(ContainerTool::Toolbox), layers: true };
        let mut host =
            Host { image: Some(image), home: crate::fact::Fact::Here("/root".into()), ..Host::default() };
        host.identity.executable = "/root/.local/bin/fyne-setup".into();
        Table::embedded().container(&host).expect("it has the tool")
    }

    fn machine(code: i32, listed: &str) -> Living {
        Living::new(Machine::linux().answer("/usr/bin/toolbox", "list --containers", code, listed, ""))
    }

    #[test]
    fn a_container_that_is_there_is_not_made_again_and_one_that_nobody_can_tell_of_is_not_entered() {
        for (code, listed, want) in [
            (0, "CONTAINER ID  CONTAINER NAME\n1a2b  fyne\n", Ok(true)),
            (0, "", Ok(false)),
            (1, "Error: no podman\n", Err(Code::PackagesByHand)),
        ] {
            let there = exists(&machine(code, listed), &toolbox());
            assert_eq!(there.map_err(|it| it.code), want, "{listed}");
        }
    }

    #[test]
    fn the_same_command_goes_on_inside_and_its_exit_code_is_ours() {
        let living = machine(0, "");
        let inside = "/usr/bin/toolbox run --container fyne /root/.local/bin/fyne-setup --json install --yes";
        let children = Scripted::on(&living)
            .part(
                "/bin/sh -c exec \"$@\" >&2 sh /usr/bin/toolbox --assumeyes create fyne",
                0,
                "Created container: fyne\n",
            )
            .part(inside, 3, "");
        let net = FakeNet::down();
        let system = System { look: &living, disk: &living, net: &net, children: &children };
        let words = ["--json", "install", "--yes"].map(str::to_owned);
        assert_eq!(create(&system, &toolbox()).map_err(|it| it.code), Ok(()));
        assert_eq!(enter(&system, &toolbox(), &words).map_err(|it| it.code), Ok(3));
        assert_eq!(children.lines()[1], inside);
    }

    #[test]
    fn one_that_cannot_be_made_is_not_entered() {
        let living = machine(0, "");
        let children = Scripted::on(&living).part("/bin/sh -c exec \"$@\" >&2 sh /usr/bin/toolbox", 1, "");
        let net = FakeNet::down();
        let system = System { look: &living, disk: &living, net: &net, children: &children };
        assert_eq!(create(&system, &toolbox()).map_err(|it| it.code), Err(Code::PackagesByHand));
    }
}
