#!/bin/sh
# backup.sh, as the application's repository has it: makes backups now, by the playbooks of this clone.
INIT_CWD=$PWD exec node "$(dirname "$0")/start.mjs" backup "$@"
