import { fallbackLanguage, type Translate } from '../../library/i18n';
import { accentColor } from './icons';

/** Version of the manifest format: the newest whose schema ships in @microsoft/app-manifest (a test compares). */
export const manifestVersion = '1.30';

/** Language of the texts in the manifest itself; the others come in files of their own. */
export const manifestLanguage = fallbackLanguage;

/** What an operator decides about the app. */
export type TeamsSettings = {
  /** Id of the app in the catalogue, a GUID that never changes. */
  appId: string;
  /** Id of the bot registration, a GUID. */
  botId: string;
  /** Version of the package, `1.2.3`; Teams takes an update only when it grows. */
  version: string;
  /** Who runs the assistant, at most 32 characters. */
  developer: string;
  /** https addresses of the assistant's page, its privacy statement and its terms of use. */
  websiteUrl: string;
  privacyUrl: string;
  termsUrl: string;
  /** Host names that the app's links may lead to. */
  domains: string[];
};

/** Where the bot can be added: alone, in a team, in a group chat. */
export const scopes = ['personal', 'team', 'groupChat'] as const;
type Scope = (typeof scopes)[number];

/** Commands that Teams suggests. Where others read along, nothing that leads to personal answers. */
const commands: Record<Scope, string[]> = {
  personal: ['help', 'result', 'edit', 'human', 'restart', 'forget'],
  team: ['help', 'forget'],
  groupChat: ['help', 'forget'],
};

/** Name of the file with the texts of a language. */
export const stringsFile = (language: string): string => `strings-${language}.json`;

const command = (t: Translate, id: string) => ({
  title: t(`teams:commands.${id}.title`),
  description: t(`teams:commands.${id}.description`),
});

/** The manifest of the app; `languages` = the live ones, `t` = the texts of `manifestLanguage`. */
export function makeManifest(settings: TeamsSettings, languages: string[], t: Translate) {
  const others = languages.filter((language) => language !== manifestLanguage);
  return {
    $schema: `https://developer.microsoft.com/json-schemas/teams/v${manifestVersion}/MicrosoftTeams.schema.json`,
    manifestVersion,
    version: settings.version,
    id: settings.appId,
    localizationInfo: {
      defaultLanguageTag: manifestLanguage,
      additionalLanguages: others.map((language) => ({ languageTag: language, file: stringsFile(language) })),
    },
    developer: {
      name: settings.developer,
      websiteUrl: settings.websiteUrl,
      privacyUrl: settings.privacyUrl,
      termsOfUseUrl: settings.termsUrl,
    },
    name: { short: t('teams:name'), full: t('teams:fullName') },
    description: { short: t('teams:short'), full: t('teams:full') },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor,
    bots: [
      {
        botId: settings.botId,
        scopes: [...scopes],
        isNotificationOnly: false,
        supportsFiles: false,
        supportsCalling: false,
        supportsVideo: false,
        commandLists: scopes.map((scope) => ({
          scopes: [scope],
          commands: commands[scope].map((id) => command(t, id)),
        })),
      },
    ],
    defaultInstallScope: 'personal',
    validDomains: settings.domains,
  };
}

/** The texts of one language as Teams wants them: path in the manifest → text. */
export function makeStrings(t: Translate): Record<string, string> {
  const strings: Record<string, string> = {
    $schema: `https://developer.microsoft.com/json-schemas/teams/v${manifestVersion}/MicrosoftTeams.Localization.schema.json`,
    'name.short': t('teams:name'),
    'name.full': t('teams:fullName'),
    'description.short': t('teams:short'),
    'description.full': t('teams:full'),
  };
  for (const [list, scope] of scopes.entries())
    for (const [index, id] of commands[scope].entries()) {
      const path = `bots[0].commandLists[${list}].commands[${index}]`;
      const { title, description } = command(t, id);
      Object.assign(strings, { [`${path}.title`]: title, [`${path}.description`]: description });
    }
  return strings;
}
