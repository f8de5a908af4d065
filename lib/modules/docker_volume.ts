import { clientArgs, clientRules } from './docker/client-args.js';
import { engineOf } from './docker/engine.js';
import { dictDifferences, doing, type ObjectWork, objectResult } from './docker/object-work.js';
import { goTexts } from './docker/wish-mounts.js';
import { defineModule, type ModuleResult, type RunInfo } from './module.js';
import { stepping } from './steps.js';

const args = {
  ...clientArgs,
  volume_name: { type: 'str', required: true, aliases: ['name'], doc: 'The volume.' },
  state: { type: 'str', default: 'present', choices: ['absent', 'present'], doc: 'Whether it is there.' },
  driver: { type: 'str', default: 'local', doc: 'What keeps it.' },
  driver_options: { type: 'dict', default: {}, doc: 'Options of the driver.' },
  labels: { type: 'dict', doc: 'Labels with their values.' },
  recreate: {
    type: 'str',
    default: 'never',
    choices: ['always', 'never', 'options-changed'],
    doc: 'When it is removed, with all that is in it, and made anew.',
  },
} as const;

/** Makes and removes volumes. */
export const dockerVolume = defineModule({
  name: 'docker_volume',
  collection: 'community.docker',
  summary: 'Keeps a Docker volume as it is described.',
  args,
  rules: clientRules,
  returns: { volume: 'what the engine says of the volume' },
  examples: `
- name: The data outlives the container
  docker_volume:
    name: app-data
    labels: {backup: daily}
`,
  check: 'handled',
  run: (info) => stepping(() => runVolume(info)),
});

async function runVolume(info: RunInfo<typeof args>): Promise<ModuleResult> {
  const { args: a } = info;
  const engine = engineOf(info, a);
  const work: ObjectWork = { info, engine, told: { changed: false, actions: [], found: [] } };
  const path = `/volumes/${encodeURIComponent(a.volume_name)}`;
  const volume = await engine.object(path);
  const wish = { options: goTexts(a.driver_options), labels: a.labels && goTexts(a.labels) };
  const differences =
    volume === undefined || a.state === 'absent'
      ? []
      : [
          ...(volume.Driver === a.driver
            ? []
            : [{ name: 'driver', wish: a.driver, now: volume.Driver ?? null }]),
          ...dictDifferences('driver_options', wish.options, volume.Options),
          ...dictDifferences('labels', wish.labels ?? {}, volume.Labels),
        ];
  const anew = a.recreate === 'always' || (a.recreate === 'options-changed' && differences.length > 0);
  const removes = volume !== undefined && (a.state === 'absent' || anew);
  if (removes)
    await doing(work, `Removed volume ${a.volume_name}`, { method: 'DELETE', path }, 'Error removing volume');
  const result = () =>
    objectResult(work, a.debug, [volume !== undefined, a.state === 'present'], differences);
  if (a.state === 'absent') return result();
  if (volume === undefined || removes) {
    const body = {
      Name: a.volume_name,
      Driver: a.driver,
      DriverOpts: wish.options,
      Labels: wish.labels ?? {},
    };
    const action = `Created volume ${a.volume_name} with driver ${a.driver}`;
    await doing(work, action, { method: 'POST', path: '/volumes/create', body }, 'Error creating volume');
  }
  const now = work.told.changed && !info.check ? await engine.object(path) : volume;
  return { ...result(), volume: now ?? null };
}
