import type { Finding } from './finding';
import { scopes } from './manifest';

/** What a manifest of ours holds; the rest asks for rights or surfaces that Guichet does not use. */
const used = new Set([
  '$schema',
  'manifestVersion',
  'version',
  'id',
  'localizationInfo',
  'developer',
  'name',
  'description',
  'icons',
  'accentColor',
  'bots',
  'defaultInstallScope',
  'validDomains',
]);
const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const hostName = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i;
/** Most commands of one list that every client shows. */
const mostCommands = 10;

type Json = Record<string, unknown>;
type Note = (path: string, reason: string) => void;

const object = (value: unknown): Json => (value && typeof value === 'object' ? (value as Json) : {});
const array = (value: unknown): Json[] => (Array.isArray(value) ? value.map(object) : []);

/** An address in its parts; null when it is none. (`URL.parse` is not in every Node 20.) */
const parseUrl = (value: unknown): URL | null =>
  typeof value === 'string' && URL.canParse(value) ? new URL(value) : null;

/** Why a text is no id of an app; null when it is one. */
export function idFault(id: unknown): string | null {
  if (typeof id !== 'string' || !guid.test(id)) return 'not a GUID';
  return new Set(id.replaceAll('-', '')).size < 3 ? 'a placeholder, not an id' : null;
}

/** Why an address cannot stand in the package; null when it can. */
export function urlFault(value: unknown): string | null {
  const url = parseUrl(value);
  if (!url) return 'not an address';
  if (url.protocol !== 'https:') return 'not https';
  if (url.username !== '' || url.password !== '') return 'holds a name or a password';
  return hostName.test(url.hostname) ? null : 'not the name of a public host';
}

/** Why a text is no host name; null when it is one. */
export const domainFault = (value: unknown): string | null =>
  typeof value === 'string' && hostName.test(value) ? null : 'not a plain host name (no https://, no path, no *)';

function checkBot(bot: Json, botId: string | undefined, note: Note): void {
  const at = 'bots[0]';
  const fault = idFault(bot.botId);
  if (fault) note(`${at}.botId`, fault);
  else if (botId && bot.botId !== botId) note(`${at}.botId`, 'not the MicrosoftAppId of this installation');
  if (bot.supportsFiles !== false) note(`${at}.supportsFiles`, 'must be false: nobody is to send papers');
  const offered = Array.isArray(bot.scopes) ? bot.scopes : [];
  const lists = array(bot.commandLists);
  for (const scope of scopes) {
    if (!offered.includes(scope)) note(`${at}.scopes`, `no "${scope}"`);
    const own = lists.filter((list) => Array.isArray(list.scopes) && list.scopes.includes(scope)).length;
    if (own !== 1) note(`${at}.commandLists`, `${own} lists for "${scope}", there must be one`);
  }
  for (const [index, list] of lists.entries()) {
    const commands = array(list.commands);
    const path = `${at}.commandLists[${index}].commands`;
    if (commands.length > mostCommands) note(path, `${commands.length} commands, at most ${mostCommands} are shown`);
    for (const [place, command] of commands.entries())
      if (typeof command.description !== 'string') note(`${path}[${place}].description`, 'missing');
  }
}

/** What the schema cannot see: ids, addresses, scopes, rights that are not used. */
export function manifestFindings(file: string, manifest: Json, botId: string | undefined): Finding[] {
  const findings: Finding[] = [];
  const note: Note = (path, reason) => void findings.push({ file, path, reason });
  for (const key of Object.keys(manifest)) if (!used.has(key)) note(key, 'Guichet does not use this');
  const fault = idFault(manifest.id);
  if (fault) note('id', fault);
  if (!/^\d+\.\d+\.\d+$/.test(String(manifest.version))) note('version', 'not of the form 1.2.3');
  const developer = object(manifest.developer);
  for (const key of ['websiteUrl', 'privacyUrl', 'termsOfUseUrl']) {
    const wrong = urlFault(developer[key]);
    if (wrong) note(`developer.${key}`, wrong);
  }
  const domains = Array.isArray(manifest.validDomains) ? manifest.validDomains : [];
  for (const [index, domain] of domains.entries()) {
    const wrong = domainFault(domain);
    if (wrong) note(`validDomains[${index}]`, wrong);
  }
  const site = parseUrl(developer.websiteUrl)?.hostname;
  if (site && !domains.includes(site)) note('validDomains', 'the host of developer.websiteUrl is not in it');
  const bots = array(manifest.bots);
  if (bots.length !== 1) note('bots', `${bots.length} bots, there must be one`);
  for (const bot of bots.slice(0, 1)) checkBot(bot, botId, note);
  return findings;
}
