import { h, type Markup } from './markup.ts';

/** OWASP API Security Top 10, 2023: what each is called in its address, and in words. */
const owasp: Readonly<Record<string, string>> = {
  API1: '0xa1-broken-object-level-authorization',
  API2: '0xa2-broken-authentication',
  API3: '0xa3-broken-object-property-level-authorization',
  API4: '0xa4-unrestricted-resource-consumption',
  API5: '0xa5-broken-function-level-authorization',
  API6: '0xa6-unrestricted-access-to-sensitive-business-flows',
  API7: '0xa7-server-side-request-forgery',
  API8: '0xa8-security-misconfiguration',
  API9: '0xa9-improper-inventory-management',
  API10: '0xaa-unsafe-consumption-of-apis',
};

/** Chapters of the OWASP Application Security Verification Standard 5.0. */
const asvs: Readonly<Record<string, string>> = {
  V1: 'Encoding and Sanitization',
  V2: 'Validation and Business Logic',
  V3: 'Web Frontend Security',
  V4: 'API and Web Service',
  V5: 'File Handling',
  V6: 'Authentication',
  V7: 'Session Management',
  V8: 'Authorization',
  V9: 'Self-contained Tokens',
  V10: 'OAuth and OIDC',
  V11: 'Cryptography',
  V12: 'Secure Communication',
  V13: 'Configuration',
  V14: 'Data Protection',
  V15: 'Secure Coding and Architecture',
  V16: 'Security Logging and Error Handling',
  V17: 'WebRTC',
};

/** The references of the catalogue, with what they are about; never a text of the app. */
export function references(list: readonly string[]): Markup {
  return h`${list.map((reference, index) => h`${index > 0 && ', '}${one(reference)}`)}`;
}

function one(reference: string): Markup {
  const weakness = /^CWE-(\d+)$/.exec(reference)?.[1];
  if (weakness) return link(`https://cwe.mitre.org/data/definitions/${weakness}.html`, reference);
  const risk = /^OWASP (API\d+):2023$/.exec(reference)?.[1] ?? '';
  if (owasp[risk])
    return h`${link(`https://owasp.org/API-Security/editions/2023/en/${owasp[risk]}/`, reference)} ${owasp[risk].replace(/^\w+-/, '').replaceAll('-', ' ')}`;
  const chapter = asvs[/^ASVS 5\.0 (V\d+)$/.exec(reference)?.[1] ?? ''];
  return chapter ? h`${reference} ${chapter}` : h`${reference}`;
}

const link = (to: string, words: string): Markup =>
  h`<a href="${to}" rel="noreferrer noopener" target="_blank">${words}</a>`;
