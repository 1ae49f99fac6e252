/* gcc: a stand-in for MinGW's gcc on Windows. Hands its words to Debian's x86_64-w64-mingw32-gcc, so that what Go compiles and
   links under Wine is real; only the compiler itself runs on Linux. Paths are translated both ways, in response files too.

   Wine starts a program of Linux without a handle to wait for, and hands it no pipe. So a shell runs it that leaves what it
   printed in files, and its exit code last. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <windows.h>

#define COMPILER "/usr/bin/x86_64-w64-mingw32-gcc"

typedef char *(CDECL *to_unix)(const WCHAR *);
static to_unix unix_name;

static void *need(void *it)
{
    if (!it) {
        fprintf(stderr, "gcc stand-in: out of memory, or no Wine\n");
        exit(125);
    }
    return it;
}

static char *first(const char *text, size_t length)
{
    char *all = need(calloc(1, length + 1));
    return memcpy(all, text, length);
}

static WCHAR *wide(const char *text)
{
    int size = MultiByteToWideChar(CP_UTF8, 0, text, -1, NULL, 0);
    WCHAR *all = need(malloc(size * sizeof *all));
    MultiByteToWideChar(CP_UTF8, 0, text, -1, all, size);
    return all;
}

static char *narrow(const WCHAR *text)
{
    int size = WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL);
    char *all = need(malloc(size));
    WideCharToMultiByte(CP_UTF8, 0, text, -1, all, size, NULL, NULL);
    return all;
}

static char *text_of(const WCHAR *path, size_t *size)
{
    FILE *file = _wfopen(path, L"rb");
    if (!file)
        return NULL;
    fseek(file, 0, SEEK_END);
    *size = ftell(file);
    rewind(file);
    char *all = need(malloc(*size + 1));
    *size = fread(all, 1, *size, file);
    all[*size] = 0;
    fclose(file);
    return all;
}

/* A path of Windows as Linux has it: that of its longest part that is there, and the rest behind it. */
static char *path(const char *text)
{
    WCHAR *whole = wide(text);
    char *found = unix_name(whole);
    if (found)
        return found;
    char *back = need(strdup(text));
    for (char *it = back; *it; it++)
        if (*it == '/')
            *it = '\\';
    char *cut = strrchr(back, '\\');
    if (!cut || cut < back + 3)
        return back;
    *cut = 0;
    char *above = path(back);
    char *joined = need(malloc(strlen(above) + strlen(cut + 1) + 2));
    sprintf(joined, "%s/%s", above, cut + 1);
    return joined;
}

/* A word with every path in it translated: C:\x at its start, or behind an option, `=` or `,`. */
static char *word(const char *text)
{
    if (!strncmp(text, "-D", 2))
        return need(strdup(text));
    size_t size = 16, used = 0;
    char *all = need(calloc(1, size));
    const char *it = text;
    while (*it) {
        const char *piece = it;
        char *made = NULL;
        int drive = isalpha((unsigned char)it[0]) && it[1] == ':' && (it[2] == '\\' || it[2] == '/');
        int begins = it == text || !isalnum((unsigned char)it[-1]) || (text[0] == '-' && it == text + 2);
        if (drive && begins) {
            it += strcspn(it, "=,");
            made = path(first(piece, it - piece));
        } else {
            it++;
            made = first(piece, 1);
            if (*made == '\\')
                *made = '/';
        }
        size_t more = strlen(made);
        if (used + more + 1 > size)
            all = need(realloc(all, size = (used + more + 1) * 2));
        memcpy(all + used, made, more + 1);
        used += more;
    }
    return all;
}

static void quoted(FILE *file, const char *text)
{
    fputc('\'', file);
    for (; *text; text++)
        if (*text == '\'')
            fputs("'\\''", file);
        else
            fputc(*text, file);
    fputs("' ", file);
}

static WCHAR dir[MAX_PATH];

static WCHAR *ours(const WCHAR *name)
{
    WCHAR *all = need(malloc((wcslen(dir) + wcslen(name) + 2) * sizeof *all));
    wsprintfW(all, L"%s\\%s", dir, name);
    return all;
}

