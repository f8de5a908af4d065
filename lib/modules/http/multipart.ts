import { randomBytes } from 'node:crypto';
import { basename } from 'node:path/posix';
import type { Json, JsonObject } from '../../values/json.js';

/** A file that a field of a form names. */
export type FileOf = (name: string) => Promise<Uint8Array>;

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.csv': 'text/csv',
  '.gif': 'image/gif',
  '.gz': 'application/gzip',
  '.html': 'text/html',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.pdf': 'application/pdf',
  '.pem': 'application/x-x509-ca-cert',
  '.png': 'image/png',
  '.tar': 'application/x-tar',
  '.txt': 'text/plain',
  '.xml': 'text/xml',
  '.zip': 'application/zip',
};

function quoted(text: string): string {
  return `"${text.replace(/\r?\n/g, '%0D%0A').replaceAll('"', '%22')}"`;
}

async function part(name: string, value: Json, fileOf: FileOf): Promise<Uint8Array[]> {
  const field: JsonObject =
    typeof value === 'object' && value !== null ? (value as JsonObject) : { content: value };
  const file = field.filename === undefined ? undefined : String(field.filename);
  if (Array.isArray(value) || (file === undefined && field.content === undefined))
    throw new Error(`the field '${name}' must be a text, or a dict with 'content' or 'filename'`);
  const guess = file === undefined ? 'text/plain' : TYPES[/\.\w+$/.exec(file)?.[0].toLowerCase() ?? ''];
  const type = String(field.mime_type ?? guess ?? 'application/octet-stream');
  const content =
    field.content === undefined ? await fileOf(file!) : Buffer.from(String(field.content ?? ''), 'utf8');
  const called = file === undefined ? '' : `; filename=${quoted(basename(file))}`;
  const head = `Content-Disposition: form-data; name=${quoted(name)}${called}\r\nContent-Type: ${type}\r\n\r\n`;
  return [Buffer.from(head, 'utf8'), content, Buffer.from('\r\n')];
}

/** A form with files as a body (RFC 7578), and its Content-Type. Throws for a field that is neither text nor file. */
export async function multipart(
  body: Json | undefined,
  fileOf: FileOf,
  boundary = `----${randomBytes(16).toString('hex')}`,
): Promise<{ readonly body: Uint8Array; readonly type: string }> {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Error('body must be a dict for form-multipart');
  const parts: Uint8Array[] = [];
  for (const [name, value] of Object.entries(body))
    parts.push(Buffer.from(`--${boundary}\r\n`), ...(await part(name, value ?? null, fileOf)));
  parts.push(Buffer.from(`--${boundary}--\r\n`));
  return { body: Buffer.concat(parts), type: `multipart/form-data; boundary=${boundary}` };
}
