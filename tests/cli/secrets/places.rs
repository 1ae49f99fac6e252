//! Where people have secrets: variables, files, a journal, and what they type. To add a place: a row.

/// What stands for a number in the tables: one secret in the words of its place.
pub const HERE: &str = "@@";

/// Variables of the environment, with one way to write a password each.
pub const ENVIRONMENT: [&[(&str, &str)]; 2] = [
    &[
        ("HTTP_PROXY", "bob:@@@127.0.0.1:9"),
        ("http_proxy", "http://bob:@@,e2@127.0.0.1:9"),
        ("HTTPS_PROXY", "http://bob:a,@@@127.0.0.1:9"),
        ("https_proxy", "http://bob:a/@@@127.0.0.1:9"),
        ("ALL_PROXY", "socks5://bob:a'@@@127.0.0.1:9"),
        ("all_proxy", "http://bob:a@@@@127.0.0.1:9"),
        ("GOPROXY", "https://bob:@@@127.0.0.1:9/go,https://ann:a,@@@127.0.0.1:9|direct"),
        ("FYNE_SETUP_GO_MIRROR", "https://bob:@@@127.0.0.1:9/go/?sig=@@"),
        ("GOAUTH", "git @@"),
        ("CC", "gcc -DTOK=@@"),
        ("CXX", "g++ -DTOK=\"@@\""),
        ("CGO_CFLAGS", "-O2 -DAPI_TOKEN=@@"),
        ("CGO_CPPFLAGS", "-DSECRET=@@"),
        ("CGO_CXXFLAGS", "--token @@ -p @@"),
        ("PKG_CONFIG", "pkg-config --password @@"),
        ("GOFLAGS", "-ldflags=-X=main.token=@@ -bogus"),
        ("GITHUB_TOKEN", "@@"),
        ("GH_PAT", "@@"),
        ("DB_PASS", "a b;@@"),
        ("MYSQL_PWD", "@@"),
        ("NPM_AUTH", "@@"),
        ("AWS_SECRET_ACCESS_KEY", "@@"),
        ("OPENAI_API_KEY", "@@"),
        ("SSH_PASSPHRASE", "@@"),
        ("GIT_HTTP_EXTRAHEADER", "Authorization: Bearer @@"),
        ("MY_LITTLE_NOTE", "@@"),
        ("GOPRIVATE", "glpat-aB3dEf6hIj9k@@"),
        ("GOINSECURE", "https://host.test/token/aB3d@@Ye5f6G7/x"),
    ],
    &[
        ("HTTP_PROXY", "http://bob:a\"@@@127.0.0.1:9"),
        ("http_proxy", "http://bob:a|@@@127.0.0.1:9"),
        ("HTTPS_PROXY", "bob:1/@@@127.0.0.1:9"),
        ("https_proxy", "http://bob:a?@@@127.0.0.1:9"),
        ("ALL_PROXY", "http://bob:a#@@@127.0.0.1:9"),
        ("all_proxy", "bob:a b@@@127.0.0.1:9"),
        ("GOPROXY", "ftp://bob:@@@127.0.0.1:9"),
        ("FYNE_SETUP_GOPROXY", "bob:@@@127.0.0.1:9"),
        ("GOAUTH", "@@"),
        ("CC", "gcc --token @@ -p @@"),
        ("CXX", "no-such-compiler --api-key=@@ '--password' 'a @@' -p@@"),
        ("GOVCS", "https://host.test/x#@@"),
        ("GOINSECURE", "https://host.test/?@@&access_token=@@#@@"),
        ("FYNE_SETUP_GO_MIRROR", "https://bob%3A@@%40127.0.0.1:9/go"),
        ("CGO_LDFLAGS", "-L/opt -Wl,--token=@@"),
        ("GOFLAGS", "-mod=mod \"-ldflags=-X main.apiKey=@@\""),
        ("GO111MODULE", "https://bob:@@@127.0.0.1:9"),
        ("GOSUMDB", "sum.golang.org https://bob:@@@127.0.0.1:9"),
        ("GONOSUMDB", "https://bob:@@@host.test"),
    ],
];

