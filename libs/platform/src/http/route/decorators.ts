import 'reflect-metadata';
import type { RouteDefinition } from './define-route';

/** Metadata key on controller methods: their RouteDefinition. */
export const ROUTE_METADATA = Symbol.for('autobroker:route');
const INPUT_METADATA = Symbol.for('autobroker:input');

/** Binds a controller's method to the operation it carries out. */
export const Handle =
  (route: RouteDefinition): MethodDecorator =>
  (target, property) => {
    const handler: unknown = Reflect.get(target, property);
    if (typeof handler !== 'function') throw new Error(`@Handle stands on ${String(property)}, which is no method`);
    Reflect.defineMetadata(ROUTE_METADATA, route, handler);
  };

/** Marks the one parameter of a handler: the validated input. */
export const Input = (): ParameterDecorator => (target, property, index) => {
  if (property === undefined) throw new Error('@Input belongs on a method');
  if (index !== 0) throw new Error(`${String(property)}: @Input is the handler's only parameter`);
  Reflect.defineMetadata(INPUT_METADATA, true, target, property);
};

export function routeOf(handler: unknown): RouteDefinition | undefined {
  if (typeof handler !== 'function') return undefined;
  return Reflect.getMetadata(ROUTE_METADATA, handler) as RouteDefinition | undefined;
}
