import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { validateArgs } from '../../../lib/modules/validate.js';
import { editXml } from '../../../lib/modules/xml/edit.js';
import type { XmlArgs } from '../../../lib/modules/xml/xml-args.js';
import { xml } from '../../../lib/modules/xml.js';
import type { Json, JsonObject } from '../../../lib/values/json.js';

type Recorded = {
  readonly source: string;
  readonly args: JsonObject;
  readonly changed: boolean;
  readonly fields?: JsonObject;
  readonly text?: string;
};
const { sources, cases } = parse(readFileSync(new URL('lxml.yaml', import.meta.url), 'utf8')) as {
  sources: Record<string, string>;
  cases: Recorded[];
};

function argsOf(given: JsonObject, xmlstring: string): XmlArgs {
  const valid = validateArgs(xml, { ...given, xmlstring });
  if (!valid.ok) throw new Error(valid.errors.map((e) => e.message).join('; '));
  return valid.args as XmlArgs;
}

function edit(given: JsonObject, source: string) {
  return editXml(argsOf(given, source), source);
}

for (const { source, args, changed, fields, text, ...unknown } of cases)
  test(`as with lxml: ${JSON.stringify(args)}`, () => {
    assert.equal(unknown, {});
    const done = edit(args, sources[source]!);
    assert.is(done.changed, changed);
    const { actions: _, ...told } = done.fields;
    assert.equal(told, fields ?? {});
    if (text !== undefined) assert.is(done.text, text);
  });

const VALUES = fc.string({ unit: fc.constantFrom(...'ab<>&"\'\n\t é€😀'), minLength: 1 });

test('a value that was set is found, and set once', () => {
  fc.assert(
    fc.property(VALUES, fc.boolean(), (value, attribute) => {
      const args = { xpath: '/a/b', value, ...(attribute ? { attribute: 'c' } : {}) };
      const done = edit(args, '<a><b c=""/></a>');
      assert.ok(done.changed);
      assert.not(edit(args, done.text).changed);
      const found = edit({ xpath: '/a/b', content: attribute ? 'attribute' : 'text' }, done.text);
      assert.equal(found.fields.matches, [{ b: (attribute ? { c: value } : value) as Json }]);
    }),
    { numRuns: 60 },
  );
});

const fails: Readonly<Record<string, readonly [JsonObject, string]>> = {
  'Syntax error in xpath expression: /a[': [{ xpath: '/a[', value: '1' }, '<a/>'],
  'Error while parsing document: xml_string': [{ xpath: '/a', count: true }, '<a>'],
  "Can't process Xpath count(/b) in order": [{ xpath: 'count(/b)' }, '<a/>'],
  'no namespace prefix(es) used in xpath': [{ xpath: '/a/b', value: '1' }, '<a xmlns="urn:a"/>'],
  'No namespace is given for the prefix q in namespaces': [
    { xpath: '/a', attribute: 'q:b', value: '1' },
    '<a/>',
  ],
  'does not reference a node': [{ xpath: '/a/@b', value: '1' }, '<a b="2"/>'],
  "Couldn't delete xpath target: /a": [{ xpath: '/a', state: 'absent' }, '<a/>'],
  'Elements cannot stand beside the outermost one': [
    { xpath: '/a', insertafter: true, add_children: ['b'] },
    '<a/>',
  ],
  'Can only create children from hashes with one key': [
    { xpath: '/a', add_children: [{ b: '1', c: '2' }] },
    '<a/>',
  ],
  'Invalid child type: list': [{ xpath: '/a', add_children: [['b']] }, '<a/>'],
  'Invalid children type: string, must be list': [{ xpath: '/a', add_children: [{ b: { _: 'c' } }] }, '<a/>'],
  "Invalid tag name 'b c'": [{ xpath: '/a', add_children: ['b c'] }, '<a/>'],
  'Error while parsing child element': [{ xpath: '/a', set_children: ['<b>'], input_type: 'xml' }, '<a/>'],
  "Don't know what to do": [{}, '<a/>'],
};
for (const [words, [args, source]] of Object.entries(fails))
  test(`refused: ${words}`, () => {
    try {
      edit(args, source);
    } catch (error) {
      assert.ok(String(error).includes(words), String(error));
      return;
    }
    assert.unreachable();
  });

test('entities of one own document are not read from elsewhere', () => {
  const source = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]><a>&e;</a>';
  let text = '';
  try {
    text = JSON.stringify(edit({ xpath: '/a', content: 'text' }, source).fields);
  } catch (error) {
    text = String(error);
  }
  assert.not.match(text, readFileSync('/etc/hostname', 'utf8').trim());
});

test.run();
