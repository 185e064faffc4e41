import { Duration } from '../duration';
import type { StateRow, Transition } from './table';

interface Graph {
  readonly initial: string;
  readonly states: ReadonlyMap<string, StateRow>;
  readonly transitions: readonly Transition<string, string, string, string>[];
  readonly guards: ReadonlySet<string>;
}

/** Thrown where a machine is defined, so that a process with a wrong table does not start. Lists everything that is wrong. */
export class StateMachineDefinitionError extends Error {
  override readonly name = 'StateMachineDefinitionError';

  constructor(
    machine: string,
    readonly problems: readonly string[],
  ) {
    super(`The state machine «${machine}» is wrong:\n- ${problems.join('\n- ')}`);
  }
}

/** Everything that is wrong with a table: names first, and the shape of the graph only once all names are known. */
export function problemsOf(graph: Graph): string[] {
  const names = [...unknownNames(graph), ...duplicates(graph), ...unusable(graph)];
  return names.length > 0 ? names : [...unreachable(graph), ...deadEnds(graph)];
}

function unknownNames({ initial, states, transitions, guards }: Graph): string[] {
  const used = new Set(transitions.flatMap((transition) => transition.guards));
  return [
    ...(states.has(initial) ? [] : [`the initial state «${initial}» is unknown`]),
    ...transitions.flatMap((transition) => [
      ...(states.has(transition.from) ? [] : [`${nameOf(transition)} leaves the unknown state «${transition.from}»`]),
      ...(states.has(transition.to) ? [] : [`${nameOf(transition)} leads to the unknown state «${transition.to}»`]),
      ...transition.guards.filter((guard) => !guards.has(guard)).map((guard) => `${nameOf(transition)} asks the unknown guard «${guard}»`),
    ]),
    ...[...guards].filter((guard) => !used.has(guard)).map((guard) => `the guard «${guard}» is never asked`),
  ];
}

function duplicates({ transitions }: Graph): string[] {
  const seen = new Set<string>();
  return transitions.flatMap((transition) => {
    const key = JSON.stringify([transition.from, transition.trigger]);
    if (seen.has(key)) return [`${nameOf(transition)} is there twice`];
    seen.add(key);
    return [];
  });
}

function unusable({ states, transitions }: Graph): string[] {
  return transitions.flatMap((transition) => [
    ...(transition.who.length > 0 ? [] : [`nobody may pull ${nameOf(transition)}`]),
    ...(states.get(transition.from)?.terminal === true ? [`${nameOf(transition)} leaves a terminal state`] : []),
    ...(transition.after === undefined || Duration.tryParse(transition.after).ok ? [] : [`${nameOf(transition)} is due after «${transition.after}», which is no duration`]),
  ]);
}

function unreachable({ initial, states, transitions }: Graph): string[] {
  const reached = spread([initial], (state) => transitions.filter(({ from }) => from === state).map(({ to }) => to));
  return [...states.keys()].filter((state) => !reached.has(state)).map((state) => `«${state}» can't be reached from «${initial}»`);
}

function deadEnds({ states, transitions }: Graph): string[] {
  const terminals = [...states].filter(([, row]) => row.terminal === true).map(([state]) => state);
  if (terminals.length === 0) return ['no state is terminal'];
  const finishing = spread(terminals, (state) => transitions.filter(({ to }) => to === state).map(({ from }) => from));
  return [...states.keys()].filter((state) => !finishing.has(state)).map((state) => `«${state}» is a dead end: no terminal state can be reached from it`);
}

function spread(start: readonly string[], next: (state: string) => readonly string[]): Set<string> {
  const found = new Set(start);
  // A set that grows while it is walked visits what was added: a breadth-first search.
  for (const state of found) for (const neighbour of next(state)) found.add(neighbour);
  return found;
}

function nameOf({ from, trigger }: { from: string; trigger: string }): string {
  return `«${trigger}» in «${from}»`;
}
