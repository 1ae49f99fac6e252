/* break: starts a program in a group of its own, tells it Ctrl-Break once it waits for its input, and prints how it ended.
   usage: break COMMAND LINE. Makes a console of its own. */
#define UNICODE
#include <stdio.h>
#include <windows.h>

int main(void)
{
    WCHAR *line = GetCommandLineW();
    while (*line && *line != L' ') /* our own name has no blank */
        line++;
    while (*line == L' ')
        line++;
    STARTUPINFOW with = {.cb = sizeof with, .dwFlags = STARTF_USESTDHANDLES};
    SECURITY_ATTRIBUTES inherited = {.nLength = sizeof inherited, .bInheritHandle = TRUE};
    HANDLE input, ours;
    if (!CreatePipe(&input, &ours, &inherited, 0))
        return 2;
    SetHandleInformation(ours, HANDLE_FLAG_INHERIT, 0);
    with.hStdInput = input;
    with.hStdOutput = GetStdHandle(STD_OUTPUT_HANDLE);
    with.hStdError = GetStdHandle(STD_ERROR_HANDLE);
    FreeConsole();
    AllocConsole();
    PROCESS_INFORMATION it;
    if (!CreateProcessW(NULL, line, NULL, NULL, TRUE, CREATE_NEW_PROCESS_GROUP, NULL, NULL, &with, &it)) {
        printf("break: not started: %lu\n", GetLastError());
        return 2;
    }
    if (WaitForSingleObject(it.hProcess, 3000) == WAIT_OBJECT_0)
        printf("break: it did not wait\n");
    else if (!GenerateConsoleCtrlEvent(CTRL_BREAK_EVENT, it.dwProcessId))
        printf("break: not told: %lu\n", GetLastError());
    DWORD code = 0;
    if (WaitForSingleObject(it.hProcess, 5000) != WAIT_OBJECT_0)
        TerminateProcess(it.hProcess, 1);
    GetExitCodeProcess(it.hProcess, &code);
    printf("break: ended with %lu\n", code);
    return 0;
}
