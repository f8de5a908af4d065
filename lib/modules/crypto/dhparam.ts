import { DerError, integerOf, readDer, within } from './der.js';
import { pemBytes } from './pem.js';

/** The bits of Diffie-Hellman parameters (PKCS #3) in a file; undefined when there are none. */
export function dhBits(content: Uint8Array | undefined): number | undefined {
  const der = content && pemBytes(Buffer.from(content).toString('latin1'), 'DH PARAMETERS');
  try {
    return der && integerOf(within(readDer(der))[0]).toString(2).length;
  } catch (error) {
    if (error instanceof DerError) return undefined;
    throw error;
  }
}
