@echo off
rem Builds ehr-r1 when its sources are newer than the last build, then runs it. Works from any folder.
rem train, generate, serve, reward and plan are another program's, which is not built here: eng/publish --with-training win-x64 makes both.
setlocal
set "ROOT=%~dp0"
set "PROGRAM=%ROOT%src\EhrR1.Cli\bin\Release\net10.0\ehr-r1.dll"
set "LOG=%ROOT%artifacts\build.log"
set DOTNET_CLI_TELEMETRY_OPTOUT=1
set DOTNET_NOLOGO=1

where dotnet >nul 2>nul
if errorlevel 1 goto :missing

if not exist "%PROGRAM%" goto :build
powershell -NoProfile -ExecutionPolicy Bypass -Command "$b=(Get-Item -LiteralPath $env:PROGRAM).LastWriteTimeUtc; $s=Get-ChildItem -LiteralPath ($env:ROOT+'src') -Recurse -File | Where-Object { $_.FullName -notmatch '\\(bin|obj)\\' -and $_.LastWriteTimeUtc -gt $b } | Select-Object -First 1; if ($s) { exit 1 } else { exit 0 }"
if errorlevel 1 goto :build
goto :run

:build
if not exist "%ROOT%artifacts" mkdir "%ROOT%artifacts"
pushd "%ROOT%"
dotnet --version >nul 2>nul
if errorlevel 1 (popd & goto :missing)
rem --no-incremental is not wanted: the touched output tells the next start that nothing changed.
dotnet build "%ROOT%src\EhrR1.Cli\EhrR1.Cli.csproj" -c Release -p:RunAnalyzers=false --nologo -v quiet -nodeReuse:false >"%LOG%" 2>&1
if errorlevel 1 (
  popd
  echo The build failed: 1>&2
  findstr /c:"error" "%LOG%" 1>&2
  echo The whole log is in %LOG%. 1>&2
  exit /b 1
)
popd
copy /b "%PROGRAM%"+,, "%PROGRAM%" >nul 2>nul

:run
dotnet "%PROGRAM%" %*
exit /b %errorlevel%

:missing
echo ehr-r1 needs the .NET 10 SDK, which was not found on this machine. 1>&2
echo Install it with: winget install Microsoft.DotNet.SDK.10 1>&2
echo or with the installer at dotnet.microsoft.com, then open a new window. 1>&2
exit /b 2
