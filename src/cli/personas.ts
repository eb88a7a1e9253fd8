import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { IsoDate, Profile } from '../domain/profile';
import type { Sample } from '../domain/sample-profiles';

const Persona = z.object({ id: z.string(), today: IsoDate, profile: Profile });

/** The personas of the tests; none where the tests are not there. */
export function personas(root: string): Sample[] {
  const file = join(root, 'test', 'fixtures', 'personas.jsonl');
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => Persona.parse(JSON.parse(line)));
}
