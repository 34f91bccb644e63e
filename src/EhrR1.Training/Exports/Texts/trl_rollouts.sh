#!/usr/bin/env bash
# Writes completions for stage 3 on a node of its own, all {{gpus_per_node}} GPUs: {{copies}} copies of the model, each on {{parallel}} GPU(s).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
exec trl vllm-serve --model "${1:-{{model}}}" --host 0.0.0.0 --port "${VLLM_PORT:-8000}" \
  --tensor-parallel-size {{parallel}} --data-parallel-size {{copies}} --max-model-len {{length}}
