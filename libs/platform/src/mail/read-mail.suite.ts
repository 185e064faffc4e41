/** Reads a mail as a recipient's program would, as far as the specs need it. */
export interface ReadMail {
  readonly headers: ReadonlyMap<string, string>;
  part(type: string): string;
  bytes(type: string): Buffer;
}

interface Entity {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
  readonly parts: readonly Entity[];
}

const quotedPrintable = (text: string): Buffer => {
  const plain = text.replace(/=\r?\n/g, '');
  return Buffer.from(plain.replace(/=([0-9A-Fa-f]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1');
};

const word = /=\?[^?]+\?([BbQq])\?([^?]*)\?=/g;
const decodeWords = (value: string): string =>
  value
    .replace(/(\?=)\s+(=\?)/g, '$1$2')
    // Neighbouring words may share a character: their bytes are joined before they are read.
    .replace(/(?:=\?[^?]+\?[BbQq]\?[^?]*\?=)+/g, (run) =>
      Buffer.concat(
        [...run.matchAll(word)].map(([, kind, text]) =>
          kind?.toUpperCase() === 'B' ? Buffer.from(text ?? '', 'base64') : quotedPrintable((text ?? '').replaceAll('_', ' ')),
        ),
      ).toString(),
    );

const readEntity = (raw: Buffer): Entity => {
  const text = raw.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  const head = Buffer.from(end === -1 ? text : text.slice(0, end), 'latin1').toString();
  const headers = new Map(
    head
      .replace(/\r\n[ \t]+/g, ' ')
      .split('\r\n')
      .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), decodeWords(line.slice(line.indexOf(':') + 1).trim())] as const),
  );
  const content = end === -1 ? '' : text.slice(end + 4);
  const type = headers.get('content-type') ?? 'text/plain';
  const boundary = /boundary="?([^";]+)"?/.exec(type)?.[1];
  if (boundary !== undefined) {
    const sections = `\r\n${content}`.split(`\r\n--${boundary}`).slice(1).filter((section) => !section.startsWith('--'));
    return { headers, body: Buffer.alloc(0), parts: sections.map((section) => readEntity(Buffer.from(section.replace(/^\r\n/, ''), 'latin1'))) };
  }
  const encoding = headers.get('content-transfer-encoding')?.toLowerCase();
  const body =
    encoding === 'base64' ? Buffer.from(content, 'base64') : encoding === 'quoted-printable' ? quotedPrintable(content) : Buffer.from(content, 'latin1');
  return { headers, body, parts: [] };
};

const leaves = (entity: Entity): Entity[] => (entity.parts.length === 0 ? [entity] : entity.parts.flatMap(leaves));

export const readMail = (raw: Buffer): ReadMail => {
  const root = readEntity(raw);
  const bytes = (type: string): Buffer => {
    const leaf = leaves(root).find((entity) => (entity.headers.get('content-type') ?? 'text/plain').startsWith(type));
    if (leaf === undefined) throw new Error(`the mail has no ${type}`);
    return leaf.body;
  };
  return { headers: root.headers, bytes, part: (type) => bytes(type).toString() };
};
