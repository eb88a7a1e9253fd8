import { generateKeyPairSync } from 'node:crypto';
import { inboxKey } from '../../../src/channels/activity/inbox-key';
import {
  isAllowedServiceUrl,
  isLoopback,
  publicConnectors,
} from '../../../src/channels/botframework/allowed-service-url';
import { refuse } from '../../../src/http';
import { authenticated, type Door, message, openDoor } from '../../support/bot-framework-door';
import { type FakeChannel, startFakeChannel } from '../../support/fake-channel';

const refusal = (code: Parameters<typeof refuse>[0]) => JSON.stringify(refuse(code).body);
let channel: FakeChannel;
let door: Door;

beforeAll(async () => {
  // botbuilder writes every refused token to the console.
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  channel = await startFakeChannel();
  door = await openDoor(authenticated(channel));
});
afterAll(async () => {
  await door.close();
  await channel.close();
  jest.restoreAllMocks();
});

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const body = (fields: object = {}) => message(channel.url, fields);

test('a token of the channel passes', async () => {
  await expect(door.post(body({ id: 'valid' }), bearer(channel.token()))).resolves.toEqual({ status: 200, text: '' });
  expect(door.turns.map((inbound) => inbound.activityId)).toContain(inboxKey('a key', 'valid'));
});

const tampered = () => {
  const [header, , signature] = channel.token().split('.');
  return `${header}.${Buffer.from(JSON.stringify({ iss: 'https://issuer.test', aud: 'x' })).toString('base64url')}.${signature}`;
};

const badCalls: [string, () => Record<string, string>, object?][] = [
  ['no header', () => ({})],
  ['an empty header', () => ({ authorization: '' })],
  ['garbage', () => ({ authorization: 'Bearer garbage' })],
  ['three parts of garbage', () => bearer('a.b.c')],
  ['no Bearer in front', () => ({ authorization: channel.token() })],
  ['another scheme', () => ({ authorization: `Basic ${channel.token()}` })],
  ['another audience', () => bearer(channel.token({ aud: 'someone-else' }))],
  [
    'another issuer',
    () => bearer(channel.token({ iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/' })),
  ],
  [
    'the Emulator’s issuer',
    () =>
      bearer(
        channel.token({
          iss: 'https://login.microsoftonline.com/x/v2.0',
          tid: 'x',
          ver: '2.0',
          azp: '11111111-2222-3333-4444-555555555555',
        }),
      ),
  ],
  ['a key nobody knows', () => bearer(channel.token({}, { keyId: 'unknown' }))],
  ['a forged signature', () => bearer(channel.token({}, { key: stranger }))],
  ['tampered claims', () => bearer(tampered())],
  ['HS256', () => bearer(channel.token({}, { key: 'secret', algorithm: 'HS256' }))],
  ['no algorithm', () => bearer(channel.token({}, { key: '', algorithm: 'none' }).replace(/\.$/, '.x'))],
  ['expired for ten minutes', () => bearer(channel.token({}, { expiresIn: -600 }))],
  ['no expiry', () => bearer(channel.token({ exp: undefined }))],
  [
    'another service address in the token',
    () => bearer(channel.token({ serviceurl: 'https://smba.trafficmanager.net/' })),
  ],
  ['no service address in the token', () => bearer(channel.token({ serviceurl: undefined }))],
  ['no service address in the activity', () => bearer(channel.token()), { serviceUrl: undefined }],
  [
    'a service address that is not on the list',
    () => bearer(channel.token({ serviceurl: 'https://evil.example/' })),
    { serviceUrl: 'https://evil.example/' },
  ],
  ['a channel that the key does not vouch for', () => bearer(channel.token({}, { keyId: 'unendorsed' }))],
  ['the channel id of another validation', () => bearer(channel.token()), { channelId: 'AseChannel' }],
];

test.each(badCalls.map(([title, headers, fields = {}]) => ({ title, headers, fields })))(
  '$title: 401, one word, nothing handed on',
  async ({ title, headers, fields }) => {
    const before = door.turns.length;
    await expect(door.post(body({ id: title, ...fields }), headers())).resolves.toEqual({
      status: 401,
      text: refusal('CHANNEL_REFUSED'),
    });
    expect(door.turns).toHaveLength(before);
  },
);

test('the keys are fetched once', () => {
  expect(channel.keyFetches()).toBe(1);
});

test('without keys nobody gets in, and the address is not asked for every call', async () => {
  const other = await startFakeChannel();
  const closed = await openDoor(authenticated(other));
  other.setMetadataStatus(503);
  const call = () => closed.post(message(other.url), bearer(other.token()));
  await expect(call()).resolves.toMatchObject({ status: 503 });
  other.setMetadataStatus(200);
  await expect(call()).resolves.toMatchObject({ status: 503 });
  expect(closed.turns).toEqual([]);
  await closed.close();
  await other.close();
});

describe('service addresses', () => {
  test.each([
    'https://smba.trafficmanager.net/fr/',
    'https://webchat.botframework.com/',
    'https://telegram.botframework.com',
  ])('%s is Microsoft’s', (url) => {
    expect(isAllowedServiceUrl(url, publicConnectors)).toBe(true);
  });

  test.each([
    'http://webchat.botframework.com/',
    'https://evil.trafficmanager.net/',
    'https://botframework.com.evil.example/',
    'https://evilbotframework.com/',
    'https://user:pass@webchat.botframework.com/',
    'https://webchat.botframework.com:8443/',
    'https://169.254.169.254/',
    'file:///etc/passwd',
    'nonsense',
    '',
  ])('%s is not', (url) => {
    expect(isAllowedServiceUrl(url, publicConnectors)).toBe(false);
  });

  test.each([
    ['http://localhost:3979', true],
    ['http://127.0.0.1:1', true],
    ['http://[::1]:9/', true],
    ['http://127.0.0.1.evil.example/', false],
    ['http://10.0.0.1/', false],
    ['https://localhost.evil.example', false],
  ])('%s on this machine: %s', (url, expected) => {
    expect(isLoopback(url)).toBe(expected);
  });
});
