import { Framed, type Wire } from '../reply/wire';
import type { RouteDefinition } from '../route/define-route';
import { fieldErrors } from '../validation/issues';

/** Looks at an answer before it leaves; throws when it is not what the route promises. */
export type ResponseCheck = (route: RouteDefinition, wire: Wire) => void;

/** For tests: an answer that its own OpenAPI schema would refuse is a defect of ours. */
export const checkAgainstSchema: ResponseCheck = (route, wire) => {
  const { response } = route;
  const { body } = wire;
  const text = body instanceof Framed ? body.toBuffer().toString() : body;
  if (!('data' in response) || typeof text !== 'string' || wire.status >= 300) return;
  const envelope = JSON.parse(text) as { readonly data: unknown };
  const parsed = response.data.safeParse(envelope.data);
  if (parsed.success) return;
  const faults = fieldErrors(parsed.error.issues, '/data', 'undeclared_member').map(
    ({ pointer, code, detail }) => `${pointer} ${code}: ${detail}`,
  );
  throw new Error(`the answer of ${route.method} ${route.url} is not what its schema says: ${faults.join('; ')}`);
};
