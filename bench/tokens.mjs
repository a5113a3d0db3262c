// One RSA key and many tokens of many people, as an identity provider would sign them.
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

export const ISSUER = 'https://bench.invalid';
export const AUDIENCE = 'bench';
export const KID = 'bench-1';

// The gateway knows the issuer by its first key, so the key stays beside the gateway's data.
export function signingKey(file) {
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
    writeFileSync(file, pem, { mode: 0o600 });
  }
  return createPrivateKey(readFileSync(file));
}

export function publicPem(key) {
  return createPublicKey(key).export({ type: 'spki', format: 'pem' });
}

export function jwks(key) {
  const jwk = createPublicKey(key).export({ format: 'jwk' });
  return { keys: [{ ...jwk, kid: KID, use: 'sig', alg: 'RS256' }] };
}

export function tokens(key, count) {
  const now = Math.floor(Date.now() / 1000);
  return Array.from({ length: count }, (_, index) => token(key, claims(index, now)));
}

export function expiredToken(key) {
  return token(key, claims(0, Math.floor(Date.now() / 1000) - 7200));
}

export function forged(token) {
  const [header, payload, signature] = token.split('.');
  const first = signature[0] === 'A' ? 'B' : 'A';
  return [header, payload, first + signature.slice(1)].join('.');
}

function claims(index, now) {
  const name = `person-${index}`;
  return {
    iss: ISSUER,
    aud: AUDIENCE,
    sub: name,
    azp: 'bench-agent',
    sid: `sid-${now}-${index}`,
    jti: `jti-${now}-${index}`,
    email: `${name}@example.com`,
    email_verified: true,
    preferred_username: name,
    name: `Person Number ${index}`,
    groups: ['eng-platform', 'eng-oncall', 'all-employees'],
    scope: 'openid profile email mcp:tools',
    iat: now,
    nbf: now,
    exp: now + 3600,
  };
}

function token(key, payload) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'RS256', typ: 'JWT', kid: KID })}.${part(payload)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
}
