import { dirname } from 'node:path/posix';
import type { Action } from '../node/actions/action.js';
import { type PathAnswer, path, readScript } from '../node/queries/query.js';
import { quote } from '../node/quote.js';
import type { JsonObject } from '../values/json.js';
import type { ArgSpec, ArgsOf } from './args.js';
import {
  attributeChange,
  fileArgs,
  NEW_FILE,
  newAttributes,
  setAttributes,
  WishError,
} from './file-attributes.js';
import { type Blocks, blocksOf, SizeError, sizeWords, toldBlocks } from './filesize/sizes.js';
import { defineModule, type PlanInfo } from './module.js';
import { mayComeLater } from './pending.js';
import { change, failed, ok, type Plan } from './plan.js';
import { complaint, printed } from './program.js';

const args = {
  path: { type: 'path', required: true, doc: 'The file.' },
  size: { type: 'raw', required: true, doc: 'Its size, such as 10MiB; a bare number is one of blocks.' },
  blocksize: { type: 'raw', doc: 'The size of a block; default: that of the file system.' },
  source: { type: 'path', default: '/dev/zero', doc: 'What it is filled from.' },
  sparse: { type: 'bool', default: false, doc: 'Leave out the blocks that would be zeros.' },
  force: { type: 'bool', default: false, doc: 'Write it anew even when it has the size.' },
  ...fileArgs,
} as const satisfies ArgSpec;
type Args = ArgsOf<typeof args>;

/** The block at which dd begins: behind what stays. */
function seek(a: Args, wish: Blocks, size: number | undefined): number {
  if (a.sparse) return wish.blocks;
  if (a.force || size === undefined) return 0;
  if (wish.bytes < size) return wish.blocks;
  return Math.floor(size / wish.blocksize) + ((wish.bytes - size) % wish.blocksize === 0 ? 0 : 1);
}

function writing(a: Args, wish: Blocks, file: PathAnswer): string[] {
  const size = file.exists ? file.size : undefined;
  if (size === wish.bytes && !a.force) return [];
  const from = seek(a, wish, size);
  return [
    ...['dd', `if=${a.source}`, `of=${a.path}`],
    ...[`bs=${wish.blocksize}`, `seek=${from}`, `count=${wish.blocks - from}`],
  ];
}

/** A source may end before the file is full, and dd does not mind. */
function check({ path: file }: Args, { bytes }: Blocks): Action {
  const script = `s=$(stat -Lc %s -- ${quote(file)}); [ "$s" = ${bytes} ] || { echo "$s"; exit 1; }`;
  return { kind: 'run', script, touches: [] };
}

function attributes(a: Args, file: PathAnswer): Action[] {
  if (file.exists) return setAttributes(a.path, attributeChange(a, file), true);
  const wished = newAttributes(a, NEW_FILE);
  const any = Object.values(wished).some((value) => value !== undefined);
  return any ? [{ kind: 'attributes', path: a.path, follow: true, attributes: wished }] : [];
}

function planned(a: Args, seen: { file: PathAnswer; real: string; block: string }): Plan {
  const { file } = seen;
  const wish = blocksOf(sizeWords(a.size), a.blocksize === undefined ? seen.block : sizeWords(a.blocksize));
  const before = file.exists ? file.size : null;
  const argv = writing(a, wish, file);
  const result: JsonObject = {
    path: seen.real,
    size_diff: wish.bytes - (before ?? 0),
    filesize: toldBlocks(wish),
    ...(argv.length > 0 && { cmd: argv.join(' ') }),
  };
  const actions: Action[] = [
    ...(argv.length > 0
      ? [{ kind: 'run', argv, env: { LC_ALL: 'C' }, touches: [a.path] } satisfies Action, check(a, wish)]
      : []),
    ...attributes(a, file),
  ];
  const sizes = { before: { size: before }, after: { size: wish.bytes } };
  if (actions.length === 0) return ok('the file has the size', { ...result, diff: [sizes] });
  return change(argv.length > 0 ? 'another size' : 'attributes differ', actions, {
    result,
    diff: [sizes],
    after: ([written]) =>
      argv.length > 0 && written ? { rc: written.rc, stderr: written.stderr.toString('utf8') } : {},
    explain: (i, outcome) => {
      const what = `error while creating file ${a.path} with size ${a.size} from source ${a.source}`;
      if (argv.length === 0 || i > 1) return complaint(outcome);
      return i === 0
        ? `dd ${what}: see stderr for details`
        : `module ${what}: file is ${printed(outcome).trim()} bytes long`;
    },
  });
}

function refused(a: Args, file: PathAnswer, folder: PathAnswer, info: PlanInfo): Plan | undefined {
  if (a.sparse && a.force) return failed('parameters values are mutually exclusive: force=true|sparse=true');
  if (!folder.exists && mayComeLater(info)) return change('an earlier task may make the folder', []);
  if (!folder.exists) return failed('parent directory of the file must exist prior to run this module');
  if (file.exists && file.type !== 'file') return failed(`${a.path} exists but is not a regular file`);
  return undefined;
}

/** Keeps files of a size: for swap, loops and tests. */
export const filesize = defineModule({
  name: 'filesize',
  collection: 'community.general',
  summary: 'Makes a file of a given size, or grows or cuts it to that.',
  args,
  returns: {
    cmd: 'the command that was needed',
    path: 'the file, that a link leads to',
    filesize: 'the size that is wished: blocks, blocksize, bytes, iec and si',
    size_diff: 'the bytes by which it grows',
    rc: 'how the command ended',
    stderr: 'what it said',
  },
  examples: `
- name: Room for swapping
  community.general.filesize:
    path: /swapfile
    size: 2GiB
    mode: "0600"
`,
  queries: (a) => ({
    file: path(a.path, { follow: true, attributes: a.attributes !== undefined }),
    folder: path(dirname(a.path), { follow: true }),
    place: readScript(`stat -fc %S -- ${quote(dirname(a.path))}; readlink -f -- ${quote(a.path)}`),
  }),
  plan: (a, { file, folder, place }, info) => {
    const no = refused(a, file, folder, info);
    if (no) return no;
    const [block = '4096', real = a.path] = printed(place).split('\n');
    try {
      return planned(a, { file, real, block });
    } catch (error) {
      if (error instanceof SizeError || error instanceof WishError) return failed(error.message);
      throw error;
    }
  },
});
