import { acmeAccount } from '../acme_account.js';
import { acmeCertificate } from '../acme_certificate.js';
import { getCertificate } from '../get_certificate.js';
import type { Module } from '../module.js';
import { opensshKeypair } from '../openssh_keypair.js';
import { opensslCsr } from '../openssl_csr.js';
import { opensslCsrInfo } from '../openssl_csr_info.js';
import { opensslCsrPipe } from '../openssl_csr_pipe.js';
import { opensslDhparam } from '../openssl_dhparam.js';
import { opensslPkcs12 } from '../openssl_pkcs12.js';
import { opensslPrivatekey } from '../openssl_privatekey.js';
import { opensslPrivatekeyInfo } from '../openssl_privatekey_info.js';
import { opensslPublickey } from '../openssl_publickey.js';
import { opensslPublickeyInfo } from '../openssl_publickey_info.js';
import { opensslSignature } from '../openssl_signature.js';
import { opensslSignatureInfo } from '../openssl_signature_info.js';
import { x509Certificate } from '../x509_certificate.js';
import { x509CertificateInfo } from '../x509_certificate_info.js';
import { x509CertificatePipe } from '../x509_certificate_pipe.js';

/** The modules of community.crypto. */
export const cryptoModules: readonly Module[] = [
  acmeAccount,
  acmeCertificate,
  getCertificate,
  opensshKeypair,
  opensslCsr,
  opensslCsrInfo,
  opensslCsrPipe,
  opensslDhparam,
  opensslPkcs12,
  opensslPrivatekey,
  opensslPrivatekeyInfo,
  opensslPublickey,
  opensslPublickeyInfo,
  opensslSignature,
  opensslSignatureInfo,
  x509Certificate,
  x509CertificateInfo,
  x509CertificatePipe,
];
