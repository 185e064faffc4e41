import sharp from 'sharp';
import { sniffImage } from './sniff';

const image = sharp({ create: { width: 20, height: 20, channels: 3, background: 'red' } });

it.each(['jpeg', 'png', 'webp', 'avif'] as const)('%s is known by its content', async (kind) => {
  expect(sniffImage(await image.clone().toFormat(kind).toBuffer())).toBe(kind);
});

it.each([
  ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"></svg>'],
  ['HTML', '<!doctype html><title>x</title><p>hello there</p>'],
  ['GIF', 'GIF89a................'],
  ['PDF', '%PDF-1.7 ..............'],
  ['a sound in a RIFF', 'RIFF....WAVEfmt ........'],
  ['nothing', ''],
  ['too little', '\xff\xd8\xff'],
])('%s is not', (_name, text) => expect(sniffImage(Buffer.from(text, 'latin1'))).toBeNull());
