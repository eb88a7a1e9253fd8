import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { loadLibrary } from '../library/load-library';
import { projectRoot } from '../library/project-root';
import { brier, fitConfidence, heldOutSamples, type Sample } from '../nlu/fit-confidence';
import { topicTexts } from '../nlu/understand';
import { openWords } from '../nlu/words';

/**
 * Fits the weights of the confidence on held-out phrasings of all live languages and writes them to
 * `src/nlu/confidence-weights.json`. Takes some seconds a language. Returns the exit status.
 */
export function calibrate(stdout: Writable): number {
  const library = loadLibrary();
  const samples: Record<string, Sample[]> = {};
  for (const { code, live } of library.languages) {
    const lexicon = library.lexicons[code];
    if (live && lexicon) samples[code] = heldOutSamples(topicTexts(library, code), openWords(lexicon));
  }
  const all = Object.values(samples).flat();
  const weights = fitConfidence(all);
  const file = {
    note: 'Weights of the confidence of a ranking (src/nlu/confidence.ts), one set for all languages: logistic regression on phrasings that the index had not seen (src/nlu/fit-confidence.ts). Written by "npm run evaluate -- --calibrate"; run it again when the features, the ranking or many phrasings have changed.',
    fittedOn: new Date().toISOString().slice(0, 10),
    languages: Object.keys(samples),
    samples: all.length,
    weights,
  };
  // Lists on one line, as the formatter has them.
  const json = JSON.stringify(file, null, 2).replace(/\[[^\]]*\]/g, (list) =>
    list.replace(/\s+/g, ' ').replace(/\[ | \]/g, (end) => end.trim()),
  );
  writeFileSync(join(projectRoot, 'src/nlu/confidence-weights.json'), `${json}\n`);
  for (const [language, list] of Object.entries(samples)) {
    stdout.write(`${language}: ${list.length} held-out phrasings, Brier score ${brier(list, weights).toFixed(3)}\n`);
  }
  return 0;
}
