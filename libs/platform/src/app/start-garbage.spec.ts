import { collectStartGarbage } from './start-garbage';

describe('what starting leaves behind', () => {
  it('is collected', async () => {
    const left = new WeakRef({ settings: 'read once' });
    // A reference that was just looked at lives until the turn is over.
    await new Promise((resolve) => setImmediate(resolve));
    collectStartGarbage();
    expect(left.deref()).toBeUndefined();
  });
});
