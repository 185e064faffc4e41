import type { DocumentKind } from '@autobroker/kernel';
import { kindNames, words, type Words } from '../paper/words';

/** What somebody says by signing, word for word: it is shown to them before, and kept with the signature. */
const consentText: Words = words(
  'I have read the {kind} {number} (SHA-256 {sha}) in full. By signing I accept it and agree that it is concluded electronically. My name, the time, a hash of my network address and the program I use are kept as evidence.',
  'Ich habe das Dokument „{kind}“ {number} (SHA-256 {sha}) vollständig gelesen. Mit meiner Unterschrift nehme ich es an und bin mit dem elektronischen Abschluss einverstanden. Mein Name, der Zeitpunkt, ein Hashwert meiner Netzadresse und das benutzte Programm werden als Nachweis gespeichert.',
  'Ho letto integralmente il documento «{kind}» {number} (SHA-256 {sha}). Firmando lo accetto e acconsento alla conclusione in forma elettronica. Il mio nome, l’ora, un hash del mio indirizzo di rete e il programma utilizzato sono conservati come prova.',
);

/** A mandate asks that the work begins at once, which the law wants to hear expressly. */
const beginText: Words = words(
  ' I ask you to begin before the withdrawal period ends and know that I lose the right of withdrawal once the service is fully performed.',
  ' Ich verlange, dass Sie vor Ablauf der Widerrufsfrist beginnen, und weiß, dass mein Widerrufsrecht mit vollständiger Erbringung der Leistung erlischt.',
  ' Chiedo di iniziare prima della scadenza del termine di recesso e so che il diritto si estingue quando il servizio è interamente prestato.',
);

export interface ConsentSubject {
  readonly kind: DocumentKind;
  readonly number: string;
  readonly sha256: string;
  readonly language: keyof Words;
}

export function consentFor({ kind, number, sha256, language }: ConsentSubject): string {
  const text = consentText[language].replace('{kind}', kindNames[kind][language]).replace('{number}', number).replace('{sha}', sha256);
  return kind === 'mandate' ? text + beginText[language] : text;
}
