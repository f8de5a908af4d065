import { path } from '../node/queries/query.js';
import { defineModule, type ModuleResult, type RunInfo } from './module.js';
import { StepError, stepping } from './steps.js';
import { expectation } from './write-file.js';
import { type XmlArgs, xmlArgs, xmlRules } from './xml/xml-args.js';

type Info = RunInfo<typeof xmlArgs>;

async function source(info: Info, a: XmlArgs) {
  if (a.path === undefined) return undefined;
  const [file] = await info.node.ask([path(a.path, { content: true, follow: true })], info.become);
  if (file?.kind !== 'path' || !file.exists || file.type !== 'file')
    throw new StepError(`The target XML source '${a.path}' does not exist.`);
  if (file.content === undefined)
    throw new StepError(`The file '${a.path}' cannot be read, or is too large.`);
  return { file, content: file.content };
}

async function write(
  info: Info,
  a: XmlArgs,
  found: NonNullable<Awaited<ReturnType<typeof source>>>,
  text: string,
) {
  const content = { kind: 'bytes', data: Buffer.from(text) } as const;
  const expect = expectation(found.file);
  const rest = { expect, attributes: {}, follow: true, backup: a.backup };
  const done = await info.node.apply([{ kind: 'write', path: a.path!, content, ...rest }], [], info.become);
  const [outcome] = done.outcomes;
  if (done.failed !== undefined)
    throw new StepError(`Cannot write ${a.path}: ${outcome?.stderr.toString('utf8').trim()}`);
  return outcome?.backup === undefined ? {} : { backup_file: outcome.backup };
}

async function run(info: Info): Promise<ModuleResult> {
  const { args: a, check } = info;
  const found = await source(info, a);
  // Reading XML is a lot of code, which only this module needs.
  const [{ editXml }, { xmlText }] = await Promise.all([
    import('./xml/edit.js'),
    import('./xml/document.js'),
  ]);
  const text = found ? xmlText(found.content, a.path!) : a.xmlstring!;
  const done = editXml(a, text);
  const kept = done.changed && found && !check ? await write(info, a, found, done.text) : {};
  return {
    ...done.fields,
    changed: done.changed,
    ...kept,
    ...(found ? {} : { xmlstring: done.text }),
    ...(info.diff && done.diff && { diff: done.diff }),
  };
}

/** Looks at and changes XML. */
export const xml = defineModule({
  name: 'xml',
  collection: 'community.general',
  summary: 'Sets, removes, counts and tells parts of XML files.',
  args: xmlArgs,
  rules: xmlRules,
  diffs: { single: true },
  returns: {
    actions: 'xpath, namespaces and state, as given',
    backup_file: 'the copy that was kept',
    count: 'how many there are',
    matches: 'with content, the name of each element with its text or attributes',
    msg: 'what was found',
    xmlstring: 'the markup, when it was given as such',
  },
  examples: `
- name: The server listens on another port
  xml:
    path: /etc/app/server.xml
    xpath: /Server/Connector
    attribute: port
    value: "8081"
`,
  check: 'handled',
  run: (info) => stepping(() => run(info)),
});
