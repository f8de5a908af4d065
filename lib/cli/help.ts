import { FLAGS, type Flag } from './flags.js';

const HEAD = `ffe-provision: builds, hardens and rebuilds fleets of Debian and Ubuntu servers over SSH, from Ansible's own
playbooks. Nodes need nothing but sshd, sh and coreutils.

Usage:
  ffe-provision -i INVENTORY PLAYBOOK [PLAYBOOK...] [options]
  ffe-provision lab up|down|status|ssh|reset|reboot [-i INVENTORY]   disposable booted nodes to try things on
  ffe-provision inventory -i INVENTORY --list|--host HOST|--graph    hosts, groups and variables, as ansible-inventory
  ffe-provision inventory --from terraform.tfstate                   an inventory of what Terraform made
  ffe-provision vars HOST [NAME] -i INVENTORY [PLAYBOOK]              where each variable comes from
  ffe-provision doc [MODULE...]                                       what modules take and give
  ffe-provision schema [playbook|tasks|handlers]                      the JSON schema of playbooks, for editors
  ffe-provision exec PATTERN -m MODULE -a ARGS                        one module without a playbook
  ffe-provision console [PATTERN]                                     modules line by line
  ffe-provision config dump|list|view|init                            settings, and where they were written
  ffe-provision secrets init -i INVENTORY                             passwords that it asks for, made once and sealed
  ffe-provision pull -U URL [PLAYBOOK]                                a repository's playbook on this machine
  ffe-provision render [FILE.j2] [-e @vars.yml]                       try a template

First steps:
  ffe-provision -i inventory/prod.yml site.yml --syntax-check      is everything spelt right? connects to nothing
  ffe-provision -i inventory/prod.yml site.yml --list-tasks        what would run, in which order?
  ffe-provision -i inventory/prod.yml site.yml --check --diff      what would change? changes nothing
  ffe-provision -i inventory/prod.yml site.yml                     build the fleet
  ffe-provision -i inventory/prod.yml site.yml                     once more: changed=0 everywhere

Common lines:
  ffe-provision -i inventory/prod.yml harden.yml --limit db1       one node
  ffe-provision -i inventory/prod.yml site.yml -l 'web:!web3'      the web servers, but not web3
  ffe-provision -i inventory/prod.yml site.yml -t firewall -D      only what is tagged firewall, with diffs
  ffe-provision -i inventory/prod.yml site.yml -u admin -b -K      log in as admin, become root, ask for its password
  ffe-provision -i inventory/prod.yml site.yml -e @release.yml --vault-password-file ~/.vault
  ffe-provision -i 'db1.example.org,' check.yml                    one host without an inventory file
  ffe-provision lab up -i inventory/lab.yml --install              disposable nodes of the same shape as the fleet

A playbook that is not in the current folder is looked for in playbooks/. Long options may be shortened as long as only
one fits.`;

const TAIL = `Environment: the ANSIBLE_ variables and ansible.cfg are read as Ansible reads them (docs/configuration.md); NO_COLOR.

Exit codes: 0 all well, 1 error, 2 a host failed, 4 a host could not be reached or a file is wrong, 5 bad options,
99 interrupted, 250 a defect of the program. All are explained in docs/exit-codes.md.`;

function spell(flag: Flag): string {
  const long = `--${flag.names[0]}${flag.value ? ` ${flag.value}` : ''}`;
  return flag.short ? `-${flag.short}, ${long}` : `    ${long}`;
}

/** The text of --help: usage, first steps, options by group, environment, exit codes. */
export function helpText(): string {
  const all: Flag[] = Object.values(FLAGS);
  const groups = [...new Set(all.map((f) => f.group))];
  const parts = groups.map((group) => {
    const rows = all.filter((f) => f.group === group).map((f) => `  ${spell(f).padEnd(34)} ${f.doc}`);
    return [`${group}:`, ...rows].join('\n');
  });
  return [HEAD, ...parts, TAIL, ''].join('\n\n');
}
