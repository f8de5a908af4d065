import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import type { ClientArgs } from '../../../lib/modules/docker/client-args.js';
import { clientArgs, dockerWords } from '../../../lib/modules/docker/client-args.js';
import { agrees, type Kind, type Mode } from '../../../lib/modules/docker/compare.js';
import type { ContainerArgs } from '../../../lib/modules/docker/container-args.js';
import { imageName, imageText } from '../../../lib/modules/docker/image-name.js';
import { volumesWish } from '../../../lib/modules/docker/wish-mounts.js';
import { publishedWish } from '../../../lib/modules/docker/wish-ports.js';
import { healthWish, nanoseconds, type Seen } from '../../../lib/modules/docker/wish-process.js';
import type { Json } from '../../../lib/values/json.js';

type Cases = {
  agrees: [Json, Json, Mode, Kind, boolean][];
  ports: [string[], Record<string, [string, string][]>][];
  badPorts: [string, string][];
  volumes: [string[], string[], string[]][];
  badVolumes: [string[], string][];
  durations: [string, number][];
  badDurations: string[];
  health: [ContainerArgs['healthcheck'], Json][];
  names: [string, string, string][];
  words: [Partial<ClientArgs>, string[]][];
};
const cases = parse(readFileSync(new URL('cases.yaml', import.meta.url), 'utf8')) as Cases;
const KEYS = 'agrees ports badPorts volumes badVolumes durations badDurations health names words'.split(' ');
const seen: Seen = { networks: [], ids: {}, home: '/home/me' };
const args = (given: object) => given as ContainerArgs;

test('the file of cases has no other keys', () => {
  assert.equal(Object.keys(cases), KEYS);
});

for (const [wish, now, mode, kind, expected] of cases.agrees)
  test(`${JSON.stringify(wish)} and ${JSON.stringify(now)}, ${mode} ${kind}`, () => {
    assert.is(agrees(wish, now, mode, kind), expected);
  });

for (const [published_ports, expected] of cases.ports)
  test(`ports ${published_ports}`, () => {
    const found = Object.entries(publishedWish(args({ published_ports }), seen)!);
    assert.equal(
      Object.fromEntries(found.map(([port, binds]) => [port, binds.map((b) => [b.HostIp, b.HostPort])])),
      expected,
    );
  });

for (const [port, said] of cases.badPorts)
  test(`port ${port} is refused`, () => {
    assert.throws(() => publishedWish(args({ published_ports: [port] }), seen), new RegExp(escaped(said)));
  });

function escaped(text: string): string {
  return text.replace(/[[\]().*+?^$|{}\\]/g, '\\$&');
}

for (const [volumes, binds, nameless] of cases.volumes)
  test(`volumes ${volumes}`, () => {
    assert.equal(volumesWish(args({ volumes }), seen), { binds, nameless });
  });

for (const [volumes, said] of cases.badVolumes)
  test(`volumes ${volumes} are refused`, () => {
    assert.throws(() => volumesWish(args({ volumes }), seen), new RegExp(escaped(said)));
  });

for (const [text, expected] of cases.durations)
  test(`duration ${text}`, () => {
    assert.is(nanoseconds(text), expected);
  });

for (const text of cases.badDurations)
  test(`duration ${text} is refused`, () => {
    assert.throws(() => nanoseconds(text), /Invalid time duration/);
  });

for (const [healthcheck, expected] of cases.health)
  test(`health ${JSON.stringify(healthcheck)}`, () => {
    assert.equal(healthWish(args({ healthcheck })), expected);
  });

for (const [name, repository, tag] of cases.names)
  test(`image ${name}`, () => {
    assert.equal(imageName(name), { repository, tag });
    assert.is(imageText(imageName(imageText({ repository, tag }))), imageText({ repository, tag }));
  });

for (const [given, expected] of cases.words)
  test(`docker for ${JSON.stringify(given)}`, () => {
    const host = clientArgs.docker_host.default;
    assert.equal(dockerWords({ docker_host: host, ...given } as ClientArgs), expected);
  });

test.run();
