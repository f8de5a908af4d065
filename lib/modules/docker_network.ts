import type { JsonObject } from '../values/json.js';
import { clientRules } from './docker/client-args.js';
import { meantNetwork } from './docker/container-look.js';
import { engineOf, objectOf } from './docker/engine.js';
import { checkPools, dockerNetworkArgs, networkBody, networkMismatches } from './docker/network-wish.js';
import { doing, type ObjectWork, objectResult } from './docker/object-work.js';
import { defineModule, type ModuleResult, type RunInfo } from './module.js';
import { stepping } from './steps.js';

/** Makes and removes networks, and has containers join and leave them. */
export const dockerNetwork = defineModule({
  name: 'docker_network',
  collection: 'community.docker',
  summary: 'Keeps a Docker network as it is described.',
  args: dockerNetworkArgs,
  rules: clientRules,
  returns: { network: 'what the engine says of the network' },
  examples: `
- name: The containers of the application see each other
  docker_network:
    name: app
    ipam_config:
      - subnet: 172.30.0.0/24
`,
  check: 'handled',
  run: (info) => stepping(() => runNetwork(info)),
});

function containersOf(network: JsonObject | undefined): string[] {
  return Object.values(objectOf(network?.Containers) ?? {}).map((c) => String(objectOf(c)?.Name));
}

async function move(work: ObjectWork, network: string, name: string, joins: boolean): Promise<void> {
  const verb = joins ? 'connect' : 'disconnect';
  work.told.found.push({ name: `connected.${name}`, wish: joins, now: !joins });
  const path = `/networks/${encodeURIComponent(network)}/${verb}`;
  const request = { method: 'POST', path, body: { Container: name } };
  const action = `${joins ? 'Connected' : 'Disconnected'} container ${name}`;
  await doing(work, action, request, `Error: cannot ${verb} container ${name}`);
}

async function runNetwork(info: RunInfo<typeof dockerNetworkArgs>): Promise<ModuleResult> {
  const { args: a } = info;
  checkPools(a.ipam_config);
  const engine = engineOf(info, a);
  const work: ObjectWork = { info, engine, told: { changed: false, actions: [], found: [] } };
  const path = `/networks/${encodeURIComponent(a.name)}`;
  const found = meantNetwork(a.name, await engine.object(path));
  const differences = found && a.state === 'present' ? networkMismatches(a, found) : [];
  const goes = found !== undefined && (a.state === 'absent' || a.force || differences.length > 0);
  if (goes) {
    for (const name of containersOf(found)) await move(work, a.name, name, false);
    await doing(work, `Removed network ${a.name}`, { method: 'DELETE', path }, 'Error removing network');
  }
  const result = () => objectResult(work, a.debug, [found !== undefined, a.state === 'present'], differences);
  if (a.state === 'absent') return result();
  const stays = goes ? undefined : found;
  if (!stays) {
    const action = `Created network ${a.name} with driver ${a.driver}`;
    const request = { method: 'POST', path: '/networks/create', body: networkBody(a) };
    await doing(work, action, request, 'Error creating network');
  }
  const inside = containersOf(stays);
  const wanted = a.connected.length > 0 ? a.connected : containersOf(found);
  for (const name of wanted) if (!inside.includes(name)) await move(work, a.name, name, true);
  for (const name of inside) if (!a.appends && !wanted.includes(name)) await move(work, a.name, name, false);
  const now = work.told.changed && !info.check ? await engine.object(path) : found;
  return { ...result(), network: now ?? null };
}
