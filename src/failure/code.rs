//! The codes of errors: one row each, with the name that scripts see and the exit numbers that follow from it. Names and
//! numbers are a promise. To add one: a row here, `error-…` in both `locales/*/errors.ftl`, and
//! `BLESS=1 cargo test --test pages` for `docs/errors.md`.

use serde::{Serialize, Serializer};

use super::Exit;

macro_rules! codes {
    ($($code:ident $name:literal [$exit:ident $(, $other:ident)*],)*) => {
        /// What kind of error ended a command or an action.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = concat!("`", $name, "`")] $code,)*
        }

        impl Code {
            /// All of them, by name.
            pub const ALL: &[Self] = &[$(Self::$code,)*];

            /// The name that scripts see: `disk.full`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$code => $name,)* }
            }

            /// The exit numbers that may follow: first the usual one.
            pub const fn exits(self) -> &'static [Exit] {
                match self { $(Self::$code => &[Exit::$exit $(, Exit::$other)*],)* }
            }
        }
    };
}

codes! {
    AcceptPast "accept.past" [Usage],
    AcceptUnread "accept.unread" [Usage],
    ArchiveHostile "archive.hostile" [Refused],
    BuildEnded "build.ended" [Failed],
    BuildFailed "build.failed" [Failed],
    BuildFile "build.file" [Failed],
    BuildNotReady "build.not-ready" [Failed],
    BundleMake "bundle.make" [Failed],
    BundleNewer "bundle.newer" [Failed],
    BundlePlatform "bundle.platform" [Failed],
    BundleRefused "bundle.refused" [Refused],
    BundleSignature "bundle.signature" [Refused],
    BundleThere "bundle.there" [Usage],
    BundleUnfit "bundle.unfit" [Failed],
    BundleUnread "bundle.unread" [Usage, Failed],
    BundleUnsigned "bundle.unsigned" [Usage],
    CliLost "cli.lost" [Failed],
    ConfigKey "config.key" [Usage],
    ConfigSyntax "config.syntax" [Usage],
    ConfigThere "config.there" [Usage],
    ConfigUnread "config.unread" [Usage],
    ConfigValue "config.value" [Usage],
    ConfirmDeclined "confirm.declined" [Usage],
    ConfirmNeeded "confirm.needed" [Usage],
    ConfirmTerminal "confirm.terminal" [Usage],
    DiskDenied "disk.denied" [Failed],
    DiskFailed "disk.failed" [Failed],
    DiskFull "disk.full" [Failed],
    DiskNotOurs "disk.not-ours" [Failed],
    DiskNotPrivate "disk.not-private" [Failed],
    DiskReadOnly "disk.read-only" [Failed],
    DiskWrite "disk.write" [Failed],
    FleetNone "fleet.none" [Usage],
    FleetUnread "fleet.unread" [Failed],
    GoAnotherMake "go.another-make" [Failed],
    GoNoSuchVersion "go.no-such-version" [Failed],
    GoPrefixTaken "go.prefix-taken" [Failed],
    HomeUnknown "home.unknown" [Failed],
    InstallLeft "install.left" [Failed],
    InternalPanic "internal.panic" [Failed],
    Interrupted "interrupted" [Interrupted, Terminated],
    JournalNewer "journal.newer" [Failed],
    JournalRefused "journal.refused" [Failed],
    JournalUnreadable "journal.unreadable" [Failed],
    Locked "locked" [Locked],
    LockfileFloor "lockfile.below-floor" [Usage],
    LockfileConflict "lockfile.conflict" [Usage],
    LockfileContradicts "lockfile.contradicts" [Usage],
    LockfileForeign "lockfile.foreign" [Usage],
    LockfileHash "lockfile.hash" [Refused],
    LockfileMissing "lockfile.missing" [Usage],
    LockfileSchema "lockfile.schema" [Usage],
    LockfileStale "lockfile.stale" [Usage],
    LockfileUnmet "lockfile.unmet" [Usage],
    LockfileUnreadable "lockfile.unreadable" [Usage],
    LogJson "log.json" [Usage],
    ManifestAdvisory "manifest.advisory" [Usage, Refused],
    ManifestBom "manifest.bom" [Usage, Refused],
    ManifestBrokenPair "manifest.broken-pair" [Usage],
    ManifestClock "manifest.clock" [Failed],
    ManifestCycle "manifest.cycle" [Usage, Refused],
    ManifestDates "manifest.dates" [Usage, Refused],
    ManifestDuplicate "manifest.duplicate" [Usage, Refused],
    ManifestEmpty "manifest.empty" [Usage, Refused],
    ManifestExcept "manifest.except" [Usage, Refused],
    ManifestExpired "manifest.expired" [Refused, Failed],
    ManifestExpiresSoon "manifest.expires-soon" [Refused],
    ManifestFloor "manifest.floor" [Usage, Refused],
    ManifestForeign "manifest.foreign" [Usage],
    ManifestFork "manifest.fork" [Refused],
    ManifestGoBelowFloor "manifest.go-below-floor" [Usage],
    ManifestGoNotOnSystem "manifest.go-not-on-system" [Usage],
    ManifestGoNotWithFyne "manifest.go-not-with-fyne" [Usage],
    ManifestJump "manifest.jump" [Refused],
    ManifestLegacySignature "manifest.legacy-signature" [Refused],
    ManifestLine "manifest.line" [Usage, Refused],
    ManifestMismatch "manifest.mismatch" [Refused],
    ManifestNeed "manifest.need" [Usage, Refused],
    ManifestNoChannel "manifest.no-channel" [Failed],
    ManifestNoCli "manifest.no-cli" [Usage, Refused],
    ManifestNoGo "manifest.no-go" [Usage],
    ManifestNoKey "manifest.no-key" [Failed],
    ManifestNoKeys "manifest.no-keys" [Failed],
    ManifestNoSuchFyne "manifest.no-such-fyne" [Usage],
    ManifestNoVersions "manifest.no-versions" [Usage, Refused],
    ManifestNotUtf8 "manifest.not-utf8" [Usage, Refused],
    ManifestNul "manifest.nul" [Usage, Refused],
    ManifestPackage "manifest.package" [Refused],
    ManifestProjectGo "manifest.project-go" [Usage],
    ManifestRange "manifest.range" [Usage, Refused],
    ManifestRecommended "manifest.recommended" [Usage, Refused],
    ManifestReplaced "manifest.replaced" [Usage, Refused],
    ManifestRevokedKey "manifest.revoked-key" [Refused],
    ManifestRollback "manifest.rollback" [Refused],
    ManifestRootSignatures "manifest.root-signatures" [Refused],
    ManifestSchema "manifest.schema" [Usage, Refused],
    ManifestShape "manifest.shape" [Usage, Refused],
    ManifestSignature "manifest.signature" [Refused],
    ManifestStore "manifest.store" [Failed],
    ManifestSyntax "manifest.syntax" [Usage, Refused],
    ManifestTooLarge "manifest.too-large" [Usage, Refused],
    ManifestTrial "manifest.trial" [Usage, Refused],
    ManifestUnknownKey "manifest.unknown-key" [Usage, Refused],
    ManifestUnread "manifest.unread" [Usage],
    ManifestUnreadable "manifest.unreadable" [Refused, Usage],
    ManifestVersion "manifest.version" [Usage],
    NetCertificate "net.certificate" [Failed],
    NetChanged "net.changed" [Failed],
    NetCut "net.cut" [Failed],
    NetModules "net.modules" [Failed],
    NetNoSource "net.no-source" [Failed],
    NetNotAllowed "net.not-allowed" [Failed],
    NetOffline "net.offline" [Failed],
    NetProxy "net.proxy" [Failed],
    NetStatus "net.status" [Failed],
    NetTimeout "net.timeout" [Failed],
    NetTooLarge "net.too-large" [Failed],
    NetUnreachable "net.unreachable" [Failed],
    Output "output" [Failed],
    PackagesBusy "packages.busy" [Failed],
    PackagesByHand "packages.by-hand" [Failed],
    PackagesCancelled "packages.cancelled" [Failed],
    PackagesFailed "packages.failed" [Failed],
    PackagesGone "packages.gone" [Failed],
    PackagesNetwork "packages.network" [Failed],
    PackagesPolicy "packages.policy" [Failed],
    PackagesRestart "packages.restart" [Restart],
    PackagesRestartFirst "packages.restart-first" [Failed],
    PackagesRights "packages.rights" [Failed],
    PackagesUnanswered "packages.unanswered" [Failed],
    PackagesUnknown "packages.unknown" [Failed],
    PackagesUnsuitable "packages.unsuitable" [Failed],
    PinNoGo "pin.no-go" [Failed],
    PlanDiffers "plan.differs" [Failed],
    PlanSecret "plan.secret" [Failed],
    PlanUnreadable "plan.unreadable" [Usage],
    PlatformUnsupported "platform.unsupported" [Failed],
    PremiseChanged "premise.changed" [Failed],
    ProfileEntangled "profile.entangled" [Problems],
    ProfileSyntax "profile.syntax" [Problems],
    ProjectModChanges "project.mod-changes" [Failed],
    ProjectModSyntax "project.mod-syntax" [Failed],
    ProjectOutside "project.outside" [Failed],
    ProjectPrivate "project.private" [Failed],
    ProveCannotLook "prove.cannot-look" [Problems, Failed],
    ProveDisplay "prove.display" [Problems, Failed],
    ProveEnded "prove.ended" [Problems, Failed],
    ProveHidden "prove.hidden" [Problems, Failed],
    ProveNoDisplay "prove.no-display" [Problems, Failed],
    ProveNoGo "prove.no-go" [Problems],
    ProveNoWindow "prove.no-window" [Problems, Failed],
    ProvePicture "prove.picture" [Problems, Failed],
    ProveServer "prove.server" [Problems, Failed],
    ProvisionDiffers "provision.differs" [Usage],
    ProvisionSeveral "provision.several" [Usage],
    RecordWrite "record.write" [Failed],
    ReportOutput "report.output" [Usage],
    ReportThere "report.there" [Usage],
    ReportWrite "report.write" [Usage],
    RestoreLost "restore.lost" [Failed],
    RightsMissing "rights.missing" [Failed],
    RunNoSuchCommand "run.no-such-command" [Failed],
    TrustAnswer "trust.answer" [Refused],
    TrustChecksum "trust.checksum" [Refused],
    TrustCli "trust.cli" [Refused],
    TrustFork "trust.fork" [Refused],
    TrustProof "trust.proof" [Refused],
    TrustRecord "trust.record" [Refused],
    TrustSignature "trust.signature" [Refused],
    TrustState "trust.state" [Failed],
    TrustUnknown "trust.unknown" [Failed],
    UndoBuiltOn "undo.built-on" [Usage],
    UpdateForeign "update.foreign" [Failed],
    UpdateNoChannel "update.no-channel" [Failed],
    UpdateNoKeys "update.no-keys" [Failed],
    UpdateNoProgram "update.no-program" [Failed],
    UpdatePackaged "update.packaged" [Failed],
    UpdateRefused "update.refused" [Refused],
    UpdateRollback "update.rollback" [Refused],
    UpdateSelfTest "update.self-test" [Failed],
    Usage "usage" [Usage],
    UsageBadValue "usage.bad-value" [Usage],
    UsageConflict "usage.conflict" [Usage],
    UsageHome "usage.home" [Usage],
    UsageMirror "usage.mirror" [Usage],
    UsageMissing "usage.missing" [Usage],
    UsageModule "usage.module" [Usage],
    UsageNoProject "usage.no-project" [Usage],
    UsageNoRecording "usage.no-recording" [Usage],
    UsageNoSuchRun "usage.no-such-run" [Usage],
    UsageNotEmpty "usage.not-empty" [Usage],
    UsageSudo "usage.sudo" [Usage],
    UsageUnknownCheck "usage.unknown-check" [Usage],
    UsageUnknownCommand "usage.unknown-command" [Usage],
    UsageUnknownOption "usage.unknown-option" [Usage],
    UsageUnknownVariable "usage.unknown-variable" [Usage],
    UsageUnreadableLog "usage.unreadable-log" [Usage],
    UsageUrl "usage.url" [Usage],
    UsageValueMissing "usage.value-missing" [Usage],
    VariableUnfit "variable.unfit" [Failed],
    VerifyBad "verify.bad" [Refused],
    VerifyKey "verify.key" [Usage],
    VerifyUnread "verify.unread" [Usage],
    WindowsDeclined "windows.declined" [Failed],
    WindowsFirewall "windows.firewall" [Failed],
    WslSockets "wsl.sockets" [Failed],
    XcodeNotOffered "xcode.not-offered" [Failed],
}

