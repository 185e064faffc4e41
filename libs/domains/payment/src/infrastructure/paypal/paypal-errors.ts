import { err, type Err } from '@autobroker/kernel';
import { ApiError } from '@paypal/paypal-server-sdk';
import { z } from 'zod';
import { type ProviderRefusal, ProviderUnreachableError } from '../../application/provider';

const problemSchema = z.object({ name: z.string().optional(), error: z.string().optional(), message: z.string().optional(), details: z.array(z.object({ issue: z.string().optional(), description: z.string().optional() })).optional() });

/** What PayPal refuses is an answer; what can't be known, or is no fault of the request, is thrown, to be asked again. */
export function refusalOf(error: unknown): Err<ProviderRefusal> {
  if (error instanceof ProviderUnreachableError || !(error instanceof ApiError)) throw error;
  const { statusCode } = error;
  const problem = problemOf(error);
  const code = problem.details?.[0]?.issue ?? problem.name ?? problem.error ?? `http_${statusCode}`;
  const detail = problem.details?.[0]?.description ?? problem.message ?? code;
  if (statusCode === 401 || statusCode === 403 || statusCode === 429) throw new ProviderUnreachableError(`PayPal: ${detail}`, false, error);
  if (statusCode === 409 || statusCode >= 500 || code === 'PREVIOUS_REQUEST_IN_PROGRESS') throw new ProviderUnreachableError(`PayPal: ${detail}`, true, error);
  return err({ code, detail });
}

export const isMissing = (error: unknown): boolean => error instanceof ApiError && error.statusCode === 404;

function problemOf({ body }: ApiError): z.output<typeof problemSchema> {
  try {
    const read = problemSchema.safeParse(typeof body === 'string' ? JSON.parse(body) : {});
    return read.success ? read.data : {};
  } catch {
    return {};
  }
}
