import { dirname } from 'node:path/posix';
import { type PathAnswer, path, read, type TreeAnswer, tree } from '../node/queries/query.js';
import { accountAsks, accountWarnings } from './file/accounts.js';
import { fileModuleArgs } from './file/arguments.js';
import { planHard, planLink, targetPath } from './file/links.js';
import type { Case, FileModuleArgs, Seen } from './file/seen.js';
import { planAbsent, planDirectory, planFile, planTouch } from './file/states.js';
import { timeText } from './file/times.js';
import { pathFields, stateOf, WishError } from './file-attributes.js';
import { foldersAbove } from './folders.js';
import { defineModule } from './module.js';
import { failed, type Plan } from './plan.js';

/** The other name of a hard link is looked for where the module works. */
function sourcePath({ path: at, state }: FileModuleArgs, src: string): string {
  return state === 'hard' ? src : targetPath(at, src);
}

type TimeName = 'modification_time' | 'access_time';

function timeQuery(args: FileModuleArgs, name: TimeName) {
  const text = args[name];
  if (text === undefined || text === 'now' || text === 'preserve') return undefined;
  try {
    return read(['date', '-d', timeText(text, args[`${name}_format`]), '+%s']);
  } catch {
    // The plan says what is wrong with it.
    return undefined;
  }
}

function time(args: FileModuleArgs, name: TimeName, answer: { stdout: Buffer; rc: number } | undefined) {
  const text = args[name] ?? (args.state === 'touch' ? 'now' : 'preserve');
  if (text === 'preserve') return undefined;
  if (text === 'now') return 'now';
  timeText(text, args[`${name}_format`]);
  if (answer?.rc !== 0) throw new WishError(`the node cannot read the time ${text}`);
  return Number(answer.stdout.toString());
}

const PLANS = {
  file: planFile,
  directory: planDirectory,
  touch: planTouch,
  absent: planAbsent,
  link: planLink,
  hard: planHard,
};

function wantedState(args: FileModuleArgs, self: PathAnswer): keyof typeof PLANS {
  const found = stateOf(self);
  return args.state ?? (found !== 'absent' ? found : args.recurse ? 'directory' : 'file');
}

function plan(c: Case): Plan {
  const { args } = c;
  const state = wantedState(args, c.seen.self);
  if (args.recurse && state !== 'directory')
    return failed("recurse option requires state to be 'directory'", { path: args.path });
  if (args.src !== undefined && state !== 'link' && state !== 'hard')
    return failed("src option requires state to be 'link' or 'hard'", { path: args.path });
  return PLANS[state](c);
}

/** Manages files, directories, links and their attributes. */
export const file = defineModule({
  name: 'file',
  summary: 'Manage files, directories, links and their attributes.',
  args: fileModuleArgs,
  diffs: { always: true, single: true },
  returns: {
    path: 'The path that was managed.',
    dest: 'The same, for links and state touch.',
    state: 'What is there: file, directory, link, hard or absent.',
    mode: 'Permissions in octal, with uid, gid, owner, group and size beside them.',
  },
  examples: `- ansible.builtin.file:
    path: /etc/app
    state: directory
    mode: '0755'
`,
  queries: (args, info) => {
    const flags = args.attributes !== undefined;
    const self = path(args.path, { attributes: flags });
    return {
      self,
      target: path(args.path, { follow: true, attributes: flags }),
      parent: path(dirname(args.path), { follow: true }),
      src: args.src === undefined ? undefined : path(sourcePath(args, args.src), { follow: true }),
      below: args.recurse ? tree(args.path, { follow: args.follow }) : undefined,
      mtime: timeQuery(args, 'modification_time'),
      atime: timeQuery(args, 'access_time'),
      ...accountAsks(args, info),
    };
  },
  more: (args, { self, parent }, info) => {
    const replaced = args.state === 'link' && args.force;
    const shown = args.state === 'absent' && info.diff;
    const inside = self.exists && self.type === 'directory' && (replaced || shown);
    return {
      ancestors: parent.exists ? [] : foldersAbove(args.path).map((p) => path(p, { follow: true })),
      inside: inside ? tree(args.path) : undefined,
    };
  },
  plan: (args, answers, info) => {
    const warnings = accountWarnings(args, answers);
    const warned = (made: Plan): Plan =>
      warnings.length === 0 ? made : { ...made, result: { ...made.result, warnings } };
    try {
      const below = (answers.below ?? answers.inside) as TreeAnswer | undefined;
      const mtime = time(args, 'modification_time', answers.mtime);
      const atime = time(args, 'access_time', answers.atime);
      const seen: Seen = { ...answers, below, mtime, atime };
      return warned(plan({ args, seen, info }));
    } catch (error) {
      if (!(error instanceof WishError)) throw error;
      return warned(failed(error.message, { path: args.path }));
    }
  },
  report: (args, { self, target }) => {
    const followed = args.follow && args.state !== 'link' && self.exists && self.type === 'link';
    return pathFields(followed ? target : self);
  },
});
