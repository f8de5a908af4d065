import { readScript } from '../node/queries/query.js';
import { quote } from '../node/quote.js';
import type { JsonObject } from '../values/json.js';
import { defineModule } from './module.js';
import { mayComeLater } from './pending.js';
import { failed, ok } from './plan.js';
import { complaint, printed } from './program.js';

const usable = (client: string): boolean => /^pip[^/]*$/.test(client.split('/').at(-1) ?? '');

/** Packages by name, as pip tells them, each with the client that it comes from. */
function packages(text: string, client: string): JsonObject {
  const out: Record<string, JsonObject[]> = {};
  for (const one of JSON.parse(text) as { name: string; version: string }[])
    out[one.name] = [...(out[one.name] ?? []), { ...one, source: client }];
  return out;
}

/** Tells which Python packages are installed. */
export const pipPackageInfo = defineModule({
  name: 'pip_package_info',
  collection: 'community.general',
  summary: 'Tells which Python packages are installed.',
  args: {
    clients: {
      type: 'list',
      elements: 'path',
      default: ['pip'],
      doc: 'The pips to ask: names, or the paths of those of virtual environments.',
    },
  },
  tells: true,
  returns: { packages: 'by client and name, lists of name, version and source' },
  examples: `
- name: What is in the environment of the application
  pip_package_info:
    clients: [/srv/app/env/bin/pip]
  register: python
`,
  queries: ({ clients }) => ({
    told: clients
      .filter(usable)
      .map((client) =>
        readScript(
          `command -v ${quote(client)} >/dev/null || exit 127; ${quote(client)} list -l --format=json`,
        ),
      ),
  }),
  plan: ({ clients }, { told }, info) => {
    const asked = clients.filter(usable).map((client, i) => ({ client, answer: told[i]! }));
    const warnings = clients.filter((c) => !usable(c)).map((c) => `Skipping invalid pip client: ${c}`);
    const found: Record<string, JsonObject> = {};
    for (const { client, answer } of asked)
      if (answer.rc === 0) found[client] = packages(printed(answer), client);
      else if (answer.rc !== 127)
        warnings.push(`Failed to retrieve packages with ${client}: ${complaint(answer)}`);
    if (asked.every(({ answer }) => answer.rc === 127) && !mayComeLater(info))
      return failed(`Unable to use any of the supplied pip clients: ${clients.join(', ')}`);
    return ok('told', { packages: found, ...(warnings.length > 0 && { warnings }) });
  },
});
