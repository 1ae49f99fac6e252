//! Microsoft's compiler: what `vswhere` answers, and what belongs to an installation. cgo never calls it; it is for
//! resources, debuggers and other packages.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::fact::Fact;
use crate::gather::Order as _;
use crate::path_style::PathStyle;

/// The component that brings `cl`, by the id that the Visual Studio Installer has for it.
pub const TOOLS: &str = "Microsoft.VisualStudio.Component.VC.Tools.x86.x64";

/// What is known of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Msvc {
    /// Every installation, as vswhere lists them.
    pub installs: Vec<Install>,
    /// The newest version of the Windows SDK with its `rc.exe`.
    pub sdk: Option<String>,
    /// The Visual Studio Installer's program.
    pub setup: Option<PathBuf>,
    /// What a build with the best of them came to; looked for only where it is wanted.
    pub tried: Option<Fact<Tried>>,
}

/// An installation of Visual Studio or of its Build Tools.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Install {
    /// `Visual Studio Build Tools 2022`.
    pub name: String,
    /// `17.13.35931.197`.
    pub version: String,
    /// Its directory.
    pub path: PathBuf,
    /// Nothing of it failed or waits.
    pub complete: bool,
    /// A restart of Windows has to come before it is whole.
    pub restart: bool,
    /// The newest toolset in it that has `cl` for x64: `14.43.34808`.
    pub tools: Option<String>,
}

/// What a program came to that was to be built with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tried {
    /// It was built and ran. What its environment says of the toolset and of the SDK.
    Ran(Environment),
    /// `vcvars64.bat` failed.
    NoEnvironment(String),
    /// `rc` compiled no resource.
    NoResources(String),
    /// `cl` did not compile and link it.
    NotBuilt(String),
    /// It was built and does not start.
    NotStarted(String),
}

/// What `vcvars64.bat` changes, as far as it tells of versions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Environment {
    /// `VCToolsVersion`.
    pub tools: Option<String>,
    /// `WindowsSDKVersion`.
    pub sdk: Option<String>,
    /// How many variables it sets that were not there, or otherwise.
    pub changed: usize,
}

impl Msvc {
    /// The installation to use: one with tools before one without, then the newest.
    pub fn best(&self) -> Option<&Install> {
        self.installs.iter().max_by_key(|it| (it.tools.is_some(), numbers(&it.version)))
    }

    /// The components that are missing in the best installation, by their ids.
    pub fn missing(&self) -> Vec<&'static str> {
        let Some(best) = self.best() else { return Vec::new() };
        let tools = best.tools.is_none().then_some(TOOLS);
        let sdk = self.sdk.is_none().then(|| sdk_of(&best.version));
        tools.into_iter().chain(sdk).collect()
    }
}

impl Install {
    /// What sets the environment for its compiler.
    pub fn vcvars(&self) -> PathBuf {
        self.path.join("VC/Auxiliary/Build/vcvars64.bat")
    }
}

/// The component of a Windows SDK that a release of Visual Studio has (`workload-component-id-vs-build-tools.md` in
/// MicrosoftDocs/visualstudio-docs, a page a release).
pub fn sdk_of(version: &str) -> &'static str {
    match numbers(version).first() {
        Some(15) => "Microsoft.VisualStudio.Component.Windows10SDK.17763",
        Some(16) => "Microsoft.VisualStudio.Component.Windows10SDK.19041",
        Some(17) => "Microsoft.VisualStudio.Component.Windows11SDK.22621",
        _ => "Microsoft.VisualStudio.Component.Windows11SDK.26100",
    }
}

/// A version's numbers, for comparing.
pub fn numbers(version: &str) -> Vec<u64> {
    version.split('.').map_while(|it| it.parse().ok()).collect()
}

/// Reads `vswhere -utf8 -format json`. What is none of Visual Studio's own (SQL Server's Management Studio is listed too) is
/// left out, and so is what is older than 2017 or newer than we know of.
pub fn read(json: &[u8]) -> Vec<Install> {
    let Ok(serde_json::Value::Array(all)) = serde_json::from_slice(json) else { return Vec::new() };
    let one = |it: &serde_json::Value| {
        let text = |name: &str| it.get(name).and_then(|it| it.as_str()).map(str::to_owned);
        let said = |name: &str| it.get(name).and_then(serde_json::Value::as_bool);
        let (version, path) = (text("installationVersion")?, text("installationPath")?);
        let product = text("productId").unwrap_or_default();
        let ours = product.is_empty() || product.starts_with("Microsoft.VisualStudio.Product.");
        let known = numbers(&version).first().is_some_and(|it| (15..=18).contains(it));
        let foreign = ["Ssms", "TestAgent", "TestController"].iter().any(|it| product.ends_with(it));
        (ours && known && !foreign).then(|| Install {
            name: text("displayName").unwrap_or_else(|| "Visual Studio".to_owned()),
            path: PathStyle::Windows.path(&path),
            complete: said("isComplete").unwrap_or(true) && said("isLaunchable").unwrap_or(true),
            restart: said("isRebootRequired").unwrap_or(false),
            version,
            tools: None,
        })
    };
    all.iter().filter_map(one).collect()
}

