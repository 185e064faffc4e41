/** What is sent when a buyer pays by the card of this number, and where to: the form's own fields, with the buyer's in them. */
export declare function cardForm(page: string, url: string, number: string): { readonly action: URL; readonly body: URLSearchParams };
