import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

const text = z.string().trim().min(1);
const list = z.string().transform((value) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item.length > 0),
);

/** Environment of the server. Everything has a default that works on one machine without any account. */
const Environment = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  /** TCP port, 0 = any free one. */
  PORT: z.coerce.number().int().min(0).max(65535).default(3978),
  /** Address to listen on; development stays on loopback. */
  HOST: text.optional(),
  /** Public address (https://…) under which people reach the page; required in production. */
  PUBLIC_URL: z.url().optional(),
  /** Directory of the embedded database. */
  DATA_DIR: text.default('./data'),
  /** `postgres://…`: PostgreSQL instead of the embedded database, for several instances behind a load balancer. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** Most database connections of one instance. */
  DATABASE_CONNECTIONS: z.coerce.number().int().min(1).max(200).default(10),
  /** SQLite durability: NORMAL survives a crash of the process, FULL also a power cut. */
  SQLITE_SYNCHRONOUS: z.enum(['NORMAL', 'FULL']).default('NORMAL'),
  /** Secret of server-side Direct Line clients; without it only the public page gets tokens. */
  DIRECTLINE_SECRET: text.min(16).optional(),
  /** Origins besides PUBLIC_URL whose pages may open a conversation, separated by commas. */
  ALLOWED_ORIGINS: list.optional(),
  /** Azure Bot registration (single tenant). All three or none. */
  MicrosoftAppId: text.optional(),
  MicrosoftAppPassword: text.optional(),
  MicrosoftAppTenantId: text.optional(),
  /** Host names of connectors to which replies may be sent, separated by commas; the public cloud's by default. */
  SERVICE_URL_HOSTS: list.optional(),
  /** Proxies in front whose X-Forwarded-For is believed; 0 = people reach this process directly. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  /** Bearer token that `/metrics` asks for; without it the page is open to whoever reaches the port. */
  METRICS_TOKEN: text.min(16).optional(),
  /** Messages per minute from one address before it is asked to slow down; raise it where many people share one address. */
  MESSAGES_PER_MINUTE: z.coerce.number().int().min(1).default(300),
  /** Path of a module that exports `rank(text, language, context)`: an operator's own ranking of articles. */
  RANKER: text.optional(),
  /** Path of a module that exports `translate(text, from, to)`: an operator's own translation for advisers. */
  TRANSLATOR: text.optional(),
  /** OpenID Connect for advisers. The first three or none. */
  OIDC_ISSUER: z.url().optional(),
  OIDC_CLIENT_ID: text.optional(),
  OIDC_CLIENT_SECRET: text.optional(),
  /** Claim that lists roles, and the role an adviser has. Both or none. */
  OIDC_ROLES_CLAIM: text.optional(),
  OIDC_ROLE: text.optional(),
  /** An incoming webhook (https) that is told when somebody waits for an adviser. */
  DESK_WEBHOOK_URL: z.url({ protocol: /^https$/ }).optional(),
  /** 1 = hand over to a hub of advisers outside by the Bot Framework's handoff events. */
  HANDOFF_PROTOCOL: z.enum(['0', '1']).default('0'),
  /** Collector of OpenTelemetry traces (OTLP over HTTP); without it nothing is traced. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

export type Config = {
  production: boolean;
  port: number;
  host: string;
  publicUrl: string | null;
  dataDir: string;
  /** null = the embedded database under `dataDir`. */
  database: { url: string; connections: number } | null;
  synchronous: 'NORMAL' | 'FULL';
  directLineSecret: string | null;
  allowedOrigins: string[];
  bot:
    | { mode: 'off' }
    | { mode: 'open-loopback' }
    | { mode: 'authenticated'; appId: string; appPassword: string; tenantId: string; serviceUrlHosts?: string[] };
  trustedProxies: number;
  metricsToken: string | null;
  messagesPerMinute: number;
  /** Sign-in of advisers at an identity provider; null = accounts of our own. */
  oidc: {
    issuer: string;
    clientId: string;
    clientSecret: string;
    rolesClaim: string | null;
    role: string | null;
  } | null;
  deskWebhookUrl: string | null;
  handoffProtocol: boolean;
  /** Path of the ranker module; null = the built-in ranking alone. */
  ranker: string | null;
  /** Path of the translation module; null = nothing is translated. */
  translator: string | null;
  /** Address of a collector of traces, if any. */
  traces: string | null;
  logLevel: string;
};

