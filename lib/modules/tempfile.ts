import type { JsonObject } from '../values/json.js';
import { modeText } from './file-attributes.js';
import { defineModule } from './module.js';
import { change, skipped } from './plan.js';

/** Reads the line `path|owner|group|uid|gid|mode|size` that the action prints. */
function made(line: string, state: string): JsonObject {
  const [path = '', owner, group, uid, gid, mode, size] = line.trim().split('|');
  const numbers = { uid: Number(uid), gid: Number(gid), size: Number(size) };
  return { path, state, owner, group, ...numbers, mode: modeText(Number.parseInt(mode ?? '0', 8)) };
}

/** Makes a temporary file or folder with a name of its own. */
export const tempfile = defineModule({
  name: 'tempfile',
  summary: 'Create temporary files and directories.',
  args: {
    state: { type: 'str', default: 'file', choices: ['file', 'directory'], doc: 'What to make.' },
    path: { type: 'path', doc: "Where; the node's usual place by default." },
    prefix: { type: 'str', default: 'ansible.', doc: 'How the name begins.' },
    suffix: { type: 'str', default: '', doc: 'How the name ends.' },
  },
  returns: { path: 'The path that was made.' },
  examples: `- ansible.builtin.tempfile:
    state: directory
  register: scratch
`,
  queries: () => ({}),
  plan: (args, _, info) => {
    if (info.check) return skipped('remote module (tempfile) does not support check mode');
    const script = [
      `p=$(mktemp $KIND --suffix="$SUFFIX" -p "\${FOLDER:-\${TMPDIR:-/tmp}}" -- "\${PREFIX}XXXXXXXX")`,
      `stat -c '%n|%U|%G|%u|%g|%a|%s' -- "$p"`,
    ].join(' && ');
    const env = {
      KIND: args.state === 'directory' ? '-d' : '',
      SUFFIX: args.suffix,
      PREFIX: args.prefix,
      FOLDER: args.path ?? '',
    };
    return change(`a new ${args.state}`, [{ kind: 'run', script, env, touches: [] }], {
      after: ([outcome]) => made(outcome?.stdout.toString('utf8') ?? '', args.state),
    });
  },
});
