import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { cutShort, newMarks, prelude, type SectionOutput, splitSections } from '../../lib/node/sections.js';
import { withScratch } from './scratch.js';

const reply = (stdout: Buffer, stderr: Buffer) => ({ rc: 0, stdout, stderr });

test('marks are new for every script', () => {
  const marks = [newMarks(), newMarks()].flatMap((m) => [m.end, m.inner]);
  assert.is(new Set(marks).size, 4);
  for (const mark of marks) assert.match(mark, /^[0-9a-f]{24}$/);
});

test('outputs of any bytes are split where their sections end', () => {
  const bytes = fc.uint8Array({ maxLength: 60 }).map((a) => Buffer.from(a));
  const section = fc.record({ stdout: bytes, stderr: bytes, rc: fc.nat(255), note: bytes });
  fc.assert(
    fc.property(fc.array(section, { maxLength: 6 }), (sections) => {
      const marks = newMarks();
      const noted = sections.map((s) => ({ ...s, note: Buffer.from(s.note.filter((b) => b !== 0)) }));
      const close = (s: SectionOutput) =>
        Buffer.concat([s.stdout, Buffer.from(`${marks.end}${s.rc} `), s.note, Buffer.from([0])]);
      const out = Buffer.concat(noted.map(close));
      const err = Buffer.concat(noted.flatMap((s) => [s.stderr, Buffer.from(marks.end)]));
      const found = splitSections(reply(out, err), marks);
      assert.equal(
        found.map((s) => ({ ...s, stdout: [...s.stdout], stderr: [...s.stderr], note: [...s.note] })),
        noted.map((s) => ({ ...s, stdout: [...s.stdout], stderr: [...s.stderr], note: [...s.note] })),
      );
    }),
  );
});

test('a section that was not closed is left out', () => {
  const marks = newMarks();
  const out = Buffer.from(`one${marks.end}0 \0two${marks.end}1`);
  const err = Buffer.from(`${marks.end}sh: oops ${marks.end}`);
  assert.is(splitSections(reply(out, err), marks).length, 1);
  assert.is(splitSections(reply(out, Buffer.alloc(0)), marks).length, 0);
});

test('a script that ended early is an error with what the shell said last', () => {
  const marks = newMarks();
  const error = cutShort(
    { rc: 2, stdout: Buffer.alloc(0), stderr: Buffer.from(`a${marks.end}sh: oops\n`) },
    marks,
  );
  assert.is(error.code, 'task');
  assert.match(error.message, /ended early with exit code 2/);
  assert.match(error.notes.join(), /sh: oops/);
  assert.not.match(error.notes.join(), new RegExp(marks.end));
});

test('the prelude closes sections in a real shell, with notes that hold any text', () =>
  withScratch(async ({ connection }) => {
    const marks = newMarks();
    const text = `${prelude(marks)}M='a b
c'; printf out; printf err >&2; E 3; echo "$LC_ALL[$M]"; E 0`;
    const outputs = splitSections(await (await connection.shell()).run({ text }), marks);
    assert.equal(
      outputs.map((o) => [o.rc, String(o.stdout), String(o.stderr), String(o.note)]),
      [
        [3, 'out', 'err', 'a b\nc'],
        [0, 'C[]\n', '', ''],
      ],
    );
  }));

test.run();
