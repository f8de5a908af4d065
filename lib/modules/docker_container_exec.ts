import { splitWords } from './command/words.js';
import { clientArgs, clientRules } from './docker/client-args.js';
import { containerPath } from './docker/container-look.js';
import { engineOf, objectOf } from './docker/engine.js';
import { throughStream } from './docker/exec-stream.js';
import { jsonOf, logText, refusal } from './docker/http.js';
import { textsOnly } from './docker/wish-process.js';
import { defineModule, type ModuleResult, type RunInfo } from './module.js';
import { StepError, stepping } from './steps.js';

const args = {
  ...clientArgs,
  container: { type: 'str', required: true, doc: 'The container, by name or id.' },
  command: { type: 'str', doc: 'The command as a line.' },
  argv: { type: 'list', elements: 'str', doc: 'The command as a list of words.' },
  chdir: { type: 'str', doc: 'Where it runs, inside.' },
  detach: { type: 'bool', default: false, doc: 'Do not wait for its end.' },
  user: { type: 'str', doc: 'Whom it runs as.' },
  env: { type: 'dict', doc: 'Further environment variables; all values must be texts.' },
  stdin: { type: 'str', doc: 'What it reads.' },
  stdin_add_newline: { type: 'bool', default: true, doc: 'End that with a line end.' },
  strip_empty_ends: { type: 'bool', default: true, doc: 'Take line ends off the end of its output.' },
  tty: { type: 'bool', default: false, doc: 'Give it a terminal.' },
} as const;

/** Runs commands in containers that run. */
export const dockerContainerExec = defineModule({
  name: 'docker_container_exec',
  collection: 'community.docker',
  summary: 'Runs a command in a Docker container.',
  args,
  rules: {
    ...clientRules,
    mutuallyExclusive: [...clientRules.mutuallyExclusive, ['argv', 'command']],
    requiredOneOf: [['argv', 'command']],
  },
  returns: {
    rc: 'its exit code',
    stdout: 'what it printed',
    stderr: 'what it complained about',
    exec_id: "the engine's id of it, with detach",
  },
  examples: `
- name: The database has its tables
  docker_container_exec:
    container: app
    argv: [bin/app, migrate]
`,
  check: 'skip',
  run: (info) => stepping(() => execIn(info)),
});

async function execIn(info: RunInfo<typeof args>): Promise<ModuleResult> {
  const { args: a } = info;
  const env = a.env && textsOnly('env', a.env).map(([name, value]) => `${name}=${value}`);
  if (a.detach && a.stdin !== undefined) throw new StepError('If detach=true, stdin cannot be provided.');
  const engine = engineOf(info, a);
  const body = {
    User: a.user ?? '',
    Tty: a.tty,
    AttachStdin: a.stdin !== undefined,
    AttachStdout: true,
    AttachStderr: true,
    Cmd: a.argv ?? splitWords(a.command ?? ''),
    Env: env,
    WorkingDir: a.chdir,
  };
  const [made] = await engine.send([{ method: 'POST', path: containerPath(a.container, '/exec'), body }]);
  if (made!.status === 404) throw new StepError(`Could not find container "${a.container}"`);
  if (made!.status === 409)
    throw new StepError(`The container "${a.container}" has been paused (${refusal(made!)})`);
  if (made!.status >= 400) throw new StepError(`An unexpected Docker error occurred: ${refusal(made!)}`);
  const exec_id = String(objectOf(jsonOf(made!))?.Id);
  const start = { method: 'POST', path: `/exec/${exec_id}/start`, body: { Tty: a.tty, Detach: a.detach } };
  if (a.detach) {
    await engine.call(start, 'An unexpected Docker error occurred');
    return { changed: true, exec_id };
  }
  const input = a.stdin === undefined ? '' : `${a.stdin}${a.stdin_add_newline ? '\n' : ''}`;
  const reply = await throughStream(info, a, start, input);
  const { stdout, stderr } = logText(reply.body, a.tty);
  const ended = await engine.object(`/exec/${exec_id}/json`);
  const ends = (text: string) => (a.strip_empty_ends ? text.replace(/[\r\n]+$/, '') : text);
  const rc = Number(ended?.ExitCode ?? 0);
  const failed = rc === 0 ? {} : { failed: true, msg: 'non-zero return code' };
  return { changed: true, stdout: ends(stdout), stderr: ends(stderr), rc, ...failed };
}
