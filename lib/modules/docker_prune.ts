import type { JsonObject } from '../values/json.js';
import { clientArgs, clientRules } from './docker/client-args.js';
import { engineOf, objectOf } from './docker/engine.js';
import { filterText } from './docker/filters.js';
import { apiPath } from './docker/http.js';
import { defineModule, type ModuleResult, type RunInfo } from './module.js';
import { stepping } from './steps.js';

const args = {
  ...clientArgs,
  containers: { type: 'bool', default: false, doc: 'Remove containers that do not run.' },
  containers_filters: { type: 'dict', doc: 'Which of them.' },
  images: { type: 'bool', default: false, doc: 'Remove images without a name that nothing uses.' },
  images_filters: { type: 'dict', doc: 'Which of them; dangling: false takes those with names as well.' },
  networks: { type: 'bool', default: false, doc: 'Remove networks without containers.' },
  networks_filters: { type: 'dict', doc: 'Which of them.' },
  volumes: { type: 'bool', default: false, doc: 'Remove volumes that nothing uses.' },
  volumes_filters: { type: 'dict', doc: 'Which of them.' },
  builder_cache: { type: 'bool', default: false, doc: 'Remove what builds have kept.' },
} as const;

const KINDS = ['containers', 'images', 'networks', 'volumes'] as const;

/** How long a removal of many things may take beyond the usual, in seconds. */
const LONG = 3600;

/** Removes what is not used. */
export const dockerPrune = defineModule({
  name: 'docker_prune',
  collection: 'community.docker',
  summary: 'Removes what a Docker engine keeps and nothing uses.',
  args,
  rules: clientRules,
  returns: {
    containers: 'ids of the containers that went',
    containers_space_reclaimed: 'bytes that they took',
    images: 'the images that went, as dicts with Deleted or Untagged',
    images_space_reclaimed: 'bytes that they took',
    networks: 'names of the networks that went',
    volumes: 'names of the volumes that went',
    volumes_space_reclaimed: 'bytes that they took',
    builder_cache_space_reclaimed: 'bytes that builds had kept',
  },
  examples: `
- name: Old images go
  docker_prune:
    images: true
    images_filters: {dangling: false, until: 240h}
`,
  check: 'skip',
  run: (info) => stepping(() => prune(info)),
});

async function prune(info: RunInfo<typeof args>): Promise<ModuleResult> {
  const { args: a } = info;
  const engine = engineOf(info, a);
  const result: JsonObject = {};
  const ask = async (kind: string, filters?: string) => {
    const request = { method: 'POST', path: apiPath(`/${kind}/prune`, { filters }) };
    return objectOf(await engine.call(request, `Error pruning ${kind}`, LONG)) ?? {};
  };
  for (const kind of KINDS) {
    if (!a[kind]) continue;
    const said = await ask(kind, filterText(a[`${kind}_filters`]));
    info.did(`pruned ${kind}`);
    result[kind] = said[`${kind[0]!.toUpperCase()}${kind.slice(1)}Deleted`] ?? [];
    if (kind !== 'networks') result[`${kind}_space_reclaimed`] = said.SpaceReclaimed ?? 0;
  }
  if (a.builder_cache) result.builder_cache_space_reclaimed = (await ask('build')).SpaceReclaimed ?? 0;
  const changed = Object.values(result).some((v) => (Array.isArray(v) ? v.length > 0 : v !== 0));
  return { changed, ...result };
}
