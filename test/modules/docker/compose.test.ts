import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { eventsOf, failure, projectWords } from '../../../lib/modules/docker/compose.js';
import type { ProjectArgs } from '../../../lib/modules/docker/compose-args.js';
import { buildCall } from '../../../lib/modules/docker/image-build.js';

const args = (given: object) =>
  ({ docker_host: 'unix://var/run/docker.sock', tls: false, validate_certs: false, ...given }) as ProjectArgs;

test('what compose did, of what it says', () => {
  const said = [
    ' Network app_default  Creating',
    ' Network app_default  Created',
    ' Container app-web-1  Running',
    ' DRY-RUN MODE -  Container app-db-1  Recreate ',
    ' Volume "app_data"  Creating',
    ' Container app-x-1 Stopping',
    'time="..." level=warning msg="Container x Creating"',
  ];
  assert.equal(eventsOf(said.join('\n')), [
    { what: 'network', id: 'app_default', status: 'Creating' },
    { what: 'container', id: 'app-db-1', status: 'Recreate' },
    { what: 'volume', id: 'app_data', status: 'Creating' },
    { what: 'container', id: 'app-x-1', status: 'Stopping' },
  ]);
});

test('why compose failed is no progress', () => {
  const err = ' Container a  Starting\nError: port is taken\n Container b  Created\n';
  assert.is(failure({ rc: 1, out: '', err }), 'Error: port is taken');
  assert.is(failure({ rc: 3, out: '', err: '' }), 'docker compose ended with 3');
});

test('the words that lead to a project', () => {
  const found = projectWords(
    args({
      project_src: '/srv/app',
      files: ['a.yml', '/b.yml'],
      env_files: ['/e'],
      profiles: ['p'],
      cli_context: 'far',
    }),
  );
  assert.is(
    found.words.join(' '),
    'docker --context far compose --ansi never --project-directory /srv/app --file /srv/app/a.yml --file /b.yml --env-file /e --profile p',
  );
  const inline = projectWords(args({ project_name: 'x', definition: { services: {} } }));
  assert.equal(inline.words.slice(-4), ['--project-name', 'x', '--file', '-']);
  assert.is(inline.stdin, '{"services":{}}');
});

test('values of build arguments are not among the words', () => {
  const build = {
    path: '/ctx',
    nocache: false,
    pull: true,
    rm: true,
    args: { TOKEN: 'hidden', 'odd-name': 1 },
  };
  const call = buildCall(build as unknown as Parameters<typeof buildCall>[0], 'a:1');
  assert.equal(call.env, { TOKEN: 'hidden' });
  assert.is(
    call.words.join(' '),
    'build -t a:1 --pull --force-rm --build-arg TOKEN --build-arg odd-name=1 /ctx',
  );
});

test.run();
