import { acmeKeyRules } from './acme/acme-args.js';
import { acmeCertificateArgs } from './acme/acme-certificate-args.js';
import { obtain } from './acme/obtain.js';
import { DerError } from './crypto/der.js';
import { defineModule } from './module.js';
import { StepError, stepping } from './steps.js';

/** Gets certificates from an ACME server in two calls; between them the playbook answers the challenges. */
export const acmeCertificate = defineModule({
  name: 'acme_certificate',
  collection: 'community.crypto',
  summary: "Gets a certificate from an ACME server, such as Let's Encrypt.",
  args: acmeCertificateArgs,
  rules: {
    requiredOneOf: [...acmeKeyRules.requiredOneOf, ['dest', 'fullchain_dest'], ['csr', 'csr_content']],
    mutuallyExclusive: [...acmeKeyRules.mutuallyExclusive, ['csr', 'csr_content']],
  },
  returns: {
    cert_days: 'for how many days the certificate is valid; -1 where there is none',
    challenge_data: 'after the first call: what answers the challenges, by identifier and kind',
    challenge_data_dns: 'the values of each DNS record, of dns-01',
    authorizations: 'what the server tells of each identifier',
    order_uri: 'the order',
    finalization_uri: 'never set; finalize_uri has it, as with Ansible',
    finalize_uri: 'where the request is handed in',
    account_uri: 'the account',
    all_chains: 'with retrieve_all_alternates: cert, chain and full_chain of each',
  },
  examples: `
- name: A certificate is ordered
  community.crypto.acme_certificate: &order
    acme_version: 2
    acme_directory: https://acme-v02.api.letsencrypt.org/directory
    terms_agreed: true
    account_key_src: /etc/ssl/private/account.pem
    csr: /etc/ssl/web.csr
    fullchain_dest: /etc/ssl/web.crt
  register: order

- name: Its challenge is answered
  copy:
    dest: "/var/www/html/{{ item.value['http-01'].resource }}"
    content: "{{ item.value['http-01'].resource_value }}"
  loop: "{{ order.challenge_data | default({}) | dict2items }}"

- name: It is fetched
  community.crypto.acme_certificate:
    <<: *order
    data: "{{ order }}"
  when: order is changed
`,
  check: 'handled',
  run: (info) =>
    stepping(async () => {
      try {
        return await obtain(info, info.args);
      } catch (error) {
        if (!(error instanceof DerError)) throw error;
        throw new StepError(error.message);
      }
    }),
});
