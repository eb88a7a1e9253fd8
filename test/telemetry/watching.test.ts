import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readConfig } from '../../src/config';
import { errorCatalogue } from '../../src/errors';
import { serve } from '../../src/main';
import { createMemoryStore } from '../../src/storage/memory';
import { keepingLogger } from '../support/edges';

const ops = join(__dirname, '../../ops');
const alerts = readFileSync(join(ops, 'alerts.yaml'), 'utf8');
const dashboard = readFileSync(join(ops, 'dashboard.json'), 'utf8');
const handbook = readFileSync(join(__dirname, '../../docs/operations.md'), 'utf8');

test('every figure that the dashboard shows and the alerts watch exists', async () => {
  const running = await serve(readConfig({ PORT: '0' }), { store: createMemoryStore(), logger: keepingLogger() });
  const text = await (await fetch(`http://127.0.0.1:${running.address.port}/metrics`)).text();
  await running.stop();
  const known = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name));
  const named = [...`${alerts}${dashboard}`.matchAll(/\b(?:guichet|process|nodejs)_[a-z0-9_]+/g)].map(([name]) => name);
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter((name) => !known.has(name.replace(/_bucket$/, '')))).toEqual([]);
});

test('codes that alerts watch are in the catalogue, and each alert is described', () => {
  const codes = Object.keys(errorCatalogue);
  const patterns = [...alerts.matchAll(/code=~"([^"]+)"/g)].flatMap(([, pattern]) => (pattern as string).split('|'));
  for (const pattern of patterns) expect(codes.filter((code) => new RegExp(`^${pattern}$`).test(code))).not.toEqual([]);
  const { groups } = parse(alerts) as { groups: { rules: { alert: string }[] }[] };
  const names = groups.flatMap(({ rules }) => rules.map(({ alert }) => alert));
  expect(names.length).toBeGreaterThan(5);
  for (const name of names) expect(handbook).toContain(`\`${name}\``);
});

test('the containers have one layout: every file that they name is there', () => {
  const compose = readFileSync(join(ops, 'compose.yaml'), 'utf8');
  expect(compose).toContain('dockerfile: ops/Dockerfile');
  expect(compose).toContain('./nginx.conf:');
  const image = readFileSync(join(ops, 'Dockerfile'), 'utf8');
  for (const script of image.matchAll(/scripts\/\w+\.js/g))
    expect(readFileSync(join(ops, '..', script[0]), 'utf8')).not.toBe('');
});

test('the proxy keeps the figures inside, and hands on who calls', () => {
  const proxy = readFileSync(join(ops, 'nginx.conf'), 'utf8');
  expect(proxy).toMatch(/location \/metrics \{ return 404; \}/);
  // Not `$remote_addr`: behind one more proxy everybody would be one caller.
  expect(proxy).toContain('proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;');
  const { services } = parse(readFileSync(join(ops, 'compose.yaml'), 'utf8'), { merge: true }) as {
    services: Record<string, { ports?: string[] }>;
  };
  const published = Object.entries(services).flatMap(([name, { ports }]) => (ports ? [name] : []));
  expect(published).toEqual(['proxy']);
});
