import { CodedError } from '../../src/errors';
import { createLogger } from '../../src/telemetry/logger';
import { maskShapes } from '../../src/telemetry/redact';

function lines(level: 'info' | 'error' = 'info') {
  const written: Record<string, unknown>[] = [];
  const logger = createLogger({ level, destination: { write: (line) => void written.push(JSON.parse(line)) } });
  return { logger, written };
}

test('a line is one JSON object with time, level, message and fields', () => {
  const { logger, written } = lines();
  logger.info({ status: 'asked', milliseconds: 3, at: new Date(0) }, 'turn');
  expect(written).toEqual([
    {
      level: 'info',
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      status: 'asked',
      milliseconds: 3,
      at: '1970-01-01T00:00:00.000Z',
      msg: 'turn',
    },
  ]);
});

test('below the level nothing is written', () => {
  const { logger, written } = lines('error');
  logger.info({}, 'quiet');
  logger.warn({}, 'quiet');
  logger.error({}, 'loud');
  expect(written).toHaveLength(1);
});

test('free text, people and addresses never reach the log, however deep they stand', () => {
  const { logger, written } = lines();
  logger.info(
    {
      text: 'marker',
      Value: 'marker',
      address: 'marker',
      headers: { a: 'marker' },
      from: { id: 'marker' },
      inbound: { text: 'marker', channel: 'directline', deep: { deeper: { deepest: { bottom: { x: 'marker' } } } } },
      list: [{ token: 'marker' }],
      run: () => 'marker',
    },
    'turn',
  );
  expect(JSON.stringify(written)).not.toContain('marker');
  expect(written[0]).toMatchObject({ inbound: { channel: 'directline' } });
});

test('an error keeps its code and its place, and loses numbers that identify a person', () => {
  const { logger, written } = lines();
  const cause = new Error('cannot store 1 85 05 78 006 048 22');
  logger.error({ error: new CodedError('STORE_OPEN', 'ana@example.org', { cause }) }, 'failed for ana@example.org');
  const line = JSON.stringify(written);
  expect(line).not.toMatch(/85 05 78|example\.org/);
  expect(written[0]).toMatchObject({
    error: { code: 'STORE_OPEN', stack: expect.any(Array), cause: { name: 'Error' } },
  });
});

test.each([
  ['1850578006048', '[nir]'],
  ['1 85 05 78 006 048 22', '[nir]'],
  ['2 85 05 2A 006 048 22', '[nir]'],
  ['7 85 05 99 006 048', '[nir]'],
  ['FR76 3000 6000 0112 3456 7890 189', '[iban]'],
  ['DE89370400440532013000', '[iban]'],
  ['ana.maria+x@exámple.co.uk', '[e-mail]'],
  ['+33 6 12 34 56 78', '[phone]'],
  ['0033612345678', '[phone]'],
  ['06.12.34.56.78', '[phone]'],
  ['06\u00A012\u00A034\u00A056\u00A078', '[phone]'],
  ['123456789', '[number]'],
])('%s is masked', (number, label) => {
  expect(maskShapes(`x ${number} y`)).toBe(`x ${label} y`);
});

test.each(['2026-02-10T09:00:00.000Z', 'port 3978', '36 46', 'S1106', 'took 12345 ms', 'c1|0000002'])(
  '%s stays',
  (text) => {
    expect(maskShapes(text)).toBe(text);
  },
);