impl Code {
    /// The exit number where nothing else is said.
    pub const fn exit(self) -> Exit {
        self.exits()[0]
    }

    /// What stands before the dot: `disk`. A name without a dot is its own family.
    pub fn family(self) -> &'static str {
        self.name().split('.').next().unwrap_or_default()
    }

    /// The key of its text, whose attributes are `what` and `do`.
    pub fn key(self) -> String {
        format!("error-{}", self.name().replace('.', "-"))
    }

    /// The key of the text of its family, whose attributes are `why`, `see`, `by-us` and `unseen`.
    pub fn family_key(self) -> String {
        format!("errors-of-{}", self.family())
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.name())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_stand_in_the_order_of_their_names_and_none_twice() {
        let names: Vec<_> = Code::ALL.iter().map(|it| it.name()).collect();
        assert!(names.is_sorted_by(|a, b| a < b), "{names:?}");
    }

    #[test]
    fn a_family_is_what_stands_before_the_dot() {
        assert_eq!([Code::DiskReadOnly, Code::Locked].map(Code::family), ["disk", "locked"]);
    }

    #[test]
    fn a_code_is_written_as_its_name() {
        let json = serde_json::to_string(&Code::GoNoSuchVersion).expect("a string");
        assert_eq!((json.as_str(), Code::Usage.to_string().as_str()), ("\"go.no-such-version\"", "usage"));
    }
}
