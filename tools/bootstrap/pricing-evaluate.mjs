// `npm run pricing:evaluate -- --train A.csv.gz --test B.csv.gz --target price --map make=make,model=model,year=year,mileage=km`:
// trains the price model on one file, asks it about the other, and says how far off it was. With --json one line.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { CommandError } from './lib.mjs';
import { fromHere, messageOf, print, runTool } from './json-lines.mjs';

const usage =
  'usage: npm run pricing:evaluate -- --train FILE (--test FILE | --holdout SHARE) --target COLUMN --map make=COLUMN,model=COLUMN,year=COLUMN,mileage=COLUMN,… [--ignore COLUMN,…] [--seed N] [--json]';

class UsageError extends CommandError {
  constructor(message) {
    super(message, 2);
  }
}

const optionsOf = (args) => {
  try {
    const { values } = parseArgs({
      args: args.filter((argument) => argument !== '--'),
      options: {
        train: { type: 'string' },
        test: { type: 'string' },
        holdout: { type: 'string' },
        target: { type: 'string' },
        map: { type: 'string', default: '' },
        ignore: { type: 'string', default: '' },
        seed: { type: 'string', default: '1' },
        json: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    throw new UsageError(`${messageOf(error)}\n${usage}`);
  }
};

const pairsOf = (text) =>
  Object.fromEntries(
    text.split(',').filter((part) => part !== '').map((part) => {
      const at = part.indexOf('=');
      if (at < 1) throw new UsageError(`--map is made of role=column, not of ${JSON.stringify(part)}.\n${usage}`);
      return [part.slice(0, at).trim(), part.slice(at + 1).trim()];
    }),
  );

const numberOf = (text, name, isRight) => {
  const value = Number(text);
  if (!isRight(value)) throw new UsageError(`--${name} can't be ${JSON.stringify(text)}.\n${usage}`);
  return value;
};

const checkColumns = ({ names }, file, columns) => {
  const unknown = columns.filter((column) => !names.includes(column));
  if (unknown.length > 0) throw new UsageError(`${file} has no column ${unknown.join(', ')}. It has ${names.join(', ')}.`);
};

const table = (result) => {
  const line = (name, of) => `${name.padEnd(12)} MAE ${String(of.mae).padStart(10)}   MAPE ${of.mape} %   MdAPE ${of.mdape} %   R² ${of.r2}`;
  return [
    `learned from ${result.n_train} rows, asked for ${result.n_test}, ${result.skipped} without a usable target; ${result.seconds} s`,
    line('model', result),
    line('baseline', result.baseline),
    `80 % interval: holds ${result.coverage80} %`,
    ...result.segments.slice(0, 20).map(({ make, n, coverage80 }) => `  ${(make || '(all)').padEnd(20)} ${String(n).padStart(7)} cars   ${coverage80} %`),
  ].join('\n');
};

runTool('libs/domains/pricing', async (load) => {
  const options = optionsOf(process.argv.slice(2));
  const { train: trainFile, test: testFile, target } = options;
  if (trainFile === undefined || target === undefined || (testFile === undefined) === (options.holdout === undefined)) throw new UsageError(usage);
  const map = pairsOf(options.map);
  const ignore = options.ignore.split(',').map((name) => name.trim()).filter((name) => name !== '');
  const seed = numberOf(options.seed, 'seed', Number.isInteger);
  const { readCsv } = load('infrastructure/evaluation/read-csv.js');
  const { evaluate, holdOut } = load('application/evaluation/evaluate.js');
  const { random, shuffled } = load('@autobroker/gbt');
  const open = (file) => {
    try {
      return readCsv(readFileSync(fromHere(file)));
    } catch (error) {
      throw new UsageError(`${file}: ${messageOf(error)}`);
    }
  };
  const whole = open(trainFile);
  checkColumns(whole, trainFile, [target, ...Object.values(map)]);
  const parts =
    testFile === undefined
      ? holdOut(whole, numberOf(options.holdout, 'holdout', (share) => share > 0 && share < 1), shuffled(whole.rows.length, random(seed)))
      : { train: whole, test: open(testFile) };
  if (testFile !== undefined) checkColumns(parts.test, testFile, [target]);
  const result = evaluate({ ...parts, target, map, ignore, seed, now: () => performance.now() });
  if (result === null) throw new UsageError(`${trainFile} has fewer than two rows with a usable ${target}.`);
  if (options.json) await print(result);
  else process.stdout.write(`${table(result)}\n`);
  return 0;
});
