import type { ArgRules, ArgSpec, ArgsOf } from '../args.js';

/** The arguments of every module of Docker: which engine, and how it is reached. */
export const clientArgs = {
  docker_host: {
    type: 'str',
    default: 'unix://var/run/docker.sock',
    aliases: ['docker_url'],
    doc: 'The engine to talk to. By default what the docker command on the node would take.',
  },
  tls_hostname: { type: 'str', doc: "A name to expect in the engine's certificate; docker itself cannot." },
  api_version: {
    type: 'str',
    default: 'auto',
    aliases: ['docker_api_version'],
    doc: "The version of the interface; auto is the engine's newest.",
  },
  timeout: { type: 'int', default: 60, doc: 'Seconds to wait for an answer of the engine.' },
  ca_cert: {
    type: 'path',
    aliases: ['tls_ca_cert', 'cacert_path'],
    doc: 'Who may sign the certificate of the engine.',
  },
  client_cert: {
    type: 'path',
    aliases: ['tls_client_cert', 'cert_path'],
    doc: 'A certificate to show to the engine.',
  },
  client_key: { type: 'path', aliases: ['tls_client_key', 'key_path'], doc: 'The key of that certificate.' },
  ssl_version: { type: 'str', doc: 'Has no effect: docker takes the best that both sides know.' },
  tls: { type: 'bool', default: false, doc: 'Encrypt, whoever the engine may be.' },
  validate_certs: {
    type: 'bool',
    default: false,
    aliases: ['tls_verify'],
    doc: 'Encrypt, and check who the engine is.',
  },
  use_ssh_client: { type: 'bool', default: false, doc: 'Has no effect: docker always uses ssh itself.' },
  debug: { type: 'bool', default: false, doc: 'Say in the result what was done.' },
} as const satisfies ArgSpec;

/** What of those arguments goes together. */
export const clientRules = {
  mutuallyExclusive: [['tls', 'validate_certs']],
  requiredTogether: [['client_cert', 'client_key']],
} as const satisfies ArgRules;

/** The validated arguments. */
export type ClientArgs = ArgsOf<typeof clientArgs>;

/** The docker command with the options that lead to the engine. */
export function dockerWords(a: ClientArgs): string[] {
  const given =
    a.docker_host !== clientArgs.docker_host.default && a.docker_host !== 'unix:///var/run/docker.sock';
  return [
    'docker',
    ...(given ? ['-H', a.docker_host] : []),
    ...(a.tls ? ['--tls'] : []),
    ...(a.validate_certs ? ['--tlsverify'] : []),
    ...(a.ca_cert === undefined ? [] : ['--tlscacert', a.ca_cert]),
    ...(a.client_cert === undefined ? [] : ['--tlscert', a.client_cert]),
    ...(a.client_key === undefined ? [] : ['--tlskey', a.client_key]),
  ];
}