/* @file: its words, each translated, in a file of ours; as gcc reads them: blanks divide, quotes and backslashes protect. */
static char *response(const char *name)
{
    static int count;
    size_t size;
    char *text = text_of(wide(name), &size);
    if (!text)
        return path(name);
    WCHAR number[32];
    wsprintfW(number, L"words%d", count++);
    WCHAR *to = ours(number);
    FILE *file = need(_wfopen(to, L"wb"));
    char *one = need(malloc(size + 1));
    for (char *it = text; *it;) {
        while (isspace((unsigned char)*it))
            it++;
        if (!*it)
            break;
        size_t used = 0;
        char quote = 0;
        for (; *it && (quote || !isspace((unsigned char)*it)); it++) {
            if (*it == '\\' && it[1])
                one[used++] = *++it;
            else if (quote && *it == quote)
                quote = 0;
            else if (!quote && (*it == '"' || *it == '\''))
                quote = *it;
            else
                one[used++] = *it;
        }
        one[used] = 0;
        for (const char *c = word(one); *c; c++) {
            if (isspace((unsigned char)*c) || strchr("\\'\"", *c))
                fputc('\\', file);
            fputc(*c, file);
        }
        fputc('\n', file);
    }
    fclose(file);
    return unix_name(to);
}

/* What it printed, its paths as Windows has them. */
static void print(const WCHAR *name, FILE *to)
{
    size_t size = 0;
    char *text = text_of(ours(name), &size);
    for (char *line = text; line && line < text + size;) {
        char *end = memchr(line, '\n', text + size - line);
        size_t length = end ? (size_t)(end - line) + 1 : (size_t)(text + size - line);
        if (*line == '/')
            fputs("Z:", to);
        fwrite(line, 1, length, to);
        line += length;
    }
    fflush(to);
}

int wmain(int argc, WCHAR **argv)
{
    unix_name = (to_unix)(void *)GetProcAddress(GetModuleHandleW(L"kernel32"), "wine_get_unix_file_name");
    need((void *)unix_name);
    WCHAR temp[MAX_PATH];
    GetTempPathW(MAX_PATH, temp);
    wsprintfW(dir, L"%sgcc-%lu-%lu", temp, GetCurrentProcessId(), GetTickCount());
    need((void *)(ULONG_PTR)CreateDirectoryW(dir, NULL));

    int asks = 0;
    FILE *job = need(_wfopen(ours(L"job"), L"wb"));
    fputs("export LC_ALL=C\n" COMPILER " ", job);
    for (int i = 1; i < argc; i++) {
        char *one = narrow(argv[i]);
        asks |= !strcmp(one, "-");
        if (*one == '@') {
            char *file = response(one + 1), *all = need(malloc(strlen(file) + 2));
            sprintf(all, "@%s", file);
            quoted(job, all);
        } else
            quoted(job, word(one));
    }
    fputs("<", job);
    if (asks) {
        FILE *file = need(_wfopen(ours(L"in"), L"wb"));
        HANDLE input = GetStdHandle(STD_INPUT_HANDLE);
        char piece[65536];
        DWORD got;
        while (ReadFile(input, piece, sizeof piece, &got, NULL) && got)
            fwrite(piece, 1, got, file);
        fclose(file);
        quoted(job, unix_name(ours(L"in")));
    } else
        fputs("/dev/null ", job);
    fputs(">", job), quoted(job, unix_name(ours(L"out")));
    fputs("2>", job), quoted(job, unix_name(ours(L"err")));
    fputs("\necho $? >", job), quoted(job, unix_name(ours(L"ended")));
    fputs("\nmv ", job), quoted(job, unix_name(ours(L"ended"))), quoted(job, unix_name(ours(L"code")));
    fputs("\n", job);
    fclose(job);

    STARTUPINFOW with = {.cb = sizeof with};
    PROCESS_INFORMATION it;
    WCHAR line[4 * MAX_PATH];
    wsprintfW(line, L"sh \"%s\"", wide(unix_name(ours(L"job"))));
    if (!CreateProcessW(L"Z:\\bin\\sh", line, NULL, NULL, FALSE, 0, NULL, NULL, &with, &it)) {
        fprintf(stderr, "gcc stand-in: not started: %lu\n", GetLastError());
        return 125;
    }
    while (GetFileAttributesW(ours(L"code")) == INVALID_FILE_ATTRIBUTES)
        Sleep(2);
    print(L"out", stdout);
    print(L"err", stderr);
    size_t size;
    char *code = text_of(ours(L"code"), &size);
    int ended = code ? atoi(code) : 125;
    const WCHAR *files[] = {L"job", L"in", L"out", L"err", L"code", L"words0", L"words1"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        DeleteFileW(ours(files[i]));
    RemoveDirectoryW(dir);
    return ended;
}
