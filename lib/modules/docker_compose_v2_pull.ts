import { type ClientArgs, clientArgs } from './docker/client-args.js';
import { projectOf } from './docker/compose.js';
import { projectArgs, projectRules } from './docker/compose-args.js';
import { type Engine, engineOf, objectOf } from './docker/engine.js';
import { imagePath } from './docker/image-name.js';
import { defineModule, type ModuleResult, type RunInfo } from './module.js';
import { stepping } from './steps.js';

const args = {
  ...projectArgs,
  services: { type: 'list', elements: 'str', doc: 'Only the images of these services.' },
  policy: {
    type: 'str',
    default: 'always',
    choices: ['always', 'missing'],
    doc: 'Ask for newer ones, or get only those that are missing.',
  },
  include_deps: { type: 'bool', default: false, doc: 'And those of the services that they need.' },
  ignore_buildable: { type: 'bool', default: false, doc: 'Leave out images that the project can build.' },
} as const;

/** Pulls the images of projects. */
export const dockerComposeV2Pull = defineModule({
  name: 'docker_compose_v2_pull',
  collection: 'community.docker',
  summary: 'Pulls the images of a Docker Compose project.',
  args,
  rules: projectRules,
  returns: { actions: 'the images that are other ones now, as dicts with what, id and status' },
  examples: `
- name: The images are there before the services stop
  docker_compose_v2_pull:
    project_src: /srv/app
`,
  check: 'handled',
  run: (info) => stepping(() => pull(info)),
});

async function idsOf(engine: Engine, names: readonly string[]): Promise<(string | undefined)[]> {
  const found = await engine.get(...names.map(imagePath));
  return found.map((image) => objectOf(image)?.Id as string | undefined);
}

async function pull(info: RunInfo<typeof args>): Promise<ModuleResult> {
  const { args: a, check } = info;
  const project = await projectOf(info, a);
  const client = { ...a, timeout: clientArgs.timeout.default, debug: false } as unknown as ClientArgs;
  const engine = engineOf(info, client);
  const services = a.services ?? [];
  const listed = await project.run(['config', '--images', '--', ...services]);
  const names = [...new Set(listed.out.split('\n').filter(Boolean))];
  const before = await idsOf(engine, names);
  const words = [
    'pull',
    ...(a.policy === 'missing' ? ['--policy', 'missing'] : []),
    ...(a.include_deps ? ['--include-deps'] : []),
    ...(a.ignore_buildable ? ['--ignore-buildable'] : []),
  ];
  if (!check) await project.run([...words, '--', ...services]);
  const after = check ? before.map((id) => id ?? 'new') : await idsOf(engine, names);
  const other = names.filter((_, i) => before[i] !== after[i]);
  const actions = other.map((id) => ({ what: 'image', id, status: 'Pulling' }));
  return { changed: actions.length > 0, actions };
}
