import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PYTHON = '/usr/bin/python3';

const PROGRAM = `
import json, sys
for line in sys.stdin:
    try:
        print(json.dumps(repr(eval(json.loads(line), {}, {}))))
    except Exception as error:
        print(json.dumps({'error': type(error).__name__}))
`;

/** True where there is a python3 to compare with. */
export function hasPython(): boolean {
  return existsSync(PYTHON);
}

/** What Python makes of some expressions: repr() of each result, or undefined where it raised. */
export function evaluate(expressions: readonly string[]): (string | undefined)[] {
  const result = spawnSync(PYTHON, ['-c', PROGRAM], {
    input: expressions.map((e) => `${JSON.stringify(e)}\n`).join(''),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { PATH: '/usr/bin:/bin', PYTHONUTF8: '1' },
  });
  if (result.status !== 0) throw new Error(result.stderr);
  return result.stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as string | { error: string })
    .map((said) => (typeof said === 'string' ? said : undefined));
}