/// Files below home: what they hold, and whether their own commands may read it as a setting.
pub const FILES: &[(&str, &str)] = &[
    (
        ".profile",
        "# the old password was @@\n\
         export http_proxy=bob:@@@127.0.0.1:9\n\
         export https_proxy='https://bob:@@,a7@127.0.0.1:9'\n\
         export ALL_PROXY=\"http://bob:@@/a8@127.0.0.1:9\"\n\
         export MYSQL_PWD=@@ DB_PASS='x @@' GH_PAT=\"@@\"\n\
         NPM_AUTH=@@; export NPM_AUTH\n\
         export A_NOTE=@@\n\
         alias up='curl -H \"Authorization: Bearer @@\" https://host.test'\n\
         alias in='mysql -u root -p@@'\n\
         psql <<< '@@'\n\
         cat >/dev/null <<END\n@@\nEND\n\
         login() { curl -u bob:@@ https://host.test; }\n\
         setenv GITLAB_TOKEN @@\n\
         export CXX='g++ -DTOK=@@'\n\
         export CGO_CXXFLAGS='--token @@ --password @@ -p @@ -p@@'\n\
         export GONOPROXY=https://bob%3A@@%40host.test/x#@@\n\
         export GOFLAGS=-ldflags=-X=main.token=@@\n\
         export GOAUTH='git @@'\n\
         export CARGO_REGISTRY_TOKEN=@@\n\
         . ~/.secrets\n\
         . ~/.bashrc\n",
    ),
    (
        ".bashrc",
        "export GOPROXY=https://bob:@@@127.0.0.1:9,direct\n\
         export GONOSUMDB=https://bob:@@@host.test\n\
         eval \"$(vault --token=@@)\"\n\
         export PATH=\"$HOME/@@x/bin:$PATH\" # in a path it is no secret\n",
    ),
    (".secrets", "STRIPE=@@\nexport OTHER='@@'\nssh-add <(echo @@)\n"),
    (".bash_login", "export LOGIN_NOTE=@@\n"),
    (".zshrc", "export ZSH_NOTE=@@\n"),
    (".xprofile", "export X_NOTE=@@\nexport CC='gcc -DTOK=@@'\n"),
    (".pam_environment", "A_TOKEN=@@\nA_NOTE=\"@@\"\n"),
    (".config/environment.d/10-mine.conf", "B_TOKEN=@@\nB_NOTE=@@\n# @@\n"),
    (".config/fish/config.fish", "set -gx GITHUB_TOKEN @@\nset -x NOTE @@\n"),
    (".config/fish/fish_variables", "SETUVAR --export OPENAI_API_KEY:@@\nSETUVAR NOTE:@@\n"),
    (
        ".config/go/env",
        "GOPROXY=https://bob:@@@127.0.0.1:9/go|off\n\
         GOFLAGS=-mod vendor -ldflags=-X=main.token=@@\n\
         GOAUTH=git @@\n\
         GOPRIVATE=https://bob:@@@host.test\n\
         CGO_CFLAGS=-DTOK=@@\n\
         CGO_CPPFLAGS=--token @@ -p @@\n\
         password = @@\n\
         =@@\n\
         \x20=@@\n\
         My @@=x\n\
         =======@@\n\
         >>>>>>> @@\n",
    ),
    (".netrc", "machine 127.0.0.1 login me password @@\n"),
    (".git-credentials", "https://bob:@@@host.test\n"),
    (".config/pip/pip.conf", "index-url = https://bob:@@@host.test\n"),
    (
        "app/go.mod",
        "module x\n\ngo 1.24\n\nrequire fyne.io/fyne/v2 v2.8.1 // @@\n\nreplace a.test/b => https://bob:@@@host.test\n\
         replace a.test/c => ../bob:@@@host/c\nreplace a.test/d => /srv/bob:@@@d\n",
    ),
    (
        "build.log",
        "x.c:1:1: fatal error: X11/Xlib.h: No such file or directory, with ghp_aB3dEf6hIj9kLm2n@@\n\
         x.c:1:1: fatal error: X11/extensions/Xrandr.h: No such file or directory, the password is @@\n\
         x.c:1:1: fatal error: X11/Xcursor/Xcursor.h: No such file or directory; Authorization=Basic @@\n\
         x.c:1:1: fatal error: X11/extensions/Xinerama.h: No such file or directory 密码：@@\n\
         x.c:1:1: fatal error: GL/gl.h: No such file or directory \"https:\\/\\/bob:@@@host.test\\/x\"\n",
    ),
    ("app/.env", "PASSWORD=@@\n"),
    ("app/main.go", "package main\n\nconst key = \"@@\"\n\nfunc main() {}\n"),
];

