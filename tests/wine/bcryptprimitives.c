/* bcryptprimitives.dll for Wine 8, which has none: Rust's standard library and Go's runtime take random bytes from it.

   Every program of theirs loads it, so that it also brings the other thing that Wine 8 lacks: Windows 10's way to delete a
   file (FileDispositionInformationEx). Go asks for it to remove its work directories, and ends with "Invalid function" after a
   build that went well. Here it is answered by the old way. */
#include <string.h>
#include <windows.h>
#include <ntsecapi.h>
#include <winternl.h>

#define DISPOSITION 13
#define DISPOSITION_EX 64
#define DELETE_IT 1
/* How long a system call is, at most: what comes behind it is never reached. */
#define THUNK 64

typedef NTSTATUS(NTAPI *set_information)(HANDLE, IO_STATUS_BLOCK *, void *, ULONG, int);
static set_information as_it_was;

BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size)
{
    while (size > 0) {
        ULONG piece = size < 0x1000000 ? (ULONG)size : 0x1000000;
        if (!RtlGenRandom(data, piece))
            return FALSE;
        data += piece;
        size -= piece;
    }
    return TRUE;
}

static NTSTATUS NTAPI set_file(HANDLE file, IO_STATUS_BLOCK *status, void *data, ULONG size, int kind)
{
    if (kind != DISPOSITION_EX || size < sizeof(ULONG))
        return as_it_was(file, status, data, size, kind);
    BOOLEAN gone = (*(ULONG *)data & DELETE_IT) != 0;
    return as_it_was(file, status, &gone, sizeof gone, DISPOSITION);
}

/* The call leads here; what it was, some bytes that hold for any address, goes on elsewhere. */
static void lead_here(void)
{
    BYTE *call = (BYTE *)(void *)GetProcAddress(GetModuleHandleW(L"ntdll"), "NtSetInformationFile");
    BYTE jump[12] = {0x48, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xe0}; /* mov rax, …; jmp rax */
    void *to = (void *)set_file;
    DWORD was;
    BYTE *copy = VirtualAlloc(NULL, THUNK, MEM_COMMIT | MEM_RESERVE, PAGE_EXECUTE_READWRITE);
    /* mov r10, rcx; mov eax, …: only a system call as Wine 8 has it is known well enough */
    if (!call || !copy || memcmp(call, "\x4c\x8b\xd1\xb8", 4) || !VirtualProtect(call, THUNK, PAGE_EXECUTE_READWRITE, &was))
        return;
    memcpy(copy, call, THUNK);
    as_it_was = (set_information)(void *)copy;
    memcpy(jump + 2, &to, sizeof to);
    memcpy(call, jump, sizeof jump);
    VirtualProtect(call, THUNK, was, &was);
}

BOOL WINAPI DllMain(HINSTANCE self, DWORD why, void *reserved)
{
    (void)self, (void)reserved;
    if (why == DLL_PROCESS_ATTACH)
        lead_here();
    return TRUE;
}
