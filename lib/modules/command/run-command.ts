import { randomBytes } from 'node:crypto';
import { readScript } from '../../node/queries/query.js';
import { quote } from '../../node/quote.js';
import type { Json } from '../../values/json.js';
import { reprString } from '../../values/print.js';
import type { ModuleResult, RunInfo } from '../module.js';
import { commandResult } from './result.js';
import { anyMatch, expandingWord } from './words.js';

/** When a command need not run, and where it runs. */
export type When = {
  readonly chdir: string | undefined;
  readonly creates: string | undefined;
  readonly removes: string | undefined;
};
/** A command as sh source that becomes it (`exec ...`), or as a line for a shell. */
export type Command = When & {
  readonly cmd: Json;
  readonly source?: string;
  readonly line?: string;
  readonly executable?: string;
  readonly stdin: string | undefined;
  readonly stdin_add_newline: boolean;
  readonly strip_empty_ends: boolean;
};

/** Why the command need not run: the words of the result, or undefined when it must. */
export async function needless(
  info: Pick<RunInfo, 'node' | 'become'>,
  when: When,
): Promise<{ readonly path: string; readonly exists: boolean } | undefined> {
  const { creates, removes, chdir } = when;
  const paths = [creates, removes];
  const asked = paths.filter((p) => p !== undefined);
  if (asked.length === 0) return undefined;
  const place = chdir === undefined ? undefined : expandingWord(chdir, '_c');
  const before = place === undefined ? '' : `${place.setup}cd ${place.word} 2>/dev/null || :; `;
  const answers = await info.node.ask(
    asked.map((p) => readScript(before + anyMatch(p))),
    info.become,
  );
  const there = (p: string) => {
    const answer = answers[asked.indexOf(p)];
    return answer?.kind === 'read' && answer.rc === 0;
  };
  if (creates !== undefined && there(creates)) return { path: creates, exists: true };
  if (removes !== undefined && !there(removes)) return { path: removes, exists: false };
  return undefined;
}

function unneeded(
  cmd: Json,
  reason: { readonly path: string; readonly exists: boolean },
  check: boolean,
): ModuleResult {
  const state = reason.exists ? 'exists' : 'does not exist';
  const stdout = `skipped, since ${reason.path} ${state}`;
  return {
    ...{ changed: false, cmd, rc: 0, start: null, end: null, delta: null },
    ...{ stdout, stdout_lines: [stdout], stderr: '', stderr_lines: [] },
    msg: `${check ? 'Would' : 'Did'} not run command since '${reason.path}' ${state}`,
  };
}

function foreseen(command: Command): ModuleResult {
  const sure = command.creates !== undefined || command.removes !== undefined;
  return {
    ...{ changed: sure, cmd: command.cmd, rc: 0, start: null, end: null, delta: null },
    ...{ stdout: '', stdout_lines: [], stderr: '', stderr_lines: [] },
    msg: 'Command would have run if not in check mode',
    ...(!sure && { skipped: true }),
  };
}

const REASONS: Readonly<Record<string, string>> = {
  '2': 'No such file or directory',
  '13': 'Permission denied',
  '20': 'Not a directory',
};

/** Sh source that goes to a directory, or prints a token and the error's number and ends. */
function goTo(chdir: string, token: string): string {
  const { setup, word } = expandingWord(chdir, '_c');
  return `${setup}_d=${word}; cd -P -- "$_d" 2>/dev/null || { if [ ! -e "$_d" ]; then _n=2; elif [ ! -d "$_d" ]; then _n=20; else _n=13; fi; printf '%s %s' ${token} "$_n" >&2; exit 1; }\n`;
}

/** Runs a command in one round trip, or says why it need not run; in check mode it never runs. */
export async function runCommand(info: RunInfo, command: Command): Promise<ModuleResult> {
  const reason = await needless(info, command);
  if (reason) return unneeded(command.cmd, reason, info.check);
  if (info.check) return foreseen(command);
  const token = randomBytes(9).toString('hex');
  const place = command.chdir === undefined ? '' : goTo(command.chdir, token);
  const input = command.stdin === undefined ? '' : command.stdin + (command.stdin_add_newline ? '\n' : '');
  const exec = {
    line: place + (command.source ?? command.line ?? ''),
    shell: command.source === undefined && place === '' ? command.executable : undefined,
    env: info.environment,
    stdin: input === '' ? undefined : Buffer.from(input, 'utf8'),
  };
  if (info.detach)
    return info.detach(exec, {
      fields: { changed: true, cmd: command.cmd },
      strip: command.strip_empty_ends,
    });
  const from = Date.now();
  const timeout = info.timeout > 0 ? info.timeout : undefined;
  const done = await info.node.run({ ...exec, timeout, signal: info.signal }, info.become);
  const lost = new RegExp(`${token} (\\d+)$`).exec(done.stderr.toString('latin1'))?.[1];
  if (lost !== undefined) {
    const why = `[Errno ${lost}] ${REASONS[lost]}: '${command.chdir}'`;
    return {
      failed: true,
      changed: false,
      cmd: command.cmd,
      msg: `Unable to change directory before execution: ${why}`,
    };
  }
  return commandResult({ ...done, cmd: command.cmd, from, to: Date.now() }, command.strip_empty_ends);
}

/** Ansible's words for a program that cannot be started; undefined when the command ran. */
export function notStarted(result: ModuleResult): ModuleResult | undefined {
  if (result.rc !== 127 && result.rc !== 126) return undefined;
  if (
    !/^\S*sh: (?:line )?\d+: exec: .*: (?:not found|Permission denied)$|^\S*sh: exec: line/.test(
      String(result.stderr),
    )
  )
    return undefined;
  const code = result.rc === 127 ? 2 : 13;
  const program = Array.isArray(result.cmd) ? result.cmd[0] : result.cmd;
  return {
    ...{
      failed: true,
      changed: false,
      cmd: Array.isArray(result.cmd) ? result.cmd.map((w) => quote(String(w))).join(' ') : result.cmd,
      rc: code,
    },
    ...{ stdout: '', stdout_lines: [], stderr: '', stderr_lines: [] },
    // Python shows the program's name as bytes.
    msg: `[Errno ${code}] ${REASONS[code]}: b${reprString(String(program))}`,
  };
}
