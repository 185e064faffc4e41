import type { CurrencyCode, MileageUnit } from '@autobroker/kernel';

/** One field as the source wrote it. */
export interface CapturedField {
  readonly value: string | readonly string[];
  readonly from: string;
  readonly confidence: number;
}

/** A listing as it was read, before anybody made sense of it. */
export interface Captured {
  readonly source: string;
  readonly externalId: string;
  readonly url: string | null;
  readonly capturedAt: Date;
  readonly kind: 'detail' | 'summary';
  readonly hints: {
    readonly locale: string | null;
    readonly currency: CurrencyCode | null;
    readonly mileageUnit: MileageUnit | null;
    readonly country: string | null;
    readonly auction: boolean;
  };
  readonly fields: Readonly<Record<string, CapturedField | undefined>>;
}

/** Reads the raw fields: one text, many texts, and how sure the extraction was of them. */
export class Fields {
  constructor(private readonly fields: Captured['fields']) {}

  field(name: string): CapturedField | undefined {
    return this.fields[name];
  }

  text(name: string): string | null {
    const value = this.fields[name]?.value;
    if (value === undefined) return null;
    const text = (typeof value === 'string' ? value : value.join(', ')).trim();
    return text === '' ? null : text;
  }

  texts(name: string): readonly string[] {
    const value = this.fields[name]?.value;
    if (value === undefined) return [];
    return typeof value === 'string' ? value.split(/[,;|\n]/u) : value;
  }
}
