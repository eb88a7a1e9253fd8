import { type Guichet, openGuichet } from '../handoff/support';
import { failingStore } from '../support/failing-store';

/** What people read while the store is gone, on the wire. */
let guichet: Guichet;
const { store, fail } = failingStore();
beforeAll(async () => {
  guichet = await openGuichet({ store });
});
afterAll(() => guichet.stop());
afterEach(() => fail(false));

let serial = 0;
async function ask(text: string): Promise<{ status: number; said: string }> {
  serial += 1;
  const { status, body } = await guichet.call('POST', '/api/messages', {
    type: 'message',
    id: `m${serial}`,
    channelId: 'emulator',
    deliveryMode: 'expectReplies',
    locale: 'en-GB',
    from: { id: 'somebody' },
    recipient: { id: 'bot' },
    conversation: { id: 'here' },
    text,
  });
  return { status, said: JSON.stringify(body).replaceAll('\u00a0', ' ') };
}

test('questions are answered, everything else hears that nothing can be kept; both lines; and it ends by itself', async () => {
  expect((await ask('I am Brazilian')).said).toContain('What do you do in France');
  fail(true);
  const question = await ask('what is a RIB?');
  expect(question.status).toBe(200);
  expect(question.said).toContain('bank');
  expect(question.said).toContain('I cannot keep anything at the moment');
  for (const line of ['36 46', '09 74 75 36 46']) expect(question.said).toContain(line);
  const fact = await ask('I am an employee');
  expect(fact.status).toBe(200);
  expect(fact.said).toContain('write again later');
  expect(fact.said).not.toContain('residence');
  expect((await ask('I want to kill myself')).said).toContain('3114');
  const { status, body } = await guichet.call('GET', '/health/ready');
  expect([status, body.status, body.checks.store]).toEqual([200, 'degraded', false]);
  fail(false);
  expect((await ask('I am an employee')).said).toContain('residence');
  expect((await guichet.call('GET', '/health/ready')).body.status).toBe('ok');
});

test('a form of the plain page says so too, and keeps what was typed', async () => {
  const page = await (await fetch(`${guichet.origin}/plain?lang=en`)).text();
  const token = /name="token" value="([^"]+)"/.exec(page)?.[1] ?? '';
  fail(true);
  const answered = await fetch(`${guichet.origin}/plain`, {
    method: 'POST',
    headers: { origin: guichet.origin, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ token, seen: '0', text: 'what is a RIB?' }),
  });
  const text = await answered.text();
  expect(text).toContain('I cannot keep anything at the moment');
  expect(text).toContain('what is a RIB?');
});
