import { listLanguages } from '../../../src/channels/activity/languages';
import { chatPage, renderPage } from '../../../src/channels/activity/page';

describe('the page', () => {
  test('puts texts in, escaped, and leaves the nonce to the server', () => {
    expect(renderPage('<p title="{{a}}">{{a}}</p><script nonce="{{nonce}}">', { a: '<"&\'>' })).toBe(
      '<p title="&lt;&quot;&amp;&#39;&gt;">&lt;&quot;&amp;&#39;&gt;</p><script nonce="{{nonce}}">',
    );
  });

  test.each(['{{missing}}', '{{constructor}}'])('%s stops the start', (html) => {
    expect(() => renderPage(html, {})).toThrow('does not exist');
  });

  test('carries every language as data that cannot end its attribute', () => {
    const html = chatPage(
      '<html lang="fr" dir="ltr"><meta content="{{languages}}">{{title}}<noscript>{{noscriptHtml}}</noscript>',
      [
        { code: 'fr', name: 'Français', direction: 'ltr' },
        { code: 'ar', name: 'العربية', direction: 'rtl' },
      ],
      { fr: { page: { title: 'T', noscript: 'sans' } }, ar: { page: { title: '"><script>', noscript: 'بدون' } } },
      'ar',
    );
    expect(html).toContain('<html lang="ar" dir="rtl">');
    expect(html).toContain('<p lang="fr" dir="ltr">sans</p>');
    expect(html).not.toContain('<script>');
    const data = /content="([^"]*)"/.exec(html)?.[1]?.replaceAll('&quot;', '"') ?? '';
    expect(JSON.parse(data.replaceAll('&gt;', '>').replaceAll('&lt;', '<'))).toMatchObject([
      { code: 'fr', texts: { title: 'T' } },
      { code: 'ar', name: 'العربية', direction: 'rtl', texts: { title: '"><script>' } },
    ]);
  });

  test('what does not hold is left empty, in the page and for the language menu', () => {
    const make = (silent?: string[]) =>
      chatPage(
        '<p>{{title}}</p><meta content="{{languages}}">',
        [{ code: 'fr', name: 'Français', direction: 'ltr' }],
        { fr: { page: { title: 'pas relu', noscript: '' } } },
        'fr',
        silent,
      );
    expect(make().split('pas relu')).toHaveLength(3);
    expect(make(['title'])).toMatch(/<p><\/p>/);
    expect(make(['title'])).not.toContain('pas relu');
  });

  test('a language without page texts stops the start', () => {
    expect(() => chatPage('', [{ code: 'fr', name: 'Français', direction: 'ltr' }], { fr: {} }, 'fr')).toThrow('fr');
  });
});

test('only live languages are offered, in the order of the menu', () => {
  const languages = [
    { code: 'fr', name: 'Français', direction: 'ltr' as const, live: true },
    { code: 'es', name: 'Español', direction: 'ltr' as const, live: false },
    { code: 'ar', name: 'العربية', direction: 'rtl' as const, live: true },
  ];
  expect(listLanguages({ languages })).toEqual([
    { code: 'fr', name: 'Français', direction: 'ltr' },
    { code: 'ar', name: 'العربية', direction: 'rtl' },
  ]);
});
