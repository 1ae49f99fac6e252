//! The door against servers that misbehave.

use std::io::{self, Read};
use std::time::Duration;

use super::loopback::{self, Server};
use super::{RealNet, content_range};
use crate::system::{CertificateFault, Net, NetError, Request, Response, UrlRule};

const CA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/tls/ca.pem");

fn net(env: &[(&str, &str)]) -> RealNet {
    RealNet::new(&env.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect())
}

fn body(response: Response) -> io::Result<Vec<u8>> {
    let (mut response, mut all) = (response, Vec::new());
    response.body.read_to_end(&mut all).map(|_| all)
}

fn refused(net: &RealNet, url: &url::Url) -> NetError {
    match net.get(&Request::new(url.clone())) {
        Err(error) => error,
        Ok(it) => panic!("{url} answered {}", it.status),
    }
}

#[test]
fn a_get_gives_status_length_tag_and_body() {
    let server = Server::start(|asked, out| loopback::serve(asked, out, b"0123456789"));
    let net = net(&[]);
    let all = net.get(&Request::new(server.at("/x"))).expect("an answer");
    assert_eq!((all.status, all.length, all.etag.as_deref()), (200, Some(10), Some("\"v1\"")));
    assert_eq!(body(all).expect("a body"), b"0123456789");
    let part = Request {
        range: Some((3, Some(6))),
        if_range: Some("\"v1\"".into()),
        ..Request::new(server.at("/x"))
    };
    let part = net.get(&part).expect("an answer");
    assert_eq!((part.status, part.range), (206, Some((3, Some(10)))));
    assert_eq!(body(part).expect("a body"), b"345");
    assert_eq!(server.asked()[1].field("if-range"), "\"v1\"");
    assert_eq!(server.asked()[0].field("accept-encoding"), "identity");
}

#[test]
fn what_is_compressed_on_the_way_stays_as_it_came() {
    let server = Server::start(|_, out| {
        loopback::reply(out, "200 OK", &[("Content-Encoding", "gzip")], b"\x1f\x8bxyz")
    });
    let net = net(&[]); // dropped, it ends its transfers
    let answer = net.get(&Request::new(server.at("/"))).expect("an answer");
    assert_eq!(body(answer).expect("a body"), b"\x1f\x8bxyz");
}

#[test]
fn content_ranges_are_read_strictly() {
    let table = [
        ("bytes 5-9/100", Some((5, Some(100)))),
        ("bytes 5-9/*", Some((5, None))),
        ("bytes 9-5/100", None),
        ("bytes 5-100/100", None),
        ("bytes */100", None),
        ("items 5-9/100", None),
    ];
    for (text, expected) in table {
        assert_eq!(content_range(text), expected, "{text}");
    }
}

#[test]
fn only_https_and_loopback_are_fetched() {
    let net = net(&[]);
    for url in ["http://go.dev/dl/", "http://192.0.2.7/", "ftp://127.0.0.1/", "file:///etc/passwd"] {
        let error = refused(&net, &url.parse().expect("a URL"));
        assert!(matches!(error, NetError::NotAllowed { .. }), "{url}: {error}");
    }
}

#[test]
fn redirects_are_followed_five_times_and_never_to_where_we_may_not_go() {
    let server = Server::start(|asked, out| {
        let to = match asked.path.as_str() {
            "/loop" => "/loop".to_owned(),
            "/plain" => "http://192.0.2.7/x".to_owned(),
            "/user" => format!("http://eve:CANARY@{}/0", asked.field("host")),
            "/0" => return loopback::reply(out, "200 OK", &[], b"there"),
            path => format!("/{}", path[1..].parse::<u32>().expect("a number") - 1),
        };
        loopback::reply(out, "302 Found", &[("Location", &to)], b"")
    });
    let net = net(&[]);
    assert_eq!(body(net.get(&Request::new(server.at("/5"))).expect("five hops")).expect("a body"), b"there");
    let table = [
        ("/6", UrlRule::Redirects),
        ("/loop", UrlRule::Redirects),
        ("/plain", UrlRule::Plain),
        ("/user", UrlRule::UserName),
    ];
    for (path, broken) in table {
        let error = refused(&net, &server.at(path));
        let NetError::NotAllowed { rule, .. } = &error else { panic!("{path}: {error:?}") };
        assert_eq!(*rule, broken, "{path}");
        assert!(!format!("{error} {error:?}").contains("CANARY"));
    }
}

