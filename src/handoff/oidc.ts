import { createHash } from 'node:crypto';
import { type HttpHost, type HttpReply, type HttpRequest, refuse } from '../http';
import { readCookie, sessionCookie } from './authorise';
import type { Room } from './room';
import { seal, unseal } from './seal';

type Client = typeof import('openid-client', { with: { 'resolution-mode': 'import' }});

type Configuration = InstanceType<Client['Configuration']>;

export type OidcSettings = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Where people reach us, e.g. `https://guichet.example`; asked for only once the server listens. */
  publicUrl(): string;
  /** Claim that lists roles, and the role that advisers have; without them everybody whom the provider signs in is one. */
  rolesClaim: string | null;
  role: string | null;
};

/** Name of the cookie that ties the way there to the way back; the path is that of both. */
const cookieName = 'guichet_oidc';
const path = '/adviser/oidc';
/** How long a person may take to sign in at the provider, in milliseconds. */
const patience = 10 * 60_000;

/** What the browser carries there and back, sealed: any instance can finish what another has begun. */
type UnderWay = { verifier: string; nonce: string; state: string; until: number };

const redirect = (location: string, cookies: string[]): HttpReply => ({
  status: 302,
  headers: { Location: location, 'Set-Cookie': cookies },
});

/** The name under which an identity is kept: pseudonymous, the same each time. */
const accountName = ({ iss, sub }: { iss: string; sub: string }): string =>
  `oidc-${createHash('sha256').update(`${iss}\n${sub}`).digest('base64url').slice(0, 22)}`;

/** True when the claims hold the wanted role, or none is wanted. */
export function hasRole(
  claims: Record<string, unknown>,
  { rolesClaim, role }: Pick<OidcSettings, 'rolesClaim' | 'role'>,
) {
  if (rolesClaim === null || role === null) return true;
  const held = claims[rolesClaim];
  return Array.isArray(held) ? held.includes(role) : typeof held === 'string' && held.split(/[\s,]+/).includes(role);
}

/** Sign-in at an OpenID Connect provider: authorization code with PKCE, state and nonce. */
export function mountOidc(server: HttpHost, room: Room, settings: OidcSettings): void {
  const { clock, logger, store, https } = room;
  const back = () => `${settings.publicUrl()}${path}/back`;
  let client: Client | undefined;
  let known: Promise<Configuration> | undefined;

  /** The provider's addresses and keys, fetched once; again after a failure. */
  async function provider(): Promise<{ oidc: Client; configuration: Configuration }> {
    client ??= await import('openid-client');
    const oidc = client;
    const { issuer, clientId, clientSecret } = settings;
    // Only tests on one machine have a provider without https: config.ts takes no other.
    const execute = issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : [];
    known ??= oidc.discovery(new URL(issuer), clientId, clientSecret, undefined, { execute });
    try {
      return { oidc, configuration: await known };
    } catch (error) {
      known = undefined;
      throw error;
    }
  }

  const cookie = (value: string): string =>
    [
      `${cookieName}=${value}`,
      // Lax: the way back comes from the provider's site.
      `Path=${path}; HttpOnly; SameSite=Lax; Max-Age=${value ? patience / 1000 : 0}`,
      ...(https ? ['Secure'] : []),
    ].join('; ');

  async function start(): Promise<HttpReply> {
    const { oidc, configuration } = await provider();
    const verifier = oidc.randomPKCECodeVerifier();
    const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
    const begun: UnderWay = { verifier, nonce, state, until: clock.now().getTime() + patience };
    const address = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: back(),
      scope: 'openid profile',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    });
    return redirect(address.href, [cookie(seal(begun, await store.secret(cookieName)))]);
  }

  /** What was begun with this browser, once. */
  async function take(request: HttpRequest): Promise<UnderWay | null> {
    const begun = unseal(readCookie(request, cookieName), await store.secret(cookieName)) as UnderWay | null;
    if (!begun || begun.until < clock.now().getTime()) return null;
    const until = new Date(begun.until).toISOString();
    const used = { kind: 'oidc-used', id: begun.state, value: null, until, version: 0 };
    return (await store.desk.setMark(used)) ? begun : null;
  }

  async function finish(request: HttpRequest): Promise<HttpReply> {
    const begun = await take(request);
    if (!begun) return refuse('OIDC_REFUSED', { 'Set-Cookie': cookie('') });
    const { oidc, configuration } = await provider();
    const tokens = await oidc.authorizationCodeGrant(configuration, new URL(`${back()}?${request.query}`), {
      pkceCodeVerifier: begun.verifier,
      expectedState: begun.state,
      expectedNonce: begun.nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims || !hasRole(claims, settings)) return refuse('OIDC_REFUSED', { 'Set-Cookie': cookie('') });
    const name = accountName(claims);
    const earlier = await store.desk.account(name);
    const shown = String(claims.name ?? claims.preferred_username ?? name).slice(0, 100);
    const languages = earlier?.languages ?? room.library.desk.languages;
    const account = { name, shown, hash: null, languages, uiLanguage: earlier?.uiLanguage ?? ('fr' as const) };
    await store.desk.saveAccount(account);
    const { token } = await room.signIn.open(account);
    void room.desk.look();
    return redirect('/adviser', [cookie(''), sessionCookie(room, token)]);
  }

  const guarded = (route: (request: HttpRequest) => Promise<HttpReply>) => async (request: HttpRequest) => {
    try {
      return await route(request);
    } catch (error) {
      logger.warn(
        { code: 'OIDC_FAILED', reason: (error as { code?: string }).code },
        'a sign-in at the provider failed',
      );
      return refuse('OIDC_FAILED');
    }
  };
  server.route('GET', `${path}/start`, guarded(start));
  server.route('GET', `${path}/back`, guarded(finish));
}
