import type { JsonObject } from '../../values/json.js';
import type { ContainerArgs } from './container-args.js';
import { objectOf } from './engine.js';
import { config, type Field, host } from './field.js';
import { bareCapabilities } from './wish-limits.js';
import {
  commandWish,
  entrypointWish,
  envExpected,
  envWish,
  healthNow,
  healthWish,
  labelsExpected,
  labelsWish,
} from './wish-process.js';

function nested(part: 'RestartPolicy' | 'LogConfig', key: string): Pick<Field, 'now'> {
  return { now: (c) => objectOf(objectOf(c.HostConfig)?.[part])?.[key] };
}

function capability(name: 'capabilities' | 'cap_drop', key: string): Field[] {
  const expected: Field['expected'] = (wish) => bareCapabilities(wish);
  return host(
    'set',
    { [name]: key },
    { expected, now: (c) => bareCapabilities(objectOf(c.HostConfig)?.[key]) },
  );
}

/** What runs in a container, as whom, and with which rights. */
export const processFields: readonly Field[] = [
  ...config('list', { command: 'Cmd' }, { wish: commandWish }),
  ...config('list', { entrypoint: 'Entrypoint' }, { wish: entrypointWish }),
  ...config('set', { env: 'Env' }, { wish: envWish, expected: (wish, _, seen) => envExpected(wish, seen) }),
  ...config('dict', { labels: 'Labels' }, { wish: labelsWish, expected: labelsExpected }),
  ...config(
    'dict',
    { healthcheck: 'Healthcheck' },
    { wish: healthWish, now: (c) => healthNow(objectOf(c.Config)?.Healthcheck) },
  ),
  ...config('value', {
    user: 'User',
    working_dir: 'WorkingDir',
    hostname: 'Hostname',
    domainname: 'Domainname',
    tty: 'Tty',
    stop_signal: 'StopSignal',
    stop_timeout: 'StopTimeout',
  }),
  ...config('value', { mac_address: 'MacAddress' }, { wish: (a) => a.mac_address?.replaceAll('-', ':') }),
  ...config('value', { interactive: '' }, { now: (c) => Boolean(objectOf(c.Config)?.OpenStdin) }),
  ...config(
    'value',
    { detach: '' },
    { now: (c) => !(objectOf(c.Config)?.AttachStderr && objectOf(c.Config)?.AttachStdout) },
  ),
  ...host('value', {
    auto_remove: 'AutoRemove',
    init: 'Init',
    privileged: 'Privileged',
    runtime: 'Runtime',
  }),
  ...host('set', { groups: 'GroupAdd', security_opts: 'SecurityOpt' }),
  ...capability('capabilities', 'CapAdd'),
  ...capability('cap_drop', 'CapDrop'),
  ...host(
    'value',
    { restart_policy: 'RestartPolicy' },
    {
      updates: true,
      ...nested('RestartPolicy', 'Name'),
      sent: (Name, a) => ({ Name, MaximumRetryCount: a.restart_retries ?? 0 }),
    },
  ),
  ...host(
    'value',
    { restart_retries: '' },
    { updates: true, ...nested('RestartPolicy', 'MaximumRetryCount') },
  ),
  ...host(
    'value',
    { log_driver: 'LogConfig' },
    {
      ...nested('LogConfig', 'Type'),
      sent: (Type, a) => ({ Type, Config: logOptions(a) ?? {} }),
    },
  ),
  ...host('dict', { log_options: '' }, { wish: logOptions, ...nested('LogConfig', 'Config') }),
  // Of the platform the engine tells only the system.
  ...host('value', { platform: '' }, { wish: (a) => a.platform?.split('/')[0], now: (c) => c.Platform }),
];

function logOptions({ log_options }: ContainerArgs): JsonObject | undefined {
  return log_options && Object.fromEntries(Object.entries(log_options).map(([k, v]) => [k, String(v)]));
}
