import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder';

/** How botbuilder gets the bot's own tokens; given by tests, else made from app id, tenant and password. */
export type CredentialsFactory = NonNullable<ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[1]>;

/** Another cloud than the public one: every address is needed, botbuilder takes all or none. */
type Cloud = {
  /** Issuer of the channel's tokens, exactly. */
  issuer: string;
  /** Where the channel's signing keys are announced. */
  openIdMetadataUrl: string;
  loginUrl: string;
  oauthScope: string;
  oauthUrl: string;
};

/**
 * The Bot Framework door. `off`: not served. `open-loopback`: development, nobody is checked, answers go to this machine only: the caller
 * must listen on loopback. `authenticated`: tokens of the channel are checked; the app lives in one tenant.
 */
export type BotFrameworkConfig =
  | { mode: 'off' }
  | { mode: 'open-loopback' }
  | {
      mode: 'authenticated';
      appId: string;
      tenantId: string;
      appPassword: string;
      /** Where answers may go besides Microsoft's public connectors: `host`, `host:port` or `.domain`. */
      serviceUrlHosts?: string[];
      cloud?: Cloud;
      credentials?: CredentialsFactory;
    };

/** Who issues the channel's tokens in the public cloud. */
export const publicIssuer = 'https://api.botframework.com';
