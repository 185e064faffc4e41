import { ManualClock } from '@autobroker/kernel';
import { JobTurns } from './job-turns';

const count = (turns: JobTurns, each: () => void): number => {
  let done = 0;
  for (; turns.next(); done += 1) each();
  return done;
};

it('a job takes so many turns, and fewer where they take long', () => {
  const clock = new ManualClock(new Date('2026-11-20T12:00:00Z'));
  expect(count(new JobTurns(clock, 60), () => undefined)).toBe(60);
  expect(count(new JobTurns(clock, 60), () => clock.advance(15_000))).toBe(3);
  expect(count(new JobTurns(clock, 60), () => clock.advance(600_000))).toBe(1);
});
