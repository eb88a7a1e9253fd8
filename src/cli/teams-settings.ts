import { z } from 'zod';
import { domainFault, idFault, urlFault } from '../channels/teams/check-manifest';
import type { TeamsSettings } from '../channels/teams/manifest';
import { ConfigError } from '../config';
import { projectVersion } from '../library/project-root';

const fits = (fault: (value: unknown) => string | null) =>
  z.string({ error: 'missing' }).superRefine((value, context) => {
    const reason = fault(value);
    if (reason) context.addIssue({ code: 'custom', message: reason });
  });
const id = fits(idFault);
const url = fits(urlFault);

/** The environment of `npm run teams:package`. The secret of the bot is not among it: the package holds none. */
const Environment = z.object({
  /** Id of the bot registration. */
  MicrosoftAppId: id,
  /** The one tenant in which it is registered: a package for a bot of many tenants is not made. */
  MicrosoftAppTenantId: id,
  /** https address of the web page of this installation. */
  PUBLIC_URL: url,
  /** Who runs it, as people see it in the catalogue. */
  TEAMS_DEVELOPER: z.string({ error: 'missing' }).trim().min(1).max(32),
  TEAMS_PRIVACY_URL: url,
  TEAMS_TERMS_URL: url,
  /** Id of the app in the catalogue; the bot's when it is not given. Never change it afterwards. */
  TEAMS_APP_ID: id.optional(),
  /** Version of the package; that of package.json when it is not given. */
  TEAMS_APP_VERSION: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/, 'not of the form 1.2.3')
    .optional(),
  /** More host names that links may lead to, separated by commas. */
  TEAMS_VALID_DOMAINS: z
    .string()
    .default('')
    .transform((list) => list.split(',').flatMap((item) => item.trim() || []))
    .pipe(z.array(fits(domainFault))),
});

/** Reads what the app package needs; throws a ConfigError that lists everything wrong at once. */
export function readTeamsSettings(env: NodeJS.ProcessEnv): TeamsSettings {
  const filled = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const parsed = Environment.safeParse(filled);
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map(({ path, message }) => `${String(path[0])}: ${message}`));
  const given = parsed.data;
  return {
    appId: given.TEAMS_APP_ID ?? given.MicrosoftAppId,
    botId: given.MicrosoftAppId,
    version: given.TEAMS_APP_VERSION ?? projectVersion,
    developer: given.TEAMS_DEVELOPER,
    websiteUrl: given.PUBLIC_URL,
    privacyUrl: given.TEAMS_PRIVACY_URL,
    termsUrl: given.TEAMS_TERMS_URL,
    domains: [...new Set([new URL(given.PUBLIC_URL).hostname, ...given.TEAMS_VALID_DOMAINS])],
  };
}

/** Values that must never be in a package, as far as this environment has them. */
export const secretsOf = (env: NodeJS.ProcessEnv): string[] =>
  ['MicrosoftAppPassword', 'DIRECTLINE_SECRET', 'METRICS_TOKEN', 'DATABASE_URL'].flatMap((name) => env[name] || []);
