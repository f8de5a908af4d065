import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { library } from '../../../lib/template/builtin.js';
import { createTemplater } from '../../../lib/template/create.js';
import type { HostFiles } from '../../../lib/template/library.js';
import { fromJson, toJson } from '../../../lib/values/convert.js';
import type { Json, JsonObject } from '../../../lib/values/json.js';
import type { Dict } from '../../../lib/values/value.js';
import { templates } from '../../../lib/vars/layer.js';
import { makeScope } from '../../../lib/vars/scope.js';

type Case = { ask: string; gives?: Json; fails?: string; env?: Record<string, string>; vars?: JsonObject };
const KEYS = ['ask', 'gives', 'fails', 'env', 'vars'];
const cases = parse(readFileSync(join(import.meta.dirname, 'vault-server.cases.yml'), 'utf8')) as Case[];

const templater = createTemplater(library);
const said = new Set<string>();
const files: HostFiles = {
  searchPath: [],
  baseDir: '/',
  ahead: false,
  secret: (text) => void said.add(text),
  unvault: (text) => text,
};
const server: { process?: ChildProcess; url: string } = { url: '' };

test.before(async () => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'vault-server.stand-in.mjs')]);
  server.process = child;
  const port = await new Promise<string>((done) =>
    child.stdout.once('data', (data) => done(String(data).trim())),
  );
  server.url = `http://127.0.0.1:${port}`;
});
test.after(() => void server.process?.kill());

const filled = (text: string): string => text.replaceAll('$URL', server.url);

/** Evaluates a case with its own environment: none of the variables that the lookups know is there but its own. */
function evaluated({ ask, env = {}, vars = {} }: Case): Json {
  const before = { ...process.env };
  for (const name of Object.keys(process.env)) if (/VAULT_/.test(name)) delete process.env[name];
  process.env.ANSIBLE_HASHI_VAULT_TOKEN_PATH = '/nowhere';
  for (const [name, value] of Object.entries(env)) process.env[name] = filled(value);
  try {
    const given = fromJson(JSON.parse(filled(JSON.stringify(vars))) as Json) as ReadonlyMap<string, never> &
      Dict;
    const scope = makeScope([templates('given', given)], { templater, files });
    return toJson(templater.value(filled(ask), scope, files) as never);
  } finally {
    process.env = before;
  }
}

for (const one of cases)
  test(`${one.ask} ${JSON.stringify(one.env ?? one.vars ?? '')}`, () => {
    for (const key of Object.keys(one)) assert.ok(KEYS.includes(key), key);
    said.clear();
    if (one.fails === undefined) {
      assert.equal(evaluated(one), one.gives);
      const secrets = JSON.stringify(one.gives).match(/[a-z]+-word/g) ?? [];
      for (const secret of secrets) assert.ok(said.has(secret), `${secret} is not known to be secret`);
      return;
    }
    const { fails } = one;
    assert.throws(
      () => evaluated(one),
      (error: Error) => {
        assert.ok(error.message.includes(fails), `${error.message}\nshould say: ${fails}`);
        assert.not.match(error.message, /root-token|wrong-token|no-such-id/);
        return true;
      },
    );
  });

test.run();
