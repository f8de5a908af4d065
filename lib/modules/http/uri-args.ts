import type { ArgSpec } from '../args.js';

/** Arguments of uri that get_url does not have. */
export const uriArgs = {
  method: { type: 'str', default: 'GET', doc: 'The method.' },
  headers: { type: 'dict', default: {}, doc: 'Headers of the request.' },
  body: { type: 'raw', doc: 'The body: text, or data for body_format.' },
  body_format: {
    type: 'str',
    default: 'raw',
    choices: ['form-urlencoded', 'json', 'raw', 'form-multipart'],
    doc: 'How data in the body is written; also sets Content-Type.',
  },
  src: { type: 'path', doc: 'A file that is the body.' },
  remote_src: { type: 'bool', default: false, doc: 'Look for `src` on the node.' },
  dest: { type: 'path', doc: 'Where the body of the answer is saved on the node.' },
  return_content: { type: 'bool', default: false, doc: 'Return the body as `content`.' },
  status_code: { type: 'list', elements: 'int', default: [200], doc: 'Status codes that mean success.' },
  timeout: { type: 'int', default: 30, doc: 'Seconds without any sign of the server.' },
  follow_redirects: {
    type: 'str',
    default: 'safe',
    choices: ['all', 'no', 'none', 'safe', 'urllib2', 'yes'],
    doc: 'Follow all redirects, those of GET and HEAD, or none.',
  },
  creates: { type: 'path', doc: 'When this exists on the node, nothing is done.' },
  removes: { type: 'path', doc: 'When this does not exist on the node, nothing is done.' },
  ca_path: { type: 'path', doc: 'A PEM file on the node with the certificates that are trusted.' },
  url_username: { type: 'str', aliases: ['user'], doc: 'User for basic authentication.' },
  url_password: {
    type: 'str',
    aliases: ['password'],
    noLog: true,
    doc: 'Password for basic authentication.',
  },
  unix_socket: { type: 'path', doc: "A socket of the node that is connected to instead of the URL's host." },
  force: { type: 'bool', default: false, doc: 'Do not take a cached copy; none is ever taken.' },
} as const satisfies ArgSpec;
