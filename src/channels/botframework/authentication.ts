import { type Activity, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import type { Clock, Logger } from '../../conversation/ports';
import { isAllowedServiceUrl, publicConnectors } from './allowed-service-url';
import { type BotFrameworkConfig, publicIssuer } from './config';

type Result = Awaited<ReturnType<ConfigurationBotFrameworkAuthentication['authenticateRequest']>>;
type Identity = Result['claimsIdentity'];
type Factory = ReturnType<ConfigurationBotFrameworkAuthentication['createConnectorFactory']>;
type Connector = Awaited<ReturnType<Factory['create']>>;
type UserTokens = Awaited<ReturnType<ConfigurationBotFrameworkAuthentication['createUserTokenClient']>>;

/** The caller is not the channel (401), or the channel's keys cannot be fetched (503). The reason is for the log only. */
export class Refused extends Error {
  constructor(
    readonly status: 401 | 503,
    reason: string,
  ) {
    super(reason);
    this.name = 'Refused';
  }
}

/** Most connector clients kept: one per service address. */
const mostConnectors = 100;
/** After keys could not be fetched, how long nobody tries again, in milliseconds. */
const keysPause = 5000;

const asRecord = (value: unknown): Record<string, unknown> =>
  value && typeof value === 'object' ? (value as Record<string, unknown>) : {};

function decode(part: string | undefined): Record<string, unknown> {
  try {
    return asRecord(JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8')));
  } catch {
    return {};
  }
}

/** One client for each service address instead of one for each turn, and without its own retries: the outbox repeats. */
class CachingFactory {
  constructor(
    private readonly inner: Factory,
    private readonly kept: Map<string, Promise<Connector>>,
  ) {}

  create(serviceUrl: string, audience?: string): Promise<Connector> {
    const key = `${audience ?? ''} ${serviceUrl}`;
    const known = this.kept.get(key);
    if (known !== undefined) return known;
    if (this.kept.size >= mostConnectors) this.kept.clear();
    const made = this.inner.create(serviceUrl, audience).then((connector) => {
      const { client } = connector as unknown as {
        client: { pipeline: { removePolicy(policy: { name: string }): unknown } };
      };
      client.pipeline.removePolicy({ name: 'defaultRetryPolicy' });
      return connector;
    });
    this.kept.set(key, made);
    made.catch(() => this.kept.delete(key));
    return made;
  }
}

/**
 * botbuilder's own check, made strict (every refusal is a `Refused`, never a 500; the service address is required, must be the token's
 * and be known; only the channel's issuer counts, not the Emulator's or a skill's) and lean (clients are kept between turns).
 */
export class StrictLeanAuthentication extends ConfigurationBotFrameworkAuthentication {
  private readonly connectors = new Map<string, Promise<Connector>>();
  private userTokens: Promise<UserTokens> | undefined;
  private keysFailedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly settings: Exclude<BotFrameworkConfig, { mode: 'off' }>,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {
    const open = settings.mode === 'open-loopback';
    super(
      open
        ? {}
        : {
            MicrosoftAppType: 'SingleTenant',
            MicrosoftAppId: settings.appId,
            MicrosoftAppTenantId: settings.tenantId,
            MicrosoftAppPassword: settings.appPassword,
            ...(settings.cloud
              ? {
                  ValidateAuthority: 'true',
                  ToBotFromChannelTokenIssuer: settings.cloud.issuer,
                  ToBotFromChannelOpenIdMetadataUrl: settings.cloud.openIdMetadataUrl,
                  ToBotFromEmulatorOpenIdMetadataUrl: settings.cloud.openIdMetadataUrl,
                  ToChannelFromBotLoginUrl: settings.cloud.loginUrl,
                  ToChannelFromBotOAuthScope: settings.cloud.oauthScope,
                  OAuthUrl: settings.cloud.oauthUrl,
                  CallerId: '',
                }
              : {}),
          },
      open ? undefined : settings.credentials,
    );
  }

  override async authenticateRequest(activity: Activity, authHeader: string): Promise<Result> {
    if (this.settings.mode === 'authenticated') this.checkToken(activity, authHeader, this.settings);
    if (this.clock.now().getTime() - this.keysFailedAt < keysPause)
      throw new Refused(503, 'the keys could not be fetched a moment ago');
    try {
      const result = await super.authenticateRequest(activity, authHeader);
      return { ...result, connectorFactory: result.connectorFactory && this.cached(result.connectorFactory) };
    } catch (error) {
      throw this.refusal(error);
    }
  }

  override createConnectorFactory(claimsIdentity: Identity): Factory {
    return this.cached(super.createConnectorFactory(claimsIdentity));
  }

  override createUserTokenClient(claimsIdentity: Identity): Promise<UserTokens> {
    this.userTokens ??= super.createUserTokenClient(claimsIdentity);
    return this.userTokens;
  }

  private cached(inner: Factory): Factory {
    return new CachingFactory(inner, this.connectors);
  }

  /** All that can be told before the signature; the signature, the key, its endorsements and the dates are botbuilder's to check. */
  private checkToken(
    activity: Activity,
    authHeader: string,
    settings: Extract<BotFrameworkConfig, { mode: 'authenticated' }>,
  ): void {
    const token = /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(authHeader);
    if (!token) throw new Refused(401, 'no bearer token');
    const header = decode(token[1]);
    const claims = decode(token[2]);
    const hosts = [...publicConnectors, ...(settings.serviceUrlHosts ?? [])];
    if (typeof header.alg !== 'string' || !/^RS(256|384|512)$/.test(header.alg))
      throw new Refused(401, 'signing algorithm');
    if (claims.iss !== (settings.cloud?.issuer ?? publicIssuer)) throw new Refused(401, 'issuer');
    if (claims.aud !== settings.appId) throw new Refused(401, 'audience');
    if (typeof claims.exp !== 'number') throw new Refused(401, 'no expiry');
    if (activity.channelId.toLowerCase() === 'asechannel') throw new Refused(401, 'channel');
    const serviceUrl = activity.serviceUrl as string | undefined;
    if (!serviceUrl || (claims.serviceurl ?? claims.serviceUrl) !== serviceUrl)
      throw new Refused(401, 'service address is not the token’s');
    if (!isAllowedServiceUrl(serviceUrl, hosts)) throw new Refused(401, 'service address is not on the list');
  }

  private refusal(error: unknown): Refused {
    const { name, statusCode, message } = asRecord(error);
    const unreachable =
      name === 'FetchError' || statusCode === 500 || (error as NodeJS.ErrnoException)?.code === 'ECONNREFUSED';
    if (!unreachable) return new Refused(401, String(message));
    this.keysFailedAt = this.clock.now().getTime();
    this.logger.error({ code: 'CHANNEL_KEYS_UNREACHABLE' }, 'the signing keys of the channel could not be fetched');
    return new Refused(503, String(message));
  }
}
