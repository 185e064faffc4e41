import type { DocumentKind, SignerRole } from '@autobroker/kernel';
import type { Piece, SignatureMark } from '../paper/composed';
import { formatFor } from '../paper/format';
import type { Language } from '../paper/paper';
import { kindNames, roleNames, words } from '../paper/words';

/** What is kept of a signature. Names and programs are sealed; the hash over all of it, and over the one before, is not. */
export interface Evidence {
  readonly role: SignerRole;
  readonly name: string;
  readonly method: string;
  readonly signedBy: string | null;
  readonly at: string;
  readonly ipHash: string | null;
  readonly userAgent: string | null;
  readonly documentSha256: string;
  readonly consent: string;
  readonly note: string | null;
  readonly drawn: SignatureMark['drawn'];
}

/** The same evidence is the same text, whatever it has been through. */
export const evidenceText = (evidence: Evidence, previousHash: string | null): string =>
  JSON.stringify([previousHash, evidence.role, evidence.name, evidence.method, evidence.signedBy, evidence.at, evidence.ipHash, evidence.userAgent, evidence.documentSha256, evidence.consent, evidence.note, evidence.drawn]);

const labels = {
  title: words('Signatures', 'Nachweis der Unterschriften', 'Prova delle firme'),
  intro: words(
    'This page belongs to the signed copy of {kind} {number}. The file that was signed has the SHA-256 {sha}; it is kept unchanged.',
    'Diese Seite gehört zur unterzeichneten Ausfertigung von {kind} {number}. Die unterzeichnete Datei hat den SHA-256 {sha}; sie wird unverändert aufbewahrt.',
    'Questa pagina appartiene alla copia firmata di {kind} {number}. Il file firmato ha lo SHA-256 {sha} ed è conservato inalterato.',
  ),
  name: words('Name', 'Name', 'Nome'),
  at: words('Time', 'Zeitpunkt', 'Ora'),
  method: words('Method', 'Art', 'Metodo'),
  ip: words('Network address (hash)', 'Netzadresse (Hash)', 'Indirizzo di rete (hash)'),
  agent: words('Program', 'Programm', 'Programma'),
  hash: words('Hash of this evidence, and of all before', 'Hash dieses Nachweises und aller vorigen', 'Hash di questa prova e delle precedenti'),
  note: words('Note', 'Vermerk', 'Nota'),
};
const methodLabels: Readonly<Record<string, ReturnType<typeof words>>> = {
  click: words('Signed by click in a signed-in account', 'Per Klick im angemeldeten Konto unterzeichnet', 'Firmato con un clic dall’account autenticato'),
  drawn: words('Drawn by hand in a signed-in account', 'Im angemeldeten Konto von Hand gezeichnet', 'Disegnato a mano dall’account autenticato'),
  on_paper: words('Signed on paper; recorded by the broker', 'Auf Papier unterzeichnet; vom Vermittler erfasst', 'Firmato su carta; registrato dall’intermediario'),
  provider: words('Signed through a signature service', 'Über einen Signaturdienst unterzeichnet', 'Firmato tramite un servizio di firma'),
};

export interface EvidencePage {
  readonly kind: DocumentKind;
  readonly number: string;
  readonly language: Language;
  readonly timeZone: string;
  readonly documentSha256: string;
  readonly signatures: readonly (Evidence & { readonly hash: string })[];
}

/** The page that a signed copy ends with. */
export function evidencePage({ kind, number, language, timeZone, documentSha256, signatures }: EvidencePage): { title: string; pieces: Piece[] } {
  const format = formatFor(language, timeZone, false);
  const pieces: Piece[] = [{ piece: 'text', size: 'normal', text: labels.intro[language].replace('{kind}', kindNames[kind][language]).replace('{number}', number).replace('{sha}', documentSha256) }];
  for (const signature of signatures) {
    const rows: [string, string][] = [
      [labels.name[language], signature.name],
      [labels.at[language], `${format.time(signature.at)} (${signature.at})`],
      [labels.method[language], methodLabels[signature.method]?.[language] ?? signature.method],
      ...(signature.ipHash === null ? [] : [[labels.ip[language], signature.ipHash] as [string, string]]),
      ...(signature.userAgent === null ? [] : [[labels.agent[language], signature.userAgent.slice(0, 200)] as [string, string]]),
      ...(signature.note === null ? [] : [[labels.note[language], signature.note] as [string, string]]),
      [labels.hash[language], signature.hash],
    ];
    pieces.push({ piece: 'facts', title: roleNames[signature.role][language], rows }, { piece: 'note', text: signature.consent });
  }
  return { title: labels.title[language], pieces };
}
