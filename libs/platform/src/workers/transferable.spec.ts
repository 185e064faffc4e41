import { jest } from '@jest/globals';
import { transferable } from './transferable';

describe('what is handed over to another thread', () => {
  it('is the memory of bytes that own it, by themselves or within an object, each once', () => {
    const [bytes, others] = [Uint8Array.of(1, 2), Uint8Array.of(3)];
    expect(transferable(bytes)).toEqual([bytes.buffer]);
    expect(transferable({ bytes, others, again: bytes, count: 2, name: 'two' })).toEqual([bytes.buffer, others.buffer]);
  });

  it('is nothing that others have a part in', () => {
    const part = new Uint8Array(8).subarray(2, 4);
    for (const output of [part, { part }, Buffer.from('pooled'), null, undefined, 'text', 7, [1, 2]]) expect(transferable(output)).toEqual([]);
  });

  it('is found without looking at each byte', () => {
    const values = jest.spyOn(Object, 'values');
    const bytes = new Uint8Array(64);
    expect(transferable(bytes)).toEqual([bytes.buffer]);
    expect(values).not.toHaveBeenCalled();
    values.mockRestore();
  });
});
