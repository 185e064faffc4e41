import { err, ok, refusal, refuse, Result, UnwrapError } from './index';

describe('Result', () => {
  const half = (n: number): Result<number, 'odd'> => (n % 2 === 0 ? ok(n / 2) : err('odd'));

  it('goes on with a value and stops at the first refusal', () => {
    expect(Result.andThen(half(8), half)).toEqual(ok(2));
    expect(Result.andThen(half(6), half)).toEqual(err('odd'));
    expect(Result.andThen(half(3), () => { throw new Error('must not run'); })).toEqual(err('odd'));
  });

  it('changes the value or the refusal and leaves the other one alone', () => {
    expect(Result.map(half(4), (n) => n + 1)).toEqual(ok(3));
    expect(Result.map(half(5), (n) => n + 1)).toEqual(err('odd'));
    expect(Result.mapError(half(5), (code) => `${code}!`)).toEqual(err('odd!'));
    expect(Result.mapError(half(4), (code) => `${code}!`)).toEqual(ok(2));
  });

  it('gathers all values, or the first refusal', () => {
    expect(Result.all([half(2), half(4)])).toEqual(ok([1, 2]));
    expect(Result.all([half(2), err('first'), err('second')])).toEqual(err('first'));
    const typed: Result<[number, string], never> = Result.all([ok(1), ok('a')]);
    expect(typed).toEqual(ok([1, 'a']));
  });

  it('keeps what went well when some of a batch is refused', () => {
    expect(Result.partition([half(2), half(3), half(8), half(5)])).toEqual({ values: [1, 4], errors: ['odd', 'odd'] });
  });

  it('throws only where a refusal would be a bug, with the refusal as cause', () => {
    expect(Result.unwrap(half(2))).toBe(1);
    expect(Result.unwrapOr(half(3), 7)).toBe(7);
    expect(Result.unwrapOr(half(2), 7)).toBe(1);
    const refused = refuse('taken', 'Somebody else has it');
    expect(() => Result.unwrap(refused)).toThrow(UnwrapError);
    try {
      Result.unwrap(refused);
    } catch (thrown) {
      expect(thrown).toMatchObject({ cause: refused.error, message: expect.stringContaining('taken') });
    }
  });
});

describe('Refusal', () => {
  it('carries only what was said', () => {
    expect(Object.keys(refusal('taken', 'Somebody else has it'))).toEqual(['code', 'detail']);
    const errors = [{ pointer: '/vin', code: 'vin_length', detail: 'too short' }];
    expect(refuse('invalid', 'No', { errors, extra: { at: 3 } })).toEqual(err({ code: 'invalid', detail: 'No', errors, extra: { at: 3 } }));
  });
});
