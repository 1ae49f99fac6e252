/* winget: a stand-in for Windows' package manager, for one portable package: WinLibs, whose gcc.exe is the stand-in beside
   `C:\lab`. Answers, exit codes and traces are those that winget documents: `Packages\ID_SOURCE` below the user's data, its
   `bin` behind what the user's Path has, as REG_EXPAND_SZ. Each line of words is noted in `C:\lab\winget.log`.

   Where `C:\lab\winget.says` has a code, `install` ends with it; it installs nothing then, unless the word behind it is
   `installed`. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <windows.h>

#define ID L"BrechtSanders.WinLibs.POSIX.UCRT"
#define VERSION L"16.2.0-14.0.0-r1"
#define NOT_FOUND 0x8A150014
#define NO_NEWER 0x8A15002B

static WCHAR package[MAX_PATH], tools[MAX_PATH], bin[MAX_PATH], program[MAX_PATH];

static void places(void)
{
    WCHAR data[MAX_PATH];
    ExpandEnvironmentStringsW(L"%LOCALAPPDATA%\\Microsoft\\WinGet\\Packages", data, MAX_PATH);
    swprintf(package, MAX_PATH, L"%ls\\%ls_Microsoft.Winget.Source_8wekyb3d8bbwe", data, ID);
    swprintf(tools, MAX_PATH, L"%ls\\mingw64", package);
    swprintf(bin, MAX_PATH, L"%ls\\bin", tools);
    swprintf(program, MAX_PATH, L"%ls\\gcc.exe", bin);
}

static int there(void)
{
    return GetFileAttributesW(program) != INVALID_FILE_ATTRIBUTES;
}

static void make(const WCHAR *dir)
{
    WCHAR one[MAX_PATH];
    for (const WCHAR *it = dir + 3; *it; it++)
        if (*it == L'\\') {
            wcsncpy(one, dir, it - dir);
            one[it - dir] = 0;
            CreateDirectoryW(one, NULL);
        }
    CreateDirectoryW(dir, NULL);
}

/* Our directory behind what Path has, or out of it. */
static void on_path(int add)
{
    static WCHAR was[32768], now[32768];
    DWORD kind = REG_EXPAND_SZ, size = sizeof was - sizeof *was;
    HKEY key;
    if (RegCreateKeyExW(HKEY_CURRENT_USER, L"Environment", 0, NULL, 0, KEY_READ | KEY_WRITE, NULL, &key, NULL))
        return;
    if (RegQueryValueExW(key, L"Path", NULL, &kind, (BYTE *)was, &size))
        was[0] = 0;
    /* Every other entry stays as it is written, empty ones too. */
    int first = 1;
    for (WCHAR *rest = was, *entry; (entry = rest);) {
        rest = wcschr(entry, L';');
        if (rest)
            *rest++ = 0;
        if (!_wcsicmp(entry, bin))
            continue;
        swprintf(now + wcslen(now), 4096, L"%ls%ls", first ? L"" : L";", entry);
        first = 0;
    }
    if (add)
        swprintf(now + wcslen(now), 4096, L"%ls%ls", now[0] ? L";" : L"", bin);
    if (now[0])
        RegSetValueExW(key, L"Path", 0, kind, (BYTE *)now, (wcslen(now) + 1) * sizeof *now);
    else
        RegDeleteValueW(key, L"Path");
    RegCloseKey(key);
}

/* How it is to end, and whether it does its work nevertheless. */
static int told(DWORD *code)
{
    char number[32] = "1", word[32] = "";
    FILE *file = _wfopen(L"C:\\lab\\winget.says", L"r");
    if (!file)
        return 0;
    fscanf(file, "%31s %31s", number, word);
    *code = strtoul(number, NULL, 0);
    fclose(file);
    return strcmp(word, "installed") ? 1 : 2;
}

static DWORD unpacked(void);

static DWORD install(void)
{
    DWORD code;
    switch (told(&code)) {
    case 0:
        return unpacked();
    case 1:
        printf("Found WinLibs [%ls] Version %ls\n", ID, VERSION);
        return code;
    default:
        unpacked();
        return code;
    }
}

static DWORD unpacked(void)
{
    if (there()) {
        printf("Found an existing package already installed.\nNo newer package versions are available.\n");
        return NO_NEWER;
    }
    printf("Found WinLibs [%ls] Version %ls\nSuccessfully verified installer hash\n", ID, VERSION);
    make(bin);
    if (!CopyFileW(L"C:\\lab\\gcc.exe", program, FALSE))
        return 1;
    on_path(1);
    printf("Successfully installed\n");
    return 0;
}

static DWORD uninstall(void)
{
    if (!there()) {
        printf("No installed package found matching input criteria.\n");
        return NOT_FOUND;
    }
    printf("Found WinLibs [%ls]\n", ID);
    on_path(0);
    DeleteFileW(program);
    RemoveDirectoryW(bin), RemoveDirectoryW(tools), RemoveDirectoryW(package);
    printf("Successfully uninstalled\n");
    return 0;
}

static DWORD list(int named)
{
    if (!there() && named) {
        printf("No installed package found matching input criteria.\n");
        return NOT_FOUND;
    }
    printf("Name     ID                                Version           Source\n-----\n");
    if (there())
        printf("WinLibs  %ls  %ls  winget\n", ID, VERSION);
    return 0;
}

int wmain(int argc, WCHAR **argv)
{
    FILE *log = _wfopen(L"C:\\lab\\winget.log", L"ab");
    int named = 0, ours = 0;
    for (int i = 1; i < argc; i++) {
        named |= !wcscmp(argv[i], L"--id");
        ours |= !wcscmp(argv[i], ID);
        if (log)
            fprintf(log, "%ls%s", argv[i], i + 1 < argc ? " " : "\r\n");
    }
    if (log)
        fclose(log);
    places();
    const WCHAR *verb = argc > 1 ? argv[1] : L"";
    if (named && !ours) {
        printf("No package found matching input criteria.\n");
        return NOT_FOUND;
    }
    if (!wcscmp(verb, L"install"))
        return install();
    if (!wcscmp(verb, L"uninstall"))
        return uninstall();
    if (!wcscmp(verb, L"list"))
        return list(named);
    return 0;
}
