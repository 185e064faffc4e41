import type { DocumentKind, SignerRole } from '@autobroker/kernel';
import type { Language } from './paper';

export interface TableColumn {
  readonly label: string;
  readonly align: 'left' | 'right';
  /** Of the width. */
  readonly share: number;
}

export interface TableTotal {
  readonly label: string;
  readonly value: string;
  readonly strong: boolean;
}

/** A signature as it stands in its box. */
export interface SignatureMark {
  readonly by: string;
  readonly at: string;
  readonly drawn: { readonly kind: 'path'; readonly path: string; readonly width: number; readonly height: number } | { readonly kind: 'png'; readonly base64: string } | null;
}

/** What a page is made of, in the words of its language: nothing is left to decide but where it stands. */
export type Piece =
  | { readonly piece: 'text'; readonly text: string; readonly size: 'normal' | 'lead' | 'small' }
  | { readonly piece: 'heading'; readonly text: string }
  | { readonly piece: 'parties'; readonly parties: readonly { readonly label: string; readonly name: string; readonly lines: readonly string[] }[] }
  | { readonly piece: 'facts'; readonly title: string | null; readonly rows: readonly (readonly [label: string, value: string | null])[] }
  | { readonly piece: 'table'; readonly title: string | null; readonly columns: readonly TableColumn[]; readonly rows: readonly (readonly string[])[]; readonly totals: readonly TableTotal[] }
  | { readonly piece: 'clauses'; readonly clauses: readonly { readonly title: string; readonly text: string }[] }
  | { readonly piece: 'choices'; readonly choices: readonly string[] }
  | { readonly piece: 'note'; readonly text: string }
  | { readonly piece: 'signatures'; readonly place: string; readonly boxes: readonly { readonly role: SignerRole; readonly label: string; readonly name: string; readonly mark: SignatureMark | null }[] };

export interface Letterhead {
  readonly name: string;
  readonly sender: string;
  readonly colour: string;
  readonly logo: { readonly type: 'image/png' | 'image/jpeg'; readonly base64: string } | null;
  /** Columns at the foot of the page. */
  readonly foot: readonly (readonly string[])[];
}

export interface Composed {
  readonly kind: DocumentKind;
  readonly language: Language;
  readonly paperSize: 'A4' | 'LETTER';
  readonly title: string;
  readonly subject: string;
  /** What the file says of itself, as `2026-11-20T12:00:03.000Z`. */
  readonly issuedAt: string;
  readonly letterhead: Letterhead;
  /** Beside the address: number, date, order. */
  readonly meta: readonly (readonly [label: string, value: string])[];
  /** Where the window of an envelope is; nobody, for what is no letter. */
  readonly addressee: readonly string[];
  readonly replaces: string | null;
  readonly pieces: readonly Piece[];
  /** `INV-2026-000001 · v1 · …` */
  readonly reference: string;
  readonly pageLabel: string;
  /** Across the pages of what is not issued. */
  readonly watermark: string | null;
}
