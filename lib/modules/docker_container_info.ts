import { clientArgs, clientRules } from './docker/client-args.js';
import { containerPath, meant } from './docker/container-look.js';
import { engineOf } from './docker/engine.js';
import { defineModule } from './module.js';
import { stepping } from './steps.js';

/** Tells about a container. */
export const dockerContainerInfo = defineModule({
  name: 'docker_container_info',
  collection: 'community.docker',
  summary: 'Tells what the engine knows of a Docker container.',
  args: {
    ...clientArgs,
    name: { type: 'str', required: true, doc: 'The container, by its name or the beginning of its id.' },
  },
  rules: clientRules,
  returns: { exists: 'whether there is one', container: 'what the engine says of it, else null' },
  examples: `
- name: Look at the application
  docker_container_info:
    name: app
  register: app
`,
  check: 'handled',
  run: (info) =>
    stepping(async () => {
      const found = await engineOf(info, info.args).object(containerPath(info.args.name));
      const container = meant(info.args.name, found) ?? null;
      return { changed: false, exists: container !== null, container };
    }),
});
