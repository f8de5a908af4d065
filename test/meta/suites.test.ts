import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Source, sources } from './source.js';

/** Suites of a file that are never run: uvu then reports success without having tested anything. */
function idle({ path, text }: Source): string[] {
  const made = [...text.matchAll(/^\s*(?:export )?const (\w+) = (?:suite|fleetSuite)\b/gm)].map(
    (match) => match[1]!,
  );
  const imported = /import \{[^}]*\btest\b[^}]*\} from 'uvu'/.test(text) ? ['test'] : [];
  const lost = [...imported, ...made].filter((name) => !new RegExp(`\\b${name}\\.run\\(\\)`).test(text));
  return lost.map((name) => `${path}: ${name}`);
}

const FILES = sources('test').filter((file) => file.path.endsWith('.test.ts'));

test('every suite of every test file is run', () => {
  assert.equal(FILES.flatMap(idle), []);
  const none = FILES.filter((file) => !/\.run\(\)/.test(file.text));
  assert.equal(
    none.map((file) => file.path),
    [],
  );
});

test('a suite that is not run is seen', () => {
  const text = "import { test } from 'uvu';\nconst other = suite('x');\nother.run();";
  assert.equal(idle({ path: 'x', text, lines: [], imports: [] }), ['x: test']);
});

test('no test is singled out', () => {
  const only = FILES.filter((file) => /\b\w+\.only\(/.test(file.text) && !file.path.includes('meta/'));
  assert.equal(
    only.map((file) => file.path),
    [],
  );
});

test('there are at least as many lines of tests as of code', async () => {
  const { readdirSync, readFileSync, statSync } = await import('node:fs');
  const data = readdirSync('test', { recursive: true, encoding: 'utf8' }).map((file) => `test/${file}`);
  const counted = data.filter((file) => /\.(ts|ya?ml|json|j2|txt)$/.test(file) && statSync(file).isFile());
  const lines = (file: string) => readFileSync(file, 'utf8').split('\n').length;
  const tests = counted.reduce((sum, file) => sum + lines(file), 0);
  const code = sources('lib').reduce((sum, file) => sum + file.lines.length, 0);
  assert.ok(tests >= code, `${tests} lines of tests, ${code} of code`);
});

test.run();
