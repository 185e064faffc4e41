import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileMailer } from './file-mailer';
import { mailSuite } from './mail.suite';

mailSuite('into files', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'autobroker-mail-'));
  return {
    mailer: new FileMailer(join(folder, 'mail'), 'Autobroker <broker@example.com>'),
    received: async () => {
      const names = await readdir(join(folder, 'mail')).catch(() => []);
      expect(names.every((name) => name.endsWith('.eml') && !name.startsWith('.'))).toBe(true);
      return Promise.all(names.map((name) => readFile(join(folder, 'mail', name))));
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
});
