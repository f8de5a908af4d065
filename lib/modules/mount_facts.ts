import { givenUpAfter, readSizes, SIZES_FORMAT } from '../node/queries/file-system-sizes.js';
import { type ReadAnswer, readScript } from '../node/queries/query.js';
import { quote } from '../node/quote.js';
import type { JsonObject } from '../values/json.js';
import type { ArgSpec, ArgsOf } from './args.js';
import { defineModule } from './module.js';
import { lookScript, type Named, namedMounts, PROGRAM, readLook, sourcesOf } from './mount-facts/sources.js';
import { failed, ok } from './plan.js';
import { printed } from './program.js';
import { patternRegex } from './shell-pattern.js';

const args = {
  devices: { type: 'list', elements: 'str', doc: 'Shell patterns of devices; default: all.' },
  fstypes: { type: 'list', elements: 'str', doc: 'Shell patterns of kinds of file systems; default: all.' },
  sources: {
    type: 'list',
    elements: 'str',
    doc: 'Where mounts are read: files like fstab(5), the program mount, or static, dynamic and all for the usual ones.',
  },
  mount_binary: {
    type: 'raw',
    default: 'mount',
    doc: 'The program that lists mounts where no file of a dynamic source does; null for none.',
  },
  timeout: { type: 'float', doc: 'Seconds that the sizes may take; default: as long as it takes.' },
  on_timeout: {
    type: 'str',
    default: 'error',
    choices: ['error', 'warn', 'ignore'],
    doc: 'What a file system that does not answer in time comes to.',
  },
  include_aggregate_mounts: {
    type: 'bool',
    doc: 'Also give aggregate_mounts, which have mount points more than once.',
  },
} as const satisfies ArgSpec;
type Args = ArgsOf<typeof args>;

/** The program that lists mounts; undefined when it is not wished. */
function binaryOf(a: Args): string | undefined {
  return typeof a.mount_binary === 'string' ? a.mount_binary : undefined;
}

function filesOf(a: Args): string[] {
  return [...new Set(sourcesOf(a.sources ?? []))].filter((source) => source !== PROGRAM);
}

type Found = { readonly mounts: readonly Named[]; readonly uuids: ReadonlyMap<string, string> };

/** The mounts that are wished, and the UUIDs of devices. */
function wishedMounts(a: Args, answer: ReadAnswer): Found {
  const look = readLook(filesOf(a), printed(answer));
  const devices = new Map([...look.uuids].map(([device, uuid]) => [`UUID=${uuid}`, device]));
  const fits = (text: string, patterns: readonly string[] | undefined) =>
    !patterns?.length || patterns.some((pattern) => patternRegex(pattern).test(text));
  const all = namedMounts(sourcesOf(a.sources ?? []), look, binaryOf(a) !== undefined);
  const mounts = all.filter(({ fields }) => {
    const device = String(fields.device);
    return fits(devices.get(device) ?? device, a.devices) && fits(String(fields.fstype), a.fstypes);
  });
  return { mounts, uuids: look.uuids };
}

function pointsOf(mounts: readonly Named[]): string[] {
  return [...new Set(mounts.map(({ fields }) => String(fields.mount)))];
}

/** Sentences about the mounts whose sizes were not told in time. */
function hungMounts(mounts: readonly Named[], sizes: ReadAnswer | undefined): string[] {
  const points = pointsOf(mounts);
  const numbers = sizes?.stderr.toString('utf8').match(/^\d+$/gm) ?? [];
  return numbers.map((n) => {
    const hung = mounts.find(({ fields }) => fields.mount === points[Number(n) - 1]);
    return `Timed out getting mount size for mount ${String(hung?.fields.mount)} (type ${String(hung?.fields.fstype)})`;
  });
}

function sizesScript(paths: readonly string[], timeout: number | undefined): string {
  const asks = paths.map(
    (path) => `stat -f --printf='${SIZES_FORMAT}' -- ${quote(path)} 2>/dev/null & j="$j $!"`,
  );
  return `j=\n${asks.join('\n')}\n${givenUpAfter(timeout)}`;
}

/** One mount with everything that is known of it. */
function described({ source, line, fields }: Named, sizes: JsonObject | undefined, found: Found): JsonObject {
  const device = String(fields.device);
  const uuid = device.startsWith('UUID=') ? device.slice('UUID='.length) : (found.uuids.get(device) ?? null);
  return { ...fields, ...sizes, ansible_context: { source, source_data: line }, uuid };
}

function repeats(mounts: readonly Named[]): string | undefined {
  const bySource = new Map<string, string[]>();
  for (const { source, fields } of mounts)
    bySource.set(source, [...(bySource.get(source) ?? []), String(fields.mount)]);
  const twice = [...bySource].filter(([, points]) => new Set(points).size < points.length);
  if (twice.length === 0) return undefined;
  const words = twice.map(([source, points]) => `${source} (${points.join(', ')})`).join(', ');
  return `mount_facts: ignoring repeat mounts in the following sources: ${words}. You can disable this warning by configuring the 'include_aggregate_mounts' option as True or False.`;
}

/** Tells the mounts of the node, from its tables, filtered, with a time limit. */
export const mountFacts = defineModule({
  name: 'mount_facts',
  summary: 'Gives what is mounted, and what fstab would mount, as facts.',
  args,
  returns: {
    ansible_facts:
      'mount_points: a dict by mount point, each with device, mount, fstype, options, sizes, uuid and ansible_context; aggregate_mounts: a list of the same',
  },
  examples: `
- name: Mounts from other machines
  mount_facts:
    fstypes: [nfs, nfs4, "fuse.*"]
    timeout: 5
    on_timeout: warn
`,
  queries: (a) => ({ look: readScript(lookScript(filesOf(a), binaryOf(a))) }),
  more: (a, { look }) => {
    const points = pointsOf(wishedMounts(a, look).mounts);
    return points.length === 0 ? undefined : { sizes: readScript(sizesScript(points, a.timeout)) };
  },
  plan: (a, { look, sizes }) => {
    if (a.timeout !== undefined && a.timeout <= 0)
      return failed(`argument 'timeout' must be a positive number or null, not ${a.timeout}`);
    if (a.mount_binary !== null && a.mount_binary !== undefined && binaryOf(a) === undefined)
      return failed(`argument 'mount_binary' must be a string or null, not ${String(a.mount_binary)}`);
    if (a.sources?.includes('')) return failed('sources contains an empty string');
    const found = wishedMounts(a, look);
    const bySize = readSizes(sizes ? printed(sizes) : '');
    const late = hungMounts(found.mounts, sizes);
    if (late.length > 0 && a.on_timeout === 'error') return failed(late.join('; '));
    const all = found.mounts.map((m) => described(m, bySize.get(String(m.fields.mount)), found));
    const mount_points: JsonObject = {};
    for (const mount of all) mount_points[String(mount.mount)] ??= mount;
    const twice = a.include_aggregate_mounts === undefined ? repeats(found.mounts) : undefined;
    const warnings = [...(twice ? [twice] : []), ...(a.on_timeout === 'warn' ? late : [])];
    const facts = { mount_points, aggregate_mounts: a.include_aggregate_mounts ? all : [] };
    return ok('mounts were read', { ansible_facts: facts, ...(warnings.length > 0 && { warnings }) });
  },
});
