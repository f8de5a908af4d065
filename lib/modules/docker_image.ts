import { clientRules } from './docker/client-args.js';
import { imageArgs } from './docker/image-args.js';
import { runImage } from './docker/image-run.js';
import { defineModule } from './module.js';
import { stepping } from './steps.js';

/** Builds, pulls, loads, names, saves, pushes and removes images. */
export const dockerImage = defineModule({
  name: 'docker_image',
  collection: 'community.docker',
  summary: 'Keeps a Docker image on a node, or takes it away.',
  args: imageArgs,
  rules: {
    ...clientRules,
    requiredIf: [
      ['state', 'present', ['source']],
      ['source', 'build', ['build']],
      ['source', 'load', ['load_path']],
    ],
  },
  returns: {
    image: 'what the engine says of the image',
    stdout: 'what docker printed while it built',
    actions: 'what was done, in words',
  },
  examples: `
- name: The application is built where it runs
  docker_image:
    name: acme/app
    tag: 1.4.2
    source: build
    build:
      path: /srv/app
`,
  check: 'handled',
  run: (info) => stepping(() => runImage(info)),
});
