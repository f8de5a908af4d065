import { path } from '../node/queries/query.js';
import type { JsonObject } from '../values/json.js';
import { DerError } from './crypto/der.js';
import { peerCertificate } from './crypto/get-peer.js';
import type { NamePart } from './crypto/names.js';
import { backendArg } from './crypto/object-args.js';
import { nameOfOid } from './crypto/oids.js';
import { toPem } from './crypto/pem.js';
import { timeText } from './crypto/relative-time.js';
import { wholeNumber } from './crypto/whole-number.js';
import { type Certificate, readCertificate } from './crypto/x509.js';
import { defineModule, type RunInfo } from './module.js';
import { textOf } from './probed-file.js';

function nameDict(parts: readonly NamePart[]): JsonObject {
  return Object.fromEntries(parts.map(({ oid, value }) => [nameOfOid(oid, 'short'), value]));
}

function told(certificate: Certificate, base64: boolean): JsonObject {
  const { der, subject, issuer, extensions, notBefore, notAfter, serial, algorithm, version } = certificate;
  return {
    cert: toPem('CERTIFICATE', der),
    subject: nameDict(subject),
    issuer: nameDict(issuer),
    expired: notAfter < Date.now(),
    extensions: extensions.map(({ oid, critical, value }) => ({
      critical,
      asn1_data: value.toString(base64 ? 'base64' : 'utf8'),
      name: nameOfOid(oid, 'short'),
    })),
    not_after: timeText(notAfter),
    not_before: timeText(notBefore),
    serial_number: wholeNumber(serial),
    signature_algorithm: nameOfOid(algorithm),
    // The number in the certificate, which begins with 0 (RFC 5280, 4.1.2.1).
    version: version - 1,
  };
}

async function caText(
  info: Pick<RunInfo, 'node' | 'become'>,
  file: string | undefined,
): Promise<string | undefined> {
  if (file === undefined) return undefined;
  const [answer] = await info.node.ask([path(file, { content: true, follow: true })], info.become);
  const text = answer?.kind === 'path' ? textOf(answer) : undefined;
  if (text === undefined) throw new Error('ca_cert file does not exist');
  return text;
}

/** Tells the certificate that a server shows to the node. TLS is spoken here, over a connection that starts there. */
export const getCertificate = defineModule({
  name: 'get_certificate',
  collection: 'community.crypto',
  summary: 'Tells the certificate that a server shows.',
  args: {
    host: { type: 'str', required: true, doc: 'The server.' },
    port: { type: 'int', required: true, doc: 'Its port.' },
    server_name: {
      type: 'str',
      doc: 'The name to ask for, where the server has several; else that of host.',
    },
    ca_cert: {
      type: 'path',
      doc: 'A PEM file on the node; the certificate must be signed by one of those in it.',
    },
    proxy_host: { type: 'str', doc: 'A proxy to go through.' },
    proxy_port: { type: 'int', default: 8080, doc: 'Its port.' },
    starttls: { type: 'str', choices: ['mysql'], doc: 'Ask for TLS first, in the words of this protocol.' },
    timeout: { type: 'int', default: 10, doc: 'Seconds for all of it.' },
    ciphers: { type: 'list', elements: 'str', doc: "Ciphers of TLS, in OpenSSL's words." },
    asn1_base64: { type: 'bool', default: false, doc: 'Tell extensions in base64, not as bytes.' },
    select_crypto_backend: backendArg('cryptography'),
  },
  returns: {
    cert: 'the certificate as PEM',
    expired: 'whether its time is over',
    extensions: 'its extensions: asn1_data, critical, name',
    issuer: 'the parts of the name of who signed, by their short words',
    not_after: 'until when it is valid, as 20300131120000Z',
    not_before: 'from when it is valid',
    serial_number: 'its number',
    signature_algorithm: 'how it is signed',
    subject: 'the parts of its name, by their short words',
    version: 'its version, counted from 0',
  },
  examples: `
- name: The certificate of the site
  community.crypto.get_certificate:
    host: www.example.com
    port: 443
  register: shown
`,
  check: 'handled',
  run: async (info) => {
    const { host, port, proxy_host, proxy_port, timeout, starttls } = info.args;
    const via = proxy_host === undefined ? '' : ` via proxy ${proxy_host}:${proxy_port}`;
    try {
      const der = await peerCertificate(info, {
        ...{ host, port, timeout, starttls },
        serverName: info.args.server_name,
        ca: await caText(info, info.args.ca_cert),
        ciphers: info.args.ciphers?.join(':'),
        proxy: proxy_host === undefined ? undefined : { host: proxy_host, port: proxy_port },
      });
      return { changed: false, ...told(readCertificate(der), info.args.asn1_base64) };
    } catch (error) {
      const words = (error as Error).message;
      if (error instanceof DerError)
        return { failed: true, msg: `${host}:${port} shows a certificate that cannot be read: ${words}` };
      return {
        failed: true,
        changed: false,
        msg: `Failed to get cert${via} from ${host}:${port}, error: ${words}`,
      };
    }
  },
});
