import { FewAtOnce } from './few-at-once';

const work = () => {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  return { run: () => promise, resolve, reject };
};

it('so many run at once, and the next that ends tells of who was sent away', async () => {
  const few = new FewAtOnce(2);
  const [first, second, third] = [work(), work(), work()];
  const running = [few.run(first.run), few.run(second.run)];
  expect(await few.run(third.run)).toBeNull();
  second.resolve('b');
  expect(await running[1]).toEqual({ done: 'b', asked: true });
  first.resolve('a');
  expect(await running[0]).toEqual({ done: 'a', asked: false });
});

it('one that fails makes room', async () => {
  const few = new FewAtOnce(1);
  const [first, second] = [work(), work()];
  const running = few.run(first.run);
  first.reject(new Error('no'));
  await expect(running).rejects.toThrow('no');
  second.resolve('b');
  expect(await few.run(second.run)).toEqual({ done: 'b', asked: false });
});
