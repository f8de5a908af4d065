import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { text } from '../../lib/node/content.js';
import { createForesight } from '../../lib/node/foresight.js';
import { type PathAnswer, path, pkg } from '../../lib/node/queries/query.js';

const gone = (p: string): PathAnswer => ({ kind: 'path', exists: false, path: p });
const any = { state: 'any' } as const;

function look(foresight: ReturnType<typeof createForesight>, p: string, follow = false): PathAnswer {
  return foresight.see(path(p, { follow, content: true, checksum: 'sha1' }), gone(p)) as PathAnswer;
}

function existing(answer: PathAnswer): Extract<PathAnswer, { exists: true }> {
  if (!answer.exists) throw new Error(`${answer.path} is not there`);
  return answer;
}

test('nothing planned: answers stay as they are', () => {
  const foresight = createForesight();
  assert.is(look(foresight, '/a').exists, false);
  const answer = { kind: 'package' } as never;
  assert.is(foresight.see(pkg('cron'), answer), answer);
});

test('a directory with parents, a file in it, its attributes', () => {
  const foresight = createForesight();
  foresight.expect([
    { kind: 'mkdir', path: '/a/b', parents: true, attributes: { owner: 'ada', mode: 0o750 } },
    { kind: 'write', path: '/a/b/f', content: text('x\n'), expect: any, attributes: { group: '7' } },
  ]);
  const file = existing(look(foresight, '/a/b/f'));
  assert.equal([file.type, file.gid, file.size, file.mode], ['file', 7, 2, 0o644]);
  assert.is(Buffer.from(file.content!).toString(), 'x\n');
  assert.is(file.checksum, '6fcf9dfbd479ed82697fee719b9f8c610a11ff2a');
  assert.is(existing(look(foresight, '/a')).type, 'directory');
  assert.equal(
    [existing(look(foresight, '/a/b')).owner, existing(look(foresight, '/a/b')).mode],
    ['ada', 0o750],
  );
  foresight.expect([{ kind: 'attributes', path: '/a/b/f', follow: true, attributes: { mode: 0o600 } }]);
  assert.is(existing(look(foresight, '/a/b/f')).mode, 0o600);
  assert.ok(existing(look(foresight, '/a/b/f')).content);
});

test('links: themselves, looked through, and hard ones', () => {
  const foresight = createForesight();
  foresight.expect([
    { kind: 'touch', path: '/d/f' },
    { kind: 'link', path: '/d/l', target: 'f', hard: false },
    { kind: 'link', path: '/d/h', target: '/d/f', hard: true },
  ]);
  assert.equal(existing(look(foresight, '/d/l')).target, 'f');
  assert.is(existing(look(foresight, '/d/l', true)).type, 'file');
  assert.is(existing(look(foresight, '/d/h')).nlink, 2);
  foresight.expect([{ kind: 'link', path: '/d/lost', target: 'nowhere', hard: false }]);
  assert.is(look(foresight, '/d/lost', true).exists, false);
});

test('what is removed is gone with all below it; what is renamed or copied is there', () => {
  const foresight = createForesight();
  foresight.expect([
    { kind: 'write', path: '/a/f', content: text('x'), expect: any },
    { kind: 'copy', from: '/a/f', path: '/c', expect: any, attributes: { mode: 0o400 } },
    { kind: 'rename', from: '/c', to: '/e' },
    { kind: 'remove', path: '/a', recurse: true },
  ]);
  for (const p of ['/a', '/a/f', '/a/other/deep', '/c']) assert.is(look(foresight, p).exists, false, p);
  assert.is(existing(look(foresight, '/e')).mode, 0o400);
});

test('what really happened is asked of the node again', () => {
  const foresight = createForesight();
  const made = [{ kind: 'mkdir', path: '/a', parents: false } as const];
  foresight.expect(made);
  assert.is(look(foresight, '/a').exists, true);
  foresight.forget(made);
  assert.is(look(foresight, '/a').exists, false);
});

test.run();
