import { clientArgs, clientRules } from './docker/client-args.js';
import { meantNetwork } from './docker/container-look.js';
import { engineOf } from './docker/engine.js';
import { defineModule } from './module.js';
import { stepping } from './steps.js';

/** Tells about a network. */
export const dockerNetworkInfo = defineModule({
  name: 'docker_network_info',
  collection: 'community.docker',
  summary: 'Tells what the engine knows of a Docker network.',
  args: {
    ...clientArgs,
    name: { type: 'str', required: true, doc: 'The network, by its name or the beginning of its id.' },
  },
  rules: clientRules,
  returns: { exists: 'whether there is one', network: 'what the engine says of it, else null' },
  examples: `
- name: Look at the network
  docker_network_info:
    name: app
  register: network
`,
  check: 'handled',
  run: (info) =>
    stepping(async () => {
      const found = await engineOf(info, info.args).object(`/networks/${encodeURIComponent(info.args.name)}`);
      const network = meantNetwork(info.args.name, found) ?? null;
      return { changed: false, exists: network !== null, network };
    }),
});
