//! The log in a bundle: what is written down for some modules proves them again where nobody can be asked.

use std::path::Path;
use std::sync::Mutex;

use super::*;
use crate::bundle::BundleNet;
use crate::fetch::sumdb::bundled::{BELOW_PROXY, settled};

fn modules() -> Vec<(String, String)> {
    strings(&[
        ("filler.example/m3", "v1.0.0"),
        ("filler.example/m257", "v1.0.0"),
        ("filler.example/m299", "v1.0.0"),
    ])
}

/// Writes what a client says that a server would answer into a bundle's folder.
fn lay(files: &BTreeMap<String, Vec<u8>>, dir: &Path) {
    for (name, bytes) in files {
        let path = dir.join("proxy").join(BELOW_PROXY).join(name);
        RealDisk.make_dir(path.parent().expect("a folder"), 0o700).expect("it can be made");
        RealDisk.write(&path, bytes, None).expect("it can be written");
    }
}

/// The hashes of the modules by a client that has never asked anybody and has only the bundle.
fn bundled(dir: &Path, store: &Path, modules: &[(String, String)]) -> Result<Vec<ModuleSum>, SumdbError> {
    let look = look();
    let net = BundleNet::new(&look, &RealDisk, dir);
    let children = RealChildren::default();
    let system = System { look: &look, disk: &RealDisk, net: &net, children: &children };
    let client = Client::for_proxies(system, store, "https://asked.by.nobody.example");
    let client = settled(client.under(KEY.parse().expect("a key")), dir);
    Ok(client.lookup_all(modules)?.into_iter().map(|it| it.get().clone()).collect())
}

#[test]
fn a_bundle_proves_its_modules_again_and_no_others() {
    let world = Mutex::new(World::new());
    let bench = Bench::ours(&world);
    let all = modules();
    let files = bench.client().served(&all).expect("they are in the log");
    assert_eq!(files, bench.client().served(&all).expect("again"), "the same modules, the same files");
    let dir = tempfile::tempdir().expect("a temporary directory");
    lay(&files, dir.path());
    let sums = bundled(dir.path(), &dir.path().join("store"), &all).expect("proven");
    assert_eq!(sums.iter().map(ModuleSum::module).collect::<Vec<_>>().len(), 3);
    let other = strings(&[("filler.example/m4", "v1.0.0")]);
    let none = bundled(dir.path(), &dir.path().join("other"), &other).expect_err("it is not in it");
    assert!(matches!(none, SumdbError::NotFound { .. }), "{none}");
}

#[test]
fn a_bundle_whose_records_or_tiles_were_changed_proves_nothing() {
    let world = Mutex::new(World::new());
    let bench = Bench::ours(&world);
    let all = modules();
    let files = bench.client().served(&all).expect("they are in the log");
    for (name, bytes) in files.iter().filter(|it| !it.1.is_empty() && it.0 != "latest") {
        let mut bad = files.clone();
        // The last byte of a lookup is that of the head's signature; of a tile, of a hash that is needed or not.
        let at = if name.starts_with("lookup/") { bytes.len() / 2 } else { 0 };
        bad.get_mut(name).expect("a file")[at] ^= 0x10;
        let dir = tempfile::tempdir().expect("a temporary directory");
        lay(&bad, dir.path());
        let told = bundled(dir.path(), &dir.path().join("store"), &all);
        assert!(told.is_err(), "{name}");
    }
}

#[test]
fn what_was_seen_of_the_log_before_stays_and_is_held_against_a_bundle_of_the_same_size() {
    let world = Mutex::new(World::new());
    let bench = Bench::ours(&world);
    let all = modules();
    let files = bench.client().served(&all).expect("they are in the log");
    let dir = tempfile::tempdir().expect("a temporary directory");
    lay(&files, dir.path());
    let store = dir.path().join("store");
    // A machine that saw a later head keeps it: nobody here can say how the one grew into the other.
    world.lock().expect("no panics").log.grow(50);
    let later = world.lock().expect("no panics").answer("/sumdb/sum.golang.org/latest").1;
    RealDisk.make_dir(&store, 0o700).expect("it can be made");
    RealDisk.write(&store.join("latest"), &later, None).expect("it can be written");
    assert_eq!(bundled(dir.path(), &store, &all).map(|it| it.len()).map_err(|it| it.to_string()), Ok(3));
    assert_eq!(look().read(&store.join("latest")).into_here().as_deref(), Some(later.as_slice()));
}
