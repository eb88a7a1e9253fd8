// Everything that is kept of the conversation, as a file.
import { session } from './chat-tokens.js';

const button = document.getElementById('my-data');

/** `failed` is called when the file could not be fetched. */
export function offerMyData(failed) {
  button.addEventListener('click', async () => {
    try {
      const response = await fetch('/api/directline/data', {
        headers: { authorization: `Bearer ${session.read().token}` },
      });
      if (!response.ok) throw new Error(`status ${response.status}`);
      const link = document.createElement('a');
      link.href = URL.createObjectURL(await response.blob());
      link.download = 'guichet.json';
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    } catch {
      failed();
    }
  });
}
