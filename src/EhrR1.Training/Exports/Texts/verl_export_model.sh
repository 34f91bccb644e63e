#!/usr/bin/env bash
# Makes the Hugging Face folder of a stage's last checkpoint: export-model.sh models/stage1 writes models/stage1/hf.
set -euo pipefail
stage=$1
last=$(find "$stage" -maxdepth 1 -type d -name 'global_step_*' | sort -V | tail -n 1)
[ -n "$last" ] || { echo "$stage has no checkpoint." >&2; exit 1; }
shards=$last
[ ! -d "$last/actor" ] || shards=$last/actor
rm -rf "$stage/hf.new"
if ls "$last"/*.safetensors >/dev/null 2>&1; then
  cp -r "$last" "$stage/hf.new"
else
  python3 -m verl.model_merger merge --backend fsdp --local_dir "$shards" --target_dir "$stage/hf.new"
fi
{{merge_adapter}}rm -rf "$stage/hf"
mv "$stage/hf.new" "$stage/hf"
