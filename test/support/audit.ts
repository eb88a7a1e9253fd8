import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

type Axe = { run(): Promise<{ violations: { id: string; help: string; nodes: { html: string }[] }[] }> };

const source = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong with a page as it is shown now: one line a violation, with the first place. */
export async function audit(page: Page): Promise<string[]> {
  // Through the debugger, which the page's content policy does not bind.
  await page.evaluate(source);
  return page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run();
    return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' | ')}`);
  });
}

/**
 * What is cut off or cannot be reached at the present size: a page that scrolls sideways, and buttons, links and fields that stick out
 * of the window or whose words do not fit into them.
 */
export const lost = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const wide = document.documentElement.scrollWidth - window.innerWidth;
    if (wide > 0) found.push(`the page is ${wide} px too wide`);
    for (const element of document.querySelectorAll<HTMLElement>('button, a, summary, select, input, textarea')) {
      const { left, right, width, height } = element.getBoundingClientRect();
      const hidden = width <= 1 || height <= 1 || !element.checkVisibility() || element.closest('[aria-hidden=true]');
      if (hidden || element.classList.contains('skip')) continue;
      const name = element.innerText || element.id || element.className;
      if (left < -1 || right > window.innerWidth + 1) found.push(`sticks out: ${name}`);
      const cut = element.scrollWidth > element.clientWidth + 2 && getComputedStyle(element).overflowX !== 'visible';
      if (cut && !/^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName)) found.push(`is cut: ${name}`);
    }
    return found;
  });
