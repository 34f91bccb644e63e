#!/usr/bin/env bash
# Stage 3: starts the training on a Ray cluster of {{nodes}} node(s) of {{gpus_per_node}} GPUs, from its head. On one node Ray is started by verl itself;
# on several, first 'ray start --head' on one and 'ray start --address=HEAD:6379' on the others; stage3.sbatch does so under Slurm.
# The reward server must be running (reward-server.sh).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export EHR_R1_REWARD_URL="${EHR_R1_REWARD_URL:-http://127.0.0.1:8100}"
mapfile -t settings < <(grep -v -e '^#' -e '^$' stage3.args)
python3 -m verl.trainer.main_ppo "${settings[@]}" \
  "++custom_reward_function.path=$PWD/ehr_r1_reward.py" ++custom_reward_function.name=compute_score \
  "++reward.custom_reward_function.path=$PWD/ehr_r1_reward.py" ++reward.custom_reward_function.name=compute_score "$@"
bash export-model.sh models/stage3
