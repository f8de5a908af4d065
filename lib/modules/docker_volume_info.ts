import { clientArgs, clientRules } from './docker/client-args.js';
import { engineOf } from './docker/engine.js';
import { defineModule } from './module.js';
import { stepping } from './steps.js';

/** Tells about a volume. */
export const dockerVolumeInfo = defineModule({
  name: 'docker_volume_info',
  collection: 'community.docker',
  summary: 'Tells what the engine knows of a Docker volume.',
  args: {
    ...clientArgs,
    name: { type: 'str', required: true, aliases: ['volume_name'], doc: 'The volume.' },
  },
  rules: clientRules,
  returns: { exists: 'whether there is one', volume: 'what the engine says of it, else null' },
  examples: `
- name: Where is the data?
  docker_volume_info:
    name: app-data
  register: data
`,
  check: 'handled',
  run: (info) =>
    stepping(async () => {
      const found = await engineOf(info, info.args).object(`/volumes/${encodeURIComponent(info.args.name)}`);
      return { changed: false, exists: found !== undefined, volume: found ?? null };
    }),
});
