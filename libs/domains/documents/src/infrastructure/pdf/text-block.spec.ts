import { TextBlock } from './text-block';

const piece = (codes: string, x = 0, y = 0) => ({ codes, x, y });

describe('lines as a page is told them', () => {
  it('follow each other without their places where they stand under each other', () => {
    const block = new TextBlock(10, '0 0 0', 12.5);
    for (const index of [0, 1, 2]) block.put('F1', piece(`000${index}`), 56, 100 + index * 12.5);
    expect(block.toString()).toBe('BT 0 0 0 rg 12.5 TL /F1 10 Tf 1 0 0 -1 56 100 Tm [<0000>] TJ T* [<0001>] TJ T* [<0002>] TJ ET');
  });

  it('have their places where they begin elsewhere: a line is left out, or goes on in another font', () => {
    const block = new TextBlock(10, '0 0 0', 12);
    block.put('F1', piece('0001'), 56, 100);
    block.put('F2', piece('0002', 500), 56, 100);
    block.put('F1', piece('0003'), 56, 112);
    block.put('F1', piece('0004'), 56, 136);
    expect(block.toString()).toBe('BT 0 0 0 rg 12 TL /F1 10 Tf 1 0 0 -1 56 100 Tm [<0001>] TJ /F2 10 Tf 1 0 0 -1 61 100 Tm [<0002>] TJ /F1 10 Tf 1 0 0 -1 56 112 Tm [<0003>] TJ 1 0 0 -1 56 136 Tm [<0004>] TJ ET');
  });

  it('never stray by more than nobody sees, however many there are', () => {
    const height = 12.3456;
    const block = new TextBlock(9.5, '0 0 0', height);
    let [y, strayed] = [0, 0];
    for (let index = 0; index < 60; index++) {
      const before = block.toString().length;
      block.put('F1', piece('0001'), 56, 100 + index * height);
      const added = block.toString().slice(before - ' ET'.length);
      y = added.includes('T*') ? y + Number(/([\d.]+) TL/u.exec(block.toString())?.[1]) : Number(/ ([\d.]+) Tm/u.exec(added)?.[1]);
      strayed = Math.max(strayed, Math.abs(y - (100 + index * height)));
    }
    expect(strayed).toBeLessThan(0.003);
  });

  it('a sign that stands off its line is raised against the page, which goes down', () => {
    const block = new TextBlock(10, '0 0 0', 12);
    block.put('F1', piece('0001', 0, 200), 56, 100);
    expect(block.toString()).toContain('1 0 0 -1 56 98 Tm');
  });
});
