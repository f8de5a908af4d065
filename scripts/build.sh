#!/bin/sh
# build.sh, as the application's repository has it: builds the image of the application in the current folder, by the playbooks of this clone.
INIT_CWD=$PWD exec node "$(dirname "$0")/start.mjs" build "$@"
