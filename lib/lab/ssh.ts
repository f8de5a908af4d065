import { type Lab, nodeNamed } from './state.js';

/** Options of ssh(1) for a lab: its key and its known host keys only, strictly checked. */
export function sshOptions(lab: Lab): string[] {
  const set = (option: string) => ['-o', option];
  return [
    ...['-i', lab.keyFile],
    ...set('IdentitiesOnly=yes'),
    ...set('StrictHostKeyChecking=yes'),
    ...set(`UserKnownHostsFile=${lab.knownHosts}`),
    ...set('GlobalKnownHostsFile=/dev/null'),
  ];
}

/** The argv that logs in to a node (`user@name`, default root), for `command` when it has words. */
export function sshArgv(lab: Lab, target: string, words: readonly string[] = []): string[] {
  const [, user = 'root', name = ''] = target.match(/^(?:([^@]+)@)?(.*)$/) ?? [];
  return ['ssh', ...sshOptions(lab), `${user}@${nodeNamed(lab, name).address}`, ...words];
}
