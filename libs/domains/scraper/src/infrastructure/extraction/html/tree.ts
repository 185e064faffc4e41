import { Document, Element, Text, type ParentNode } from 'domhandler';
import { Tokenizer } from 'htmlparser2';
import { limits } from '../limits';
import { barriers, blocks, closedBy, voids } from './elements';

/**
 * A tree out of any markup, in one pass over the tokens. Not the whole algorithm of HTML (nothing here needs formatting to be
 * adopted), but bounded where that one is not: depth, nodes and attributes have limits, and no close tag searches the whole stack.
 */
class TreeBuilder {
  readonly document = new Document([]);
  readonly reasons = new Set<string>();
  private readonly stack: Element[] = [];
  /** How many of each name are open, and how many were too deep to be opened. */
  private readonly open = new Map<string, number>();
  private readonly tooDeep = new Map<string, number>();
  private nodes = 0;
  private name = '';
  private attributes: Record<string, string> = {};
  private attributeCount = 0;
  private attribute = '';
  private value = '';
  private buffered = '';
  private foreign = 0;

  constructor(
    private readonly source: string,
    /** Elements are what they are called: nothing closes by itself. */
    private readonly xml: boolean,
    private readonly mostNodes: number,
  ) {}

  ontext(start: number, end: number): void {
    this.buffered += this.source.slice(start, end);
  }
  ontextentity(codepoint: number): void {
    this.buffered += String.fromCodePoint(codepoint);
  }
  onopentagname(start: number, end: number): void {
    this.flush();
    this.name = this.nameAt(start, end);
    this.attributes = Object.create(null) as Record<string, string>;
    this.attributeCount = 0;
  }
  onattribname(start: number, end: number): void {
    this.attribute = this.nameAt(start, end);
    this.value = '';
  }
  onattribdata(start: number, end: number): void {
    this.value += this.source.slice(start, end);
  }
  onattribentity(codepoint: number): void {
    this.value += String.fromCodePoint(codepoint);
  }
  onattribend(): void {
    if (this.attributeCount >= limits.attributes) return void this.reasons.add('too_many_attributes');
    if (this.attribute in this.attributes) return;
    this.attributes[this.attribute] = this.value;
    this.attributeCount += 1;
  }
  onopentagend(): void {
    this.start(false);
  }
  onselfclosingtag(): void {
    this.start(true);
  }
  onclosetag(start: number, end: number): void {
    this.flush();
    this.close(this.nameAt(start, end));
  }
  oncdata(start: number, end: number, endOffset: number): void {
    this.buffered += this.source.slice(start, end - endOffset);
  }
  oncomment(start: number, end: number, endOffset: number): void {
    // Some sites hide their state in a comment within a script; elsewhere a comment is nothing.
    if (this.top() instanceof Element && this.name === 'script') this.buffered += this.source.slice(start, end - endOffset);
  }
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onend(): void {
    // A number at the very end may be the half of one.
    if (/\d[\d.,']*\s*$/u.test(this.buffered.slice(-40)) && !this.source.endsWith('>') && !this.xml) this.buffered = '';
    this.flush();
  }

  private nameAt(start: number, end: number): string {
    const name = this.source.slice(start, Math.min(end, start + 200));
    return this.xml ? name : name.toLowerCase();
  }

  private top(): ParentNode {
    return this.stack.at(-1) ?? this.document;
  }

  private full(): boolean {
    if (this.nodes < this.mostNodes) return false;
    this.reasons.add('too_many_nodes');
    return true;
  }

  private append(node: Element | Text): void {
    const parent = this.top();
    const previous = parent.children.at(-1);
    node.parent = parent;
    if (previous !== undefined) {
      previous.next = node;
      node.prev = previous;
    }
    parent.children.push(node);
    this.nodes += 1;
  }

  private flush(): void {
    if (this.buffered === '') return;
    const text = this.buffered;
    this.buffered = '';
    if (!this.full()) this.append(new Text(text));
  }

  private start(selfClosing: boolean): void {
    const { name } = this;
    if (this.full()) return;
    if (!this.xml) this.closeImplied(name);
    const element = new Element(name, this.attributes, []);
    this.append(element);
    if (this.xml ? selfClosing : voids.has(name) || (selfClosing && (this.foreign > 0 || name === 'svg' || name.includes(':')))) return;
    if (this.stack.length >= limits.treeDepth) {
      this.tooDeep.set(name, (this.tooDeep.get(name) ?? 0) + 1);
      this.reasons.add('nested_too_deep');
      return;
    }
    this.stack.push(element);
    this.open.set(name, (this.open.get(name) ?? 0) + 1);
    if (name === 'svg' || name === 'math') this.foreign += 1;
  }

  private closeImplied(name: string): void {
    for (let top = this.stack.at(-1); top !== undefined && closedBy.get(top.name)?.has(name) === true; top = this.stack.at(-1)) this.pop();
    // Inside a cell or an item an unclosed paragraph or span does not keep the next one from starting beside it.
    if (name === 'li' || name === 'dt' || name === 'dd' || name === 'tr' || name === 'td' || name === 'th' || name === 'option') this.closeUnclosed(name);
  }

  private closeUnclosed(name: string): void {
    const siblings = name === 'dt' || name === 'dd' ? ['dt', 'dd'] : name === 'td' || name === 'th' ? ['td', 'th'] : [name];
    if (!siblings.some((sibling) => (this.open.get(sibling) ?? 0) > 0)) return;
    for (let at = this.stack.length - 1; at >= 0; at -= 1) {
      const open = this.stack[at]?.name ?? '';
      if (siblings.includes(open)) return this.popTo(at);
      if (blocks.has(open) && open !== 'p') return;
    }
  }

  private pop(): void {
    const gone = this.stack.pop();
    if (gone === undefined) return;
    this.open.set(gone.name, (this.open.get(gone.name) ?? 1) - 1);
    if (gone.name === 'svg' || gone.name === 'math') this.foreign -= 1;
  }

  private popTo(at: number): void {
    while (this.stack.length > at) this.pop();
  }

  private close(name: string): void {
    const deep = this.tooDeep.get(name) ?? 0;
    if (deep > 0) return void this.tooDeep.set(name, deep - 1);
    if ((this.open.get(name) ?? 0) === 0) return;
    const isBlock = this.xml || blocks.has(name);
    for (let at = this.stack.length - 1; at >= 0; at -= 1) {
      const open = this.stack[at]?.name ?? '';
      if (open === name) return this.popTo(at);
      // What closes something inline does not close the blocks around; what closes a block stays within its cell.
      if (isBlock ? !this.xml && barriers.has(open) && !barriers.has(name) && name !== 'tr' && name !== 'tbody' : blocks.has(open)) return;
    }
  }
}

export interface Tree {
  readonly document: Document;
  readonly reasons: readonly string[];
}

const build = (text: string, xml: boolean, mostChars: number, mostNodes: number): Tree => {
  const cut = text.length > mostChars;
  const source = cut ? text.slice(0, mostChars) : text;
  const builder = new TreeBuilder(source, xml, mostNodes);
  const tokenizer = new Tokenizer({ decodeEntities: true, xmlMode: xml }, builder);
  tokenizer.write(source);
  tokenizer.end();
  return { document: builder.document, reasons: cut ? ['body_truncated', ...builder.reasons] : [...builder.reasons] };
};

export const parseTree = (html: string): Tree => build(html, false, limits.htmlChars, limits.treeNodes);

/** XML: names as written, every element closed by its own tag, and only the entities that XML has. */
export const parseXmlTree = (xml: string): Tree => build(xml, true, limits.feedBytes, limits.feedNodes);
