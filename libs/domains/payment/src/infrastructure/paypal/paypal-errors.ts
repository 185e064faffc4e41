import { err, type Err } from '@autobroker/kernel';
import { z } from 'zod';
import { type ProviderRefusal, ProviderUnreachableError } from '../../application/provider';

/** What the SDK throws when PayPal has answered. Told by its form: the SDK is loaded late, and not for this. */
const answerSchema = z.object({ statusCode: z.int(), body: z.string().catch('') });
const problemSchema = z.object({ name: z.string().optional(), error: z.string().optional(), message: z.string().optional(), details: z.array(z.object({ issue: z.string().optional(), description: z.string().optional() })).optional() });

/** What PayPal refuses is an answer; what can't be known, or is no fault of the request, is thrown, to be asked again. */
export function refusalOf(error: unknown): Err<ProviderRefusal> {
  if (error instanceof ProviderUnreachableError) throw error;
  const answer = answerSchema.safeParse(error);
  if (!answer.success) throw error;
  const { statusCode, body } = answer.data;
  const problem = problemOf(body);
  const code = problem.details?.[0]?.issue ?? problem.name ?? problem.error ?? `http_${statusCode}`;
  const detail = problem.details?.[0]?.description ?? problem.message ?? code;
  if (statusCode === 401 || statusCode === 403 || statusCode === 429) throw new ProviderUnreachableError(`PayPal: ${detail}`, false, error);
  if (statusCode === 409 || statusCode >= 500 || code === 'PREVIOUS_REQUEST_IN_PROGRESS') throw new ProviderUnreachableError(`PayPal: ${detail}`, true, error);
  return err({ code, detail });
}

export const isMissing = (error: unknown): boolean => answerSchema.safeParse(error).data?.statusCode === 404;

function problemOf(body: string): z.output<typeof problemSchema> {
  try {
    const read = problemSchema.safeParse(JSON.parse(body));
    return read.success ? read.data : {};
  } catch {
    return {};
  }
}
