#!/usr/bin/env bash
# Serves the reward. The default is the published one; options go on to it, such as: ./reward-server.sh --workspace WORKSPACE --grounding 0.5
# With EHR_R1_REWARD_HOST=0.0.0.0 other nodes reach it: keep it within the cluster's own network.
set -euo pipefail
exec "${EHR_R1:-ehr-r1}" reward serve --host "${EHR_R1_REWARD_HOST:-127.0.0.1}" --port "${EHR_R1_REWARD_PORT:-8100}" "$@"
