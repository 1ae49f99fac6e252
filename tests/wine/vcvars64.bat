@rem vcvars64.bat: a stand-in for Microsoft's, with the variables that are read of it.
@set VCToolsVersion=14.43.34808
@set WindowsSDKVersion=10.0.22621.0\
@set VSCMD_ARG_TGT_ARCH=x64
@set PATH=%~dp0..\..\Tools\MSVC\14.43.34808\bin\Hostx64\x64;%ProgramFiles(x86)%\Windows Kits\10\bin\10.0.22621.0\x64;%PATH%
