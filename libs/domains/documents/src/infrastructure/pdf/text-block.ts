import { type Piece, short } from './laid-out';

/** Of a thousandth of the size. */
const unit = 1_000;
/** In points: nobody sees less. */
const exact = 0.002;

/** Lines of one size and colour, as a page is told them. The page goes down, as the sheet's cursor does; letters stand upright all the same. */
export class TextBlock {
  private readonly told: string[] = [];
  private font = '';
  /** Where the next line begins of itself. */
  private next: { readonly x: number; readonly y: number } | null = null;

  constructor(
    private readonly size: number,
    private readonly colour: string,
    private readonly lineHeight: number,
  ) {}

  put(font: string, { codes, x, y }: Piece, left: number, base: number): void {
    if (font !== this.font) this.told.push(`/${font} ${this.size} Tf`);
    this.font = font;
    const place = { x: left + (x * this.size) / unit, y: base - (y * this.size) / unit };
    const { next } = this;
    const follows = next !== null && Math.abs(place.x - next.x) < exact && Math.abs(place.y - next.y) < exact;
    const [at, begin] = follows ? [next, 'T*'] : [place, `1 0 0 -1 ${short(place.x)} ${short(place.y)} Tm`];
    this.told.push(`${begin} [<${codes}>] TJ`);
    this.next = { x: at.x, y: at.y + short(this.lineHeight) };
  }

  toString(): string {
    return `BT ${this.colour} rg ${short(this.lineHeight)} TL ${this.told.join(' ')} ET`;
  }
}
