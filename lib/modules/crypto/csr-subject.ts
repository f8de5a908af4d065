import type { Json, JsonObject } from '../../values/json.js';
import type { CsrArgs } from './csr-args.js';
import { DerError } from './der.js';

/** A part of a name as it was given: its word, and its text. */
export type GivenPart = readonly [word: string, value: string];

function texts(word: string, value: Json | undefined, where: string): GivenPart[] {
  const all = Array.isArray(value) ? value : [value ?? ''];
  return all.map((one): GivenPart => {
    if (one === null || typeof one === 'object')
      throw new DerError(`Value for ${word} in ${where} must be either a string or a list of strings`);
    if (one === '') throw new DerError(`Value for ${word} in ${where} must not be an empty string`);
    return [word, String(one)];
  });
}

function ofDict(dict: JsonObject, where: string): GivenPart[] {
  return Object.entries(dict).flatMap(([word, value]) => texts(word, value, where));
}

function ordered(list: readonly JsonObject[]): GivenPart[] {
  return list.flatMap((entry, i) => {
    if (Object.keys(entry).length === 1) return ofDict(entry, `entry #${i + 1} in subject_ordered`);
    throw new DerError(
      `Entry #${i + 1} in subject_ordered must be a dictionary with exactly one key-value pair`,
    );
  });
}

/** The parts of the name that is wished; throws a DerError. */
export function givenSubject(a: CsrArgs): GivenPart[] {
  const words = {
    C: a.country_name,
    ST: a.state_or_province_name,
    L: a.locality_name,
    O: a.organization_name,
    OU: a.organizational_unit_name,
    CN: a.common_name,
    emailAddress: a.email_address,
  };
  const single = Object.entries(words).flatMap(([word, value]): GivenPart[] =>
    value ? [[word, value]] : [],
  );
  const all = [...single, ...ofDict(a.subject ?? {}, 'subject')];
  if (a.subject_ordered === undefined || a.subject_ordered.length === 0) return all;
  if (all.length > 0) throw new DerError('subject_ordered cannot be combined with any other subject field');
  return ordered(a.subject_ordered as JsonObject[]);
}

/** The names of the owner: those that are given, else the first common name where that may be. */
export function givenAltNames(a: CsrArgs, subject: readonly GivenPart[]): readonly string[] | undefined {
  if (a.subject_alt_name?.length) return a.subject_alt_name;
  const common = subject.find(([word]) => word === 'CN' || word === 'commonName');
  return a.use_common_name_for_san && common ? [`DNS:${common[1]}`] : a.subject_alt_name;
}
