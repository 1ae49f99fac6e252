//! What is there for all users, on a machine in memory: laid, read by all, taken back to the byte.

use super::*;
use crate::system::Look;

#[test]
fn what_is_for_all_users_can_be_read_by_all_and_goes_to_the_byte() {
    let zshenv = "/etc/zsh/zshenv";
    let mut stand = Stand::new(machine().file(zshenv, "# theirs\n"));
    let places = crate::places::Places::system("linux");
    let before = stand.living.now_is();
    stand.facts.ours.places = places.clone();
    stand.facts.host.home = Fact::Here(places.home_of_nobody());
    let children = Scripted::on(&stand.living);
    drop(crate::journal::lock::enter(stand.system(&children), &places).expect("nobody is here"));
    let path = crate::shells::for_anybody(
        crate::shells::path_of_all(&places.home_of_nobody(), false),
        &places.home_of_nobody(),
    );
    let env = Action::WriteEnvFiles { path, variables: vec![], desktop: true };
    assert_eq!(stand.perform(&children, env), Ok(()));
    for file in ["/etc/profile.d/fyne-setup.sh", zshenv, "/etc/fish/conf.d/fyne-setup.fish"] {
        assert_eq!(stand.perform(&children, Action::EditProfile { file: file.into() }), Ok(()), "{file}");
    }
    let mode = |path: &str| stand.living.stat(path.as_ref()).into_here().map(|it| it.mode & 0o777);
    for dir in ["/opt/fyne-setup", "/opt/fyne-setup/etc"] {
        assert_eq!(mode(dir), Some(0o755), "{dir}");
    }
    for file in
        ["/opt/fyne-setup/etc/env", "/etc/profile.d/fyne-setup.sh", "/etc/environment.d/60-fyne-setup.conf"]
    {
        assert_eq!(mode(file), Some(0o644), "{file}");
    }
    assert_eq!(mode("/opt/fyne-setup/backups"), Some(0o700), "they hold what was a person's");
    let text = stand.living.text("/etc/profile.d/fyne-setup.sh").unwrap_or_default();
    assert!(
        text.contains("if [ -r '/opt/fyne-setup/etc/env' ]; then . '/opt/fyne-setup/etc/env'; fi"),
        "{text}"
    );
    for step in stand.runs().iter().flat_map(|it| &it.steps) {
        let believed = crate::apply::revert::believed::step(&stand.living, &places, step);
        assert_eq!(believed, Ok(()), "{step:?}");
    }
    assert!(stand.take_back(&children).iter().all(StepUndone::whole));
    let etc = |machine: &Machine| {
        machine
            .files
            .iter()
            .filter(|it| it.0.starts_with("/etc"))
            .map(|it| format!("{it:?}"))
            .collect::<Vec<_>>()
    };
    assert_eq!(etc(&stand.living.now_is()), etc(&before));
}
