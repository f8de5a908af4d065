import type { Json, JsonObject } from '../values/json.js';
import { clientArgs, clientRules } from './docker/client-args.js';
import { engineOf, objectOf, objectsOf } from './docker/engine.js';
import { filterText } from './docker/filters.js';
import { apiPath } from './docker/http.js';
import { defineModule, type ModuleResult, type RunInfo } from './module.js';
import { StepError, stepping } from './steps.js';

const args = {
  ...clientArgs,
  containers: { type: 'bool', default: false, doc: 'List the containers that run.' },
  containers_all: { type: 'bool', default: false, doc: 'List those that do not run as well.' },
  containers_filters: { type: 'dict', doc: 'Which of them.' },
  images: { type: 'bool', default: false, doc: 'List the images.' },
  images_filters: { type: 'dict', doc: 'Which of them.' },
  networks: { type: 'bool', default: false, doc: 'List the networks.' },
  networks_filters: { type: 'dict', doc: 'Which of them.' },
  volumes: { type: 'bool', default: false, doc: 'List the volumes.' },
  volumes_filters: { type: 'dict', doc: 'Which of them.' },
  disk_usage: { type: 'bool', default: false, doc: 'Tell how much room all of it takes.' },
  verbose_output: {
    type: 'bool',
    default: false,
    doc: 'Give all that the engine says, not the main fields.',
  },
} as const;

/** The main fields of each list. */
const MAIN = {
  volumes: ['Driver', 'Name'],
  networks: ['Id', 'Driver', 'Name', 'Scope'],
  containers: ['Id', 'Image', 'Command', 'Created', 'Status', 'Ports', 'Names'],
  images: ['Id', 'RepoTags', 'Created', 'Size'],
} as const;
type List = keyof typeof MAIN;

/** Tells about the engine, and lists what it has. */
export const dockerHostInfo = defineModule({
  name: 'docker_host_info',
  collection: 'community.docker',
  summary: 'Tells what a Docker engine says of itself, and lists what it keeps.',
  args,
  rules: clientRules,
  returns: {
    can_talk_to_docker: 'whether the engine answered',
    host_info: 'what it says of itself',
    containers: 'its containers, when they were asked for',
    images: 'its images, when they were asked for',
    networks: 'its networks, when they were asked for',
    volumes: 'its volumes, when they were asked for',
    disk_usage: 'how much room they take, when that was asked for',
  },
  examples: `
- name: What runs here?
  docker_host_info:
    containers: true
  register: docker
`,
  check: 'handled',
  run: (info) => stepping(() => hostInfo(info)),
});

async function hostInfo(info: RunInfo<typeof args>): Promise<ModuleResult> {
  const { args: a } = info;
  const lists = (Object.keys(MAIN) as List[]).filter((name) => a[name]);
  const paths = ['/info', ...(a.disk_usage ? ['/system/df'] : []), ...lists.map((name) => listPath(name, a))];
  const [host_info, ...rest] = await engineOf(info, a)
    .get(...paths)
    .catch(unreached);
  const usage = a.disk_usage ? objectOf(rest.shift()) : undefined;
  const disk_usage = usage && (a.verbose_output ? usage : { LayersSize: usage.LayersSize });
  const found = lists.map((name, i) => [name, shown(name, rest[i], a.verbose_output)] as const);
  return {
    changed: false,
    can_talk_to_docker: true,
    host_info,
    ...(disk_usage ? { disk_usage } : {}),
    ...Object.fromEntries(found),
  };
}

function unreached(error: unknown): never {
  if (!(error instanceof StepError)) throw error;
  throw new StepError(error.message, { ...error.result, can_talk_to_docker: false });
}

function listPath(name: List, a: RunInfo<typeof args>['args']): string {
  const filters = filterText(a[`${name}_filters`]);
  if (name === 'containers') return apiPath('/containers/json', { all: a.containers_all, filters });
  return apiPath(name === 'images' ? '/images/json' : `/${name}`, { filters });
}

function shown(name: List, answer: Json | undefined, all: boolean): JsonObject[] {
  const items = objectsOf(name === 'volumes' ? objectOf(answer)?.Volumes : answer);
  if (all) return items;
  return items.map((item) => Object.fromEntries(MAIN[name].map((key) => [key, item[key] ?? null])));
}
