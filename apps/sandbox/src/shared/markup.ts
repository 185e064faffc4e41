/** Text that is markup already. Everything else that enters a template is escaped. */
export class Markup {
  constructor(private readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

export type Content = Markup | string | number | null | undefined | false | readonly Content[];

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const escapeMarkup = (text: string): string => text.replace(/[&<>"']/gu, (character) => entities[character] ?? character);

const render = (content: Content): string => {
  if (content === null || content === undefined || content === false) return '';
  if (content instanceof Markup) return content.toString();
  if (typeof content === 'string') return escapeMarkup(content);
  if (typeof content === 'number') return String(content);
  return content.map(render).join('');
};

/** html`<b>${name}</b>`: for XML as well. */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  let text = '';
  parts.forEach((part, index) => {
    text += part + render(contents[index]);
  });
  return new Markup(text);
}

export const raw = (text: string): Markup => new Markup(text);

/** JSON that may stand inside a script element. */
export const scriptJson = (value: unknown): Markup => new Markup(JSON.stringify(value).replaceAll('<', '\\u003c'));

/** JSON inside an attribute. */
export const attributeJson = (value: unknown): Markup => new Markup(escapeMarkup(JSON.stringify(value)));
