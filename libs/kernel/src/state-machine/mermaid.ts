import type { StateRow, Transition } from './table';

/** A `stateDiagram-v2` with who may, what must hold and what happens by itself. */
export function mermaid(
  initial: string,
  states: ReadonlyMap<string, StateRow>,
  transitions: readonly Transition<string, string, string, string>[],
): string {
  const ids = new Map([...states.keys()].map((state, index) => [state, /^[A-Za-z]\w*$/u.test(state) && state !== 'end' ? state : `s${index}`]));
  const idOf = (state: string): string => ids.get(state) ?? state;
  return [
    'stateDiagram-v2',
    ...[...states].filter(([state, row]) => idOf(state) !== state || row.label !== undefined).map(([state, row]) => `  state "${plain(row.label ?? state)}" as ${idOf(state)}`),
    `  [*] --> ${idOf(initial)}`,
    ...transitions.map((row) => `  ${idOf(row.from)} --> ${idOf(row.to)}: ${labelOf(row)}`),
    ...[...states].filter(([, row]) => row.terminal === true).map(([state]) => `  ${idOf(state)} --> [*]`),
    '',
  ].join('\n');
}

function labelOf({ trigger, who, guards, after }: Transition<string, string, string, string>): string {
  const conditions = guards.length === 0 ? '' : ` [${guards.map(plain).join(', ')}]`;
  const timer = after === undefined ? '' : ` after ${after}`;
  return `${plain(trigger)}${timer}${conditions} (${who.map(plain).join(', ')})`;
}

/** Takes out what would end a label or a quoted name in Mermaid. */
function plain(text: string): string {
  return text.replace(/[\s";:#%]+/gu, ' ').trim();
}
