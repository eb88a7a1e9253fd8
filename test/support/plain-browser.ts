/** A form of a page: what it sends whatever is pressed, its buttons, and where one can write. */
export type PageForm = {
  action: string;
  method: string;
  hidden: Record<string, string>;
  buttons: { name?: string; value: string; title: string }[];
  box?: string;
};

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const decode = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name] ?? '');

/** Elements that may stand in the page; anything else, an attribute that acts included, is a hole. */
const known =
  /^(html|head|meta|title|link|style|body|a|header|h[1-6]|p|main|section|div|form|input|button|textarea|label|details|summary|nav|ul|li|strong|bdi|br|img|footer)$/;

/** A page as a browser without JavaScript understands it. Throws for markup that we do not make. */
export class PlainPage {
  readonly forms: PageForm[] = [];
  readonly links: { href: string; title: string }[] = [];
  readonly headings: { level: number; text: string }[] = [];
  readonly text: string;
  /** Text of the present moment: the last thing said and what can be answered. */
  now = '';
  readonly attributes: Record<string, string> = {};

  constructor(
    readonly html: string,
    readonly status: number,
    readonly headers: Headers,
  ) {
    let text = '';
    let form: PageForm | undefined;
    let title = '';
    const stack: { name: string; attributes: Record<string, string>; from: number }[] = [];
    let last = 0;
    const body = html.replace(/<style[^>]*>[^<]*<\/style>/, '').replace(/^<!doctype html>/, '');
    for (const tag of body.matchAll(/<(\/?)([a-z0-9]+)((?:\s+[a-z-]+(?:="[^"<>]*")?)*)\s*>/g)) {
      const [whole, closing, name = '', rest = ''] = tag;
      const words = decode(body.slice(last, tag.index));
      if (/[<>]/.test(body.slice(last, tag.index))) throw new Error(`stray markup: ${body.slice(last, tag.index)}`);
      last = tag.index + whole.length;
      text += words;
      if (!known.test(name)) throw new Error(`an element we do not make: ${whole}`);
      const attributes = Object.fromEntries(
        [...rest.matchAll(/([a-z-]+)(?:="([^"]*)")?/g)].map(([, key = '', value = '']) => [key, decode(value)]),
      );
      if (Object.keys(attributes).some((key) => key.startsWith('on') || key === 'style'))
        throw new Error(`an attribute we do not make: ${whole}`);
      if (attributes.src !== undefined && !attributes.src.startsWith('data:image/svg+xml;base64,'))
        throw new Error(`a file from elsewhere: ${whole}`);
      if (closing) {
        const open = stack.pop();
        if (open?.name !== name) throw new Error(`${whole} closes <${open?.name}>`);
        const inner = text.slice(open.from);
        if (/^h\d$/.test(name)) this.headings.push({ level: Number(name[1]), text: inner });
        if (name === 'a') this.links.push({ href: open.attributes.href ?? '', title: inner });
        if (name === 'button')
          form?.buttons.push({ name: open.attributes.name, value: open.attributes.value ?? '', title: inner });
        if (name === 'title') title = inner;
        if (open.attributes.id === 'now') this.now = inner.replaceAll('\u00a0', ' ');
        if (name === 'form') form = undefined;
        if (/^(p|li|h\d|button|summary|title)$/.test(name)) text += '\n';
        continue;
      }
      if (name === 'html') Object.assign(this.attributes, attributes);
      if (name === 'form') {
        form = { action: attributes.action ?? '', method: attributes.method ?? 'get', hidden: {}, buttons: [] };
        this.forms.push(form);
      }
      if (name === 'input' && attributes.type === 'hidden' && form)
        form.hidden[attributes.name ?? ''] = attributes.value ?? '';
      if ((name === 'textarea' || (name === 'input' && attributes.type !== 'hidden')) && form)
        form.box = attributes.name;
      if (!/^(meta|link|input|br|img)$/.test(name)) stack.push({ name, attributes, from: text.length });
    }
    if (stack.length > 0) throw new Error(`left open: ${stack.map(({ name }) => name).join(' ')}`);
    this.text = text.slice(title.length).replaceAll('\u00a0', ' ');
  }

  /** Values of everything that can be pressed. */
  get values(): string[] {
    return this.forms.flatMap(({ buttons }) =>
      buttons.filter(({ name }) => name === 'choose').map(({ value }) => value),
    );
  }
}

/** A browser without JavaScript and without cookies: reads a page, presses its buttons, writes in its boxes. */
export class PlainBrowser {
  page!: PlainPage;
  /** Bytes of the largest page so far. */
  largest = 0;
  constructor(
    private readonly origin: string,
    private readonly language = 'en',
  ) {}

  private async load(path: string, init: RequestInit = {}): Promise<PlainPage> {
    const response = await fetch(this.origin + path, {
      ...init,
      headers: {
        'accept-language': this.language,
        ...(init.method === 'POST' ? { origin: this.origin } : {}),
        ...init.headers,
      },
    });
    const html = await response.text();
    this.largest = Math.max(this.largest, Buffer.byteLength(html));
    this.page = new PlainPage(html, response.status, response.headers);
    return this.page;
  }

  open(path = '/plain'): Promise<PlainPage> {
    return this.load(path);
  }

  /** Sends a form of a page (of this one, unless another is given) with more fields. */
  submit(form: PageForm, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<PlainPage> {
    return this.load(form.action, {
      method: 'POST',
      body: new URLSearchParams({ ...form.hidden, ...fields }),
      headers,
    });
  }

  /** Presses the button that has this value or title. */
  press(wanted: string | RegExp, page = this.page): Promise<PlainPage> {
    const fits = ({ value, title }: PageForm['buttons'][number]) =>
      typeof wanted === 'string' ? value === wanted || title === wanted : wanted.test(title);
    const form = page.forms.find(({ buttons }) => buttons.some(fits));
    const button = form?.buttons.find(fits);
    if (!form || !button) throw new Error(`no button ${wanted} among ${page.values.join(' ')}`);
    return this.submit(form, button.name === undefined ? {} : { [button.name]: button.value });
  }

  /** Writes in the box for messages, or in the one with this name. */
  write(text: string, box = 'text', page = this.page): Promise<PlainPage> {
    const form = page.forms.find((one) => one.box === box);
    if (!form) throw new Error(`nowhere to write ${box}`);
    return this.submit(form, { [box]: text });
  }
}
