import { isIssue, statusOf, wordsOf, type Issue } from './issues';
import { statusOfOther } from './others';

export interface Detail {
  readonly issue: string;
  readonly description: string;
  readonly field?: string;
  readonly value?: string;
  readonly location?: 'body' | 'path' | 'query' | 'header';
}

export interface Link {
  readonly href: string;
  readonly rel: string;
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
}

const names: Readonly<Record<number, readonly [name: string, message: string]>> = {
  400: ['INVALID_REQUEST', 'Request is not well-formed, syntactically incorrect, or violates schema.'],
  401: ['AUTHENTICATION_FAILURE', 'Authentication failed due to missing authorization header, or invalid authentication credentials.'],
  403: ['NOT_AUTHORIZED', 'Authorization failed due to insufficient permissions.'],
  404: ['RESOURCE_NOT_FOUND', 'The specified resource does not exist.'],
  405: ['METHOD_NOT_SUPPORTED', 'The server does not implement the requested HTTP method.'],
  409: ['RESOURCE_CONFLICT', 'The server has detected a conflict while processing this request.'],
  415: ['UNSUPPORTED_MEDIA_TYPE', 'The server does not support the request payload media type.'],
  422: ['UNPROCESSABLE_ENTITY', 'The requested action could not be performed, semantically incorrect, or failed business validation.'],
  429: ['RATE_LIMIT_REACHED', 'Too many requests. Blocked due to rate limiting.'],
  500: ['INTERNAL_SERVER_ERROR', 'An internal server error occurred.'],
  503: ['SERVICE_UNAVAILABLE', 'Service Unavailable.'],
};

/** A refusal, in PayPal's form. */
export class PaypalError extends Error {
  readonly label: string;

  constructor(
    readonly status: number,
    readonly details: readonly Detail[] = [],
    readonly links: readonly Link[] = [],
    label?: string,
    message?: string,
  ) {
    const [name, words] = names[status] ?? (status >= 500 ? names[500] : names[400]) ?? ['ERROR', 'ERROR'];
    super(message ?? words);
    this.label = label ?? name;
  }

  body(debugId: string): Readonly<Record<string, unknown>> {
    const about = { href: `https://developer.paypal.com/docs/api/orders/v2/#error-${this.details[0]?.issue ?? this.label}`, rel: 'information_link', method: 'GET' };
    return { name: this.label, ...(this.details.length === 0 ? {} : { details: this.details }), message: this.message, debug_id: debugId, links: [about, ...this.links] };
  }
}

export const detail = (issue: Issue, more: Omit<Detail, 'issue' | 'description'> = {}): Detail => ({ ...more, issue, description: wordsOf(issue) });

/** One issue, with the status that goes with it. */
export const refused = (issue: Issue, more: Omit<Detail, 'issue' | 'description'> = {}, links: readonly Link[] = []): PaypalError => new PaypalError(statusOf(issue), [detail(issue, more)], links);

export const notFound = (field: string, value: string): PaypalError => new PaypalError(404, [{ location: 'path', issue: 'INVALID_RESOURCE_ID', field, value, description: wordsOf('INVALID_RESOURCE_ID') }]);

/** What `PayPal-Mock-Response` asks for: a named issue, or the name of an error. */
export function mocked(code: string): PaypalError {
  if (isIssue(code)) return refused(code);
  const other = statusOfOther(code);
  if (other !== null) return new PaypalError(other, [{ issue: code, description: `${code.charAt(0)}${code.slice(1).toLowerCase().replaceAll('_', ' ')}.` }]);
  const status = Object.entries(names).find(([, [name]]) => name === code)?.[0];
  if (status !== undefined) return new PaypalError(Number(status));
  return new PaypalError(400, [{ issue: 'INVALID_MOCK_RESPONSE', field: 'PayPal-Mock-Response', location: 'header', value: code, description: 'There is no such mock_application_codes.' }]);
}
