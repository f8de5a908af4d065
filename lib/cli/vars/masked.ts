import { type Raw, Unsafe, type Value } from '../../values/value.js';
import { mapTagged } from '../inventory/plain.js';

const MASK = '********';
/** Variables that hold a secret by what Ansible does with them, also when no vault does. */
const SECRET_NAME = /^ansible_(?:\w+_)?(?:pass|password|passphrase)$/;

/** A written value without what it hides: sealed texts, and whatever a variable for passwords holds. */
export function masked(name: string, raw: Raw): Value {
  if (SECRET_NAME.test(name) && raw !== null && raw !== '') return MASK;
  return mapTagged(raw, (tagged) => (tagged instanceof Unsafe ? tagged.text : MASK));
}
