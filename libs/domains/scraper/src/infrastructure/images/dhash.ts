import sharp from 'sharp';

const plain = 12;

/**
 * 64 bits of how brightness falls from left to right over a picture: the same for another size, another quality and a small
 * mark, another for another car. Null for a picture of nothing. Runs in a worker thread.
 */
export async function dhash(picture: Uint8Array): Promise<string | null> {
  const { data } = await sharp(picture, { limitInputPixels: 50_000_000, failOn: 'none' })
    .rotate()
    .flatten({ background: '#ffffff' })
    .greyscale()
    .resize(9, 8, { fit: 'fill', kernel: 'lanczos3' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  // One colour, or nearly: a placeholder looks like every other one.
  if (Math.max(...data) - Math.min(...data) < plain) return null;
  let bits = 0n;
  for (let row = 0; row < 8; row += 1) {
    for (let column = 0; column < 8; column += 1) {
      const at = row * 9 + column;
      bits = (bits << 1n) | ((data[at] ?? 0) < (data[at + 1] ?? 0) ? 1n : 0n);
    }
  }
  return bits.toString(16).padStart(16, '0');
}
