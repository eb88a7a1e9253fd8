import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import jwt from 'jsonwebtoken';

/** One call that reached the fake connector. */
type ConnectorCall = { method: string; path: string; authorization: string | undefined; body: Record<string, unknown> };

export type FakeChannel = {
  /** Address of everything: connector, OpenID metadata. */
  url: string;
  calls: ConnectorCall[];
  /** Where the bot was shown typing: on a slow machine that may happen at any time. */
  typing: string[];
  /** Status codes for the next calls of the connector; 201 when empty. */
  answers: number[];
  /** How often the signing keys were fetched. */
  keyFetches(): number;
  /** What the metadata address answers. */
  setMetadataStatus(status: number): void;
  token(
    claims?: Record<string, unknown>,
    options?: { keyId?: string; key?: KeyObject | string; algorithm?: jwt.Algorithm; expiresIn?: number },
  ): string;
  close(): Promise<void>;
};

export const issuer = 'https://issuer.test';
export const appId = '11111111-2222-3333-4444-555555555555';

export async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? undefined : JSON.parse(text);
}

/** Starts a server on a free port of this machine; gives its address. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/** One pair for all: making one takes a tenth of a second. */
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** A channel on this machine: announces signing keys, signs tokens, takes the bot's answers. */
export async function startFakeChannel(): Promise<FakeChannel> {
  const { publicKey, privateKey } = pair;
  const jwk = publicKey.export({ format: 'jwk' });
  const keys = [
    { ...jwk, kid: 'known', use: 'sig', endorsements: ['webchat', 'msteams', 'telegram'] },
    { ...jwk, kid: 'unendorsed', use: 'sig', endorsements: ['somewhere-else'] },
  ];
  const calls: ConnectorCall[] = [];
  const typing: string[] = [];
  const answers: number[] = [];
  let fetched = 0;
  let metadataStatus = 200;
  const server = createServer(async (request, response) => {
    const path = request.url ?? '';
    const send = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (path === '/openid') {
      send(metadataStatus, { issuer, jwks_uri: `${url}/keys` });
    } else if (path === '/keys') {
      fetched += 1;
      send(200, { keys });
    } else {
      const { method = '', headers } = request;
      const body = (await readJson(request)) as Record<string, unknown>;
      if (body?.type === 'typing') {
        typing.push(path);
        return send(201, {});
      }
      calls.push({ method, path, authorization: headers.authorization, body });
      send(answers.shift() ?? 201, { id: `sent-${calls.length}` });
    }
  });
  const url = await listen(server);
  return {
    url,
    calls,
    typing,
    answers,
    keyFetches: () => fetched,
    setMetadataStatus(status) {
      metadataStatus = status;
    },
    token(claims = {}, { keyId = 'known', key = privateKey, algorithm = 'RS256', expiresIn = 600 } = {}) {
      const now = Math.floor(Date.now() / 1000);
      const payload = { iss: issuer, aud: appId, serviceurl: url, nbf: now - 900, exp: now + expiresIn, ...claims };
      return jwt.sign(JSON.parse(JSON.stringify(payload)) as object, key, {
        algorithm,
        keyid: keyId,
        noTimestamp: true,
      });
    },
    close: () => closeServer(server),
  };
}
