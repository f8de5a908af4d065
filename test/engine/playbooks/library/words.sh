#!/bin/sh
# Reads its arguments as assignments.
. "$1"
echo 'a line before'
printf '{"changed": %s, "msg": "%s is %s", "list": "%s", "checked": "%s"}\n' "${change:-false}" "${name:-nobody}" "${state:-absent}" "$list" "$_ansible_check_mode"
