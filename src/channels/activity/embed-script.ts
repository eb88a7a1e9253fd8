import type { Library } from '../../library/library';
import { listLanguages } from './languages';

/** The script for partners' pages (`public/embed.js`) with its words in every language on offer. Throws when one has none. */
export function embedScript(script: string, library: Pick<Library, 'languages' | 'locales'>): string {
  const words = listLanguages(library).map(({ code, direction }) => {
    const texts = library.locales[code]?.embed;
    if (!texts) throw new Error(`no words of the chat button for ${code}`);
    return `${JSON.stringify(code)}: ${JSON.stringify({ direction, ...texts })},`;
  });
  return script.replace('/* {{words}} */', () => words.join('\n    '));
}
