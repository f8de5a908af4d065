#!/bin/sh
# deploy.sh, as the application's repository has it: deploys, starts, stops or verifies the application, by the playbooks of this clone.
INIT_CWD=$PWD exec node "$(dirname "$0")/start.mjs" deploy "$@"
