// The part of Vault's HTTP API that the lookups use, for tests: no server of it is packaged for Debian. Prints its port.
// KV version 2 below `secret`, version 1 below `kv`; the token `root-token`; AppRole and userpass give it, too.
import { createServer } from 'node:http';

const SECRETS = {
  'secret/data/app': { data: { data: { password: 'pass-word', port: 5432, tags: ['one', 'two'] }, metadata: { version: 2 } } },
  'secret/data/app?version=1': { data: { data: { password: 'old-word' }, metadata: { version: 1 } } },
  'team/data/app': { data: { data: { password: 'team-word' }, metadata: { version: 7 } } },
  'kv/app': { data: { password: 'flat-word' } },
  'secret/metadata/app': { data: { current_version: 2 } },
};
const LOGINS = {
  'auth/approle/login': { role_id: 'role', secret_id: 'secret-id' },
  'auth/other/login': { role_id: 'role', secret_id: 'secret-id' },
  'auth/userpass/login/ann': { password: 'open sesame' },
};

const server = createServer(async (request, response) => {
  const path = request.url.replace(/^\/v1\//, '');
  const answer = (status, body) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  if (request.method === 'POST') {
    const parts = [];
    for await (const part of request) parts.push(part);
    const given = JSON.stringify(JSON.parse(Buffer.concat(parts).toString()));
    if (LOGINS[path] === undefined || given !== JSON.stringify(LOGINS[path]))
      return answer(400, { errors: ['invalid role or secret ID'] });
    return answer(200, { auth: { client_token: 'root-token' } });
  }
  if (request.headers['x-vault-token'] !== 'root-token') return answer(403, { errors: ['permission denied'] });
  const space = request.headers['x-vault-namespace'];
  const found = SECRETS[path];
  if (found === undefined || (space !== undefined && space !== 'ops')) return answer(404, { errors: [] });
  return answer(200, { request_id: 'r', lease_duration: 0, ...found });
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
