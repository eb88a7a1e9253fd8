/** What an address answered; `json` is empty when nothing or no JSON came. */
export type Called = {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field
  json: any;
};

/** Calls an address, with a body as JSON if there is one, and reads the whole answer. A redirect is an answer too. */
export async function callJson(
  url: string,
  method = 'GET',
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Called> {
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson && text !== '' ? JSON.parse(text) : {},
  };
}

/** The header of a bearer, if there is one. */
export const bearing = (token: string | undefined): Record<string, string> =>
  token === undefined ? {} : { authorization: `Bearer ${token}` };

/** The first cookie that an answer sets, as a client sends it back. */
export const firstCookie = ({ headers }: Called): string => headers.get('set-cookie')?.split(';')[0] ?? '';
