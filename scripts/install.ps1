# install.ps1: brings the program fyne-setup to a Windows; for Windows PowerShell 5.1 and PowerShell 7.
#
#   irm https://CHANNEL/install.ps1 | iex
#   & ([scriptblock]::Create((irm https://CHANNEL/install.ps1))) -To DIR
#
# The counterpart of install.sh: it fetches the list of a release (SHA256SUMS) and the archive for this machine from the
# channel, verifies the list's signature with the keys below and the archive with the list, and puts one file,
# fyne-setup.exe, into %LOCALAPPDATA%\Programs\fyne-setup or DIR. It changes nothing else: no PATH, no registry, no rights.
# What fails leaves nothing behind. It never goes back to an older version, and never goes on without a signature.
#
# $env:FYNE_SETUP_RELEASES names another channel; the keys stay those below, so it can only serve what they signed.
# From a file it ends with 0 done, 2 usage, 3 it could not be done, 4 refused: not what the keys signed. Through `iex` an
# `exit` would close the window, so there it throws, and $LASTEXITCODE has the number.
#
# All that decides is C# 5, which both PowerShells compile and which tests/install_ps1.sh runs under mono. ASCII alone:
# Windows PowerShell reads a file without a mark in the code page of the machine.
param([string]$To = '')

# In braces to the end: a copy that was cut off anywhere is no PowerShell, and does nothing.
& {
# `scripts/release build` writes these two lines into the copy that a channel serves, as in install.sh.
$channel = ''
$keys = ''

function Install-FyneSetup([string]$To) {
    $ErrorActionPreference = 'Stop'
    # Is this a file, or text that was given to iex?
    $file = $MyInvocation.MyCommand.ScriptBlock.File
    $code = 3
    $mode = $ExecutionContext.SessionState.LanguageMode
    $machine = $env:PROCESSOR_ARCHITEW6432
    if (-not $machine) { $machine = $env:PROCESSOR_ARCHITECTURE }
    if ($mode -ne 'FullLanguage') {
        Write-Host "error: this PowerShell may not compile what verifies the signature (language mode: $mode)"
        Write-Host 'hint: a policy of this machine says so; ask who set it, or verify the archive by hand with minisign.exe'
    } elseif ($env:OS -ne 'Windows_NT') {
        Write-Host 'error: install.ps1 is for Windows'
        Write-Host 'hint: on Linux and macOS: curl -fsSL CHANNEL/install.sh | sh'
    } elseif ($machine -ne 'AMD64' -and -not ($machine -eq 'ARM64' -and [Environment]::OSVersion.Version.Build -ge 22000)) {
        Write-Host "error: there is no fyne-setup for Windows on $machine"
        Write-Host 'hint: it needs a 64-bit Windows, on ARM64 a Windows 11, which runs programs for x86_64'
    } else {
        try {
            if (-not $To) {
                $local = [Environment]::GetFolderPath('LocalApplicationData')
                if ($local) { $To = Join-Path $local 'Programs\fyne-setup' }
            } elseif (-not [IO.Path]::IsPathRooted($To)) {
                $To = Join-Path (Get-Location -PSProvider FileSystem).ProviderPath $To
            }
            if ($env:FYNE_SETUP_RELEASES) { $channel = $env:FYNE_SETUP_RELEASES }
            # A name of its own for each run: a type cannot be replaced in a session.
            $name = 'FyneSetupInstaller' + [guid]::NewGuid().ToString('N')
            # -IgnoreWarnings: PowerShell 7 calls HttpWebRequest obsolete, and would stop for that.
            $types = Add-Type -TypeDefinition $source.Replace('FyneSetupInstaller', $name) -IgnoreWarnings -PassThru
            $type = $types | Where-Object { $_.Name -eq $name }
            $said = New-Object 'System.Collections.Generic.List[string]'
            Write-Host 'Fetching and verifying fyne-setup for x86_64-pc-windows-gnu ...'
            $code = $type::Run($channel, $keys, $To, 'x86_64-pc-windows-gnu', $said)
            foreach ($line in $said) { Write-Host $line }
        } catch {
            $code = 3
            Write-Host "error: $($_.Exception.Message)"
        }
    }
    if ($file) { exit $code }
    $global:LASTEXITCODE = $code
    if ($code -ne 0) { throw "fyne-setup was not installed ($code)" }
}

$source = @'
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;

public static class FyneSetupInstaller {
    const int LargestList = 65536, LargestSignature = 16384, LargestArchive = 33554432, LargestProgram = 67108864;

    sealed class Stop : Exception {
        public readonly int Code;
        public readonly string Hint;
        public Stop(int code, string message, string hint) : base(message) { Code = code; Hint = hint; }
    }
    static Stop Failed(string why, string hint) { return new Stop(3, why, hint); }
    static Stop Usage(string why) { return new Stop(2, why, null); }
    static Stop Refused(string why) {
        return new Stop(4, "refused: " + why, "nothing was installed; try again later, and tell the project if it stays");
    }

    public static int Run(string channel, string keys, string to, string triple, List<string> said) {
        string draft = null;
        List<string> made = new List<string>();
        bool kept = false;
        try {
            if (String.IsNullOrEmpty(to)) throw Usage("there is no folder for programs of this user: name one with -To");
            to = Path.GetFullPath(to);
            if (to.IndexOf(';') >= 0) throw Usage("a folder whose name has a semicolon cannot be on PATH");
            if (String.IsNullOrEmpty(channel) || String.IsNullOrEmpty(keys))
                throw Failed("this copy of install.ps1 has no channel or no keys in it", "take the one that the channel serves");
            channel = CheckedChannel(channel);
            string program = Path.Combine(to, "fyne-setup.exe");
            draft = MakeDraft(to, program, made);
            byte[] list = Fetch(channel, "SHA256SUMS", LargestList);
            byte[] signature = Fetch(channel, "SHA256SUMS.minisig", LargestSignature);
            string comment = Signed(list, signature, "SHA256SUMS", keys);
            AskMinisign(draft, list, signature, keys);
            string version = ReadVersion(comment, list);
            string top = "fyne-setup-" + version + "-" + triple;
            string wanted = Listed(list, top + ".zip", version, triple);
            string old = VersionOf(program);
            if (old != null && Older(version, old))
                throw Refused("the channel has fyne-setup " + version + ", and " + old + " is installed: it never goes back");
            byte[] archive = Fetch(channel, top + ".zip", LargestArchive);
            if (Sha256(archive) != wanted) throw Refused(top + ".zip is not what SHA256SUMS says");
            byte[] bytes = Unzip(archive, top, top + ".zip");
            string fresh = Path.Combine(draft, "fyne-setup.exe");
            File.WriteAllBytes(fresh, bytes);
            TryNew(fresh, version);
            string left = old == version && Same(program, bytes) ? null : Place(fresh, program, draft);
            kept = true;
            Tell(said, to, program, version, old, left);
            return 0;
        } catch (Stop stop) {
            said.Add("error: " + stop.Message);
            if (stop.Hint != null) said.Add("hint: " + stop.Hint);
            return stop.Code;
        } catch (Exception error) {
            if (!(error is IOException || error is UnauthorizedAccessException || error is ArgumentException ||
                  error is NotSupportedException || error is System.Security.SecurityException)) throw;
            said.Add("error: cannot write to " + to + ": " + error.Message);
            said.Add("hint: is the disk full, or does a program protect this folder? choose another with -To");
            return 3;
        } finally {
            CleanUp(draft, made, kept, said);
        }
    }

    // ---- its place ----

    static string MakeDraft(string to, string program, List<string> made) {
        Stack<string> missing = new Stack<string>();
        for (string dir = to; dir != null && !Directory.Exists(dir); dir = Path.GetDirectoryName(dir)) missing.Push(dir);
        foreach (string dir in missing) {
            Directory.CreateDirectory(dir);
            made.Insert(0, dir);
        }
        if (Directory.Exists(program)) throw Failed(program + " is not a file", "choose another folder with -To");
        if (File.Exists(program) && (File.GetAttributes(program) & FileAttributes.ReparsePoint) != 0)
            throw Failed(program + " is a link", "remove it, or choose another folder with -To");
        string draft = Path.Combine(to, ".fyne-setup-install-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(draft);
        return draft;
    }

    static void CleanUp(string draft, List<string> made, bool kept, List<string> said) {
        try {
            if (draft != null) Patiently(delegate { Directory.Delete(draft, true); });
            if (!kept) foreach (string dir in made) Directory.Delete(dir);
        } catch (IOException error) {
            said.Add("Something is left behind: " + error.Message);
        } catch (UnauthorizedAccessException error) {
            said.Add("Something is left behind: " + error.Message);
        }
    }

    // A virus scanner may have a new program open for a moment.
    static void Patiently(Action act) {
        for (int tries = 0; ; tries++) {
            try { act(); return; }
            catch (IOException) { if (tries == 20) throw; }
            catch (UnauthorizedAccessException) { if (tries == 20) throw; }
            System.Threading.Thread.Sleep(100);
        }
    }

    // A program that runs cannot be overwritten, but renamed. What is returned could not be removed yet.
    static string Place(string fresh, string program, string draft) {
        string aside = null;
        if (File.Exists(program)) {
            aside = program + ".old-" + Guid.NewGuid().ToString("N");
            File.Move(program, aside);
        }
        try {
            Patiently(delegate { File.Move(fresh, program); });
        } catch (Exception) {
            if (aside != null) Patiently(delegate { File.Move(aside, program); });
            throw;
        }
        if (aside == null) return null;
        try { File.Delete(aside); return null; } catch (IOException) { return aside; } catch (UnauthorizedAccessException) { return aside; }
    }

    static bool Same(string path, byte[] bytes) {
        byte[] there = File.ReadAllBytes(path);
        if (there.Length != bytes.Length) return false;
        for (int i = 0; i < bytes.Length; i++) if (there[i] != bytes[i]) return false;
        return true;
    }

    // What a program says on standard output: null where it does not start, does not end, or ends with a mistake.
    static string Ask(string path, string arguments, out string why) {
        ProcessStartInfo start = new ProcessStartInfo(path, arguments);
        start.UseShellExecute = false;
        start.CreateNoWindow = true;
        start.RedirectStandardInput = start.RedirectStandardOutput = true;
        why = null;
        try {
            using (Process child = Process.Start(start)) {
                child.StandardInput.Close();
                System.Threading.Tasks.Task<string> told = child.StandardOutput.ReadToEndAsync();
                if (!child.WaitForExit(60000)) {
                    try { child.Kill(); } catch (Exception) { }
                    why = "it does not end";
                    return null;
                }
                child.WaitForExit();
                if (child.ExitCode != 0) { why = "it ends with " + child.ExitCode; return null; }
                return told.Result;
            }
        } catch (System.ComponentModel.Win32Exception error) {
            why = error.Message;
            return null;
        }
    }

    static string VersionOf(string program) {
        if (!File.Exists(program)) return null;
        string why;
        string told = Ask(program, "--version", out why);
        if (told == null || !told.StartsWith("fyne-setup ", StringComparison.Ordinal)) return null;
        string version = told.Substring(11).TrimEnd('\r', '\n');
        return IsVersion(version) ? version : null;
    }

    // The new one has to start here before it takes the place of anything.
    static void TryNew(string fresh, string version) {
        string why;
        string told = Ask(fresh, "--version", out why);
        if (told == null)
            throw Failed("fyne-setup " + version + " does not start here: " + why,
                "a policy (AppLocker, Smart App Control) or a virus scanner may keep new programs from starting; see its history");
        if (told.TrimEnd('\r', '\n') != "fyne-setup " + version)
            throw Refused("the program says '" + told.TrimEnd('\r', '\n') + "', the list says " + version);
    }

    static void Tell(List<string> said, string to, string program, string version, string old, string left) {
        if (old == version) said.Add("fyne-setup " + version + " is in " + to + ", as it was.");
        else said.Add("fyne-setup " + version + " is in " + to + (old == null ? "" : " (before: " + old + ")") +
            ". Its signature and its checksum are right.");
        if (left != null) said.Add("The one before still runs; delete it later: " + left);
        bool there = false;
        foreach (string part in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            there |= String.Equals(part.Trim().TrimEnd('\\', '/'), to.TrimEnd('\\', '/'), StringComparison.OrdinalIgnoreCase);
        if (there) { said.Add("Next: fyne-setup install"); return; }
        said.Add("This folder is not on PATH, and PATH was not changed. For this window, type:");
        said.Add("    $env:Path = '" + to.Replace("'", "''") + ";' + $env:Path");
        said.Add("Next: & '" + program.Replace("'", "''") + "' install");
    }

    // ---- the network ----

    // https anywhere, http on this machine alone.
    static string CheckedChannel(string channel) {
        channel = channel.TrimEnd('/');
        string what = "not a channel: '" + channel + "'";
        foreach (char it in channel) if (it <= ' ' || it > '~' || "@?#\\\"'`$();&|<>{}".IndexOf(it) >= 0) throw Usage(what);
        Uri uri;
        if (!Uri.TryCreate(channel, UriKind.Absolute, out uri) || uri.Host == "" || uri.UserInfo != "") throw Usage(what);
        if (uri.Scheme == "https") return channel;
        if (uri.Scheme != "http") throw Usage(what);
        if (!IsLoopback(uri)) throw Usage("not a channel: http is for this machine alone, write https://" + uri.Authority);
        return channel;
    }
    static bool IsLoopback(Uri uri) { return uri.Host == "127.0.0.1" || uri.Host == "localhost" || uri.Host == "[::1]"; }

    // No redirect leads from https to http, none leads from this machine elsewhere. What is longer is refused.
    static byte[] Fetch(string channel, string name, int limit) {
        Uri uri = new Uri(channel + "/" + name);
        string address = uri.AbsoluteUri;
        bool loopback = uri.Scheme == "http";
        // Windows PowerShell may still offer the old ones alone; 0 leaves it to Windows.
        if ((int)ServicePointManager.SecurityProtocol != 0) ServicePointManager.SecurityProtocol |= (SecurityProtocolType)3072;
        for (int hop = 0; hop <= 5; hop++) {
            HttpWebRequest request = (HttpWebRequest)WebRequest.Create(uri);
            request.AllowAutoRedirect = false;
            request.Timeout = 60000;
            request.ReadWriteTimeout = 60000;
            request.UserAgent = "fyne-setup-install";
            if (loopback) request.Proxy = null;
            else if (request.Proxy != null) request.Proxy.Credentials = CredentialCache.DefaultCredentials;
            try {
                using (HttpWebResponse response = Answer(request)) {
                    int status = (int)response.StatusCode;
                    if (status == 200) return Body(response, name, limit, address);
                    string where = response.Headers["Location"];
                    if (status < 301 || status > 308 || where == null) throw Failed("cannot fetch " + address + ": status " + status, null);
                    uri = new Uri(uri, where);
                    if (loopback || uri.Scheme != "https")
                        throw Failed("cannot fetch " + address + ": it leads to " + uri.Scheme + "://" + uri.Authority, null);
                }
            } catch (WebException error) {
                throw Failed("cannot fetch " + address + ": " + error.Message, null);
            } catch (IOException error) {
                throw Failed("cannot fetch " + address + ": " + error.Message, null);
            } catch (UriFormatException error) {
                throw Failed("cannot fetch " + address + ": " + error.Message, null);
            }
        }
        throw Failed("cannot fetch " + address + ": it leads from place to place", null);
    }

    static HttpWebResponse Answer(HttpWebRequest request) {
        try {
            return (HttpWebResponse)request.GetResponse();
        } catch (WebException error) {
            HttpWebResponse response = error.Response as HttpWebResponse;
            if (response == null) throw;
            return response;
        }
    }

    static byte[] Body(HttpWebResponse response, string name, int limit, string address) {
        MemoryStream all = new MemoryStream();
        byte[] part = new byte[65536];
        using (Stream stream = response.GetResponseStream()) {
            for (;;) {
                int count = stream.Read(part, 0, part.Length);
                if (count == 0) break;
                if (all.Length + count > limit) { response.Close(); throw Refused(name + " is longer than it can be"); }
                all.Write(part, 0, count);
            }
        }
        if (response.ContentLength >= 0 && response.ContentLength != all.Length)
            throw Failed("cannot fetch " + address + ": it was cut off", null);
        return all.ToArray();
    }

    // ---- whether it is ours ----

    // By one of the keys, the file and the comment both: minisign's prehashed form, four lines and nothing beside.
    public static string Signed(byte[] file, byte[] signature, string name, string keys) {
        foreach (byte it in signature) if (it != '\n' && (it < ' ' || it > '~')) throw Refused(name + ".minisig is not a signature");
        string[] lines = Encoding.ASCII.GetString(signature).Split('\n');
        if (lines.Length != 5 || lines[4] != "" || !lines[0].StartsWith("untrusted comment: ", StringComparison.Ordinal) ||
            !lines[2].StartsWith("trusted comment: ", StringComparison.Ordinal)) throw Refused(name + ".minisig is not a signature");
        byte[] body = FromBase64(lines[1]), global = FromBase64(lines[3]);
        if (body == null || global == null || body.Length != 74 || global.Length != 64 || body[0] != 'E')
            throw Refused(name + ".minisig is not a signature");
        if (body[1] == 'd') throw Refused(name + ".minisig is a signature of the old kind");
        if (body[1] != 'D') throw Refused(name + ".minisig is not a signature");
        string comment = lines[2].Substring(17);
        byte[] one = Part(body, 10, 64);
        foreach (string text in keys.Split(' ')) {
            byte[] key = FromBase64(text);
            if (key == null || key.Length != 42 || key[0] != 'E' || key[1] != 'd') continue;
            // The number is not signed; it is compared, as minisign does.
            bool same = true;
            for (int i = 2; i < 10; i++) same &= key[i] == body[i];
            byte[] point = Part(key, 10, 32);
            if (same && Ed25519.Verify(Blake2b(file), one, point) &&
                Ed25519.Verify(Joined(one, Encoding.ASCII.GetBytes(comment)), global, point)) return comment;
        }
        throw Refused(name + " is not signed by a release key");
    }

    // Where minisign.exe is on PATH, it has to say the same.
    static void AskMinisign(string draft, byte[] list, byte[] signature, string keys) {
        string minisign = null;
        foreach (string part in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)) {
            try {
                string path = Path.Combine(part.Trim(), "minisign.exe");
                if (Path.IsPathRooted(path) && File.Exists(path)) { minisign = path; break; }
            } catch (ArgumentException) { }
        }
        if (minisign == null) return;
        string file = Path.Combine(draft, "SHA256SUMS");
        File.WriteAllBytes(file, list);
        File.WriteAllBytes(file + ".minisig", signature);
        string why = null;
        foreach (string key in keys.Split(' ')) {
            string arguments = "-Vq -P " + key + " -m \"" + file + "\" -x \"" + file + ".minisig\"";
            if (Ask(minisign, arguments, out why) != null) return;
        }
        throw Refused(minisign + " does not accept the signature of SHA256SUMS: " + why);
    }

    // The version that the signed comment of the list says; all of the comment is what it has to be.
    static string ReadVersion(string comment, byte[] list) {
        const string begin = "fyne-setup/1 file:SHA256SUMS version:";
        string version = comment.StartsWith(begin, StringComparison.Ordinal) ? comment.Substring(begin.Length).Split(' ')[0] : "";
        if (comment != begin + version + " sha256:" + Sha256(list)) throw Refused("the signature of SHA256SUMS is for something else");
        if (!IsVersion(version)) throw Refused("the signature of SHA256SUMS names no version");
        return version;
    }

    public static bool IsVersion(string version) {
        foreach (char it in version) if (!Digit(it) && !(it >= 'a' && it <= 'z') && !(it >= 'A' && it <= 'Z') && it != '.' && it != '-') return false;
        string[] numbers = version.Split('-')[0].Split('.');
        if (numbers.Length != 3) return false;
        foreach (string number in numbers) {
            if (!IsNumber(number) || number.Length > 9 || (number.Length > 1 && number[0] == '0')) return false;
        }
        return true;
    }
    static bool Digit(char it) { return it >= '0' && it <= '9'; }
    static bool IsNumber(string text) {
        foreach (char it in text) if (!Digit(it)) return false;
        return text != "";
    }

    // Is version A older than B? As semver orders them.
    public static bool Older(string a, string b) {
        string[] one = a.Split(new[] { '-' }, 2), two = b.Split(new[] { '-' }, 2);
        int order = Compare(one[0], two[0]);
        if (order != 0) return order < 0;
        if (one.Length == 1) return false; // a release is newer than what led to it
        return two.Length == 1 || Compare(one[1], two[1]) < 0;
    }
    static int Compare(string a, string b) {
        string[] one = a.Split('.'), two = b.Split('.');
        for (int i = 0; i < one.Length && i < two.Length; i++) {
            bool left = IsNumber(one[i]), right = IsNumber(two[i]);
            string x = one[i], y = two[i];
            if (left != right) return left ? -1 : 1;
            if (left) {
                x = x.TrimStart('0');
                y = y.TrimStart('0');
                if (x.Length != y.Length) return x.Length - y.Length;
            }
            int order = String.CompareOrdinal(x, y);
            if (order != 0) return order;
        }
        return one.Length - two.Length;
    }

    // The digest of the archive: one line of the signed list names it.
    static string Listed(byte[] list, string name, string version, string triple) {
        int lines = 0;
        string wanted = "";
        foreach (string row in Encoding.ASCII.GetString(list).Split('\n')) {
            if (!row.EndsWith("  " + name, StringComparison.Ordinal)) continue;
            lines++;
            wanted = row.Substring(0, row.Length - name.Length - 2);
        }
        if (lines == 0) throw Failed("fyne-setup " + version + " is not there for " + triple + " yet", null);
        bool right = lines == 1 && wanted.Length == 64;
        foreach (char it in wanted) right &= Digit(it) || (it >= 'a' && it <= 'f');
        if (!right) throw Refused("SHA256SUMS does not say once what " + name + " is");
        return wanted;
    }

    // The program out of the archive, by the central directory. Nothing is unpacked by name: one file is written by us.
    static byte[] Unzip(byte[] zip, string top, string name) {
        try {
            int end = zip.Length - 22;
            while (end >= 0 && end >= zip.Length - 65557 && BitConverter.ToUInt32(zip, end) != 0x06054b50) end--;
            if (end < 0 || end < zip.Length - 65557) throw Refused(name + " cannot be unpacked");
            int count = BitConverter.ToUInt16(zip, end + 10), at = (int)BitConverter.ToUInt32(zip, end + 16), found = -1;
            for (int i = 0; i < count; i++) {
                if (BitConverter.ToUInt32(zip, at) != 0x02014b50) throw Refused(name + " cannot be unpacked");
                int length = BitConverter.ToUInt16(zip, at + 28);
                string entry = Encoding.UTF8.GetString(zip, at + 46, length);
                if (entry == "fyne-setup.exe" || entry == top + "/fyne-setup.exe") {
                    if (found >= 0) throw Refused(name + " does not have one fyne-setup.exe");
                    found = at;
                }
                at += 46 + length + BitConverter.ToUInt16(zip, at + 30) + BitConverter.ToUInt16(zip, at + 32);
            }
            if (found < 0) throw Refused(name + " does not have one fyne-setup.exe");
            int method = BitConverter.ToUInt16(zip, found + 10), packed = (int)BitConverter.ToUInt32(zip, found + 20);
            uint size = BitConverter.ToUInt32(zip, found + 24);
            int local = (int)BitConverter.ToUInt32(zip, found + 42);
            if (size > LargestProgram) throw Refused("the program is longer than it can be");
            if (BitConverter.ToUInt32(zip, local) != 0x04034b50 || (method != 0 && method != 8)) throw Refused(name + " cannot be unpacked");
            int body = local + 30 + BitConverter.ToUInt16(zip, local + 26) + BitConverter.ToUInt16(zip, local + 28);
            byte[] program = new byte[size];
            int filled = 0;
            using (Stream raw = new MemoryStream(zip, body, packed, false))
            using (Stream stream = method == 0 ? raw : new DeflateStream(raw, CompressionMode.Decompress)) {
                while (filled < program.Length) {
                    int got = stream.Read(program, filled, program.Length - filled);
                    if (got == 0) break;
                    filled += got;
                }
                if (filled == 0 || filled != program.Length || stream.ReadByte() != -1) throw Refused(name + " cannot be unpacked");
            }
            return program;
        } catch (ArgumentException) {
            throw Refused(name + " cannot be unpacked");
        } catch (IndexOutOfRangeException) {
            throw Refused(name + " cannot be unpacked");
        } catch (InvalidDataException) {
            throw Refused(name + " cannot be unpacked");
        }
    }

    // ---- numbers ----

    static string Sha256(byte[] bytes) {
        using (SHA256 sha = SHA256.Create()) return BitConverter.ToString(sha.ComputeHash(bytes)).Replace("-", "").ToLowerInvariant();
    }
    // Only what a program writes: no space, no other way to write the same bytes.
    static byte[] FromBase64(string text) {
        try {
            byte[] bytes = Convert.FromBase64String(text);
            return Convert.ToBase64String(bytes) == text ? bytes : null;
        } catch (FormatException) { return null; }
    }
    static byte[] Part(byte[] bytes, int from, int count) {
        byte[] part = new byte[count];
        Buffer.BlockCopy(bytes, from, part, 0, count);
        return part;
    }
    static byte[] Joined(byte[] a, byte[] b) {
        byte[] all = new byte[a.Length + b.Length];
        Buffer.BlockCopy(a, 0, all, 0, a.Length);
        Buffer.BlockCopy(b, 0, all, a.Length, b.Length);
        return all;
    }

    static readonly ulong[] Iv = {
        0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
        0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179 };
    static readonly string[] Sigma = {
        "0123456789abcdef", "ea489fd61c02b753", "b8c052fdae367194", "7931dcbe265a40f8", "905724afe1bc683d",
        "2c6a0b834d75fe19", "c51fed4a0763928b", "db7ec13950f4862a", "6fe9b308c2d714a5", "a2847615fb9e3cd0" };

    // BLAKE2b with 64 bytes (RFC 7693).
    static byte[] Blake2b(byte[] bytes) {
        ulong[] h = (ulong[])Iv.Clone();
        h[0] ^= 0x01010040;
        int at = 0;
        do {
            int count = Math.Min(128, bytes.Length - at);
            byte[] block = new byte[128];
            Buffer.BlockCopy(bytes, at, block, 0, count);
            at += count;
            ulong[] m = new ulong[16], v = new ulong[16];
            Buffer.BlockCopy(block, 0, m, 0, 128);
            for (int i = 0; i < 8; i++) { v[i] = h[i]; v[i + 8] = Iv[i]; }
            v[12] ^= (ulong)at;
            if (at == bytes.Length) v[14] = ~v[14];
            for (int round = 0; round < 12; round++) {
                string s = Sigma[round % 10];
                for (int i = 0; i < 8; i++) {
                    int a = i % 4, b = 4 + (i < 4 ? i : (i + 1) % 4), c = 8 + (i < 4 ? i : (i + 2) % 4), d = 12 + (i < 4 ? i : (i + 3) % 4);
                    v[a] += v[b] + m[Convert.ToInt32(s.Substring(2 * i, 1), 16)];
                    v[d] = Right(v[d] ^ v[a], 32);
                    v[c] += v[d];
                    v[b] = Right(v[b] ^ v[c], 24);
                    v[a] += v[b] + m[Convert.ToInt32(s.Substring(2 * i + 1, 1), 16)];
                    v[d] = Right(v[d] ^ v[a], 16);
                    v[c] += v[d];
                    v[b] = Right(v[b] ^ v[c], 63);
                }
            }
            for (int i = 0; i < 8; i++) h[i] ^= v[i] ^ v[i + 8];
        } while (at < bytes.Length);
        byte[] hash = new byte[64];
        Buffer.BlockCopy(h, 0, hash, 0, 64);
        return hash;
    }
    static ulong Right(ulong word, int count) { return (word >> count) | (word << (64 - count)); }

    // Ed25519 (RFC 8032), verifying alone, after TweetNaCl: a number is 16 limbs of 16 bits. Nothing here is secret.
    static class Ed25519 {
        static readonly long[] D = Limbs("a3785913ca4deb75abd841414d0a700098e879777940c78c73fe6f2bee6c0352");
        static readonly long[] D2 = Limbs("59f1b226949bd6eb56b183829a14e00030d1f3eef2808e19e7fcdf56dcd90624");
        static readonly long[] X = Limbs("1ad5258f602d56c9b2a7259560c72c695cdcd6fd31e2a4c0fe536ecdd3366921");
        static readonly long[] Y = Limbs("5866666666666666666666666666666666666666666666666666666666666666");
        static readonly long[] I = Limbs("b0a00e4a271beec478e42fad0618432fa7d7fb3d99004d2b0bdfc14f8024832b");
        static readonly byte[] L = Bytes("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");

        public static bool Verify(byte[] message, byte[] signature, byte[] key) {
            byte[] s = Part(signature, 32, 32);
            if (!Below(s, L)) return false;
            long[][] minus = Unpack(key);
            if (minus == null) return false;
            byte[] hash;
            using (SHA512 sha = SHA512.Create()) hash = sha.ComputeHash(Joined(Joined(Part(signature, 0, 32), key), message));
            long[][] sum = Times(minus, Modulo(hash));
            Add(sum, Times(new[] { X, Y, Number(1), Product(X, Y) }, s));
            byte[] point = Pack(sum);
            int difference = 0;
            for (int i = 0; i < 32; i++) difference |= point[i] ^ signature[i];
            return difference == 0;
        }

        static byte[] Bytes(string hex) {
            byte[] bytes = new byte[32];
            for (int i = 0; i < 32; i++) bytes[i] = Convert.ToByte(hex.Substring(2 * i, 2), 16);
            return bytes;
        }
        static long[] Limbs(string hex) { return Limbs(Bytes(hex)); }
        static long[] Limbs(byte[] bytes) {
            long[] limbs = new long[16];
            for (int i = 0; i < 16; i++) limbs[i] = bytes[2 * i] + ((long)bytes[2 * i + 1] << 8);
            limbs[15] &= 0x7fff;
            return limbs;
        }
        static long[] Number(long n) { long[] limbs = new long[16]; limbs[0] = n; return limbs; }
        static bool Below(byte[] a, byte[] b) {
            for (int i = 31; i >= 0; i--) if (a[i] != b[i]) return a[i] < b[i];
            return false;
        }

        static void Carry(long[] o) {
            for (int i = 0; i < 16; i++) {
                o[i] += 65536;
                long c = o[i] >> 16;
                if (i < 15) o[i + 1] += c - 1; else o[0] += 38 * (c - 1);
                o[i] -= c << 16;
            }
        }
        static long[] Sum(long[] a, long[] b) {
            long[] o = new long[16];
            for (int i = 0; i < 16; i++) o[i] = a[i] + b[i];
            return o;
        }
        static long[] Difference(long[] a, long[] b) {
            long[] o = new long[16];
            for (int i = 0; i < 16; i++) o[i] = a[i] - b[i];
            return o;
        }
        static long[] Product(long[] a, long[] b) {
            long[] t = new long[31], o = new long[16];
            for (int i = 0; i < 16; i++) for (int j = 0; j < 16; j++) t[i + j] += a[i] * b[j];
            for (int i = 0; i < 15; i++) t[i] += 38 * t[i + 16];
            Array.Copy(t, o, 16);
            Carry(o);
            Carry(o);
            return o;
        }
        static long[] Inverse(long[] a) {
            long[] c = a;
            for (int i = 253; i >= 0; i--) {
                c = Product(c, c);
                if (i != 2 && i != 4) c = Product(c, a);
            }
            return c;
        }
        static byte[] Bytes(long[] n) {
            long[] t = (long[])n.Clone();
            Carry(t); Carry(t); Carry(t);
            for (int twice = 0; twice < 2; twice++) {
                long[] m = new long[16];
                m[0] = t[0] - 0xffed;
                for (int i = 1; i < 15; i++) { m[i] = t[i] - 0xffff - ((m[i - 1] >> 16) & 1); m[i - 1] &= 0xffff; }
                m[15] = t[15] - 0x7fff - ((m[14] >> 16) & 1);
                bool negative = ((m[15] >> 16) & 1) == 1;
                m[14] &= 0xffff;
                if (!negative) t = m;
            }
            byte[] o = new byte[32];
            for (int i = 0; i < 16; i++) { o[2 * i] = (byte)(t[i] & 0xff); o[2 * i + 1] = (byte)((t[i] >> 8) & 0xff); }
            return o;
        }
        static bool Equal(long[] a, long[] b) {
            byte[] x = Bytes(a), y = Bytes(b);
            for (int i = 0; i < 32; i++) if (x[i] != y[i]) return false;
            return true;
        }

        static void Add(long[][] p, long[][] q) {
            long[] a = Product(Difference(p[1], p[0]), Difference(q[1], q[0])), b = Product(Sum(p[0], p[1]), Sum(q[0], q[1]));
            long[] c = Product(Product(p[3], q[3]), D2), d = Product(p[2], q[2]);
            d = Sum(d, d);
            long[] e = Difference(b, a), f = Difference(d, c), g = Sum(d, c), h = Sum(b, a);
            p[0] = Product(e, f);
            p[1] = Product(h, g);
            p[2] = Product(g, f);
            p[3] = Product(e, h);
        }
        static long[][] Times(long[][] q, byte[] s) {
            long[][] p = { Number(0), Number(1), Number(1), Number(0) };
            for (int i = 255; i >= 0; i--) {
                Add(p, p);
                if (((s[i / 8] >> (i & 7)) & 1) == 1) Add(p, q);
            }
            return p;
        }
        static byte[] Pack(long[][] p) {
            long[] inverse = Inverse(p[2]);
            byte[] bytes = Bytes(Product(p[1], inverse));
            bytes[31] ^= (byte)((Bytes(Product(p[0], inverse))[0] & 1) << 7);
            return bytes;
        }
        // The point of a key, negated; null where there is none.
        static long[][] Unpack(byte[] key) {
            long[] y = Limbs(key), one = Number(1), square = Product(y, y);
            long[] num = Difference(square, one), den = Sum(one, Product(square, D));
            long[] den2 = Product(den, den), den6 = Product(Product(den2, den2), den2), root = Product(Product(den6, num), den), t = root;
            for (int i = 250; i >= 0; i--) {
                t = Product(t, t);
                if (i != 1) t = Product(t, root);
            }
            long[] x = Product(Product(Product(Product(t, num), den), den), den);
            if (!Equal(Product(Product(x, x), den), num)) x = Product(x, I);
            if (!Equal(Product(Product(x, x), den), num)) return null;
            if ((Bytes(x)[0] & 1) == key[31] >> 7) x = Difference(Number(0), x);
            return new[] { x, y, one, Product(x, y) };
        }
        // The hash as a number below L, by long division, bit after bit.
        static byte[] Modulo(byte[] hash) {
            byte[] rest = new byte[32];
            for (int bit = 511; bit >= 0; bit--) {
                int carry = (hash[bit / 8] >> (bit & 7)) & 1;
                for (int i = 0; i < 32; i++) { carry |= rest[i] << 1; rest[i] = (byte)carry; carry >>= 8; }
                if (Below(rest, L)) continue;
                int borrow = 0;
                for (int i = 0; i < 32; i++) { borrow += rest[i] - L[i]; rest[i] = (byte)borrow; borrow >>= 8; }
            }
            return rest;
        }
    }
}
'@

Install-FyneSetup $To
}
