import { RecentRevocations, RevocationCatchUp, type RevokedSession } from './index';

const session = (id: string): RevokedSession => ({ id, tokensExpireAt: new Date(Date.now() + 900_000) });
const isRevoked = (revocations: RecentRevocations, id: string): boolean =>
  revocations.isRevoked({ sessionId: id, subject: 'u1', issuedAt: 0 });

describe('what was ended while nobody listened', () => {
  it('is learnt by asking, again and again until there is an answer', async () => {
    const into = new RecentRevocations();
    let failures = 2;
    const catchUp = new RevocationCatchUp({ recent: () => (failures-- > 0 ? Promise.reject(new Error('away')) : Promise.resolve([session('s1')])) }, into, 5);
    expect(isRevoked(into, 's1')).toBe(false);
    await catchUp.run();
    expect([isRevoked(into, 's1'), isRevoked(into, 's2')]).toEqual([true, false]);
  });

  it('is asked for once more when more is missed while an answer is on its way', async () => {
    const into = new RecentRevocations();
    const answers: ((sessions: RevokedSession[]) => void)[] = [];
    const catchUp = new RevocationCatchUp({ recent: () => new Promise((resolve) => answers.push(resolve)) }, into);
    const runs = [catchUp.run(), catchUp.run()];
    answers[0]?.([]);
    await new Promise((resolve) => setImmediate(resolve));
    answers[1]?.([session('s1')]);
    await Promise.all(runs);
    expect([answers.length, isRevoked(into, 's1')]).toEqual([2, true]);
  });

  it('is not asked for any more once the process stops', async () => {
    let asked = 0;
    const catchUp = new RevocationCatchUp({ recent: () => Promise.reject(new Error(`away ${(asked += 1)}`)) }, new RecentRevocations(), 5);
    const run = catchUp.run();
    catchUp.stop();
    await run;
    const before = asked;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(asked).toBe(before);
  });
});
