import { createHook } from 'node:async_hooks';
import { keepTickShape } from './tick-shape';

describe('the shape of what is to be done next', () => {
  it('is kept by two objects, outside and inside of a request, and not by more when asked again', () => {
    expect(keepTickShape()).toBe(2);
    expect(keepTickShape()).toBe(2);
  });

  it('leaves no hook behind: later ticks are nobody else’s business', async () => {
    keepTickShape();
    const seen: string[] = [];
    const own = createHook({ init: (_id, type) => void seen.push(type) }).enable();
    await new Promise<void>((done) => process.nextTick(done));
    own.disable();
    expect(seen).toContain('TickObject');
    expect(keepTickShape()).toBe(2);
  });
});