#[test]
#[cfg_attr(windows, ignore = "whom Windows believes, and whether it asks for revoked ones, is its own")]
fn https_does_not_fall_back_to_http() {
    let plain = Server::start(|_, out| loopback::reply(out, "200 OK", &[], b"stolen"));
    let to = plain.url.clone();
    let server =
        Server::start_tls(move |_, out| loopback::reply(out, "302 Found", &[("Location", &to)], b""));
    let error = refused(&net(&[("SSL_CERT_FILE", CA)]), &server.at("/"));
    assert!(matches!(error, NetError::NotAllowed { .. }), "{error}");
    assert!(plain.asked().is_empty());
}

#[test]
#[cfg_attr(windows, ignore = "whom Windows believes, and whether it asks for revoked ones, is its own")]
fn a_certificate_is_believed_when_its_ca_is_and_else_its_issuer_is_named() {
    let server = Server::start_tls(|_, out| loopback::reply(out, "200 OK", &[], b"secret"));
    let answer = net(&[("SSL_CERT_FILE", CA)]).get(&Request::new(server.at("/"))).expect("a trusted answer");
    assert_eq!(body(answer).expect("a body"), b"secret");
    match refused(&net(&[]), &server.at("/")) {
        // Where the machine itself has no certificates, that is what is said.
        NetError::Certificate {
            fault: CertificateFault::NoAuthorities { file: None }, issuer: None, ..
        } => {}
        NetError::Certificate { host, issuer, fault } => {
            assert!(server.url.ends_with(&host), "{host}");
            assert_eq!((issuer.as_deref(), fault), (Some("Test Office CA"), CertificateFault::UnknownIssuer));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_proxy_is_used_and_its_refusal_is_told_without_its_password() {
    let table = [
        (403, "403 Forbidden by policy"),
        (407, "407 Proxy Authentication Required"),
        (407, "407 Sign in at the desk"),
        (502, "502 Bad Gateway"),
    ];
    for (status, line) in table {
        let server = Server::start(move |_, out| loopback::reply(out, line, &[], b"no"));
        let with_login = server.url.replace("://", "://anna:CANARY@");
        let error =
            refused(&net(&[("https_proxy", &with_login)]), &"https://go.dev/dl/".parse().expect("a URL"));
        assert!(!format!("{error} {error:?}").contains("CANARY"), "{error:?}");
        assert_eq!(
            error,
            NetError::Proxy { proxy: server.url.clone(), status: Some(status), why: line.into() }
        );
        let asked = server.asked();
        assert_eq!((asked[0].method.as_str(), asked[0].path.as_str()), ("CONNECT", "go.dev:443"));
        assert!(asked.iter().all(|it| it.field("proxy-authorization") == "Basic YW5uYTpDQU5BUlk="));
    }
}

#[test]
fn a_proxy_that_nobody_listens_at_is_named() {
    let error =
        refused(&net(&[("https_proxy", "http://127.0.0.1:1")]), &"https://go.dev/".parse().expect("a URL"));
    let NetError::Proxy { proxy, status: None, why } = &error else { panic!("{error:?}") };
    assert_eq!((proxy.as_str(), why.as_str()), ("http://127.0.0.1:1", "Connection refused"));
}

#[test]
fn what_does_not_listen_is_unreachable_and_what_is_silent_is_late() {
    let error = refused(&net(&[]), &"http://127.0.0.1:1/".parse().expect("a URL"));
    assert_eq!(error, NetError::Unreachable { host: "127.0.0.1:1".into(), why: "Connection refused".into() });
    let silent = Server::start(|_, _| {
        std::thread::park();
        Ok(())
    });
    let request = Request { first_byte: Duration::from_millis(50), ..Request::new(silent.at("/")) };
    let error = net(&[]).get(&request).err();
    let late = Some(NetError::TimedOut { host: silent.url.replace("http://", "") });
    assert_eq!(error, late);
    let limited = net(&[]);
    limited.limit(Duration::from_millis(50));
    let request = Request { first_byte: Duration::from_hours(1), ..Request::new(silent.at("/")) };
    assert_eq!(limited.get(&request).err(), late);
    let patient = net(&[]);
    patient.limit(Duration::from_hours(1));
    let request = Request { first_byte: Duration::from_millis(50), ..Request::new(silent.at("/")) };
    assert_eq!(patient.get(&request).err(), late, "who only wants to know who answers waits no longer");
}

#[test]
fn a_body_that_is_cut_is_an_error_and_not_its_end() {
    let server = Server::start(|_, out| {
        loopback::head(out, "200 OK", &[], 100)?;
        out.write_all(b"half")
    });
    let error = body(net(&[]).get(&Request::new(server.at("/"))).expect("a head"));
    assert!(error.is_err(), "{error:?}");
}

#[test]
fn stopping_ends_what_runs_and_what_waits() {
    let server = Server::start(|asked, out| {
        if asked.path == "/half" {
            loopback::head(out, "200 OK", &[], 100)?;
            out.write_all(b"half")?;
            out.flush()?;
        }
        std::thread::park();
        Ok(())
    });
    let net = net(&[]);
    let mut half = net.get(&Request::new(server.at("/half"))).expect("a head").body;
    let mut four = [0; 4];
    half.read_exact(&mut four).expect("the half that came");
    net.stop();
    assert_eq!(half.read(&mut four).map_err(|it| it.kind()), Err(io::ErrorKind::ConnectionAborted));
    assert!(matches!(net.get(&Request::new(server.at("/never"))), Err(NetError::Unreachable { .. })));
}

#[test]
fn dropping_a_body_ends_its_transfer() {
    let (ended, wait) = std::sync::mpsc::channel();
    let server = Server::start(move |_, out| {
        loopback::head(out, "200 OK", &[], 1 << 40)?;
        while out.write_all(&vec![0; 65536]).is_ok() {}
        ended.send(()).map_err(io::Error::other)
    });
    let net = net(&[]);
    let mut answer = net.get(&Request::new(server.at("/"))).expect("a head");
    answer.body.read_exact(&mut [0; 10]).expect("the front");
    drop(answer);
    wait.recv_timeout(Duration::from_secs(20)).expect("the server sees that nobody reads");
}

#[test]
#[cfg_attr(windows, ignore = "whom Windows believes, and whether it asks for revoked ones, is its own")]
#[allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the certificate loader reads our own environment"
)]
fn without_any_ca_the_error_says_so() {
    if std::env::var_os("FYNE_SETUP_TEST_WITHOUT_CA").is_none() {
        // The loader of certificates reads the environment of the process, so this test runs itself in another one.
        let name = "system::net::tests::without_any_ca_the_error_says_so";
        let again = std::process::Command::new(std::env::current_exe().expect("our own path"))
            .args(["--exact", name])
            .envs([("FYNE_SETUP_TEST_WITHOUT_CA", "1"), ("SSL_CERT_FILE", "/nowhere.pem")])
            .env_remove("SSL_CERT_DIR")
            .output();
        let again = again.expect("the test runs again");
        assert!(again.status.success(), "{}", String::from_utf8_lossy(&again.stdout));
        return;
    }
    let server = Server::start(|_, out| loopback::reply(out, "200 OK", &[], b"plain"));
    let net = net(&[("SSL_CERT_FILE", "/nowhere.pem")]);
    let error = refused(&net, &"https://go.dev/".parse().expect("a URL"));
    let NetError::Certificate { fault, issuer: None, .. } = &error else { panic!("{error:?}") };
    assert_eq!(*fault, CertificateFault::NoAuthorities { file: Some("/nowhere.pem".into()) });
    assert!(net.get(&Request::new(server.at("/"))).is_ok(), "loopback needs no certificate");
}
