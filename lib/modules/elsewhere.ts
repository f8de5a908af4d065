import names from './elsewhere.json' with { type: 'json' };

/**
 * The full name of a module of Ansible's community package (version 7, the collections that playbooks for Linux nodes
 * name), whether this program has it or not; undefined for a name that nobody knows.
 */
export function nameElsewhere(name: string): string | undefined {
  const [, collection, short] = /^(?:(\w+\.\w+)\.)?([\w.]+)$/.exec(name) ?? [];
  if (short === undefined) return undefined;
  const all = Object.entries(names);
  const among = collection === undefined ? all : all.filter(([owner]) => owner === collection);
  const owner = among.find(([, list]) => ` ${list} `.includes(` ${short} `))?.[0];
  return owner && `${owner}.${short}`;
}
