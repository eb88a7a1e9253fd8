import { escapeHtml } from '../activity/page';

/** The HTML around a page of the checklist, `{{nonce}}` still in it. `key`: under which the browser keeps the ticks. */
export const frame = (page: {
  language: string;
  direction: string;
  title: string;
  key: string;
  body: string;
}): string => `<!doctype html>
<html lang="${page.language}" dir="${page.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light">
<title>${escapeHtml(page.title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/checklist.css">
<script nonce="{{nonce}}" src="/checklist.js" type="module"></script>
</head>
<body data-key="${page.key}">
${page.body}
</body>
</html>
`;

/** A page that says one thing, and where to go. */
export function drawNotice(
  { language, direction }: { language: string; direction: string },
  { title, text, link, to }: { title: string; text: string; link: string; to: string },
): string {
  const way = `<p><a class="button" href="${escapeHtml(to)}">${escapeHtml(link)}</a></p>`;
  const body = `<main><h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>${way}</main>`;
  return frame({ language, direction, title, key: '', body });
}
