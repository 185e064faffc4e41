import { type Refusal, type Result, ok, refuse } from '@autobroker/kernel';
import { CronExpressionParser } from 'cron-parser';

/** Five fields, in UTC: no summer time takes an hour away or gives one twice. */
export function checkCron(cron: string): Result<string, Refusal<'validation_failed'>> {
  const text = cron.trim().replaceAll(/\s+/gu, ' ');
  const wrong = refuse('validation_failed', 'The schedule is not a cron expression of five fields', {
    errors: [{ pointer: '/cron', code: 'invalid_format', detail: 'Five fields: minute, hour, day of month, month, day of week; UTC.' }],
  });
  if (text.split(' ').length !== 5) return wrong;
  try {
    CronExpressionParser.parse(text, { tz: 'UTC', currentDate: new Date(0) }).next();
    return ok(text);
  } catch {
    return wrong;
  }
}

/** The first moment after `after` that the expression names. */
export const nextRun = (cron: string, after: Date): Date => CronExpressionParser.parse(cron, { tz: 'UTC', currentDate: after }).next().toDate();
