import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { type Config, loadConfig } from '../../../lib/cli/config/config.js';
import { findConfigFile } from '../../../lib/cli/config/find-file.js';
import { readIni } from '../../../lib/cli/config/read-ini.js';
import { placesOf, SETTING_NAMES, SETTINGS, type SettingName } from '../../../lib/cli/config/table.js';
import { unsupportedSettings } from '../../../lib/cli/config/unsupported.js';
import { NEEDLESS, USED } from '../../../lib/cli/config/used.js';
import { FfeError } from '../../../lib/errors/error.js';

type Case = {
  name: string;
  ini?: string;
  env?: Record<string, string>;
  want?: Record<string, [unknown, string]>;
  ask?: SettingName;
  error?: string;
  line?: number;
  warnings?: string[];
};
const KEYS = ['name', 'ini', 'env', 'want', 'ask', 'error', 'line', 'warnings'];
const CASES = parse(readFileSync(new URL('config.cases.yml', import.meta.url), 'utf8')) as Case[];

const root = realpathSync(mkdtempSync(join(tmpdir(), 'ffe-config-')));
const home = join(root, 'home');
mkdirSync(home);
test.after(() => rmSync(root, { recursive: true, force: true }));

function folder(name: string, ini?: string): string {
  const dir = mkdtempSync(join(root, 'case-'));
  if (ini !== undefined) writeFileSync(join(dir, name), ini);
  return dir;
}

function refusal(one: Case, load: () => Config): FfeError | undefined {
  try {
    load().get(one.ask ?? 'DEFAULT_FORKS');
    return undefined;
  } catch (error) {
    return error as FfeError;
  }
}

function checkRefusal(one: Case, load: () => Config): void {
  const error = refusal(one, load);
  assert.instance(error, FfeError);
  assert.match(error!.message, one.error!);
  assert.is(error!.pos?.line, one.line);
}

for (const one of CASES)
  test(one.name, () => {
    assert.equal(
      Object.keys(one).filter((key) => !KEYS.includes(key)),
      [],
    );
    const dir = folder('ansible.cfg', one.ini);
    const load = (): Config => loadConfig({ env: one.env ?? {}, cwd: dir, home });
    if (one.error !== undefined) return checkRefusal(one, load);
    const whole = (text: string): unknown =>
      JSON.parse(text.replaceAll('{dir}', dir).replaceAll('{home}', home));
    const config = load();
    for (const [name, want] of Object.entries(one.want ?? {})) {
      const { value, origin } = config.get(name as SettingName);
      assert.equal([value, origin], whole(JSON.stringify(want)), name);
    }
    if (one.warnings) assert.equal(unsupportedSettings(config), whole(JSON.stringify(one.warnings)));
  });

test('the file is looked for in four places', () => {
  const here = folder('ansible.cfg', '');
  const other = folder('mine.cfg', '');
  const place = { env: {}, cwd: here, home };
  assert.is(findConfigFile(place).file, join(here, 'ansible.cfg'));
  assert.is(
    findConfigFile({ ...place, env: { ANSIBLE_CONFIG: join(other, 'mine.cfg') } }).file,
    join(other, 'mine.cfg'),
  );
  // A folder stands for the file in it; what is not there is passed over.
  assert.is(
    findConfigFile({ ...place, cwd: other, env: { ANSIBLE_CONFIG: here } }).file,
    join(here, 'ansible.cfg'),
  );
  assert.is(
    findConfigFile({ ...place, env: { ANSIBLE_CONFIG: 'nothing.cfg' } }).file,
    join(here, 'ansible.cfg'),
  );
  writeFileSync(join(home, '.ansible.cfg'), '');
  assert.is(findConfigFile({ ...place, cwd: other }).file, join(home, '.ansible.cfg'));
  rmSync(join(home, '.ansible.cfg'));
});

test('a file in a folder that everybody may write to is not trusted', () => {
  const here = folder('ansible.cfg', '');
  chmodSync(here, 0o777);
  const found = findConfigFile({ env: {}, cwd: here, home });
  assert.is.not(found.file, join(here, 'ansible.cfg'));
  assert.match(found.warning!, 'everybody may write');
  const named = { env: { ANSIBLE_CONFIG: join(here, 'ansible.cfg') }, cwd: here, home };
  assert.equal(findConfigFile(named), { file: join(here, 'ansible.cfg') });
});

test('every name is written for one setting only', () => {
  const all = SETTING_NAMES.map((name) => placesOf(SETTINGS[name]));
  for (const names of [all.flatMap((one) => one.env), all.flatMap((one) => one.ini)])
    assert.equal(
      names.filter((name, i) => names.indexOf(name) !== i),
      [],
    );
  assert.equal(
    [...NEEDLESS].filter((name) => USED[name] !== undefined),
    [],
  );
});

test('every entry is read back', () => {
  const word = fc.stringMatching(/^[a-z][a-z_]{0,8}$/);
  const value = fc.stringMatching(/^[!-:<-~]([ -:<-~]*[!-:<-~])?$/).filter((text) => !text.startsWith('#'));
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(word, word, value), { selector: ([a, b]) => `${a}.${b}` }),
      (rows) => {
        const text = rows.map(([section, key, v]) => `[${section}]\n${key} = ${v}\n`).join('');
        assert.equal(
          readIni(text, 'x').map((one) => [one.section, one.key, one.value]),
          rows,
        );
      },
    ),
  );
});

test.run();
