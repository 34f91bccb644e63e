#!/usr/bin/env bash
# Stage {{number}} on {{nodes}} node(s) of {{gpus_per_node}} GPUs. On several nodes start it on each, with NODE_RANK from 0 and HEAD_IP the first node's address;
# stage{{number}}.sbatch does so under Slurm.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
{{need_data}}{{exec}}accelerate launch --config_file "${EHR_R1_ACCELERATE:-accelerate-zero3.yaml}" \
  --num_machines {{nodes}} --num_processes {{gpus}} --machine_rank "${NODE_RANK:-0}" \
  --main_process_ip "${HEAD_IP:-127.0.0.1}" --main_process_port "${HEAD_PORT:-29500}" \
  -m trl.scripts.sft --config stage{{number}}.yaml "$@"{{merge}}
