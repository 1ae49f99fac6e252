//! Names of variables, options and headers: which mean a secret, and which a proxy.

/// What a name holds that means a secret, wherever it stands in it.
const SECRET: &[&str] =
    &["PASSWORD", "PASSWD", "PASSPHRASE", "TOKEN", "SECRET", "CREDENTIAL", "KEY", "AUTH", "COOKIE"];

/// The same as a word of its own, between underscores.
const WORDS: &[&str] = &["PASS", "PWD", "PAT", "JWT"];

/// Names that have such a word and tell nothing.
const HARMLESS: &[&str] = &["PWD", "OLDPWD"];

/// Whether a name means a secret.
pub fn is_secret(name: &str) -> bool {
    // `"key": "GOPROXY"`: a key of a table, and of nothing that is locked.
    if name == "key" {
        return false;
    }
    let name = name.to_ascii_uppercase().replace(['-', '.'], "_");
    if HARMLESS.contains(&name.as_str()) {
        return false;
    }
    // Who wrote something, and who signed it, is known to everybody.
    let name = name.replace("AUTHORIZATION", "TOKEN").replace("AUTHORIT", "").replace("AUTHOR", "");
    SECRET.iter().any(|it| name.contains(it))
        || name.ends_with("PASS")
        || (name.ends_with("PAT") && !name.ends_with("COMPAT"))
        || name.split('_').any(|it| WORDS.contains(&it))
}

/// Whether a variable names a proxy, or a list of them.
pub fn is_proxy(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with("proxy") && !name.ends_with("no_proxy") && !name.ends_with("noproxy")
}

/// Whether a text may tell something though nothing is assigned in it: `set -x TOKEN abc`, `Bearer abc`, `--token abc`.
pub(super) fn may_tell(text: &str) -> bool {
    let upper = text.to_ascii_uppercase();
    let option = ["-p ", "-u ", "-U "].iter().any(|it| text.contains(it));
    upper.contains("BEARER ") || option || ((upper.contains("SET") || text.contains('-')) && is_secret(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_mean_a_secret_are_told_from_those_that_do_not() {
        for name in [
            "GITHUB_TOKEN",
            "DB_PASS",
            "DBPASS",
            "PASS",
            "MYSQL_PWD",
            "PGPASSWORD",
            "GH_PAT",
            "PAT",
            "NPM_AUTH",
            "GOAUTH",
            "AWS_SECRET_ACCESS_KEY",
            "OPENAI_API_KEY",
            "APIKEY",
            "KEY",
            "api-key",
            "--token",
            "X-Auth-Token",
            "Authorization",
            "PASSPHRASE",
            "DB_PASS_RO",
            "GIT_CREDENTIALS",
            "Cookie",
        ] {
            assert!(is_secret(name), "{name}");
        }
        for name in [
            "PATH",
            "GOPATH",
            "PWD",
            "OLDPWD",
            "XAUTHORITY",
            "GIT_AUTHOR_NAME",
            "GOFLAGS",
            "CC",
            "CGO_CFLAGS",
            "GOPROXY",
            "http_proxy",
            "key",
            "DISPLAY",
            "HOME",
            "LOGNAME",
            "COMPATIBLE",
            "LIBGL_COMPAT",
            "BYPASS_X",
        ] {
            assert!(!is_secret(name), "{name}");
        }
        assert!(is_proxy("https_proxy") && is_proxy("GOPROXY") && is_proxy("FYNE_SETUP_GOPROXY"));
        assert!(!is_proxy("NO_PROXY") && !is_proxy("GONOPROXY") && !is_proxy("PROXY_HOST"));
    }
}
