import { ModulesContainer, type NestApplicationContext } from '@nestjs/core';

export type ProviderClass = abstract new (...args: never[]) => unknown;

/** A provider that Nest has made, with the class it was declared by. */
export interface Made {
  readonly type: ProviderClass;
  readonly instance: object;
}

/** Every provider of the application, once, whatever number of modules see it. */
export function providersOf(app: Pick<NestApplicationContext, 'get'>): Made[] {
  const found = new Map<object, Made>();
  for (const module of app.get(ModulesContainer).values()) {
    for (const wrapper of module.providers.values()) {
      const { instance, metatype } = wrapper;
      const instanceOfIt: unknown = instance;
      if (typeof instanceOfIt !== 'object' || instanceOfIt === null || typeof metatype !== 'function') continue;
      // A factory's provider has the factory as its type: the class is the instance's own.
      const type: unknown = instanceOfIt.constructor === Object ? metatype : instanceOfIt.constructor;
      if (isClass(type) && !found.has(instanceOfIt)) found.set(instanceOfIt, { type, instance: instanceOfIt });
    }
  }
  return [...found.values()];
}

const isClass = (value: unknown): value is ProviderClass => typeof value === 'function';
