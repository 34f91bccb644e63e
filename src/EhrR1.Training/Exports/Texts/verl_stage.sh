#!/usr/bin/env bash
# Stage {{number}} on {{nodes}} node(s) of {{gpus_per_node}} GPUs. On several nodes start it on each, with NODE_RANK from 0 and HEAD_IP the first node's address;
# stage{{number}}.sbatch does so under Slurm.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
{{need_data}}mapfile -t settings < <(grep -v -e '^#' -e '^$' stage{{number}}.args)
# The module has another name in newer versions.
trainer=verl.trainer.fsdp_sft_trainer
python3 -c "import importlib.util as u, sys; sys.exit(u.find_spec('$trainer') is None)" || trainer=verl.trainer.sft_trainer
torchrun --nnodes={{nodes}} --nproc_per_node={{gpus_per_node}} --node_rank="${NODE_RANK:-0}" \
  --master_addr="${HEAD_IP:-127.0.0.1}" --master_port="${HEAD_PORT:-29500}" \
  -m "$trainer" "${settings[@]}" "$@"
[ "${NODE_RANK:-0}" -ne 0 ] || bash export-model.sh models/stage{{number}}
