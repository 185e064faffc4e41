import { laterServices, services } from './event';
import * as contracts from './index';

// The registry is filled by importing the package.
const events = contracts.allEvents();

describe('event definitions', () => {
  it('exist', () => {
    expect(events.length).toBeGreaterThan(5);
  });

  it.each(events.map((event) => [event.type, event] as const))('%s: the fixture is exactly what its schema accepts', (_type, event) => {
    expect(event.data.parse(event.fixture)).toEqual(event.fixture);
    expect(event.data.safeParse({ ...(event.fixture as object), no_such_field: 1 }).success).toBe(false);
    expect([...services, ...laterServices, contracts.anyService]).toContain(event.service);
    expect(event.type.endsWith(`.v${event.version}`)).toBe(true);
  });

  it.each(events.map((event) => [event.type, event] as const))('%s carries ids, not personal data', (_type, event) => {
    const names = (value: unknown): string[] =>
      value !== null && typeof value === 'object' ? Object.entries(value).flatMap(([key, inner]) => [key, ...names(inner)]) : [];
    for (const name of names(event.fixture)) expect(name).not.toMatch(/^(email|e_mail|phone|first_name|last_name|full_name|address|birth_date|password)$/);
  });

  it('refuses a type that is not versioned, and one that is taken', () => {
    const [first] = events;
    if (first === undefined) throw new Error('no events');
    expect(() => contracts.defineEvent({ ...first })).toThrow('twice');
    expect(() => contracts.defineEvent({ ...first, type: 'vehicle.listed' })).toThrow('form');
  });
});
