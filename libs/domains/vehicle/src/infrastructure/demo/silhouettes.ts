import type { Body, Colour } from '@autobroker/kernel';
import sharp from 'sharp';

const paint: Readonly<Record<Colour, string>> = {
  black: '#22262b',
  white: '#f2f3f5',
  silver: '#b9c0c7',
  grey: '#6d747c',
  blue: '#2459a8',
  red: '#b3262e',
  green: '#2f6b46',
  brown: '#6b4a33',
  beige: '#d8c8a8',
  yellow: '#e5b81c',
  orange: '#d9692b',
  gold: '#b8963e',
  purple: '#5c3c85',
  other: '#7a8a99',
};

/** Outlines seen from the left, over wheels at 250 and 720 on a ground at 430: roof, bonnet and tail make the kind of car. */
const outlines: Partial<Record<Body, string>> = {
  hatchback: 'M110 400 L120 330 Q130 300 190 290 L300 215 Q330 195 400 195 L600 198 Q660 200 700 260 L850 300 Q880 310 880 400 Z',
  sedan: 'M90 400 L95 335 Q100 310 190 300 L330 225 Q360 208 430 208 L540 210 Q590 212 640 280 L850 300 Q890 310 890 400 Z',
  estate: 'M90 400 L100 230 Q105 200 160 196 L540 200 Q590 204 650 280 L850 302 Q890 312 890 400 Z',
  suv: 'M95 400 L105 230 Q112 178 180 172 L540 176 Q600 180 660 262 L860 282 Q895 292 893 400 Z',
  coupe: 'M90 400 L95 340 Q110 310 200 304 Q330 215 460 215 Q560 218 650 295 L850 312 Q892 322 890 400 Z',
  convertible: 'M90 400 L95 335 Q100 308 200 304 L420 300 L560 300 L600 240 L650 298 L850 310 Q890 320 890 400 Z',
  pickup: 'M80 400 L84 290 L420 290 L430 200 Q440 180 480 180 L570 182 Q620 186 670 270 L870 290 Q900 298 898 400 Z',
  minivan: 'M90 400 L100 215 Q108 170 180 166 L560 170 Q640 178 740 280 L865 305 Q892 314 890 400 Z',
  van: 'M80 400 L86 150 Q90 130 120 130 L640 132 Q690 136 760 270 L870 290 Q898 298 896 400 Z',
};

const plain = 'M110 400 L120 330 Q130 300 190 290 L300 215 Q330 195 400 195 L600 198 Q660 200 700 260 L850 300 Q880 310 880 400 Z';

/** A simple drawing of such a car, for a demo without anybody's photographs. */
export async function drawCar(body: Body | null, colour: Colour | null, sky: number): Promise<Buffer> {
  const outline = (body === null ? undefined : outlines[body]) ?? plain;
  const hue = 195 + (sky % 40);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="800" viewBox="0 0 980 612">
    <defs><linearGradient id="s" x1="0" y1="0" x2="0" y2="1">
      <stop offset="0" stop-color="hsl(${hue},55%,78%)"/><stop offset="1" stop-color="hsl(${hue},40%,94%)"/></linearGradient></defs>
    <rect width="980" height="612" fill="url(#s)"/>
    <rect y="425" width="980" height="187" fill="#8c9196"/><rect y="425" width="980" height="6" fill="#74797e"/>
    <ellipse cx="490" cy="452" rx="420" ry="18" fill="#00000040"/>
    <path d="${outline}" fill="${paint[colour ?? 'other']}" stroke="#00000055" stroke-width="3"/>
    <path d="M120 352 L878 352" stroke="#ffffff40" stroke-width="5"/>
    <g fill="#1d2733" opacity="0.82"><path d="M335 238 L455 226 L455 290 L285 290 Z"/><path d="M472 226 L560 232 L625 290 L472 290 Z"/></g>
    <g><circle cx="250" cy="400" r="56" fill="#17191c"/><circle cx="250" cy="400" r="29" fill="#c3c8ce"/>
    <circle cx="720" cy="400" r="56" fill="#17191c"/><circle cx="720" cy="400" r="29" fill="#c3c8ce"/></g>
    <rect x="852" y="322" width="32" height="20" rx="8" fill="#fff6cf"/><rect x="98" y="322" width="20" height="24" rx="6" fill="#c4262e"/>
  </svg>`;
  return sharp(Buffer.from(svg)).png({ compressionLevel: 1 }).toBuffer();
}
