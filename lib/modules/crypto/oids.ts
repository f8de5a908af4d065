/**
 * Names of object identifiers: of the parts of a name (X.520, RFC 4519), of purposes of keys (RFC 5280, 4.2.1.12), of
 * signatures, and of extensions. Each line has the identifier, the name that results show, and a shorter one.
 */
const TABLE = `
0.9.2342.19200300.100.1.1 | userId | UID
0.9.2342.19200300.100.1.3 | rfc822Mailbox | mail
0.9.2342.19200300.100.1.25 | domainComponent | DC
0.9.2342.19200300.100.1.44 | uniqueIdentifier | uid
1.2.840.10040.4.3 | dsaWithSHA1 | DSA-SHA1
1.2.840.10045.4.1 | ecdsa-with-SHA1
1.2.840.10045.4.2 | ecdsa-with-Recommended
1.2.840.10045.4.3 | ecdsa-with-Specified
1.2.840.10045.4.3.1 | ecdsa-with-SHA224
1.2.840.10045.4.3.2 | ecdsa-with-SHA256
1.2.840.10045.4.3.3 | ecdsa-with-SHA384
1.2.840.10045.4.3.4 | ecdsa-with-SHA512
1.2.840.113549.1.1.1 | rsaEncryption
1.2.840.113549.1.1.2 | md2WithRSAEncryption | RSA-MD2
1.2.840.113549.1.1.3 | md4WithRSAEncryption | RSA-MD4
1.2.840.113549.1.1.4 | md5WithRSAEncryption | RSA-MD5
1.2.840.113549.1.1.5 | sha1WithRSAEncryption | RSA-SHA1
1.2.840.113549.1.1.6 | rsaOAEPEncryptionSET
1.2.840.113549.1.1.7 | rsaesOaep | RSAES-OAEP
1.2.840.113549.1.1.8 | mgf1 | MGF1
1.2.840.113549.1.1.9 | pSpecified | PSPECIFIED
1.2.840.113549.1.1.10 | rsassaPss | RSASSA-PSS
1.2.840.113549.1.1.11 | sha256WithRSAEncryption | RSA-SHA256
1.2.840.113549.1.1.12 | sha384WithRSAEncryption | RSA-SHA384
1.2.840.113549.1.1.13 | sha512WithRSAEncryption | RSA-SHA512
1.2.840.113549.1.1.14 | sha224WithRSAEncryption | RSA-SHA224
1.2.840.113549.1.1.15 | sha512-224WithRSAEncryption | RSA-SHA512/224
1.2.840.113549.1.1.16 | sha512-256WithRSAEncryption | RSA-SHA512/256
1.2.840.113549.1.9.1 | emailAddress
1.2.840.113549.1.9.2 | unstructuredName
1.2.840.113549.1.9.8 | unstructuredAddress
1.3.6.1.4.1.311.2.1.21 | Microsoft Individual Code Signing | msCodeInd
1.3.6.1.4.1.311.2.1.22 | Microsoft Commercial Code Signing | msCodeCom
1.3.6.1.4.1.311.10.3.1 | Microsoft Trust List Signing | msCTLSign
1.3.6.1.4.1.311.10.3.3 | Microsoft Server Gated Crypto | msSGC
1.3.6.1.4.1.311.10.3.4 | Microsoft Encrypted File System | msEFS
1.3.6.1.4.1.311.20.2.2 | Microsoft Smartcard Login | msSmartcardLogin
1.3.6.1.4.1.311.20.2.3 | Microsoft User Principal Name | msUPN
1.3.6.1.4.1.311.60.2.1.1 | jurisdictionLocalityName | jurisdictionL
1.3.6.1.4.1.311.60.2.1.2 | jurisdictionStateOrProvinceName | jurisdictionST
1.3.6.1.4.1.311.60.2.1.3 | jurisdictionCountryName | jurisdictionC
1.3.6.1.5.5.7.1.2 | Biometric Info | biometricInfo
1.3.6.1.5.5.7.1.3 | qcStatements
1.3.6.1.5.5.7.3.1 | TLS Web Server Authentication | serverAuth
1.3.6.1.5.5.7.3.2 | TLS Web Client Authentication | clientAuth
1.3.6.1.5.5.7.3.3 | Code Signing | codeSigning
1.3.6.1.5.5.7.3.4 | E-mail Protection | emailProtection
1.3.6.1.5.5.7.3.5 | IPSec End System | ipsecEndSystem
1.3.6.1.5.5.7.3.6 | IPSec Tunnel | ipsecTunnel
1.3.6.1.5.5.7.3.7 | IPSec User | ipsecUser
1.3.6.1.5.5.7.3.8 | Time Stamping | timeStamping
1.3.6.1.5.5.7.3.9 | OCSP Signing | OCSPSigning
1.3.6.1.5.5.7.3.10 | dvcs | DVCS
1.3.6.1.5.5.7.3.17 | ipsec Internet Key Exchange | ipsecIKE
1.3.6.1.5.5.7.3.21 | SSH Client | secureShellClient
1.3.6.1.5.5.7.3.22 | SSH Server | secureShellServer
1.3.101.110 | X25519
1.3.101.111 | X448
1.3.101.112 | ED25519
1.3.101.113 | ED448
2.5.4.3 | commonName | CN
2.5.4.4 | surname | SN
2.5.4.5 | serialNumber
2.5.4.6 | countryName | C
2.5.4.7 | localityName | L
2.5.4.8 | stateOrProvinceName | ST
2.5.4.9 | streetAddress | street
2.5.4.10 | organizationName | O
2.5.4.11 | organizationalUnitName | OU
2.5.4.12 | title
2.5.4.13 | description
2.5.4.14 | searchGuide
2.5.4.15 | businessCategory
2.5.4.16 | postalAddress
2.5.4.17 | postalCode
2.5.4.18 | postOfficeBox
2.5.4.19 | physicalDeliveryOfficeName
2.5.4.20 | telephoneNumber
2.5.4.21 | telexNumber
2.5.4.22 | teletexTerminalIdentifier
2.5.4.23 | facsimileTelephoneNumber
2.5.4.24 | x121Address
2.5.4.25 | internationaliSDNNumber
2.5.4.26 | registeredAddress
2.5.4.27 | destinationIndicator
2.5.4.28 | preferredDeliveryMethod
2.5.4.29 | presentationAddress
2.5.4.30 | supportedApplicationContext
2.5.4.31 | member
2.5.4.32 | owner
2.5.4.33 | roleOccupant
2.5.4.34 | seeAlso
2.5.4.35 | userPassword
2.5.4.36 | userCertificate
2.5.4.37 | cACertificate
2.5.4.38 | authorityRevocationList
2.5.4.39 | certificateRevocationList
2.5.4.40 | crossCertificatePair
2.5.4.41 | name
2.5.4.42 | givenName | GN
2.5.4.43 | initials
2.5.4.44 | generationQualifier
2.5.4.45 | x500UniqueIdentifier
2.5.4.46 | dnQualifier
2.5.4.47 | enhancedSearchGuide
2.5.4.48 | protocolInformation
2.5.4.49 | distinguishedName
2.5.4.50 | uniqueMember
2.5.4.51 | houseIdentifier
2.5.4.52 | supportedAlgorithms
2.5.4.53 | deltaRevocationList
2.5.4.54 | dmdName
2.5.4.65 | pseudonym
2.5.4.72 | role
2.5.4.97 | organizationIdentifier
2.5.4.98 | countryCode3c | c3
2.5.4.99 | countryCode3n | n3
2.5.4.100 | dnsName
2.5.29.37.0 | Any Extended Key Usage | anyExtendedKeyUsage
2.16.840.1.101.3.4.3.1 | dsa_with_SHA224
2.16.840.1.101.3.4.3.2 | dsa_with_SHA256
2.16.840.1.101.3.4.3.3 | dsa_with_SHA384 | id-dsa-with-sha384
2.16.840.1.101.3.4.3.4 | dsa_with_SHA512 | id-dsa-with-sha512
2.16.840.1.113730.4.1 | Netscape Server Gated Crypto | nsSGC
1.3.6.1.4.1.11129.2.4.2 | CT Precertificate SCTs | ct_precert_scts
1.3.6.1.4.1.11129.2.4.3 | CT Precertificate Poison | ct_precert_poison
1.3.6.1.4.1.11129.2.4.4 | CT Precertificate Signer | ct_precert_signer
1.3.6.1.4.1.11129.2.4.5 | CT Certificate SCTs | ct_cert_scts
1.3.6.1.5.5.7.1.1 | Authority Information Access | authorityInfoAccess
1.3.6.1.5.5.7.1.4 | ac-auditEntity
1.3.6.1.5.5.7.1.5 | ac-targeting
1.3.6.1.5.5.7.1.6 | aaControls
1.3.6.1.5.5.7.1.7 | sbgp-ipAddrBlock
1.3.6.1.5.5.7.1.8 | sbgp-autonomousSysNum
1.3.6.1.5.5.7.1.9 | sbgp-routerIdentifier
1.3.6.1.5.5.7.1.10 | ac-proxying
1.3.6.1.5.5.7.1.11 | Subject Information Access | subjectInfoAccess
1.3.6.1.5.5.7.1.14 | Proxy Certificate Information | proxyCertInfo
1.3.6.1.5.5.7.1.24 | TLS Feature | tlsfeature
1.3.6.1.5.5.7.1.28 | sbgp-ipAddrBlockv2
1.3.6.1.5.5.7.1.29 | sbgp-autonomousSysNumv2
2.5.29.9 | X509v3 Subject Directory Attributes | subjectDirectoryAttributes
2.5.29.14 | X509v3 Subject Key Identifier | subjectKeyIdentifier
2.5.29.15 | X509v3 Key Usage | keyUsage
2.5.29.16 | X509v3 Private Key Usage Period | privateKeyUsagePeriod
2.5.29.17 | X509v3 Subject Alternative Name | subjectAltName
2.5.29.18 | X509v3 Issuer Alternative Name | issuerAltName
2.5.29.19 | X509v3 Basic Constraints | basicConstraints
2.5.29.20 | X509v3 CRL Number | crlNumber
2.5.29.21 | X509v3 CRL Reason Code | CRLReason
2.5.29.24 | Invalidity Date | invalidityDate
2.5.29.27 | X509v3 Delta CRL Indicator | deltaCRL
2.5.29.28 | X509v3 Issuing Distribution Point | issuingDistributionPoint
2.5.29.29 | X509v3 Certificate Issuer | certificateIssuer
2.5.29.30 | X509v3 Name Constraints | nameConstraints
2.5.29.31 | X509v3 CRL Distribution Points | crlDistributionPoints
2.5.29.32 | X509v3 Certificate Policies | certificatePolicies
2.5.29.33 | X509v3 Policy Mappings | policyMappings
2.5.29.35 | X509v3 Authority Key Identifier | authorityKeyIdentifier
2.5.29.36 | X509v3 Policy Constraints | policyConstraints
2.5.29.37 | X509v3 Extended Key Usage | extendedKeyUsage
2.5.29.46 | X509v3 Freshest CRL | freshestCRL
2.5.29.54 | X509v3 Inhibit Any Policy | inhibitAnyPolicy
2.16.840.1.113730.1.1 | Netscape Cert Type | nsCertType
2.16.840.1.113730.1.2 | Netscape Base Url | nsBaseUrl
2.16.840.1.113730.1.3 | Netscape Revocation Url | nsRevocationUrl
2.16.840.1.113730.1.4 | Netscape CA Revocation Url | nsCaRevocationUrl
2.16.840.1.113730.1.7 | Netscape Renewal Url | nsRenewalUrl
2.16.840.1.113730.1.8 | Netscape CA Policy Url | nsCaPolicyUrl
2.16.840.1.113730.1.12 | Netscape SSL Server Name | nsSslServerName
2.16.840.1.113730.1.13 | Netscape Comment | nsComment
`;

type Row = { readonly oid: string; readonly long: string; readonly short: string };

const ROWS: readonly Row[] = TABLE.trim()
  .split('\n')
  .map((line) => {
    const [oid = '', long = '', short = long] = line.split(' | ');
    return { oid, long, short };
  });

const BY_OID = new Map(ROWS.map((row) => [row.oid, row]));
const BY_NAME = new Map(
  ROWS.flatMap(({ oid, long, short }) => [[long, oid] as const, [short, oid] as const]),
);

/** The identifier of a name, long or short; one that is written with dots is itself. Undefined for any other text. */
export function oidByName(name: string): string | undefined {
  return BY_NAME.get(name) ?? (/^\d+(\.\d+)+$/.test(name) ? name : undefined);
}

/** The name of an identifier, or itself where it has none. */
export function nameOfOid(oid: string, form: 'long' | 'short' = 'long'): string {
  return BY_OID.get(oid)?.[form] ?? oid;
}

/** Every name there is. */
export function oidNames(): string[] {
  return [...BY_NAME.keys()];
}
