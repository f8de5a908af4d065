import { readFile } from 'node:fs/promises';
import { path } from '../../node/queries/query.js';
import type { JsonObject } from '../../values/json.js';
import type { ArgSpec, ArgsOf } from '../args.js';
import type { RunInfo } from '../module.js';
import { textOf } from '../probed-file.js';
import { netrcLogin } from './netrc.js';
import type { Trust } from './request.js';

/** Arguments that uri and get_url share. */
export const httpArgs = {
  url: { type: 'str', required: true, doc: 'The URL, of http or https.' },
  force_basic_auth: { type: 'bool', default: false, doc: 'Send the credentials with the first request.' },
  validate_certs: { type: 'bool', default: true, doc: 'Verify the certificate of the server.' },
  client_cert: {
    type: 'path',
    doc: 'A PEM file on the node: certificate, and key if `client_key` is absent.',
  },
  client_key: { type: 'path', doc: 'A PEM file on the node with the key.' },
  use_proxy: { type: 'bool', default: true, doc: 'Use the proxy that the environment names.' },
  http_agent: { type: 'str', default: 'ansible-httpget', doc: 'The User-Agent header.' },
  unredirected_headers: {
    type: 'list',
    elements: 'str',
    default: [],
    doc: 'Headers that are not sent on when redirected.',
  },
  use_gssapi: { type: 'bool', default: false, doc: 'Kerberos is not spoken here: true is refused.' },
  use_netrc: {
    type: 'bool',
    default: true,
    doc: "Take credentials from the netrc file of the node's user when none are given.",
  },
  decompress: { type: 'bool', default: true, doc: 'Open a gzip-encoded answer.' },
  ciphers: { type: 'list', elements: 'str', doc: 'Ciphers of TLS, in the words of OpenSSL.' },
} as const satisfies ArgSpec;

/** The node's own store of certificates, on Debian and Ubuntu. */
const STORE = '/etc/ssl/certs/ca-certificates.crt';
const STORE_LIMIT = 16 * 1024 * 1024;

type Given = Pick<
  ArgsOf<typeof httpArgs>,
  'client_cert' | 'client_key' | 'validate_certs' | 'ciphers' | 'url' | 'use_gssapi'
>;

/** Why a request cannot be made at all; undefined when it can. */
export function unsupported(args: Given): string | undefined {
  const url = URL.canParse(args.url) ? new URL(args.url) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) return `url must be of http or https, found '${args.url}'`;
  return args.use_gssapi ? 'use_gssapi is not supported: Kerberos is not spoken here' : undefined;
}

type Login = Pick<ArgsOf<typeof httpArgs>, 'use_netrc' | 'use_proxy' | 'force_basic_auth'> & {
  readonly url_username?: string;
  readonly url_password?: string;
  readonly headers?: JsonObject;
};

/** Who asks, and by which proxy: from the arguments, else from the node's netrc file and the task's environment. */
export async function accessOf(info: RunInfo, args: Login, url: URL) {
  const environment = args.use_proxy ? info.environment : undefined;
  const given = { user: args.url_username, password: args.url_password, forceBasic: args.force_basic_auth };
  const told = Object.keys(args.headers ?? {}).some((name) => name.toLowerCase() === 'authorization');
  if (given.user !== undefined || url.username !== '' || told || !args.use_netrc)
    return { ...given, environment };
  const login = await netrcLogin(info, url);
  return { ...given, ...login, forceBasic: login !== undefined || given.forceBasic, environment };
}

async function pem(info: RunInfo, file: string): Promise<string> {
  const [answer] = await info.node.ask(
    [path(file, { content: true, follow: true, limit: STORE_LIMIT })],
    info.become,
  );
  const text = answer?.kind === 'path' ? textOf(answer) : undefined;
  if (text === undefined) throw new Error(`cannot read ${file} on the node`);
  return text;
}

/** What is trusted: the file that is named, else what the node itself trusts, else what the controller trusts. */
export async function trustOf(info: RunInfo, args: Given, caPath: string | undefined): Promise<Trust> {
  const ciphers = args.ciphers?.join(':');
  const cert = args.client_cert === undefined ? undefined : await pem(info, args.client_cert);
  const key = args.client_key === undefined ? cert : await pem(info, args.client_key);
  const secure = args.url.startsWith('https:') && args.validate_certs;
  const own = caPath === undefined ? undefined : await pem(info, caPath);
  const store = secure && own === undefined ? await pem(info, STORE).catch(() => undefined) : undefined;
  return { verify: args.validate_certs, ca: own ?? store, cert, key, ciphers };
}

/** The bytes of a file of the controller, or of the node. */
export async function fileBytes(info: RunInfo, src: string, onNode: boolean): Promise<Uint8Array> {
  if (onNode) {
    const [answer] = await info.node.ask(
      [path(src, { content: true, follow: true, limit: STORE_LIMIT })],
      info.become,
    );
    if (answer?.kind !== 'path' || !answer.exists || answer.content === undefined)
      throw new Error(`Unable to open source file ${src}`);
    return answer.content;
  }
  const found = await info.source({ kind: 'file-source', src, decrypt: true });
  if (found.kind !== 'file-source' || !found.found) throw new Error(`Unable to open source file ${src}`);
  return found.content.kind === 'bytes' ? found.content.data : readFile(found.content.path);
}
