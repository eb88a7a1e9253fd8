import { loadRulebook } from '../../src/library/load-rulebook';
import { decide } from '../../src/domain/decide';
test('perf', () => {
  const { rulebook } = loadRulebook('content');
  const show = (p: any) => { const t = process.hrtime.bigint(); const d = decide(p, rulebook, '2026-11-22'); const us = Number(process.hrtime.bigint() - t) / 1000; return `${JSON.stringify(p)} -> ${d.outcome ? d.outcome.id + ' ' + d.outcome.adviserReasons + ' ' + (d.outcome.then ?? '') : 'ASK ' + d.asks + ' ' + ((d as any).contradiction ?? '')} ${us.toFixed(0)}us`; };
  const ps: any[] = [{}, { nationality: 'eu' }, { nationality: 'other' }, { nationality: 'uk' }, { nationality: 'french' },
    { activity: 'employee' }, { permit: 'none' }, { number: 'permanent' }, { livesIn: 'mayotte' }, { livesIn: 'notYet' }, { protection: 'temporaryProtection', children: true }, { protection: 'asylumSeeker' },
    { subject: 'child', age: 'under16' }, { nationality: 'eu', activity: 'none' }, { nationality: 'eu', activity: 'retired' }, { nationality: 'eu', activity: 'student' }, { nationality: 'uk', activity: 'retired', cover: 's1' }, { nationality: 'other', activity: 'retired', cover: 's1' },
    { nationality: 'other', activity: 'frontier' }, { nationality: 'other', activity: 'posted' }, { nationality: 'other', activity: 'none' }, { nationality: 'other', activity: 'none', permit: 'longStayVisa' }, { nationality: 'other', activity: 'none', permit: 'longStayVisa', visaValidated: true }, { nationality: 'other', activity: 'student' }, { nationality: 'other', activity: 'student', permit: 'residencePermit' }, { nationality: 'other', activity: 'intern' }, { nationality: 'other', activity: 'remoteForeignEmployer' },
    { country: ['US'], activity: 'none', joining: 'insuredWorker', relation: 'spouse', permit: 'longStayVisa', visaValidated: true, arrival: '2026-09-10' },
    { country: ['US'], activity: 'none', joining: 'insuredWorker', permit: 'longStayVisa', visaValidated: true },
    { nationality: 'french', activity: 'none', cover: 'none', joining: 'none', frenchBenefit: false, arrival: '2026-08' }, { nationality: 'french', activity: 'none', cover: 'none', joining: 'none', frenchBenefit: false, arrival: '2026-09' },
    { nationality: 'other', activity: 'employee', livesIn: 'notYet' }, { nationality: 'other', activity: 'student', livesIn: 'notYet', cover: 'none', over28: false }, { nationality: 'eu', activity: 'jobseeker', months: 8 }, { nationality: 'eu', activity: 'none', number: 'permanent' }, { activityStart: '2027-01-01', nationality: 'eu' }, { activityStart: '2027-01-01', nationality: 'other' },
    { protection: 'asylumSeeker', activity: 'none' }, { nationality: 'other', activity: 'none', permit: 'none' }, { nationality: 'other', activity: 'none', permit: 'shortStay' }, { country: ['DZ'], activity: 'none', permit: 'shortStay' },
    { nationality: 'other', activity: 'none', permit: 'talent', cover: 'none' }, { nationality: 'eu', protection: 'protected' }, { country: ['PL'], nationality: 'other' }, { arrival: '2027-01-01' }, { nationality: 'unknown', activity: 'unknown' }];
  console.log(ps.map(show).join('\n'));
});
