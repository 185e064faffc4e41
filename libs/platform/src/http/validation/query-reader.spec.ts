import { z } from 'zod';
import { queryReader } from './query-reader';
import { queryValidator } from './validator';

describe('reading a query string', () => {
  const schema = z.object({ make: z.array(z.string()).optional(), page: z.int().default(1) });
  const readerThat = (remember: boolean) => queryReader(queryValidator(schema, 'test query'), { remember });
  const valueOf = (checked: ReturnType<ReturnType<typeof readerThat>>): unknown => (checked.ok ? checked.value : checked.errors);

  it('gives the same object for the same text where it remembers, and what the schema says either way', () => {
    const hot = readerThat(true);
    const cold = readerThat(false);
    for (const text of ['', 'page=2', 'make=BMW&make=Audi']) {
      expect(valueOf(hot(text))).toEqual(valueOf(cold(text)));
      const again = valueOf(hot(text));
      expect(again).toEqual(valueOf(cold(text)));
      expect(valueOf(hot(text))).toBe(again);
    }
    expect(valueOf(hot('page=2'))).not.toBe(valueOf(hot('page=3')));
    expect(valueOf(cold('page=2'))).not.toBe(valueOf(cold('page=2')));
  });

  it('lets nobody change what is remembered', () => {
    const value = valueOf(readerThat(true)('make=BMW')) as { make: string[]; page: number };
    expect(() => value.make.push('Audi')).toThrow(TypeError);
    expect(() => (value.page = 7)).toThrow(TypeError);
  });

  it('says again what is wrong each time', () => {
    const hot = readerThat(true);
    expect(hot('page=x')).toMatchObject({ ok: false });
    expect(hot('page=x')).not.toBe(hot('page=x'));
    expect(() => hot('page=%zz')).toThrow();
  });
});
