import { createHash, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import jwt from 'jsonwebtoken';
import { closeServer, listen } from './fake-channel';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

export type FakeProvider = {
  issuer: string;
  /** Claims of the next sign-in; may override what is right. */
  claims: Record<string, unknown>;
  /** What the browser brings back from the provider's page. */
  consent(location: string): URLSearchParams;
  close(): Promise<void>;
};

/** An OpenID Connect provider on this machine that checks what a provider checks: client, redirect, PKCE. */
export async function startFakeProvider(client: { id: string; secret: string }): Promise<FakeProvider> {
  const codes = new Map<string, { challenge: string; nonce: string; redirect: string }>();
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '', issuer);
    const send = (status: number, body: object) =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (pathname === '/.well-known/openid-configuration')
      return send(200, {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        code_challenge_methods_supported: ['S256'],
      });
    if (pathname === '/jwks')
      return send(200, { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'RS256', use: 'sig' }] });
    let text = '';
    for await (const chunk of request) text += chunk;
    const form = new URLSearchParams(text);
    const code = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const proof = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const basic = Buffer.from((request.headers.authorization ?? '').replace('Basic ', ''), 'base64').toString();
    const secret = form.get('client_secret') ?? decodeURIComponent(basic.split(':')[1] ?? '');
    if (!code || proof !== code.challenge || form.get('redirect_uri') !== code.redirect || secret !== client.secret)
      return send(400, { error: 'invalid_grant' });
    const payload = { iss: issuer, aud: client.id, sub: 'person-1', nonce: code.nonce, ...provider.claims };
    const idToken = jwt.sign(payload, privateKey, { algorithm: 'RS256', keyid: 'k', expiresIn: 300 });
    return send(200, { access_token: 'a', token_type: 'Bearer', expires_in: 300, id_token: idToken });
  });
  const issuer = await listen(server);
  const provider: FakeProvider = {
    issuer,
    claims: {},
    consent(location) {
      const { searchParams: asked } = new URL(location);
      const code = `code-${codes.size}-${Math.random()}`;
      codes.set(code, {
        challenge: asked.get('code_challenge') ?? '',
        nonce: asked.get('nonce') ?? '',
        redirect: asked.get('redirect_uri') ?? '',
      });
      return new URLSearchParams({ code, state: asked.get('state') ?? '' });
    },
    close: () => closeServer(server),
  };
  return provider;
}
