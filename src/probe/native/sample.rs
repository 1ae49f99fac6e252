//! What is compiled and linked to see whether a compiler serves at all, by system.

/// A program for a compiler that nobody asked anything in particular of.
#[derive(Debug)]
pub(super) struct Sample {
    /// The compiler that Go calls where CC says nothing.
    pub compiler: &'static str,
    /// What the program includes besides.
    pub headers: &'static [&'static str],
    /// What is linked besides: what GLFW links.
    frameworks: &'static [&'static str],
    /// The language, where it is not that of the file's name.
    language: Option<&'static str>,
    /// How a line of the linker begins that says more than the compiler's own, where there is one.
    pub linker: Option<&'static str>,
    /// Variables that change what the compiler and the linker find.
    pub variables: &'static [&'static str],
    /// How long it may take, in milliseconds.
    pub limit_ms: u64,
}

/// A C program of ten lines.
pub(super) const UNIX: Sample = Sample {
    compiler: "gcc",
    headers: &[],
    frameworks: &[],
    language: None,
    linker: None,
    variables: &[
        "CGO_CPPFLAGS",
        "CGO_CFLAGS",
        "CGO_LDFLAGS",
        "GOFLAGS",
        "CPATH",
        "C_INCLUDE_PATH",
        "LIBRARY_PATH",
        "COMPILER_PATH",
        "GCC_EXEC_PREFIX",
        "LD_LIBRARY_PATH",
        "LD_RUN_PATH",
    ],
    limit_ms: 10_000,
};

/// GLFW's sources for a Mac are Objective-C (`#cgo darwin CFLAGS: -x objective-c` in its build.go): a compiler that reads only C
/// does not build them, and the headers of Cocoa read most of an SDK.
pub(super) const MAC: Sample = Sample {
    compiler: "clang",
    headers: &["Cocoa/Cocoa.h", "OpenGL/gl.h"],
    frameworks: &["Cocoa", "IOKit", "CoreVideo", "OpenGL"],
    language: Some("objective-c"),
    // Apple's says what is missing, and the compiler behind it only that it failed.
    linker: Some("ld: "),
    variables: &[
        "CGO_CPPFLAGS",
        "CGO_CFLAGS",
        "CGO_LDFLAGS",
        "GOFLAGS",
        "SDKROOT",
        "CPATH",
        "C_INCLUDE_PATH",
        "OBJC_INCLUDE_PATH",
        "LIBRARY_PATH",
        "MACOSX_DEPLOYMENT_TARGET",
        "COMPILER_PATH",
        "GCC_EXEC_PREFIX",
        "TOOLCHAINS",
    ],
    // The first one after an update fills the caches of xcrun.
    limit_ms: 60_000,
};

impl Sample {
    /// These arguments, and the program's source behind them.
    pub(super) fn source(&self, args: &[&str]) -> Vec<String> {
        let language = self.language.map(|it| ["-x", it]);
        let front = args.iter().copied().chain(language.into_iter().flatten());
        // What follows has its own language.
        let back = language.map(|_| ["-x", "none"]).into_iter().flatten();
        front.chain(["{scratch}/program.c"]).chain(back).map(str::to_owned).collect()
    }

    /// What the linker is told.
    pub(super) fn links(&self) -> Vec<String> {
        self.frameworks.iter().flat_map(|it| ["-framework", it]).map(str::to_owned).collect()
    }
}
