import { ConfigError, readConfig } from '../../src/config';

test('without any variable: development on loopback, activities open for local tools', () => {
  expect(readConfig({})).toMatchObject({
    production: false,
    host: '127.0.0.1',
    port: 3978,
    bot: { mode: 'open-loopback' },
  });
});

test('production without an app id serves no activities', () => {
  const config = readConfig({ NODE_ENV: 'production', HOST: '0.0.0.0', PUBLIC_URL: 'https://guichet.example/' });
  expect(config).toMatchObject({ production: true, publicUrl: 'https://guichet.example', bot: { mode: 'off' } });
});

test.each([
  [{ HOST: '0.0.0.0' }, /HOST/],
  [{ NODE_ENV: 'production' }, /PUBLIC_URL/],
  [{ MicrosoftAppId: 'x' }, /all three/],
  [{ PORT: 'many', NODE_ENV: 'holiday' }, /PORT[\s\S]*|NODE_ENV/],
  [{ DIRECTLINE_SECRET: 'short' }, /DIRECTLINE_SECRET/],
])('a wrong environment fails at start with a list: %j', (env, message) => {
  expect(() => readConfig(env)).toThrow(ConfigError);
  expect(() => readConfig(env)).toThrow(message);
});
