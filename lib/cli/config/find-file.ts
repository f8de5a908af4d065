import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The world that a configuration is looked for in. */
export type Place = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly home: string;
};

const NAME = 'ansible.cfg';

function readable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function fromEnvironment(path: string, { cwd, home }: Place): string {
  const whole = resolve(cwd, path.replace(/^~(?=\/|$)/, home));
  return existsSync(whole) && statSync(whole).isDirectory() ? join(whole, NAME) : whole;
}

/**
 * The configuration file: ANSIBLE_CONFIG, ansible.cfg of the current folder, ~/.ansible.cfg, /etc/ansible/ansible.cfg;
 * the first one that is there. A folder that everybody may write to is passed over, and `warning` says so: whoever can
 * write there would decide what runs.
 */
export function findConfigFile(place: Place): { readonly file?: string; readonly warning?: string } {
  const { env, cwd, home } = place;
  const given = env.ANSIBLE_CONFIG === undefined ? undefined : fromEnvironment(env.ANSIBLE_CONFIG, place);
  const here = join(cwd, NAME);
  const open = (statSync(cwd).mode & 0o002) !== 0;
  const candidates = [
    ...(given === undefined ? [] : [given]),
    ...(open ? [] : [here]),
    join(home, `.${NAME}`),
    `/etc/ansible/${NAME}`,
  ];
  const file = candidates.find(readable);
  if (!open || !existsSync(here) || (given !== undefined && file === given)) return { file };
  return { file, warning: `${here} is not read, because everybody may write to the folder ${cwd}` };
}
