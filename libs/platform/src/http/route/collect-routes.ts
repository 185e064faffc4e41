import 'reflect-metadata';
import { METHOD_METADATA } from '@nestjs/common/constants';
import type { Type } from '@nestjs/common';
import type { RouteDefinition } from './define-route';
import { routeOf } from './decorators';

export interface BoundRoute {
  readonly route: RouteDefinition;
  readonly controller: Type;
  readonly method: string;
}

/** The routes that controllers declare. A method that Nest alone would route has no declared access: boot fails. */
export function collectBoundRoutes(controllers: readonly Type[]): BoundRoute[] {
  const bound: BoundRoute[] = [];
  for (const controller of controllers) {
    for (const name of methodNames(controller)) {
      const handler: unknown = Reflect.get(controller.prototype, name);
      const route = routeOf(handler);
      if (route !== undefined) bound.push({ route, controller, method: name });
      else if (typeof handler === 'function' && Reflect.hasMetadata(METHOD_METADATA, handler)) {
        throw new Error(`${controller.name}.${name} is a route without @Handle: who may use it is not declared`);
      }
    }
  }
  assertUnique(bound);
  return bound;
}

export const collectRoutes = (controllers: readonly Type[]): RouteDefinition[] =>
  collectBoundRoutes(controllers).map(({ route }) => route);

function methodNames(controller: Type): string[] {
  const names = new Set<string>();
  for (
    let prototype: unknown = controller.prototype;
    typeof prototype === 'object' && prototype !== null && prototype !== Object.prototype;
    prototype = Object.getPrototypeOf(prototype)
  ) {
    for (const name of Object.getOwnPropertyNames(prototype)) {
      const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
      if (name !== 'constructor' && typeof descriptor?.value === 'function') names.add(name);
    }
  }
  return [...names];
}

function assertUnique(bound: readonly BoundRoute[]): void {
  const seen = new Map<string, BoundRoute>();
  for (const one of bound) {
    const key = `${one.route.method} ${one.route.url.replaceAll(/:[^/]+/g, ':')}`;
    const other = seen.get(key);
    if (other !== undefined) {
      throw new Error(
        `${key} is handled by ${other.controller.name}.${other.method} and by ${one.controller.name}.${one.method}`,
      );
    }
    seen.set(key, one);
  }
}
