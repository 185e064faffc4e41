import { QueryFailedError } from 'typeorm';
import {
  constraintOf,
  DatabaseUnavailableError,
  isConflict,
  isUnavailable,
  isUniqueViolation,
  sqlStateOf,
} from '..';
import { mapped } from '../errors';

const failure = (code: string, more: object = {}): Error =>
  Object.assign(new Error('said the server'), { code, ...more });

describe('errors of the database', () => {
  it.each(['08006', '57P01', '57P02', '57P03', '53300', '25006', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE'])(
    '%s means: try again soon',
    (code) => {
      expect(isUnavailable(failure(code))).toBe(true);
      expect(mapped(failure(code))).toBeInstanceOf(DatabaseUnavailableError);
    },
  );

  it.each([
    'Connection terminated unexpectedly',
    'timeout exceeded when trying to connect',
    'Client has encountered a connection error and is not queryable',
  ])('so does the driver’s “%s”', (message) => expect(isUnavailable(new Error(message))).toBe(true));

  it('sees through what Node and TypeORM wrap around it', () => {
    expect(isUnavailable(new AggregateError([failure('ECONNREFUSED'), failure('EOTHER')]))).toBe(true);
    const wrapped = new QueryFailedError('insert', [], failure('23505', { constraint: 'users_email_key' }));
    expect(sqlStateOf(wrapped)).toBe('23505');
    expect(constraintOf(wrapped)).toBe('users_email_key');
    expect(isUniqueViolation(wrapped)).toBe(true);
    expect(isUniqueViolation(wrapped, 'users_email_key')).toBe(true);
    expect(isUniqueViolation(wrapped, 'another')).toBe(false);
    expect(isConflict(new QueryFailedError('update', [], failure('40P01')))).toBe(true);
  });

  it.each(['23505', '42P01', '22012', '40001', '57014'])('%s does not', (code) =>
    expect(isUnavailable(failure(code))).toBe(false),
  );

  it('leaves what it does not know as it is', () => {
    for (const error of [new Error('mine'), failure('23505'), 'text', null, undefined])
      expect(mapped(error)).toBe(error);
    expect(mapped(failure('57014'))).toMatchObject({ code: 'query_timeout' });
  });
});
