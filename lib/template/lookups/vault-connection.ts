import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fromJson } from '../../values/convert.js';
import type { Json } from '../../values/json.js';
import { statOf } from '../../values/stat.js';
import type { Value } from '../../values/value.js';
import { type Caller, TemplateError } from '../library.js';
import { text } from '../read.js';
import { use } from '../runtime/undefined.js';
import type { Options } from './options.js';
import { request } from './request.js';

/** Where an option comes from when it is not given: variables of the environment, and what they are named in a play. */
const ENVIRONMENT: Readonly<Record<string, readonly string[]>> = {
  url: ['ANSIBLE_HASHI_VAULT_ADDR', 'VAULT_ADDR'],
  token: ['ANSIBLE_HASHI_VAULT_TOKEN', 'VAULT_TOKEN'],
  token_path: ['ANSIBLE_HASHI_VAULT_TOKEN_PATH'],
  token_file: ['ANSIBLE_HASHI_VAULT_TOKEN_FILE'],
  auth_method: ['ANSIBLE_HASHI_VAULT_AUTH_METHOD'],
  role_id: ['ANSIBLE_HASHI_VAULT_ROLE_ID'],
  secret_id: ['ANSIBLE_HASHI_VAULT_SECRET_ID'],
  mount_point: ['ANSIBLE_HASHI_VAULT_MOUNT_POINT'],
  namespace: ['ANSIBLE_HASHI_VAULT_NAMESPACE', 'VAULT_NAMESPACE'],
  ca_cert: ['ANSIBLE_HASHI_VAULT_CA_CERT', 'VAULT_CACERT'],
  validate_certs: ['ANSIBLE_HASHI_VAULT_VALIDATE_CERTS'],
  timeout: ['ANSIBLE_HASHI_VAULT_TIMEOUT'],
};
const VARIABLES: Readonly<Record<string, string>> = { url: 'ansible_hashi_vault_addr' };

/** What a lookup may be told about the server, whatever it asks for. */
export const CONNECTION_OPTIONS = [
  ...Object.keys(ENVIRONMENT),
  'cacert',
  'username',
  'password',
  'jwt',
  'retries',
];

/** An option as it was given, or as a variable of the play or the environment has it. */
type Told = (name: string, otherwise: string) => string;

/** How the server is asked, once one has logged in. */
export type VaultServer = (path: string, query?: Readonly<Record<string, string>>) => Json;

function tellerOf(options: Options, caller: Caller): Told {
  return (name, otherwise) => {
    const given = options.text(name, name === 'ca_cert' ? options.text('cacert', '') : '');
    if (given !== '') return given;
    const variable = caller.scope.get(VARIABLES[name] ?? `ansible_hashi_vault_${name}`);
    if (variable !== undefined) return text(use(variable) as Value);
    const names = ENVIRONMENT[name] ?? [];
    return names.map((one) => process.env[one] ?? '').find((value) => value !== '') ?? otherwise;
  };
}

function tokenFromFile(told: Told): string {
  const file = join(told('token_path', homedir()), told('token_file', '.vault-token'));
  return statOf(file)?.isFile() ? readFileSync(file, 'utf8').trim() : '';
}

type Ask = (path: string, body?: object, token?: string) => Json;

function logIn(told: Told, ask: Ask, options: Options, caller: Caller): string {
  const method = told('auth_method', 'token');
  const post = (at: string, body: object): string => {
    const answer = ask(
      `auth/${at}/login${method === 'userpass' || method === 'ldap' ? `/${told('username', '')}` : ''}`,
      body,
    );
    const token = (answer as { auth?: { client_token?: string } }).auth?.client_token;
    if (!token) throw new TemplateError(`the server gave no token for ${method}`);
    return token;
  };
  const secret = (name: string): string => {
    const value = told(name, '') || options.text(name, '');
    if (value === '') throw new TemplateError(`${method} needs ${name}`);
    caller.host.secret(value);
    return value;
  };
  if (method === 'none') return '';
  if (method === 'token') {
    const token = told('token', '') || tokenFromFile(told);
    if (token === '') throw new TemplateError('No Vault Token specified or discovered.');
    return token;
  }
  if (method === 'approle') {
    const id = told('secret_id', '');
    if (id !== '') caller.host.secret(id);
    return post(told('mount_point', 'approle'), {
      role_id: secret('role_id'),
      ...(id ? { secret_id: id } : {}),
    });
  }
  if (method === 'userpass' || method === 'ldap') {
    secret('username');
    return post(told('mount_point', method), { password: secret('password') });
  }
  if (method === 'jwt')
    return post(told('mount_point', 'jwt'), { role: secret('role_id'), jwt: secret('jwt') });
  throw new TemplateError(
    `the auth_method ${method} is not one of token, approle, userpass, ldap, jwt, none`,
  );
}

function errorsIn(body: Buffer): string {
  try {
    const { errors = [], warnings } = JSON.parse(body.toString('utf8')) as {
      errors?: string[];
      warnings?: string[];
    };
    return [...errors, ...(warnings ?? [])].join('; ');
  } catch {
    return '';
  }
}

/**
 * Logs in to a server of HashiCorp Vault (or OpenBao) by its HTTP API, version 1. The token, what was given to log in and
 * all that is read become known to the redactor. Throws a TemplateError that names address and path, never a secret.
 */
export function connect(options: Options, caller: Caller): VaultServer {
  const told = tellerOf(options, caller);
  const base = told('url', 'http://127.0.0.1:8200').replace(/\/+$/, '');
  const namespace = told('namespace', '');
  const ask: Ask = (path, body, token) => {
    const url = `${base}/v1/${path}`;
    const answer = request({
      url,
      method: body ? 'POST' : 'GET',
      body: body && JSON.stringify(body),
      headers: {
        'x-vault-request': 'true',
        ...(token ? { 'x-vault-token': token } : {}),
        ...(namespace ? { 'x-vault-namespace': namespace } : {}),
      },
      redirect: 'follow',
      timeout: Number(told('timeout', '30')) * 1000,
      verify: !/^(no|false|0|off)$/i.test(told('validate_certs', 'true')),
      ca: told('ca_cert', ''),
    });
    if (answer.status === 403)
      throw new TemplateError(`Forbidden: Permission Denied to secret '${path}' at ${base}.`);
    if (answer.status === 404)
      throw new TemplateError(`The secret '${path}' doesn't seem to exist at ${base}`);
    if (answer.status >= 300) {
      const why = errorsIn(answer.body);
      throw new TemplateError(`${url} answered ${answer.status} ${answer.reason}${why ? `: ${why}` : ''}`);
    }
    return JSON.parse(answer.body.toString('utf8')) as Json;
  };
  const token = logIn(told, ask, options, caller);
  if (token !== '') caller.host.secret(token);
  return (path, query = {}) => {
    const words = new URLSearchParams(query).toString();
    return ask(`${path}${words ? `?${words}` : ''}`, undefined, token);
  };
}

/** Makes every text in a value known to the redactor, and gives it as a template's value. */
export function disclosed(data: Json, caller: Caller): Value {
  const tell = (value: Json | undefined): void => {
    if (typeof value === 'string') caller.host.secret(value);
    else if (Array.isArray(value)) value.forEach(tell);
    else if (value && typeof value === 'object') Object.values(value).forEach(tell);
  };
  tell(data);
  return fromJson(data) as Value;
}
