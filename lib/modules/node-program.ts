import { readFile } from 'node:fs/promises';
import { basename, parse } from 'node:path';
import { quote, quoteAll } from '../node/quote.js';
import type { JsonObject } from '../values/json.js';
import { defineModule, type Module, type ModuleResult, type RunInfo } from './module.js';
import { argumentFile, internalArguments } from './node-program/argument-file.js';
import { resultOf } from './node-program/output.js';
import { interpreterOf, type Style, styleOf } from './node-program/style.js';

/** Python as a node has it, when nothing says where it is. */
const PYTHON = '"$(command -v python3 || command -v python || echo /usr/bin/python)"';
const DISCOVERED = /^(?:auto|auto_legacy|auto_silent|auto_legacy_silent|)$/;

/** Sh source of the words that start the program; `ansible_<interpreter>_interpreter` stands for the interpreter it names. */
function starter(interpreter: readonly string[] | undefined, info: Pick<RunInfo, 'variable'>): string {
  if (!interpreter) return '';
  const [program = '', ...rest] = interpreter;
  const name = basename(program);
  const given = String(info.variable(`ansible_${name}_interpreter`) ?? '').trim();
  const chosen = DISCOVERED.test(given)
    ? name === 'python'
      ? PYTHON
      : quote(program)
    : quoteAll(given.split(/\s+/));
  return `${chosen} ${rest.length > 0 ? `${quoteAll(rest)} ` : ''}`;
}

/** Sh source that runs the program with the path of its arguments; both come on standard input, the arguments first. */
function script(name: string, start: string, length: number): string {
  const file = `"$_t"/${quote(name)}`;
  // Only the directory is private: `trap` needs this shell to stay, so the program is its child.
  return `_t=$(umask 077; mktemp -d "\${TMPDIR:-/tmp}/ffe-XXXXXXXXXX") || exit
trap 'rm -rf "$_t"' EXIT
trap 'exit 143' HUP INT TERM
head -c ${length} > "$_t"/args && cat > ${file} && chmod 0700 ${file} || exit
${start}${file} "$_t"/args < /dev/null`;
}

async function runProgram(file: string, info: RunInfo): Promise<ModuleResult> {
  const data = await readFile(file);
  const style = styleOf(data) as Exclude<Style, 'python' | 'powershell'>;
  const { name, base } = parse(file);
  const interpreter = style === 'binary' ? undefined : interpreterOf(data);
  if (style !== 'binary' && !interpreter)
    return { failed: true, changed: false, msg: `module (${name}) is missing interpreter line` };
  const args = { ...(info.args as JsonObject), ...internalArguments(name, info) };
  const text = Buffer.from(argumentFile(style === 'words' ? 'words' : 'json', args));
  const timeout = info.timeout > 0 ? info.timeout : undefined;
  const done = await info.node.run(
    {
      line: script(base, starter(interpreter, info), text.length),
      env: info.environment,
      stdin: Buffer.concat([text, data]),
      timeout,
      signal: info.signal,
    },
    info.become,
  );
  const [stdout, stderr] = [done.stdout.toString('utf8'), done.stderr.toString('utf8')];
  return resultOf({ rc: done.rc, stdout, stderr }, interpreter?.[0]);
}

/** A module that is a program of a `library` folder in any language, run on the node. */
export function programModule(file: string): Module {
  return defineModule({
    name: parse(file).name,
    summary: `Runs ${basename(file)} on the node.`,
    args: {},
    openArgs: true,
    exact: true,
    returns: {},
    examples: '',
    // The program is told of check mode, and what it does then is its own affair, as with Ansible.
    check: 'handled',
    run: (info) => runProgram(file, info),
  });
}
