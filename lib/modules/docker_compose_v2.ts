import { composeArgs, projectRules } from './docker/compose-args.js';
import { runCompose } from './docker/compose-run.js';
import { defineModule } from './module.js';
import { stepping } from './steps.js';

/** Keeps projects of docker compose. */
export const dockerComposeV2 = defineModule({
  name: 'docker_compose_v2',
  collection: 'community.docker',
  summary: 'Starts, stops and removes the services of a Docker Compose project.',
  args: composeArgs,
  rules: projectRules,
  returns: {
    actions: 'what compose did, as dicts with what, id and status',
    containers: 'the containers of the project, as compose lists them',
    images: 'their images',
  },
  examples: `
- name: The services of the application run
  docker_compose_v2:
    project_src: /srv/app
    remove_orphans: true
`,
  check: 'handled',
  run: (info) => stepping(() => runCompose(info, info.args)),
});
