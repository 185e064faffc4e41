import { GatheredReads } from '../gathered-reads';

interface Car {
  readonly json: string;
}

interface Call {
  readonly ids: readonly string[];
  readonly tenantId: string | null;
}

/** A database with cars 'a1', 'a2', … that only answers what it is asked. */
function reads() {
  const calls: Call[] = [];
  const gathered = new GatheredReads<Car, string | null>((ids, tenantId) => {
    calls.push({ ids, tenantId });
    if (ids.includes('broken')) return Promise.reject(new Error('away'));
    return Promise.resolve(new Map(ids.filter((id) => id.startsWith('a')).map((id) => [id, { json: `${id} for ${tenantId}` }])));
  });
  return { calls, read: (id: string, tenantId: string | null = null) => gathered.read(id, tenantId) };
}

it('cars that are asked for at once are fetched at once, and each is given to who asked for it', async () => {
  const { calls, read } = reads();
  const answers = await Promise.all([read('a1'), read('a2'), read('gone'), read('A1')]);
  expect(answers.map((answer) => answer?.json)).toEqual(['a1 for null', 'a2 for null', undefined, 'a1 for null']);
  expect(answers[2]).toBeNull();
  expect(calls).toEqual([{ ids: ['a1', 'a2', 'gone'], tenantId: null }]);
});

it('what one tenant asks for is never fetched with another’s eyes', async () => {
  const { calls, read } = reads();
  const answers = await Promise.all([read('a1', 'x'), read('a1', 'y'), read('a1')]);
  expect(answers.map((answer) => answer?.json)).toEqual(['a1 for x', 'a1 for y', 'a1 for null']);
  expect(calls.map(({ tenantId }) => tenantId)).toEqual(['x', 'y', null]);
});

it('a car that is asked for later is read later', async () => {
  const { calls, read } = reads();
  await read('a1');
  await read('a1');
  expect(calls).toHaveLength(2);
});

it('very many are shared out over several statements, and a failure is only that of those that were in it', async () => {
  const { calls, read } = reads();
  const outcomes = await Promise.allSettled([...Array.from({ length: 20 }, (_, index) => read(`a${index}`)), read('broken')]);
  expect(calls.map(({ ids }) => ids.length)).toEqual([8, 8, 5]);
  expect(outcomes.map(({ status }) => status)).toEqual([...Array.from({ length: 16 }, () => 'fulfilled'), ...Array.from({ length: 5 }, () => 'rejected')]);
});
