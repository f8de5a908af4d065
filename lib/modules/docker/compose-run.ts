import type { JsonObject } from '../../values/json.js';
import type { ModuleResult, RunInfo } from '../module.js';
import { type ComposeEvent, eventsOf, type Project, projectOf } from './compose.js';
import type { ComposeArgs, composeArgs } from './compose-args.js';

function only(flag: boolean, ...words: string[]): string[] {
  return flag ? words : [];
}

function upWords(a: ComposeArgs, starts: boolean): string[] {
  return [
    ...['up', '--detach'],
    ...only(!starts, '--no-start'),
    ...only(!a.dependencies, '--no-deps'),
    ...only(a.pull !== 'policy', '--pull', a.pull),
    ...only(a.build === 'always', '--build'),
    ...only(a.build === 'never', '--no-build'),
    ...only(a.recreate === 'always', '--force-recreate'),
    ...only(a.recreate === 'never', '--no-recreate'),
    ...only(a.renew_anon_volumes, '--renew-anon-volumes'),
    ...only(a.remove_orphans, '--remove-orphans'),
    ...Object.entries(a.scale ?? {}).flatMap(([service, n]) => ['--scale', `${service}=${String(n)}`]),
    ...only(a.wait && starts, '--wait'),
    ...only(a.wait_timeout !== undefined && starts, '--wait-timeout', String(a.wait_timeout)),
    ...only(a.timeout !== undefined, '--timeout', String(a.timeout)),
    ...only(a.assume_yes, '--yes'),
    '--',
    ...(a.services ?? []),
  ];
}

function downWords(a: ComposeArgs): string[] {
  return [
    'down',
    ...only(a.remove_images !== undefined, '--rmi', a.remove_images ?? ''),
    ...only(a.remove_volumes, '--volumes'),
    ...only(a.remove_orphans, '--remove-orphans'),
    ...only(a.timeout !== undefined, '--timeout', String(a.timeout)),
    '--',
    ...(a.services ?? []),
  ];
}

function otherWords(verb: 'stop' | 'restart', a: ComposeArgs): string[] {
  return [
    verb,
    ...only(verb === 'restart' && !a.dependencies, '--no-deps'),
    ...only(a.timeout !== undefined, '--timeout', String(a.timeout)),
    '--',
    ...(a.services ?? []),
  ];
}

/** The containers of a project, as compose lists them. */
export async function containersOf(
  project: Project,
  services: readonly string[] = [],
): Promise<JsonObject[]> {
  return project.list(['ps', '--format', 'json', '--all', '--no-trunc', '--', ...services]);
}

async function steps(a: ComposeArgs, project: Project): Promise<string[][]> {
  if (a.state === 'present') return [upWords(a, true)];
  if (a.state === 'absent') return [downWords(a)];
  if (a.state === 'restarted') return [otherWords('restart', a)];
  const running = (await containersOf(project, a.services)).some((c) =>
    /^(?:running|restarting|paused)$/i.test(String(c.State)),
  );
  return [upWords(a, false), ...(running ? [otherWords('stop', a)] : [])];
}

/** Makes a project what a task wants it to be. */
export async function runCompose(info: RunInfo<typeof composeArgs>, a: ComposeArgs): Promise<ModuleResult> {
  const project = await projectOf(info, a);
  const removes = a.state === 'absent' && a.remove_volumes;
  const volumes = removes ? await project.volumes() : new Set<string>();
  const said: { out: string; err: string }[] = [];
  for (const words of await steps(a, project)) said.push(await project.run(words, { dry: info.check }));
  const [stdout, stderr] = [said.map((s) => s.out).join(''), said.map((s) => s.err).join('')];
  const events = eventsOf(stderr || stdout);
  // Compose also says of volumes that are not there that it removes them.
  const gone = (event: ComposeEvent) => removes && event.what === 'volume' && !volumes.has(event.id);
  const counted = (event: ComposeEvent) =>
    !gone(event) && (event.status !== 'Building' || !a.ignore_build_events);
  const actions = events.filter(counted);
  const containers = await containersOf(project);
  const images = await project.list(['images', '--format', 'json']);
  return { changed: actions.length > 0, actions, containers, images, stdout, stderr };
}
