import { clientRules } from './docker/client-args.js';
import { containerArgs } from './docker/container-args.js';
import { runContainer } from './docker/container-run.js';
import { defineModule } from './module.js';
import { stepping } from './steps.js';

/** Makes, changes, starts, stops and removes containers. */
export const dockerContainer = defineModule({
  name: 'docker_container',
  collection: 'community.docker',
  summary: 'Keeps a Docker container as it is described.',
  args: containerArgs,
  rules: {
    ...clientRules,
    requiredIf: [['state', 'present', ['image']]],
    requiredBy: { log_options: ['log_driver'], restart_retries: ['restart_policy'] },
  },
  returns: {
    container: 'what the engine says of the container, with `Output` when detach is off',
    status: 'its exit code, when detach is off',
  },
  examples: `
- name: The application runs
  docker_container:
    name: app
    image: registry.example.net/acme/app:1.4.2
    env:
      DATABASE_URL: "{{ database_url }}"
    published_ports: ["127.0.0.1:8080:8080"]
    volumes: ["app-data:/data"]
    restart_policy: unless-stopped
`,
  check: 'handled',
  run: (info) => stepping(() => runContainer(info)),
});
