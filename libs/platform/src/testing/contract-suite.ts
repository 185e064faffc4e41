import type { EventDef } from '@autobroker/contracts';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

/** One implementation of a port: how a suite gets a fresh one, and how it is put away. */
export interface Implementation<T> {
  readonly name: string;
  open(): Promise<{ subject: T; close(): Promise<void> }>;
}

/**
 * One set of expectations that several implementations of a port must meet. `suite` writes its `it`s against `subject()`,
 * which is a fresh one for every test.
 */
export function contractSuite<T>(
  port: string,
  suite: (subject: () => T) => void,
): (implementation: Implementation<T>) => void {
  return ({ name, open }) => {
    describe(`${port}: ${name}`, () => {
      let opened: { subject: T; close(): Promise<void> } | undefined;
      beforeEach(async () => {
        opened = await open();
      });
      afterEach(async () => {
        await opened?.close();
        opened = undefined;
      });
      suite(() => {
        if (opened === undefined) throw new Error('the subject exists only while a test runs');
        return opened.subject;
      });
    });
  };
}

/** Every event's example fits its own schema, exactly: what producer and consumer both test against. */
export function eventFixtureSuite(events: readonly EventDef[]): void {
  describe.each(events.map((event) => [event.type, event] as const))('the fixture of %s', (_, event) => {
    it('fits its schema and survives the wire', () => {
      const onTheWire: unknown = JSON.parse(JSON.stringify(event.fixture));
      expect(event.data.parse(onTheWire)).toEqual(event.fixture);
    });
  });
}
