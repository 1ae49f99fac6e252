//! A machine that can be changed, looked at: every question goes to the machine as it is now.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use super::Living;
use crate::fact::Fact;
use crate::system::{Answer, Ask, Endpoint, Identity, Look, RegistryEntries, RegistryKey, Space, Stat};

impl Look for Living {
    fn read(&self, path: &Path) -> Fact<Vec<u8>> {
        self.machine().read(path)
    }

    fn list(&self, path: &Path) -> Fact<Vec<String>> {
        self.machine().list(path)
    }

    fn stat(&self, path: &Path) -> Fact<Stat> {
        self.machine().stat(path)
    }

    fn process(&self, pid: u32) -> Fact<Vec<String>> {
        self.machine().process(pid)
    }

    fn registry(&self, key: &RegistryKey) -> Fact<RegistryEntries> {
        self.machine().registry(key)
    }

    fn space(&self, path: &Path) -> Fact<Space> {
        self.machine().space(path)
    }

    fn env(&self) -> &BTreeMap<String, String> {
        &self.env
    }

    fn run(&self, ask: &Ask) -> Fact<Answer> {
        self.machine().run(ask)
    }

    fn connect(&self, to: &Endpoint, send: &[u8], limit: Duration) -> Fact<Vec<u8>> {
        self.machine().connect(to, send, limit)
    }

    fn now(&self) -> u64 {
        self.machine().now()
    }

    fn monotonic_ms(&self) -> u64 {
        self.machine().monotonic_ms()
    }

    fn wait(&self, time: Duration) {
        self.machine().wait(time);
    }

    fn identity(&self) -> Identity {
        self.machine().identity()
    }
}
