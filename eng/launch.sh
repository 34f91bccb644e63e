# Sourced by the launchers, after dotnet.sh: builds a program when its sources are newer than its last build.
# Needs root, the checkout's folder.

# The names of all sources: one that was added or removed changes the list.
sources() {
  find "$root/src" "$root/eng/TorchSharp.targets" "$root/Directory.Build.props" "$root/Directory.Packages.props" "$root/global.json" \
    \( -name bin -o -name obj \) -prune -o -type f "$@" -print
}

# What a build depends on: the sources, and the kind of libtorch.
inputs() {
  sources | cksum
  echo "cuda ${EHR_R1_CUDA:-no}"
}

# is_current PROGRAM STAMP
is_current() {
  [ -f "$1" ] && [ -f "$2" ] && [ -z "$(sources -newer "$2")" ] \
    && [ "$(cat "$2")" = "$(inputs)" ]
}

# build_program PROGRAM STAMP PROJECT WHAT
build_program() {
  ! is_current "$1" "$2" || return 0
  if [ -t 2 ]; then
    echo "Building $4 (once, and after changes to its sources; about a minute) …" >&2
  fi
  # The stamp carries the time at which the build began: what is edited meanwhile counts as newer.
  inputs > "$2.next"
  quiet_build "$root/artifacts/build.log" "$3" -c Release -p:RunAnalyzers=false ${EHR_R1_CUDA:+-p:EhrR1Cuda=true}
  mv "$2.next" "$2"
}

# launch PROJECT ASSEMBLY STAMP ARGUMENTS…: builds if need be, and becomes the program.
launch() {
  local project=$root/src/$1/$1.csproj program=$root/src/$1/bin/Release/net10.0/$2.dll stamp=$root/artifacts/$3 name=$2
  shift 3
  if ! is_current "$program" "$stamp"; then
    require_sdk
    one_at_a_time build_program "$program" "$stamp" "$project" "$name" || exit 1
  fi
  find_dotnet || explain_missing_sdk
  exec "$dotnet" "$program" "$@"
}
