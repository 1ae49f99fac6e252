//! Whether an HTTP proxy that the environment names is there. Only one on this very machine is called: a reading
//! command does not go to the network.

use super::{Check, Group, Status, Verdict, blame, setting};
use crate::facts::Facts;
use crate::manifest::Knowledge;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "modules.http-proxy", group: Group::Modules, after: &[], goal: Goal::Build, judge };

fn judge(facts: &Facts, _want: &Want, _known: &Knowledge) -> Verdict {
    let own = facts.here.servers.iter().filter(|it| it.variable != "GOPROXY");
    let mut verdict: Option<Verdict> = None;
    for server in own.filter(|it| it.answers.is_absent()) {
        let Some(set) = facts.here.get(&server.variable) else { continue };
        let bad = verdict.take().unwrap_or_else(|| {
            let summary =
                text!("modules-http-proxy-dead", variable = &server.variable, address = &server.address);
            Verdict::fail(summary).cause(text!(
                "modules-http-proxy-cause",
                variable = &server.variable,
                address = &server.address,
                place = setting::place(&set.origin)
            ))
        });
        verdict = Some(blame::at_fault(bad, facts, &server.variable, set, None));
    }
    if let Some(mut verdict) = verdict {
        if facts.modules.missing.is_empty() {
            // Everything is here; the next download will bite.
            verdict.status = Status::Warn;
        }
        return verdict;
    }
    let named = ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"];
    let mut set = named.iter().filter_map(|it| Some((it, facts.here.get(it)?)));
    match set.find(|it| !it.1.value.is_empty()) {
        Some((name, set)) => Verdict::ok(text!("modules-http-proxy-ok", value = setting::shown(name, set))),
        None => Verdict::ok(text!("modules-http-proxy-none")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;
    use crate::fact::Fact;
    use crate::facts::settings::LocalServer;

    fn with(answers: &Fact<()>) -> Facts {
        let mut facts = fixture::healthy();
        for name in ["http_proxy", "https_proxy"] {
            fixture::set(&mut facts, name, "http://127.0.0.1:9", fixture::profile());
            let address = "127.0.0.1:9".into();
            facts.here.servers.push(LocalServer { variable: name.into(), address, answers: answers.clone() });
        }
        facts
    }

    #[test]
    fn a_dead_proxy_bites_now_or_later() {
        let mut facts = with(&Fact::Absent);
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!((verdict.status, verdict.needs.len(), verdict.place.line), (Status::Warn, 2, Some(9)));
        facts.modules.missing.push("golang.org/x/image@v0.24.0".into());
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Fail);
    }

    #[test]
    fn a_proxy_that_answers_or_is_elsewhere_is_fine() {
        assert_eq!(fixture::judged(&CHECK, &with(&Fact::Here(()))).status, Status::Ok);
        let mut facts = fixture::healthy();
        fixture::set(&mut facts, "https_proxy", "http://proxy.corp.example:3128", fixture::profile());
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Ok);
    }
}
