import type { PictureSeed } from '@autobroker/market';

/** Chance that is the same for the same photograph. */
const throws = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** Outlines in a box of 400 by 150 with the wheels at 85 and 315: enough to tell one kind from another. */
const outlines: Readonly<Record<PictureSeed['body'], string>> = {
  sedan: 'M8 104 Q10 82 44 76 L98 70 Q136 32 168 28 L238 28 Q276 32 306 68 L366 76 Q394 82 394 104 L390 116 L10 116 Z',
  hatchback: 'M10 104 Q12 82 48 76 L104 68 Q140 28 172 26 L286 26 Q336 34 366 72 Q386 80 388 104 L384 116 L12 116 Z',
  estate: 'M8 104 Q10 82 44 76 L98 70 Q134 32 166 28 L322 28 Q360 36 378 72 Q392 84 392 104 L388 116 L10 116 Z',
  suv: 'M8 104 Q8 66 44 60 L94 54 Q124 14 150 12 L324 12 Q360 20 378 58 Q394 70 394 104 L390 116 L10 116 Z',
  coupe: 'M8 104 Q10 84 48 80 L120 74 Q160 40 196 36 L232 36 Q280 42 332 76 Q388 80 392 104 L388 116 L10 116 Z',
  convertible: 'M8 104 Q10 84 48 80 L126 76 Q146 52 168 48 L176 76 L300 74 Q388 80 392 104 L388 116 L10 116 Z',
  pickup: 'M8 104 Q8 70 44 64 L90 58 Q118 18 142 16 L214 16 Q232 22 240 60 L390 62 Q396 70 394 104 L390 116 L10 116 Z',
  minivan: 'M8 104 Q6 74 40 64 L92 34 Q120 10 150 8 L340 8 Q376 16 388 62 L392 104 L388 116 L10 116 Z',
  van: 'M8 104 Q6 62 40 52 L82 18 Q92 8 120 6 L370 6 Q390 12 392 50 L394 104 L390 116 L10 116 Z',
  other: 'M8 104 Q10 80 44 74 L98 68 Q136 36 168 32 L260 32 Q300 36 326 68 L370 76 Q394 82 394 104 L390 116 L10 116 Z',
};

const wheel = (at: number): string => `<circle cx="${at}" cy="114" r="27" fill="#141414"/><circle cx="${at}" cy="114" r="15" fill="#9aa0a6"/>`;

/** From outside: the silhouette, turned by the view. There is no plate. */
const outside = ({ view, body, paint, placing, damaged }: PictureSeed): string => {
  const narrow = view === 'front' || view === 'rear' ? 0.55 : view === 'front_left' || view === 'rear_right' ? 0.85 : 1;
  const turned = view === 'rear' || view === 'rear_right' ? -1 : 1;
  const height = placing.scale * 1.5;
  const width = height * narrow * turned;
  const x = placing.x * 640 - 200 * width;
  const y = placing.y * 480 - 80 * height;
  const fill = `rgb(${paint.r},${paint.g},${paint.b})`;
  return `<g transform="translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${width.toFixed(3)} ${height.toFixed(3)})"><ellipse cx="200" cy="140" rx="205" ry="12" fill="#000" opacity="0.35"/><path d="${outlines[body]}" fill="${fill}" stroke="#0c0c0c" stroke-width="3"/>
<path d="M150 72 Q168 40 186 38 L226 38 Q252 42 274 70 Z" fill="#26313b" opacity="0.85"/>${wheel(85)}${wheel(315)}<circle cx="22" cy="92" r="8" fill="#f6f2d4"/><rect x="374" y="86" width="14" height="12" fill="#a31515"/>${damaged ? '<path d="M20 78 L52 98 L34 104 L70 114 L12 114 Z" fill="#1a1a1a" opacity="0.8"/>' : ''}</g>`;
};

/** From inside or close by: large plain shapes in the car's own colours. */
const close = ({ view, paint, placing }: PictureSeed): string => {
  const fill = `rgb(${paint.r},${paint.g},${paint.b})`;
  const [x, y, size] = [placing.x * 640, placing.y * 480, placing.scale * 240];
  switch (view) {
    case 'wheel':
      return `<circle cx="${x}" cy="${y}" r="${size * 0.8}" fill="#111"/><circle cx="${x}" cy="${y}" r="${size * 0.5}" fill="#a9aeb4"/><circle cx="${x}" cy="${y}" r="${size * 0.14}" fill="${fill}"/>`;
    case 'engine':
      return `<rect x="${x - size}" y="${y - size * 0.6}" width="${size * 2}" height="${size * 1.2}" rx="20" fill="#2b2e33"/><rect x="${x - size * 0.6}" y="${y - size * 0.35}" width="${size * 1.2}" height="${size * 0.5}" rx="12" fill="${fill}"/>`;
    case 'trunk':
      return `<path d="M${x - size} ${y + size * 0.6} L${x - size * 0.8} ${y - size * 0.6} L${x + size * 0.8} ${y - size * 0.6} L${x + size} ${y + size * 0.6} Z" fill="#26272b" stroke="${fill}" stroke-width="26"/>`;
    default:
      return `<path d="M0 ${y} Q320 ${y - size * 0.5} 640 ${y} L640 480 L0 480 Z" fill="#1d1e22"/><circle cx="${x * 0.7}" cy="${y + 40}" r="${size * 0.42}" fill="none" stroke="#0b0b0c" stroke-width="22"/><rect x="${x}" y="${y}" width="${size * 0.7}" height="${size * 0.4}" rx="10" fill="#4a6b86"/>`;
  }
};

const near = new Set<PictureSeed['view']>(['interior', 'dashboard', 'wheel', 'engine', 'trunk']);

/**
 * A photograph of a car, 640 by 480. Every source shows the same scene of the same shot, and no two shots stand in the
 * same one: the large patches of light around the car make the difference, as they do in a perceptual hash.
 */
export function sceneOf(picture: PictureSeed): string {
  const next = throws(picture.seed);
  const { hue, horizon } = picture.scene;
  const columns = 7;
  const rows = 6;
  const patches = Array.from({ length: columns * rows }, (_, index) => {
    const [column, row] = [index % columns, Math.floor(index / columns)];
    const light = Math.round(8 + next() * 84);
    const own = row / rows < horizon ? hue : hue + 40;
    return `<rect x="${((column * 640) / columns - 2).toFixed(0)}" y="${((row * 480) / rows - 2).toFixed(0)}" width="96" height="84" fill="hsl(${own % 360},${Math.round(8 + next() * 22)}%,${light}%)"/>`;
  });
  const buildings = Array.from({ length: picture.scene.buildings }, () => `<rect x="${Math.round(next() * 600)}" y="${Math.round(horizon * 480 - next() * 150)}" width="${Math.round(30 + next() * 70)}" height="${Math.round(60 + next() * 90)}" fill="hsl(${hue},10%,${Math.round(15 + next() * 60)}%)" opacity="0.75"/>`);
  const sun = `<circle cx="${Math.round(picture.scene.sun * 640)}" cy="${Math.round(30 + next() * 60)}" r="34" fill="#fffbe6" opacity="0.85"/>`;
  return `${patches.join('')}${buildings.join('')}${sun}${near.has(picture.view) ? close(picture) : outside(picture)}`;
}
