export interface SandboxSettings {
  readonly port: number;
  readonly cars: number;
  readonly seed: number | string;
  readonly start?: Date;
  readonly dataFolder: string | null;
}

/** What the environment says; throws with one line for whoever set it. */
export function readSettings(env: NodeJS.ProcessEnv): SandboxSettings {
  if (env['NODE_ENV'] === 'production') throw new Error('the sandbox is never part of production (NODE_ENV=production)');
  const start = env['SANDBOX_START'] ?? '';
  if (start !== '' && !Number.isFinite(Date.parse(start))) throw new Error(`SANDBOX_START=${start} is no date`);
  const folder = env['AUTOBROKER_DATA'] ?? '';
  return {
    port: numberOf('SANDBOX_PORT', env['SANDBOX_PORT'], 4_900, 65_000),
    cars: numberOf('SANDBOX_CARS', env['SANDBOX_CARS'], 5_000, 1_000_000),
    seed: seedOf(env['SANDBOX_SEED'] ?? ''),
    ...(start === '' ? {} : { start: new Date(start) }),
    dataFolder: folder === '' ? null : folder,
  };
}

const numberOf = (name: string, given: string | undefined, fallback: number, max: number): number => {
  if (given === undefined || given === '') return fallback;
  const value = Number(given);
  if (!Number.isInteger(value) || value < 0 || value > max) throw new Error(`${name}=${given} must be a whole number up to ${max}`);
  return value;
};

const seedOf = (given: string): number | string => {
  if (given === '') return 1;
  return /^\d{1,9}$/u.test(given) ? Number(given) : given;
};
