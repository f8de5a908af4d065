/** What the documents name exists: links, options, variables, files, messages, modules. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { placesOf, SETTING_NAMES, SETTINGS } from '../../lib/cli/config/table.js';
import { FLAGS, type Flag } from '../../lib/cli/flags.js';
import { helpText } from '../../lib/cli/help.js';
import { modules } from '../../lib/modules/index.js';
import { sources } from '../meta/source.js';
import { anchors, type Document, documents, spans } from './documents.js';

const DOCUMENTS = documents();
const LIB = sources('lib')
  .map((file) => file.text)
  .join('\n');
const LAB = readFileSync('lib/cli/lab-arguments.ts', 'utf8');
const RENDER = readFileSync('lib/cli/render-arguments.ts', 'utf8');

/** Long options of the program: those of a run, and those of its verbs as they are read. */
function known(): Set<string> {
  const own = (Object.values(FLAGS) as Flag[]).flatMap((flag) => flag.names);
  const lab = [...LAB.matchAll(/^ {2}([a-z]+): \{ type: '/gm)].map((match) => match[1]!);
  const render = [...RENDER.matchAll(/'--([a-z-]+)'/g)].map((match) => match[1]!);
  // Verbs with a table of their own write it as a run's options are written.
  const tables = [...LIB.matchAll(/\bnames: \[([^\]]*)\]/g)].flatMap(([, names = '']) =>
    [...names.matchAll(/'([a-z-]+)'/g)].map((match) => match[1]!),
  );
  return new Set([...own, ...lab, ...render, ...tables]);
}

/** Code that is about this program: its command lines in blocks and spans, and spans that are an option alone. */
function ownCode(document: Document): string[] {
  const lines = document.blocks.flatMap((block) => (block.language === 'sh' ? block.text.split('\n') : []));
  const calls = [...lines, ...spans(document)].filter((line) =>
    /^(\w+=\S+ )*ffe-provision /.test(line.trim()),
  );
  return [...calls, ...spans(document).filter((span) => /^--[a-z]/.test(span))];
}

const SETTING_VARIABLES = new Set(SETTING_NAMES.flatMap((name) => placesOf(SETTINGS[name]).env));

for (const document of DOCUMENTS) {
  const { path, prose, text } = document;

  test(`${path}: its links lead somewhere`, () => {
    const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]!);
    for (const link of links.filter((one) => !/^https?:/.test(one))) {
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? path : join(dirname(path), file);
      assert.ok(existsSync(target), `${link}: ${target}`);
      const other = DOCUMENTS.find((one) => one.path === target);
      if (anchor !== undefined && other) assert.ok(anchors(other).includes(anchor), link);
    }
  });

  test(`${path}: its options exist`, () => {
    const options = known();
    const used = ownCode(document).flatMap((line) => [...line.matchAll(/(?<=^|\s)--([a-z][a-z-]*)/g)]);
    const wrong = used
      .map((match) => match[1]!)
      .filter((name) => !options.has(name) && !name.startsWith('no-such'));
    assert.equal(wrong, []);
  });

  test(`${path}: its files of the project exist`, () => {
    const named = [
      ...text.matchAll(/`((?:lib|test|scripts|docs|bin|roles|playbooks|inventory|bench)\/[\w./-]*)`/g),
    ];
    const wrong = named.map((match) => match[1]!).filter((file) => !existsSync(file));
    assert.equal(wrong, []);
  });

  test(`${path}: its variables of the environment are read`, () => {
    const named = [...text.matchAll(/\b(ANSIBLE_[A-Z_]+|FFE_[A-Z_]+)\b/g)].map((match) => match[1]!);
    const bin = readFileSync('bin/ffe-provision', 'utf8') + readFileSync('test/fleet/fleet.ts', 'utf8');
    const read = (name: string): boolean =>
      SETTING_VARIABLES.has(name) ||
      LIB.includes(`env.${name}`) ||
      LIB.includes(`env: '${name}'`) ||
      bin.includes(name);
    const wrong = named.filter((name) => !read(name));
    assert.equal(
      wrong.filter((name) => name !== 'ANSIBLE_VAULT'),
      [],
    );
  });
}

test('messages that are explained are messages of the program', () => {
  const document = DOCUMENTS.find((one) => one.path === 'docs/troubleshooting.md')!;
  const messages = [...document.prose.matchAll(/^### `(.+)`$/gm)].map((match) => match[1]!);
  assert.ok(messages.length > 15);
  // Three dots stand for what differs from case to case; quotes are escaped in some sources.
  const code = LIB.replaceAll("\\'", "'");
  const parts = messages.flatMap((message) => message.split('...').map((part) => part.trim()));
  assert.equal(
    parts.filter((part) => part !== '' && !code.includes(part)),
    [],
  );
});

test('every module is listed, and every listed one exists', () => {
  const document = DOCUMENTS.find((one) => one.path === 'README.md')!;
  const list = /<!-- modules -->([\s\S]*?)<!-- \/modules -->/.exec(document.text)![1]!;
  const listed = [...list.matchAll(/`([\w.]+)`/g)].map((match) => match[1]!).sort();
  const names = modules
    .map((module) => module.name)
    .filter((name) => name !== 'meta')
    .sort();
  assert.equal(listed, names);
});

test('the help names a document that exists, and every exit code is explained', () => {
  const [, file = ''] = /explained in (\S+\.md)/.exec(helpText())!;
  const text = readFileSync(file, 'utf8');
  const codes = [...readFileSync('lib/cli/main.ts', 'utf8').matchAll(/^ {2}[\w'-]+: (\d+),$/gm)].map(
    (match) => match[1]!,
  );
  assert.ok(codes.length > 5);
  for (const code of new Set([...codes, '0', '1', '2', '4', '99']))
    assert.match(text, new RegExp(`^\\| ${code} \\|`, 'm'));
});

test.run();
