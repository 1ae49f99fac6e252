// Runs what stands in scripts/install.ps1 as C#, without PowerShell: `harness CHANNEL KEYS TO`, `harness versions`.
using System;
using System.Collections.Generic;

public static class Harness {
    public static int Main(string[] args) {
        if (args[0] == "versions") return Versions();
        List<string> said = new List<string>();
        int code = FyneSetupInstaller.Run(args[0], args[1], args[2], "x86_64-pc-windows-gnu", said);
        foreach (string line in said) Console.Error.WriteLine(line);
        return code;
    }

    // Each is older than the next: semver's own example, and what a release of ours may be.
    static int Versions() {
        string[] rising = {
            "0.9.9", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11",
            "1.0.0-rc.1", "1.0.0", "1.0.9", "1.0.10", "1.2.0-99999999999999999999", "1.2.0-x", "1.2.0", "10.0.0" };
        int faults = 0;
        for (int i = 0; i < rising.Length; i++) {
            if (!FyneSetupInstaller.IsVersion(rising[i])) { Console.WriteLine("no version: " + rising[i]); faults++; }
            for (int j = 0; j < rising.Length; j++) {
                if (FyneSetupInstaller.Older(rising[i], rising[j]) == i < j) continue;
                Console.WriteLine(rising[i] + " against " + rising[j]);
                faults++;
            }
        }
        foreach (string it in new[] { "", "1", "1.2", "1.2.3.4", "1..2", "1.2.", ".1.2", "01.2.3", "1.2.x", "../1.2.0", "1.2.3+b", "1.2.1234567890" }) {
            if (FyneSetupInstaller.IsVersion(it)) { Console.WriteLine("a version: " + it); faults++; }
        }
        return faults == 0 ? 0 : 1;
    }
}
