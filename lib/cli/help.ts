import { FLAGS, type Flag } from './flags.js';

const HEAD = `ffe-provision: builds, hardens and rebuilds fleets of Debian and Ubuntu servers over SSH, from Ansible's own
playbooks. Nodes need nothing but sshd, sh and coreutils.

Usage:
  ffe-provision -i INVENTORY PLAYBOOK [PLAYBOOK...] [options]
  ffe-provision lab up|down|status|ssh|reset|reboot [-i INVENTORY]   disposable booted nodes to try things on
  ffe-provision render [FILE.j2] [-e @vars.yml]                       try a template

First steps:
  ffe-provision -i inventory/prod.yml site.yml --syntax-check      is everything spelt right?
  ffe-provision -i inventory/prod.yml site.yml --check --diff      what would change?
  ffe-provision -i inventory/prod.yml site.yml                     build the fleet
  ffe-provision -i inventory/prod.yml harden.yml --limit db1       harden one node
  ffe-provision -i inventory/prod.yml site.yml -t firewall -l web  only the firewall, only the web servers

A playbook that is not in the current folder is looked for in playbooks/.`;

const TAIL = `Exit codes: 0 all well, 1 error, 2 a host failed, 4 a host could not be reached or a file could not be parsed,
5 bad options, 99 interrupted.`;

function spell(flag: Flag): string {
  const long = `--${flag.names[0]}${flag.value ? ` ${flag.value}` : ''}`;
  return flag.short ? `-${flag.short}, ${long}` : `    ${long}`;
}

/** The text of --help: usage, first steps, options by group, exit codes. */
export function helpText(): string {
  const all: Flag[] = Object.values(FLAGS);
  const groups = [...new Set(all.map((f) => f.group))];
  const parts = groups.map((group) => {
    const rows = all.filter((f) => f.group === group).map((f) => `  ${spell(f).padEnd(34)} ${f.doc}`);
    return [`${group}:`, ...rows].join('\n');
  });
  return [HEAD, ...parts, TAIL, ''].join('\n\n');
}
