import { AuthRefusal } from '../../auth';
import { DatabaseUnavailableError, QueryTimeoutError, RowMissingError, StaleVersionError } from '../../database';
import { JobStoreAwayError } from '../../jobs';
import { ObjectStoreAwayError } from '../../storage';
import { orThrow, ProblemError } from './problem-error';
import { registerErrorMapper, toProblem } from './mapping';

const pg = (code: string, more: object = {}): Error => Object.assign(new Error('pg'), { code, ...more });

describe('what an error means on the wire', () => {
  it.each<[string, unknown, string]>([
    ['a stale version', new StaleVersionError('Vehicle', 'x', 1, 2), 'precondition_failed'],
    ['a missing row', new RowMissingError('Vehicle', 'x'), 'not_found'],
    ['a database behind its circuit', new DatabaseUnavailableError('away'), 'unavailable'],
    ['a queue that takes no job', new JobStoreAwayError('away'), 'unavailable'],
    ['files that are out of reach', new ObjectStoreAwayError({ cause: 'timeout' }), 'unavailable'],
    ['a cancelled statement', new QueryTimeoutError(), 'unavailable'],
    ['a refused connection', pg('ECONNREFUSED', { syscall: 'connect' }), 'unavailable'],
    ['a restarting server', pg('57P01'), 'unavailable'],
    ['a deadlock that retries did not solve', pg('40P01'), 'unavailable'],
    ['a lost connection', new Error('Connection terminated unexpectedly'), 'unavailable'],
    ['a constraint nobody thought of', pg('23505'), 'internal_error'],
    ['a refused caller', new AuthRefusal('permission_denied', 'no'), 'permission_denied'],
    ['a text that was thrown', 'oops', 'internal_error'],
    ['nothing at all', undefined, 'internal_error'],
  ])('%s', (_, error, code) => {
    expect(toProblem(error).code).toBe(code);
  });

  it('asks to come again when the fault will pass', () => {
    expect(toProblem(pg('53300')).headers).toEqual({ 'retry-after': '2' });
  });

  it('can be taught by others, for as long as they want', () => {
    class Odd extends Error {}
    const forget = registerErrorMapper((error) => (error instanceof Odd ? new ProblemError('conflict') : null));
    expect(toProblem(new Odd()).code).toBe('conflict');
    forget();
    expect(toProblem(new Odd()).code).toBe('internal_error');
  });

  it('makes a problem of a refusal, with its places', () => {
    const errors = [{ pointer: '/vin', code: 'check_digit', detail: 'wrong' }];
    expect(() => orThrow({ ok: false, error: { code: 'validation_failed', detail: 'no', errors } })).toThrow(
      expect.objectContaining({ code: 'validation_failed', status: 400, errors }),
    );
    expect(orThrow({ ok: true, value: 1 })).toBe(1);
  });
});
