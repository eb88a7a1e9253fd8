import { readFileSync } from 'node:fs';
import { loadRulebook } from '../../src/library/load-rulebook';
import { decide } from '../../src/domain/decide';
test('smoke', () => {
  const { rulebook } = loadRulebook('content');
  const bad: string[] = [];
  for (const r of rulebook.rules) for (const e of r.examples) {
    const d = decide(e.profile as any, rulebook, e.today ?? '2026-11-22');
    const got = d.outcome?.id ?? null;
    if (r.id !== 'adviser-three-unknowns' && got !== null && d.outcome!.rules[0] !== r.id && e === r.examples[0]) bad.push(`${r.id} first example by ${d.outcome!.rules[0]}`);
    if (got !== e.outcome || (e.asks && d.asks !== e.asks)) bad.push(`${r.id} ${JSON.stringify(e)} got ${got} asks ${d.asks} ${(d as any).contradiction ?? ''}`);
  }
  for (const line of readFileSync('/work/shared/evaluation/personas.jsonl', 'utf8').trim().split('\n')) {
    const p = JSON.parse(line);
    const d = decide(p.profile, rulebook, p.today);
    bad.push(`${p.id} ${JSON.stringify(p.expect)}\n   => ${d.outcome?.id} ask=${d.asks} wait=${JSON.stringify(d.outcome?.wait)} adv=${d.outcome?.adviserReasons} to=${d.outcome?.sendTo} docs=${d.outcome?.documents.map((x) => x.id + (x.level === 'useful' ? '?' : ''))}`);
  }
  console.log(bad.join('\n'));
});