/// A journal of a version that wrote values as they were.
pub const JOURNAL: &str = r#"{"schema":1,"run":"1-1","time":1,"event":"begin","program":"0.1.0","command":"install","want":{"goal":"desktop","target":{"go":"1.27.4","go_min":"1.22.0","go_max":[1,27],"fyne":"2.8.1","cli":"fyne.io/tools/cmd/fyne@v1.7.4","needs":[],"floor":[]},"go":null,"fyne":null,"project":null,"offline":false,"system":false,"prefix":null,"upgrade":false,"proof":false,"warm":false,"modify_path":true,"goproxy":"https://bob:@@@127.0.0.1:9","go_mirrors":["https://bob:@@@127.0.0.1:9"],"no_sudo":false},"scope":"install"}
{"schema":1,"run":"1-1","time":1,"event":"intent","step":1,"action":{"kind":"set-go-env","file":"/nowhere","key":"GOPROXY","value":"bob:@@@127.0.0.1:9,direct"},"because":["go.proxy"],"undo":[{"undo":"remove-file","path":"/nowhere","wrote":null}]}
{"schema":1,"run":"1-1","time":1,"event":"done","step":1}
{"schema":1,"run":"1-1","time":1,"event":"end","exit":0}
"#;

/// Command lines, over both worlds; `{lang}` is each language once.
pub const COMMANDS: &[&[&str]] = &[
    &["check", "-v"],
    &["check", "--json", "--project", "app"],
    &["check", "-vvv", "--goal", "build"],
    &["check", "--record", "rec", "--project", "app"],
    &[
        "plan",
        "install",
        "-v",
        "--goproxy",
        "https://bob:a,@@@127.0.0.1:9/x",
        "--go-mirror",
        "https://bob:a/@@@127.0.0.1:9/?k=@@",
    ],
    &["plan", "repair", "--json", "--goproxy", "bob:@@@127.0.0.1:9"],
    &["install", "--dry-run", "--json", "--goproxy=https://bob:@@@127.0.0.1:9|direct"],
    &["repair", "--dry-run", "-v"],
    &["repair", "go.flags", "--json"],
    &["env", "--json"],
    &["history"],
    &["history", "--json", "1-1"],
    &["undo", "--dry-run", "-v"],
    &["uninstall", "--dry-run", "--json"],
    &["explain", "go.proxy"],
    &["run", "--", "sh", "-c", ":", "--token=@@", "-u", "bob:@@", "https://bob:@@@host.test"],
    &["run", "-vv", "--", "true", "-p", "@@", "-p@@", "--token", "@@", "--password=@@"],
    &[
        "run",
        "-vv",
        "--",
        "true",
        "https://host.test/a?@@#@@",
        "https://bob%3A@@%40host.test",
        "../bob:@@@host/x",
    ],
    &["plan", "install", "--json", "--goproxy", "https://bob%3A@@%40127.0.0.1:9/x?token=@@#@@"],
    &[
        "run",
        "-vv",
        "--",
        "true",
        "ghp_aB3dEf6hIj9kLm2n@@",
        "xoxb-12345678901-aB3d@@",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.aB3d@@",
        "Authorization=Basic @@",
        "https:\\/\\/bob:@@@host.test\\/x",
        "https://host.test/token/aB3d@@Ye5f6G7/x",
        "the password is @@",
        "密码：@@",
    ],
    &["diagnose", "build.log"],
    &["diagnose", "--json", "build.log"],
    &["plan", "install", "-v", "--goproxy", "https://bob:@@@127.0.0.1:9/x,direct"],
    &["install", "--prefix", "https://bob:@@@host.test/go"],
    &["check", "https://bob:@@@host.test"],
    &["install", "--go", "https://bob:@@@host.test"],
    &["install", "--pasword=@@", "--json"],
    &["--manifest", "https://bob:@@@127.0.0.1:9/m.toml", "plan"],
    &["apply", "plan.json", "--goproxy", "https://bob:@@@host.test"],
];
