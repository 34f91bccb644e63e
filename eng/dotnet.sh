# Sourced by the launchers: finds .NET, and builds quietly, one build at a time.
# Works with bash 3.2 (macOS) and later.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

# Sets dotnet to the first .NET host found, or fails.
find_dotnet() {
  local candidate
  for candidate in "$(command -v dotnet 2>/dev/null || true)" "${DOTNET_ROOT:-}/dotnet" "$HOME/.dotnet/dotnet" \
      /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet /usr/local/share/dotnet/dotnet /opt/homebrew/bin/dotnet; do
    if [ -n "$candidate" ] && [ -x "$candidate" ]; then
      dotnet=$candidate
      return 0
    fi
  done
  return 1
}

# Says how to get the SDK, and ends with the code of a user's error.
explain_missing_sdk() {
  cat >&2 <<'TEXT'
ehr-r1 needs the .NET 10 SDK, which was not found on this machine.

  Ubuntu 24.04 or later   sudo apt-get install dotnet-sdk-10.0
  Debian                  add Microsoft's package feed as dotnet.microsoft.com describes,
                          then: sudo apt-get install dotnet-sdk-10.0
  Fedora                  sudo dnf install dotnet-sdk-10.0
  macOS                   brew install --cask dotnet-sdk
  Windows                 winget install Microsoft.DotNet.SDK.10
  any other, or no root   the installers and the dotnet-install script at dotnet.microsoft.com

Found an SDK elsewhere? Put its folder on PATH, or set DOTNET_ROOT to it.
TEXT
  exit 2
}

# Fails unless the host found has an SDK that fits global.json.
require_sdk() {
  find_dotnet || explain_missing_sdk
  (cd "$root" && "$dotnet" --version) >/dev/null 2>&1 || explain_missing_sdk
}

# Runs a function while no other start builds. The lock is the system's own where there is flock, so that it
# cannot outlive a killed process; else a folder that holds the owner's process id.
one_at_a_time() {
  local locks=$root/artifacts status=0
  mkdir -p "$locks"
  if command -v flock >/dev/null 2>&1; then
    exec 9>"$locks/build.lock"
    flock 9
    "$@" || status=$?
    exec 9>&-
    return $status
  fi
  until mkdir "$locks/build.lock.d" 2>/dev/null; do
    local owner
    owner=$(cat "$locks/build.lock.d/pid" 2>/dev/null || true)
    if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
      mv "$locks/build.lock.d" "$locks/build.lock.dead.$$" 2>/dev/null && rm -rf "$locks/build.lock.dead.$$"
    else
      sleep 0.2
    fi
  done
  echo $$ > "$locks/build.lock.d/pid"
  trap 'rm -rf "$root/artifacts/build.lock.d"' EXIT
  "$@" || status=$?
  rm -rf "$locks/build.lock.d"
  trap - EXIT
  return $status
}

# quiet_build LOG ARGUMENTS: dotnet build into a log; the errors alone are shown when it fails.
# The lock's descriptor is closed for the children: a compiler server that stays behind must not keep it.
quiet_build() {
  local log=$1
  shift
  mkdir -p "$(dirname "$log")"
  if "$dotnet" build "$@" --nologo -v quiet -nodeReuse:false -p:UseSharedCompilation=true >"$log" 2>&1 </dev/null 9>&-; then
    return 0
  fi
  echo "The build failed:" >&2
  if ! grep -E '(error|warn) ?[A-Z]*[0-9]*' "$log" | sort -u | head -40 >&2; then
    tail -40 "$log" >&2
  fi
  echo "The whole log is in $log." >&2
  return 1
}
