import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ErrorObject, ValidateFunction } from 'ajv';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import type { Finding } from './finding';
import { manifestVersion } from './manifest';

/** Folder of the schemas, one subfolder a version (`v1.30`). */
export const schemaFolder = join(
  dirname(require.resolve('@microsoft/app-manifest/package.json')),
  'build/json-schemas/teams',
);

function compile(name: string): ValidateFunction {
  const file = join(schemaFolder, `v${manifestVersion}`, name);
  const { id: _, ...schema } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  // The schemas hold patterns that are none in the newer syntax of regular expressions.
  const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
  addFormats(ajv as never);
  return ajv.compile(schema);
}

const compiled = new Map<string, ValidateFunction>();

/** `/bots/0/botId` as `bots[0].botId`. */
const dotted = (pointer: string): string =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^\./, '');

function reasonOf({ keyword, params, message = 'does not fit the schema' }: ErrorObject): string {
  if (keyword === 'additionalProperties') return `unknown property "${String(params.additionalProperty)}"`;
  if (keyword === 'required') return `missing "${String(params.missingProperty)}"`;
  if (keyword === 'const') return `must be ${JSON.stringify(params.allowedValue)}`;
  if (keyword === 'enum') return `must be one of ${(params.allowedValues as unknown[]).join(', ')}`;
  return message;
}

/** What a schema that Microsoft ships has against a value. */
export function schemaFindings(file: string, kind: 'manifest' | 'strings', value: unknown): Finding[] {
  const name = kind === 'manifest' ? 'MicrosoftTeams.schema.json' : 'MicrosoftTeams.Localization.schema.json';
  const validate = compiled.get(name) ?? compile(name);
  compiled.set(name, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).map((error) => ({ file, path: dotted(error.instancePath), reason: reasonOf(error) }));
}
