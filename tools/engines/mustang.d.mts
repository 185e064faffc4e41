export interface InvoiceVerdict {
  readonly file: string;
  /** As PDF/A-3 and as EN 16931, both. */
  readonly valid: boolean;
  readonly report: string;
  readonly errors: readonly string[];
}
export declare function validateInvoices(files: readonly string[]): Promise<InvoiceVerdict[]>;
