import { Argon2Passwords } from './argon2-passwords';

describe('passwords at rest', () => {
  const hasher = new Argon2Passwords();

  it('are argon2id with 19 MiB and two passes, another salt every time', async () => {
    const [one, other] = [await hasher.hash('a green van in the rain'), await hasher.hash('a green van in the rain')];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(other);
    expect(await hasher.check(one, 'a green van in the rain')).toEqual({ matches: true, outdated: false });
    expect((await hasher.check(one, 'a green van in the sun')).matches).toBe(false);
  });

  it('of a weaker kind open and are renewed', async () => {
    const weak = '$2b$04$NmG3WVoMPYkoSTqRkLzwTO6IqQjpkMaqCTnbyGg3CPvbKzWdPzVvS';
    expect((await hasher.check(weak, 'not it')).outdated).toBe(true);
  });

  it('an account that is not there takes as long as one that is', async () => {
    const hash = await hasher.hash('somebody');
    await hasher.check(null, 'warm up');
    const fastest = { known: Infinity, unknown: Infinity };
    for (let i = 0; i < 12; i += 1) {
      for (const [kind, stored] of [['known', hash], ['unknown', null]] as const) {
        const began = performance.now();
        await hasher.check(stored, 'a wrong password');
        fastest[kind] = Math.min(fastest[kind], performance.now() - began);
      }
    }
    expect(fastest.unknown / fastest.known).toBeGreaterThan(0.5);
    expect(fastest.unknown / fastest.known).toBeLessThan(2);
  });
});
