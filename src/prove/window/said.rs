//! What the program says in its log.

/// What Fyne and GLFW write when there will be no window. They are not translated.
pub(super) fn is_window_error(log: &str) -> bool {
    ["window creation error", "failed to initialise GLFW", "PlatformUnavailable", "APIUnavailable"]
        .iter()
        .any(|it| log.contains(it))
}

/// The cause as the program's log has it: Fyne writes it after `Cause:`.
pub(super) fn telling(log: &str) -> String {
    let cause = log.lines().find_map(|it| it.split_once("Cause:")).map(|it| it.1);
    // GLFW says what Windows refuses, then goes on, and Fyne panics over what is not there.
    let windows = log.lines().find_map(|it| it.find("PlatformError: Win32").map(|at| &it[at..]));
    let panic = log.lines().find(|it| it.starts_with("panic:"));
    let last = log.lines().rfind(|it| !it.trim().is_empty());
    let line = cause.or(windows).or(panic).or(last).unwrap_or("").trim();
    line.chars().take(300).collect()
}
