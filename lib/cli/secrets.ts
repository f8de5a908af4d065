import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { FfeError } from '../errors/error.js';
import { didYouMean } from '../errors/suggest.js';
import { isSealed } from '../secrets/vault.js';
import { loadConfig } from './config/config.js';
import { type Io, processIo } from './io.js';
import { type Given, type Option, parseOptions } from './parse-flags.js';
import { isForeign, makeSecret } from './secrets/make.js';
import { folderOf, namesGiven, wantedBy } from './secrets/wanted.js';
import { replaceFile } from './vault/files.js';
import { OPTIONS as VAULT, type VaultGiven } from './vault/options.js';
import { toOpen, toSeal } from './vault/secrets.js';
import { vaultConfig } from './vault-sources.js';

const OPTIONS = {
  inventory: {
    names: ['inventory', 'inventory-file'],
    short: 'i',
    value: 'FILE',
    many: true,
    doc: 'the inventory that asks for secrets, by names that begin with vault_',
  },
  file: {
    names: ['file'],
    value: 'FILE',
    doc: 'the sealed file they go to; group_vars/all/vault.yml beside the inventory',
  },
  vaultId: VAULT.vaultId,
  vaultPasswordFile: VAULT.vaultPasswordFile,
  askVaultPass: VAULT.askVaultPass,
  encryptVaultId: VAULT.encryptVaultId,
  debug: VAULT.debug,
  help: VAULT.help,
} as const satisfies Readonly<Record<string, Option>>;
type Words = Given<keyof typeof OPTIONS>;

const ACTIONS = ['init'] as const;
const HEAD =
  '# Made by `ffe-provision secrets init`, which adds what is missing and never changes what is here.\n';

function help(): string {
  const rows = Object.values<Option>(OPTIONS).map(({ names, short, value, doc }) => {
    const long = `--${names[0]}${value ? ` ${value}` : ''}`;
    return `  ${`${short ? `-${short}, ` : '    '}${long}`.padEnd(34)} ${doc}`;
  });
  return `usage: ffe-provision secrets init -i INVENTORY [options]

Makes the secrets that an inventory asks for ({{ vault_... }}) and that have no value yet, and keeps them in a sealed
file. Secrets that are there are never made again; those of others (a registry, a broker) are named, not made.

Options:
${rows.join('\n')}
`;
}

function inventoriesOf(given: Words): string[] {
  const named =
    given.texts('inventory').length > 0 ? given.texts('inventory') : loadConfig().texts('DEFAULT_HOST_LIST');
  const missing = named.find((path) => !existsSync(path));
  if (named.length === 0 || missing !== undefined)
    throw new FfeError(
      'usage',
      missing === undefined ? 'say which inventory' : `there is no inventory ${missing}`,
      {
        hint: 'ffe-provision secrets init -i inventory/prod.yml',
      },
    );
  return named.map((path) => resolve(path));
}

function fileOf(given: Words, inventory: string): string {
  const own = given.text('file');
  if (own !== undefined) return resolve(own);
  const all = join(folderOf(inventory), 'group_vars', 'all');
  const beside = ['.yml', '.yaml'].map((end) => `${all}${end}`).find((path) => existsSync(path));
  if (beside !== undefined && !existsSync(all))
    throw new FfeError('usage', `${relative('.', beside)} would not be read beside a folder of that name`, {
      hint: `mv ${relative('.', beside)} ${relative('.', all)}/main.yml (make the folder first), or name another --file`,
    });
  return join(all, 'vault.yml');
}

/** The options of vaults among those of this verb, as the vault's own parts ask for them. */
function vaultGiven(given: Words): VaultGiven {
  const known = (name: string): name is keyof typeof OPTIONS => Object.hasOwn(OPTIONS, name);
  return {
    words: [],
    text: (name) => (known(name) ? given.text(name) : undefined),
    texts: (name) => (known(name) ? given.texts(name) : []),
    on: (name) => known(name) && given.on(name),
    count: (name) => (known(name) ? given.count(name) : 0),
  };
}

function report(io: Io, what: string, names: readonly string[]): void {
  if (names.length > 0) io.out(`${what}:\n${names.map((name) => `  ${name}\n`).join('')}`);
}

async function init(given: Words, io: Io): Promise<number> {
  const inventories = inventoriesOf(given);
  const file = fileOf(given, inventories[0]!);
  const shown = relative('.', file);
  const warn = (text: string): void => io.err(`[WARNING]: ${text}\n`);
  const before = existsSync(file) ? readFileSync(file) : undefined;
  if (before && !isSealed(before.toString('latin1', 0, 64)))
    throw new FfeError('vault', `${shown} is not encrypted`, {
      hint: `ffe-provision vault encrypt ${shown}`,
    });
  const flags = vaultGiven(given);
  const { vault, secret } = before
    ? { ...(await toOpen(flags, vaultConfig(), warn)), secret: undefined }
    : await toSeal(flags, vaultConfig(), warn);
  const opened = before && vault.opened(before, file);
  const text = opened ? opened.data.toString('utf8') : HEAD;
  const { asked, there } = wantedBy(inventories, vault);
  const kept = new Set([...there, ...namesGiven(text)]);
  const lacking = asked.filter((name) => !kept.has(name));
  const fresh = lacking.filter((name) => !isForeign(name));
  if (fresh.length > 0) {
    const lines = fresh.map((name) => `${name}: "${makeSecret(name)}"\n`).join('');
    const sealed = vault.sealBytes(
      Buffer.from(`${text}${text.endsWith('\n') ? '' : '\n'}${lines}`),
      opened ? { ...opened.secret, id: opened.id } : secret!,
    );
    mkdirSync(dirname(file), { recursive: true });
    replaceFile(file, sealed, { keepMode: true });
  }
  report(io, `made, and kept in ${shown}`, fresh);
  report(
    io,
    'there already',
    asked.filter((name) => kept.has(name)),
  );
  report(
    io,
    `given by others; put them in with ffe-provision vault ${existsSync(file) ? 'edit' : 'create'} ${shown}`,
    lacking.filter(isForeign),
  );
  if (asked.length === 0)
    io.out('the inventory asks for no secret: no template has a name that begins with vault_\n');
  return 0;
}

/** The verb `secrets`. Answers the exit code; throws an FfeError. No value is ever shown. */
export async function secretsVerb(args: readonly string[], io: Io = processIo()): Promise<number> {
  const [action = '--help', ...rest] = args;
  if (action === '-h' || action === '--help') {
    io.out(help());
    return 0;
  }
  if (!(ACTIONS as readonly string[]).includes(action))
    throw new FfeError(
      'usage',
      `'${action}' is nothing that can be done with secrets${didYouMean(action, ACTIONS)}`,
      {
        hint: ACTIONS.join(', '),
      },
    );
  const given: Words = parseOptions(OPTIONS, rest, 'ffe-provision secrets init');
  if (given.on('help')) {
    io.out(help());
    return 0;
  }
  const umask = process.umask(0o077);
  try {
    return await init(given, io);
  } finally {
    process.umask(umask);
  }
}
