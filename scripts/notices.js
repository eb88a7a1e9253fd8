// Writes THIRD_PARTY_NOTICES.md: every package that runs in production, with its licence, and the vendored file.
const { execFileSync } = require('node:child_process');
const { existsSync, readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const paths = execFileSync('npm', ['ls', '--omit=dev', '--all', '--parseable'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 1e8,
})
  .split('\n')
  .filter((path) => path.includes('node_modules'));
const rows = new Map();
for (const path of paths) {
  const { name, version, license, licenses } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  const terms = license?.type ?? license ?? licenses?.map(({ type }) => type).join(', ') ?? 'see its folder';
  const file = existsSync(path) ? readdirSync(path).find((entry) => /^licen[cs]e/i.test(entry)) : undefined;
  rows.set(`${name}@${version}`, `| ${name} | ${version} | ${terms} | ${file ? 'in the package' : 'named only'} |`);
}
const lines = [...rows.keys()].sort().map((key) => rows.get(key));
const text = `# Third-party notices

Guichet is under the MIT licence (LICENSE). At run time it uses the packages below, each under its own licence; the full
texts come with the packages in \`node_modules\`. Written by \`node scripts/notices.js\`.

Vendored, unmodified: Web Chat (\`vendor/botframework-webchat\`), MIT, with the notices of what it bundles beside it.

Shipped fonts: Noto Sans, Noto Sans Arabic, Noto Sans SC (\`assets/fonts\`), SIL Open Font License 1.1, text in \`assets/fonts/OFL.txt\`.

| package | version | licence | licence text |
|---|---|---|---|
${lines.join('\n')}
`;
writeFileSync(join(root, 'THIRD_PARTY_NOTICES.md'), text);
