import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isProblemCode, problemCodes, problems } from './problems';

const pages = join(__dirname, '../../../docs/problems');
const read = (code: string) => readFileSync(join(pages, `${code}.md`), 'utf8');

describe('the closed table of problems', () => {
  it('has a page for each code, with its title and status, and no page for any other', () => {
    const files = readdirSync(pages).filter((file) => file !== 'README.md').map((file) => file.replace(/\.md$/, ''));
    expect(files.sort()).toEqual([...problemCodes].sort());
    for (const code of problemCodes) {
      expect(read(code)).toContain(`# ${problems[code].title}\n`);
      expect(read(code)).toContain(`\`${code}\` · HTTP ${problems[code].status}`);
      expect(read(code)).toContain('**What to do.**');
    }
  });

  it('is listed in the index in full', () => {
    const index = read('README');
    for (const code of problemCodes) expect(index).toContain(`| [\`${code}\`](${code}.md) | ${problems[code].status} |`);
  });

  it('has lower snake_case codes and refusal statuses only', () => {
    for (const code of problemCodes) {
      expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect(problems[code].status).toBeGreaterThanOrEqual(400);
      expect(problems[code].status).toBeLessThan(600);
    }
  });

  it('does not take what every object has for a code', () => {
    expect(isProblemCode('not_found')).toBe(true);
    expect(isProblemCode('toString')).toBe(false);
    expect(isProblemCode('__proto__')).toBe(false);
  });
});
