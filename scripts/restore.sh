#!/bin/sh
# restore.sh, as the application's repository has it: restores the databases, by the playbooks of this clone.
INIT_CWD=$PWD exec node "$(dirname "$0")/start.mjs" restore "$@"
