# Install-Fyne.ps1: sets up Go @GO@, Fyne @FYNE@ and @CLI@ for the user who runs it.
# Written by fyne-setup @VERSION@ from manifest @MANIFEST@: fyne-setup provision winget
#
#   powershell -ExecutionPolicy Bypass -File Install-Fyne.ps1            # installs
#   powershell -ExecutionPolicy Bypass -File Install-Fyne.ps1 -Detect    # is it there? changes nothing
#
# For Intune and its like: install behaviour "User"; -Detect ends with 0 and a line of text where all is well, else with 1.
# Exit codes of an installation: 0 done, 3010 done after a restart, any other is that of fyne-setup.
@copy: # The program fyne-setup.exe has to lie beside this file: the one that wrote it has no release channel.
@channel: # The program fyne-setup.exe comes from @CHANNEL@ and is verified by its signature.
param([switch]$Detect)

$ErrorActionPreference = 'Stop'
$target = Join-Path $env:LOCALAPPDATA 'Programs\fyne-setup'
$program = Join-Path $target 'fyne-setup.exe'

if ($Detect) {
    if (-not (Test-Path $program)) { exit 1 }
    & $program check --goal build --quiet | Out-Null
    if ($LASTEXITCODE -ne 0) { exit 1 }
    Write-Output 'Fyne @FYNE@ is set up'
    exit 0
}

$log = Join-Path $env:LOCALAPPDATA 'fyne-setup-intune.log'
Start-Transcript -Path $log -Append | Out-Null
try {
@copy:     New-Item -ItemType Directory -Force $target | Out-Null
@copy:     Copy-Item -Force (Join-Path $PSScriptRoot 'fyne-setup.exe') $program
@channel:     $env:FYNE_SETUP_RELEASES = '@CHANNEL@'
@channel:     & ([scriptblock]::Create((Invoke-RestMethod '@CHANNEL@/install.ps1')))
    # Packages by winget, all else in the user's own directories. No window: nobody may be looking.
    & $program install --yes --no-proof --go @GO@ --fyne @FYNE@
    $code = $LASTEXITCODE
} finally {
    Stop-Transcript | Out-Null
}
if ($code -eq 6) { $code = 3010 }
exit $code