/** What is wrong with an environment, one line each. */
export class ConfigError extends Error {
  constructor(readonly problems: string[]) {
    super(
      `The configuration has ${problems.length} problem(s):\n${problems.map((problem) => `- ${problem}`).join('\n')}`,
    );
    this.name = 'ConfigError';
  }
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.');

/** Reads the environment; throws a ConfigError that lists everything wrong at once. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const filled = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const parsed = Environment.safeParse(filled);
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  const given = parsed.data;
  const production = given.NODE_ENV === 'production';
  const host = given.HOST ?? '127.0.0.1';
  const registration = [given.MicrosoftAppId, given.MicrosoftAppPassword, given.MicrosoftAppTenantId];
  const problems: string[] = [];
  const some = registration.some((value) => value !== undefined);
  if (some && registration.includes(undefined)) {
    problems.push('MicrosoftAppId, MicrosoftAppPassword and MicrosoftAppTenantId: give all three, or none');
  }
  if (production && !given.PUBLIC_URL)
    problems.push('PUBLIC_URL: needed in production (the https address of the page)');
  if (!production && !isLoopback(host))
    problems.push('HOST: only loopback in development; set NODE_ENV=production to serve a network');
  const provider = [given.OIDC_ISSUER, given.OIDC_CLIENT_ID, given.OIDC_CLIENT_SECRET];
  if (provider.some((value) => value !== undefined) && provider.includes(undefined))
    problems.push('OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET: give all three, or none');
  if ((given.OIDC_ROLES_CLAIM === undefined) !== (given.OIDC_ROLE === undefined))
    problems.push('OIDC_ROLES_CLAIM and OIDC_ROLE: give both, or none');
  const issuer = given.OIDC_ISSUER ? new URL(given.OIDC_ISSUER) : null;
  if (issuer && issuer.protocol !== 'https:' && (production || !isLoopback(issuer.hostname)))
    problems.push('OIDC_ISSUER: only https');
  if (problems.length > 0) throw new ConfigError(problems);
  const [appId, appPassword, tenantId] = registration;
  const [oidcIssuer, oidcClient, oidcSecret] = provider;
  return {
    production,
    port: given.PORT,
    host,
    publicUrl: given.PUBLIC_URL?.replace(/\/$/, '') ?? null,
    dataDir: given.DATA_DIR,
    database: given.DATABASE_URL ? { url: given.DATABASE_URL, connections: given.DATABASE_CONNECTIONS } : null,
    synchronous: given.SQLITE_SYNCHRONOUS,
    directLineSecret: given.DIRECTLINE_SECRET ?? null,
    allowedOrigins: given.ALLOWED_ORIGINS ?? [],
    bot:
      appId && appPassword && tenantId
        ? { mode: 'authenticated', appId, appPassword, tenantId, serviceUrlHosts: given.SERVICE_URL_HOSTS }
        : { mode: production ? 'off' : 'open-loopback' },
    trustedProxies: given.TRUSTED_PROXIES,
    metricsToken: given.METRICS_TOKEN ?? null,
    messagesPerMinute: given.MESSAGES_PER_MINUTE,
    oidc:
      oidcIssuer && oidcClient && oidcSecret
        ? {
            issuer: oidcIssuer,
            clientId: oidcClient,
            clientSecret: oidcSecret,
            rolesClaim: given.OIDC_ROLES_CLAIM ?? null,
            role: given.OIDC_ROLE ?? null,
          }
        : null,
    deskWebhookUrl: given.DESK_WEBHOOK_URL ?? null,
    handoffProtocol: given.HANDOFF_PROTOCOL === '1',
    ranker: given.RANKER ?? null,
    translator: given.TRANSLATOR ?? null,
    traces: given.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    logLevel: given.LOG_LEVEL,
  };
}

/** A function of an operator's module; throws when the module has none of that name. Nothing without a path. */
export async function plugIn<Plug>(setting: string, path: string | null, name: string): Promise<Plug | undefined> {
  if (path === null) return undefined;
  const plug = ((await import(pathToFileURL(resolve(path)).href)) as Record<string, unknown>)[name];
  if (typeof plug !== 'function') throw new ConfigError([`${setting}: ${path} exports no function ${name}`]);
  return plug as Plug;
}
