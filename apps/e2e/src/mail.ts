import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder } from './platform';
import { eventually } from './eventually';

/** A mail as the platform would have sent it. */
export interface Letter {
  readonly subject: string;
  readonly text: string;
}

const folder = join(dataFolder, 'mail');

/** Undoes the quoted-printable of our own mails, which are UTF-8. */
const decoded = (text: string): string =>
  decodeURIComponent(
    text
      .replace(/=\r?\n/g, '')
      .replace(/%/g, '%25')
      .replace(/=([0-9A-F]{2})/g, '%$1'),
  );

const parse = (source: string): Letter => ({
  subject: /^Subject: (.*)$/m.exec(source)?.[1]?.trim() ?? '',
  text: decoded(/\r?\n\r?\n[\s\S]*?\r?\n\r?\n([\s\S]*?)\r?\n----?/.exec(source)?.[1] ?? ''),
});

/** The mails to an address, oldest first. */
export const lettersTo = (address: string): Letter[] => {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.eml'))
      .sort()
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .filter((source) => new RegExp(`^To: .*${address.replace(/[.+]/g, '\\$&')}`, 'm').test(source))
      .map(parse);
  } catch {
    return []; // nothing has been sent yet
  }
};

/** The token in the newest mailed link to `page`, once such a mail has come. */
export const mailedToken = (address: string, page: string): Promise<string> =>
  eventually(`a mail with a link to /${page} for ${address}`, () => {
    const links = lettersTo(address).flatMap((letter) => [...letter.text.matchAll(/(\S+)#token=(\S+)/g)]);
    const token = links.filter(([, target]) => target?.endsWith(`/${page}`)).at(-1)?.[2];
    return token === undefined ? undefined : decodeURIComponent(token);
  });
