import { loadLibrary } from '../../src/library/load-library';
import { brier, fitConfidence, heldOutSamples } from '../../src/nlu/fit-confidence';
import { topicTexts } from '../../src/nlu/understand';
import { openWords } from '../../src/nlu/words';

const library = loadLibrary();
const live = library.languages.filter((language) => language.live).map(({ code }) => code);

test.each(live)('the checked-in confidence fits phrasings that the index has not seen: %s', (language) => {
  const lexicon = library.lexicons[language];
  if (!lexicon) throw new Error(`no lexicon for ${language}`);
  const samples = heldOutSamples(topicTexts(library, language), openWords(lexicon), 1);
  expect(samples.length).toBeGreaterThan(300);
  // Guessing the share of right ones gives about 0.24; fitted weights gave 0.16 when they were written.
  expect(brier(samples)).toBeLessThan(0.2);
  // Were the weights fitted anew, here on their own test set, they would not do much better.
  expect(brier(samples)).toBeLessThan(brier(samples, fitConfidence(samples)) + 0.02);
});
