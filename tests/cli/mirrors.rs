//! Whom the program asks for the fastest module source, and when: a proxy on this machine hears every request and lets none
//! through, so that nobody answers.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use crate::program::Program;
use crate::schema::fits;

/// A proxy that refuses everybody, and whom it was asked for.
fn refusing() -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback can be bound");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let asked = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&asked);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut line = String::new();
            // Who only looks whether somebody listens says nothing.
            let _ = BufReader::new(&stream).read_line(&mut line);
            if let Some(host) = line.strip_prefix("CONNECT ").and_then(|it| it.split(':').next()) {
                kept.lock().expect("no test panics in it").push(host.to_owned());
            }
            let _ = stream.write_all(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
        }
    });
    (url, asked)
}

/// What is printed, and which hosts were asked for, sorted.
fn asked(args: &[&str]) -> (serde_json::Value, Vec<String>) {
    let (proxy, asked) = refusing();
    let program = Program::new();
    let mut command = program.command(args);
    command.env_remove("FYNE_SETUP_GOPROXY").env("https_proxy", &proxy);
    let output = command.output().expect("the program starts");
    let out = String::from_utf8(output.stdout).expect("UTF-8");
    let mut asked = asked.lock().expect("no test panics in it").clone();
    asked.sort();
    (fits(&out), asked)
}

const MIRRORS: [&str; 2] = ["goproxy.cn", "mirrors.aliyun.com"];

#[test]
fn mirrors_are_asked_in_chinese_or_where_the_default_does_not_answer_and_none_is_taken_that_does_not() {
    for (lang, of_default) in [("zh-CN", 1), ("en", 2)] {
        for command in [&["plan"][..], &["install", "--dry-run"]] {
            let args = [command, &["--json", "--no-proof", "--lang", lang]].concat();
            let (document, hosts) = asked(&args);
            let others: Vec<_> = hosts.iter().filter(|it| !MIRRORS.contains(&it.as_str())).collect();
            assert_eq!((hosts.len(), others.len()), (2 + of_default, of_default), "{args:?}: {hosts:?}");
            let source = &document["module_source"];
            assert_eq!((&source["default_ms"], &source["chosen"]), (&().into(), &().into()), "{source}");
            assert_eq!(source["mirrors"].as_array().map(Vec::len), Some(2), "{source}");
            assert_eq!(document["plan"]["want"]["goproxy"], serde_json::Value::Null, "as without mirrors");
        }
    }
}

#[test]
fn nobody_is_asked_by_a_look_nor_where_somebody_said_where_modules_come_from() {
    for args in [
        &["check", "--json", "--lang", "zh-CN"][..],
        &["plan", "--json", "--lang", "zh-CN", "--goproxy", "default"],
        &["plan", "--json", "--lang", "zh-CN", "--goproxy", "https://goproxy.example"],
        &["plan", "--json", "--lang", "zh-CN", "--offline"],
        &["repair", "--dry-run", "--json", "--lang", "zh-CN", "--goproxy", "default"],
    ] {
        let (document, hosts) = asked(args);
        assert_eq!(hosts, Vec::<String>::new(), "{args:?}");
        assert_eq!(document["module_source"], serde_json::Value::Null, "{args:?}");
    }
}
