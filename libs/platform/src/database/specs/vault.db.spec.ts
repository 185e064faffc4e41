import { uuidv7 } from '@autobroker/kernel';
import { loadConfig } from '../../config';
import { testDatabase, type TestDatabase } from '../../testing';
import {
  PersonErasedError,
  PersonVault,
  SealBrokenError,
  vaultConfig,
  vaultSettings,
  type Database,
  type VaultSettings,
} from '..';
import { other, sample } from './sample';

const key = (fill: number): string => Buffer.alloc(32, fill).toString('base64');
const settings: VaultSettings = { masterKeys: `m1:${key(1)}`, indexKey: key(9) };
let test: TestDatabase;
let db: Database;
let vault: PersonVault;

beforeAll(async () => {
  test = await testDatabase({ services: [sample, other] });
  db = test.of('sample');
});
afterAll(() => test?.close());
beforeEach(() => (vault = new PersonVault(db, settings)));
/** The same vault in another process: it remembers nothing. */
const elsewhere = (changed: Partial<VaultSettings> = {}): PersonVault =>
  new PersonVault(db, { ...settings, ...changed });

describe('personal data in the vault', () => {
  it('comes back as it was, here and in another process', async () => {
    const person = uuidv7();
    for (const text of ['anna@example.org', '', 'ключ – 鍵 🔑', 'x'.repeat(100_000)]) {
      const sealed = await vault.encrypt(db, person, text, 'email');
      expect(sealed).toMatch(/^v1\.email\.[A-Za-z0-9_-]+$/);
      expect(await vault.decrypt(person, sealed)).toBe(text);
      expect(await elsewhere().decrypt(person, sealed, { purpose: 'email' })).toBe(text);
    }
  });

  it('never looks the same twice, and its index always does', async () => {
    const person = uuidv7();
    const sealed = await Promise.all([1, 2, 3].map(() => vault.encrypt(db, person, 'same', 'email')));
    expect(new Set(sealed).size).toBe(3);
    expect(vault.blindIndex('email', 'anna@example.org')).toBe(elsewhere().blindIndex('email', 'anna@example.org'));
    expect(vault.blindIndex('email', 'anna@example.org')).not.toBe(vault.blindIndex('phone', 'anna@example.org'));
    expect(vault.blindIndex('email', 'a')).not.toBe(elsewhere({ indexKey: key(8) }).blindIndex('email', 'a'));
    expect(vault.matches('email', 'a', vault.blindIndex('email', 'a'))).toBe(true);
    expect(vault.matches('email', 'b', vault.blindIndex('email', 'a'))).toBe(false);
  });

  it('opens for its own person and purpose only, and not when it was changed', async () => {
    const [anna, ben] = [uuidv7(), uuidv7()];
    const sealed = await vault.encrypt(db, anna, 'secret', 'email');
    await vault.encrypt(db, ben, 'other', 'email');
    await expect(vault.decrypt(ben, sealed)).rejects.toBeInstanceOf(SealBrokenError);
    await expect(vault.decrypt(anna, sealed.replace('v1.email.', 'v1.phone.'))).rejects.toBeInstanceOf(SealBrokenError);
    await expect(vault.decrypt(anna, sealed, { purpose: 'phone' })).rejects.toBeInstanceOf(SealBrokenError);
    const bytes = Buffer.from(sealed.slice('v1.email.'.length), 'base64url');
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    await expect(vault.decrypt(anna, `v1.email.${bytes.toString('base64url')}`)).rejects.toBeInstanceOf(
      SealBrokenError,
    );
    for (const junk of ['', 'v1.email', 'v2.email.AAAA', 'v1.email.AAAA', `${sealed}.x`]) {
      await expect(vault.decrypt(anna, junk)).rejects.toBeInstanceOf(SealBrokenError);
    }
  });

  it('gives two first writers of one person the same key', async () => {
    const person = uuidv7();
    const vaults = Array.from({ length: 8 }, () => elsewhere());
    const sealed = await Promise.all(vaults.map((one, n) => one.encrypt(db, person, `text ${n}`, 'note')));
    expect(await Promise.all(sealed.map((text) => elsewhere().decrypt(person, text)))).toEqual(
      vaults.map((_, n) => `text ${n}`),
    );
  });

  it('keeps no key of a transaction that was undone', async () => {
    const person = uuidv7();
    let lost = '';
    const work = db.transaction(async (tx) => {
      lost = await vault.encrypt(tx, person, 'never', 'note');
      expect(await vault.decrypt(person, lost, { on: tx })).toBe('never');
      throw new Error('undo');
    });
    await expect(work).rejects.toThrow('undo');
    const kept = await vault.encrypt(db, person, 'kept', 'note');
    expect(await elsewhere().decrypt(person, kept)).toBe('kept');
    await expect(vault.decrypt(person, lost)).rejects.toBeInstanceOf(SealBrokenError);
  });
});

