#!/usr/bin/env bash
# Stage 3 on {{train_nodes}} training node(s) of {{gpus_per_node}} GPUs{{rollout_note}}. The reward server must be running (reward-server.sh).
# On several nodes start it on each training node, with NODE_RANK from 0 and HEAD_IP the first one's address; stage3.sbatch does so under Slurm.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export PYTHONPATH="$PWD${PYTHONPATH:+:$PYTHONPATH}"
export EHR_R1_REWARD_URL="${EHR_R1_REWARD_URL:-http://127.0.0.1:8100}"
{{exec}}accelerate launch --config_file "${EHR_R1_ACCELERATE:-accelerate-zero3.yaml}" \
  --num_machines {{train_nodes}} --num_processes {{gpus}} --machine_rank "${NODE_RANK:-0}" \
  --main_process_ip "${HEAD_IP:-127.0.0.1}" --main_process_port "${HEAD_PORT:-29500}" \
  -m trl.scripts.grpo --config stage3.yaml{{server_arguments}} "$@"{{merge}}
