/* msvc: stands in for Microsoft's programs, each under its own name. Answers and exit codes are those that their pages have;
   what they are told is noted in `C:\lab\msvc.log`.

   vswhere   prints `C:\lab\vswhere.json`
   setup     lays what it is told to add, unless `C:\lab\setup.code` says how it ends instead; ends with that code
   rc        copies what it is to compile
   cl        hands what it is to compile to the gcc stand-in; refuses where vcvars64.bat was not run before */
#include <stdio.h>
#include <wchar.h>
#include <windows.h>

#define TOOLS L"Microsoft.VisualStudio.Component.VC.Tools.x86.x64"
#define SDK L"Microsoft.VisualStudio.Component.Windows11SDK.22621"
#define CANCELLED 1223

static WCHAR self[MAX_PATH];

static void lay(const WCHAR *from, const WCHAR *dir, const WCHAR *path)
{
    WCHAR to[MAX_PATH];
    swprintf(to, MAX_PATH, L"%ls\\%ls", dir, path);
    for (WCHAR *it = to + 3; *it; it++)
        if (*it == L'\\') {
            *it = 0;
            CreateDirectoryW(to, NULL);
            *it = L'\\';
        }
    CopyFileW(from, to, FALSE);
}

static int vswhere(int argc, WCHAR **argv)
{
    int utf8 = 0, json = 0, products = 0, c;
    for (int i = 1; i < argc; i++) {
        utf8 |= !wcscmp(argv[i], L"-utf8");
        json |= !wcscmp(argv[i], L"-format") && i + 1 < argc && !wcscmp(argv[i + 1], L"json");
        products |= !wcscmp(argv[i], L"-products") && i + 1 < argc && !wcscmp(argv[i + 1], L"*");
    }
    FILE *file = _wfopen(L"C:\\lab\\vswhere.json", L"rb");
    /* Without these words the real one prints another form, in another code page, or no Build Tools. */
    if (!utf8 || !json || !products || !file) {
        printf("[]\n");
        return 0;
    }
    while ((c = fgetc(file)) != EOF)
        putchar(c);
    return 0;
}

static int setup(int argc, WCHAR **argv)
{
    const WCHAR *install = NULL;
    int code = 0;
    WCHAR kits[MAX_PATH];
    FILE *says = _wfopen(L"C:\\lab\\setup.code", L"r");
    if (says) {
        if (fwscanf(says, L"%d", &code) != 1)
            code = 1;
        fclose(says);
    }
    for (int i = 1; i + 1 < argc; i++)
        if (!wcscmp(argv[i], L"--installPath"))
            install = argv[i + 1];
    if (argc < 2 || wcscmp(argv[1], L"modify") || !install)
        return 87; /* ERROR_INVALID_PARAMETER */
    if (code == CANCELLED)
        return code;
    ExpandEnvironmentStringsW(L"%ProgramFiles(x86)%\\Windows Kits\\10\\bin", kits, MAX_PATH);
    for (int i = 1; i + 1 < argc; i++) {
        if (wcscmp(argv[i], L"--add"))
            continue;
        if (!wcscmp(argv[i + 1], TOOLS)) {
            lay(self, install, L"VC\\Tools\\MSVC\\14.43.34808\\bin\\Hostx64\\x64\\cl.exe");
            lay(L"C:\\lab\\vcvars64.bat", install, L"VC\\Auxiliary\\Build\\vcvars64.bat");
        } else if (!wcscmp(argv[i + 1], SDK))
            lay(self, kits, L"10.0.22621.0\\x64\\rc.exe");
    }
    return code;
}

static int rc(int argc, WCHAR **argv)
{
    return argc == 5 && CopyFileW(argv[4], argv[3], FALSE) ? 0 : 1;
}

static int cl(void)
{
    STARTUPINFOW with = {.cb = sizeof with};
    PROCESS_INFORMATION it;
    DWORD code = 2;
    WCHAR line[] = L"C:\\lab\\gcc.exe -o program.exe program.c";
    if (!GetEnvironmentVariableW(L"VCToolsVersion", NULL, 0)) {
        printf("program.c(1): fatal error C1034: windows.h: no include path set\n");
        return 2;
    }
    if (GetFileAttributesW(L"program.res") == INVALID_FILE_ATTRIBUTES)
        return 2;
    if (!CreateProcessW(NULL, line, NULL, NULL, TRUE, 0, NULL, NULL, &with, &it))
        return 2;
    WaitForSingleObject(it.hProcess, INFINITE);
    GetExitCodeProcess(it.hProcess, &code);
    return code;
}

int wmain(int argc, WCHAR **argv)
{
    FILE *log = _wfopen(L"C:\\lab\\msvc.log", L"ab");
    GetModuleFileNameW(NULL, self, MAX_PATH);
    const WCHAR *name = wcsrchr(self, L'\\') + 1;
    if (log) {
        fprintf(log, "%ls", name);
        for (int i = 1; i < argc; i++)
            fprintf(log, " %ls", argv[i]);
        fprintf(log, "\r\n");
        fclose(log);
    }
    if (!_wcsicmp(name, L"vswhere.exe"))
        return vswhere(argc, argv);
    if (!_wcsicmp(name, L"setup.exe"))
        return setup(argc, argv);
    if (!_wcsicmp(name, L"rc.exe"))
        return rc(argc, argv);
    return cl();
}