/// What the lines of `set` after `vcvars64.bat` say, against the environment before.
pub fn environment(set: &str, before: &std::collections::BTreeMap<String, String>) -> Environment {
    let mut seen = Environment::default();
    for (name, value) in set.lines().filter_map(|it| it.trim_end().split_once('=')) {
        let name = PathStyle::Windows.variable(name);
        let value = value.trim_end_matches('\\');
        match name.as_str() {
            "VCTOOLSVERSION" => seen.tools = Some(value.to_owned()),
            "WINDOWSSDKVERSION" => seen.sdk = Some(value.to_owned()),
            _ => {}
        }
        let same = before.get(&name).is_some_and(|it| it.trim_end_matches('\\') == value);
        seen.changed += usize::from(!same);
    }
    seen
}

/// The newest of these directories that are versions.
pub fn newest(names: &[String], whole: impl Fn(&str) -> bool) -> Option<String> {
    let mut versions: Vec<&String> = names.iter().filter(|it| !numbers(it).is_empty()).collect();
    versions.order_by_key(|it| std::cmp::Reverse(numbers(it)));
    versions.into_iter().find(|it| whole(it)).cloned()
}

/// Where the toolsets of an installation are.
pub fn toolsets(install: &Path) -> PathBuf {
    install.join("VC/Tools/MSVC")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// conan-io/conan#18202, shortened.
    const BUILD_TOOLS: &str = r#"[
  {
    "instanceId": "2c33f8c6",
    "installDate": "2025-04-10T22:18:32Z",
    "installationName": "VisualStudio/17.13.6+35931.197",
    "installationPath": "C:\\Program Files (x86)\\Microsoft Visual Studio\\2022\\BuildTools",
    "installationVersion": "17.13.35931.197",
    "productId": "Microsoft.VisualStudio.Product.BuildTools",
    "state": 4294967295,
    "isComplete": true,
    "isLaunchable": true,
    "isPrerelease": false,
    "isRebootRequired": false,
    "displayName": "Visual Studio Build Tools 2022"
  }
]"#;

    #[test]
    fn an_installation_is_read_as_vswhere_prints_it() {
        let all = read(BUILD_TOOLS.as_bytes());
        let one = &all[..];
        assert_eq!(one.len(), 1);
        assert_eq!(one[0].path, Path::new("C:/Program Files (x86)/Microsoft Visual Studio/2022/BuildTools"));
        assert_eq!(
            (one[0].name.as_str(), one[0].complete, one[0].restart),
            ("Visual Studio Build Tools 2022", true, false)
        );
        let whole = Msvc { installs: all, ..Msvc::default() };
        assert_eq!(whole.missing(), [TOOLS, "Microsoft.VisualStudio.Component.Windows11SDK.22621"]);
    }

    #[test]
    fn what_is_no_visual_studio_of_a_year_that_we_know_is_left_out() {
        for (product, version, there) in [
            ("Community", "15.9.28307.718", true),
            ("Professional", "16.11.0", true),
            ("Enterprise", "18.0.1", true),
            ("Ssms", "21.0.1", false),
            ("TestAgent", "17.2.32630.192", false),
            ("Community", "14.0", false),
            ("Community", "x", false),
        ] {
            let json = format!(
                r#"[{{"installationVersion":"{version}","installationPath":"C:\\VS","productId":"Microsoft.VisualStudio.Product.{product}"}}]"#
            );
            assert_eq!(!read(json.as_bytes()).is_empty(), there, "{product} {version}");
        }
        for garbage in ["", "[]", "{}", "[1]", "Visual Studio Locator", "[{\"installationPath\":3}]"] {
            assert_eq!(read(garbage.as_bytes()), [], "{garbage}");
        }
    }

    #[test]
    fn the_best_has_tools_and_then_is_the_newest() {
        let of = |version: &str, tools: Option<&str>| Install {
            version: version.into(),
            tools: tools.map(str::to_owned),
            ..Install::default()
        };
        let all = vec![of("18.1.0", None), of("16.11.2", Some("14.29.30133")), of("17.9.0", Some("14.39.1"))];
        let msvc = Msvc { installs: all, sdk: Some("10.0.22621.0".into()), ..Msvc::default() };
        assert_eq!(msvc.best().map(|it| it.version.as_str()), Some("17.9.0"));
        assert!(msvc.missing().is_empty());
        let names = ["10.0.9.0", "10.0.22621.0", "x64"].map(str::to_owned);
        assert_eq!(newest(&names, |_| true).as_deref(), Some("10.0.22621.0"));
    }

    #[test]
    fn what_vcvars_changes_is_counted_and_its_versions_read() {
        let before =
            [("PATH".to_owned(), r"C:\Windows".to_owned()), ("TEMP".to_owned(), r"C:\T".to_owned())].into();
        let set = "Path=C:\\VS\\bin;C:\\Windows\r\nTEMP=C:\\T\r\nVCToolsVersion=14.43.34808\r\nWindowsSDKVersion=10.0.22621.0\\\r\n";
        let seen = environment(set, &before);
        assert_eq!(
            (seen.tools.as_deref(), seen.sdk.as_deref(), seen.changed),
            (Some("14.43.34808"), Some("10.0.22621.0"), 3)
        );
    }
}
