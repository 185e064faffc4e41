import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';

/** The committed document against the schema of OpenAPI 3.1 itself: generators of others must be able to rely on it. */
describe('the committed OpenAPI document', () => {
  const read = async (): Promise<Record<string, unknown>> =>
    JSON.parse(await readFile(join(__dirname, '../../../docs/api/openapi.json'), 'utf8')) as Record<string, unknown>;

  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    expect(await validator.validate(await read())).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it('would not pass with a fault in it', async () => {
    const document = { ...(await read()), paths: { '/api/v1/x': { get: { responses: 'none' } } } };
    expect((await new Validator().validate(document)).valid).toBe(false);
  });
});
