import { loadRulebook } from '../../src/library/load-rulebook';
import { decide } from '../../src/domain/decide';
import { closedValues } from '../../src/domain/profile';
test('perf', () => {
  const { rulebook } = loadRulebook('content');
  let seed = 42; const rnd = () => { seed = (seed * 1664525 + 1013904223) >>> 0; return seed / 4294967296; };
  const pick = <T,>(a: readonly T[]): T => a[Math.floor(rnd() * a.length)]!;
  const gen = (density: number) => { const p: any = {};
    for (const [s, v] of Object.entries(closedValues)) if (rnd() < density) p[s] = pick(v);
    for (const s of ['ukWithdrawal','visaValidated','fiveYears','over28','children','frenchBenefit','volunteerReturn']) if (rnd() < density) p[s] = rnd() < 0.5;
    if (rnd() < density) p.months = Math.floor(rnd() * 10); if (rnd() < density) p.workCountry = pick(['CH','DE','US','GB']); if (rnd() < 0.2) p.country = [pick(['DZ','US','CN'])];
    return p; };
  for (const dens of [0.2, 0.5, 0.8, 1]) {
    const times: number[] = []; const outs: Record<string, number> = {};
    for (let i = 0; i < 4000; i++) { const p = gen(dens); const t = process.hrtime.bigint(); const d = decide(p, rulebook, '2026-11-22'); times.push(Number(process.hrtime.bigint() - t) / 1000); const k = d.outcome?.id ?? ((d as any).contradiction ? 'contra' : 'ask'); outs[k] = (outs[k] ?? 0) + 1; }
    times.sort((a, b) => a - b); console.log(dens, 'median', times[2000], 'p95', times[3800], 'max', times[3999], 'sum ms', times.reduce((a, b) => a + b, 0) / 1000, JSON.stringify(outs));
  }
});
