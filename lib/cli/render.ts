import { FfeError } from '../errors/error.js';
import { type Io, processIo } from './io.js';
import { readRenderArguments } from './render-arguments.js';

const HELP = `ffe-provision render FILE.j2 [OPTIONS]        renders a template file
ffe-provision render --expr TEXT [OPTIONS]   evaluates a text as a playbook would: '{{ x | upper }}'
ffe-provision render < LINES                 answers JSON lines, one answer for each line

Options:
  -e, --extra-vars VARS   variables: key=value, JSON or YAML, or @file
  -i, --inventory SOURCE  an inventory, for the variables of a host and for hostvars and groups
      --host NAME         the host whose variables the template sees (default: localhost)
      --vault-id, --vault-password-file, --ask-vault-pass   as for a run

Facts are not gathered: give those that the template needs with -e. A line is {"id", "kind": "value" | "cond" |
"template", "source", "vars", "files", "opts"}, its answer {"id", "value"} or {"id", "error"}; see docs/templates.md.
`;

/** The verb `render`: tries a template, and answers its exit code. Loads only what the form in use needs. */
export async function render(args: string[], io: Io = processIo()): Promise<number> {
  const given = readRenderArguments(args);
  if (given.help) {
    io.out(HELP);
    return 0;
  }
  if (given.file === undefined && given.expression === undefined) {
    if (process.stdin.isTTY)
      throw new FfeError('usage', 'nothing to render', { hint: 'see ffe-provision render --help' });
    const { answerLines } = await import('./render-lines.js');
    await answerLines(process.stdin, process.stdout);
    return 0;
  }
  const { renderGiven } = await import('./render-file.js');
  io.out(await renderGiven(given));
  return 0;
}
