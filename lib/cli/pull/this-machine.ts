import { lookup, lookupService } from 'node:dns/promises';
import { hostname } from 'node:os';

async function resolved(name: string): Promise<string> {
  try {
    const { address } = await lookup(name);
    return (await lookupService(address, 0)).hostname;
  } catch {
    return name;
  }
}

/** This machine's full name: what the resolver says, where that is a name of its own. */
export async function fullName(): Promise<string> {
  const own = hostname();
  if (own.includes('.')) return own;
  const found = await resolved(own);
  return found.startsWith(`${own}.`) ? found : own;
}

/** The hosts of an inventory that this machine is. */
export function localPattern(full: string): string {
  const names = [full, hostname()].flatMap((name) => [name, name.split('.', 1)[0]!]);
  return ['localhost', ...new Set(names), '127.0.0.1'].join(',');
}