describe('erasure', () => {
  it('makes everything of the person unreadable, for good', async () => {
    const person = uuidv7();
    const sealed = await vault.encrypt(db, person, 'anna', 'name');
    expect(await vault.decrypt(person, sealed)).toBe('anna');
    await db.transaction((tx) => vault.destroy(tx, person));
    expect(await vault.decrypt(person, sealed)).toBeNull();
    expect(await elsewhere().decrypt(person, sealed)).toBeNull();
    await expect(vault.encrypt(db, person, 'again', 'name')).rejects.toBeInstanceOf(PersonErasedError);
    expect(
      await db.query('select wrapped, master_key_id, destroyed_at from sample.person_key where person_id = $1', [
        person,
      ]),
    ).toEqual([{ wrapped: null, master_key_id: null, destroyed_at: test.clock.now() }]);
  });

  it('stops a process that still remembers the key from writing with it, and lets it forget', async () => {
    const person = uuidv7();
    const remembering = elsewhere();
    const sealed = await remembering.encrypt(db, person, 'anna', 'name');
    expect(await remembering.decrypt(person, sealed)).toBe('anna');
    await db.transaction((tx) => vault.destroy(tx, person));
    await expect(remembering.encrypt(db, person, 'again', 'name')).rejects.toBeInstanceOf(PersonErasedError);
    remembering.forget(person);
    expect(await remembering.decrypt(person, sealed)).toBeNull();
  });

  it('remembers a key no longer than its time', async () => {
    const person = uuidv7();
    const brief = elsewhere({ cache: { ttlMs: 30 } });
    const sealed = await brief.encrypt(db, person, 'anna', 'name');
    expect(await brief.decrypt(person, sealed)).toBe('anna');
    await db.transaction((tx) => vault.destroy(tx, person));
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(await brief.decrypt(person, sealed)).toBeNull();
  });

  it('is undone with its transaction, and may be asked for twice, or for somebody unknown', async () => {
    const person = uuidv7();
    const sealed = await vault.encrypt(db, person, 'anna', 'name');
    const work = db.transaction(async (tx) => {
      await vault.destroy(tx, person);
      throw new Error('undo');
    });
    await expect(work).rejects.toThrow('undo');
    expect(await vault.decrypt(person, sealed)).toBe('anna');
    await db.transaction((tx) => vault.destroy(tx, person));
    await db.transaction((tx) => vault.destroy(tx, person));
    await db.transaction((tx) => vault.destroy(tx, uuidv7()));
    expect(await vault.decrypt(person, sealed)).toBeNull();
  });
});

describe('a new master key', () => {
  it('takes over all keys without touching the data, and the old one may go', async () => {
    await db.query('delete from sample.person_key');
    const people = Array.from({ length: 25 }, () => uuidv7());
    const sealed = await Promise.all(people.map((person) => vault.encrypt(db, person, `name of ${person}`, 'name')));
    const erased = uuidv7();
    await db.transaction((tx) => vault.destroy(tx, erased));

    const both = elsewhere({ masterKeys: `m2:${key(2)},m1:${key(1)}` });
    expect(await both.decrypt(people[0] ?? '', sealed[0] ?? '')).toBe(`name of ${people[0]}`);
    const counts = await Promise.all([both.rewrap({ batch: 4 }), both.rewrap({ batch: 4 })]);
    expect(counts[0] + counts[1]).toBe(25);
    expect(await both.rewrap()).toBe(0);

    const newOnly = elsewhere({ masterKeys: `m2:${key(2)}` });
    expect(await Promise.all(people.map((person, n) => newOnly.decrypt(person, sealed[n] ?? '')))).toEqual(
      people.map((person) => `name of ${person}`),
    );
    await expect(elsewhere().decrypt(people[0] ?? '', sealed[0] ?? '')).rejects.toThrow('m2 is not in the ring');
  });

  it('does not open a wrapped key that was moved to another person', async () => {
    const [anna, ben] = [uuidv7(), uuidv7()];
    const sealed = await vault.encrypt(db, anna, 'anna', 'name');
    await vault.encrypt(db, ben, 'ben', 'name');
    await db.query(
      'update sample.person_key set wrapped = (select wrapped from sample.person_key where person_id = $1) where person_id = $2',
      [ben, anna],
    );
    await expect(elsewhere().decrypt(anna, sealed)).rejects.toBeInstanceOf(SealBrokenError);
  });

  it.each([
    ['', 'no master key'],
    ['m1', 'usable id'],
    [`m1:${Buffer.alloc(16).toString('base64')}`, 'm1 is not 32 bytes'],
    [`m1:${key(1)},m1:${key(2)}`, 'listed twice'],
  ])('refuses the ring %j', (masterKeys, message) => {
    expect(() => elsewhere({ masterKeys })).toThrow(message);
  });

  it('has a default for development, which production refuses', async () => {
    const usual = new PersonVault(test.of('other'), vaultSettings(loadConfig(vaultConfig, {})));
    const person = uuidv7();
    expect(await usual.decrypt(person, await usual.encrypt(test.of('other'), person, 'x', 'note'))).toBe('x');
    expect(() => loadConfig(vaultConfig, { NODE_ENV: 'production' })).toThrow(/PII_MASTER_KEYS[^]*PII_INDEX_KEY/);
  });
});
