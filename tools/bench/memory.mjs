// What a server's memory is made of, at marks along the way.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const mb = (bytes) => Math.round(bytes / 1_048_576);

/** Lets a server that is started with this environment answer `memoryOf`. */
export const probed = (env) => ({ ...env, NODE_OPTIONS: `--require ${join(import.meta.dirname, 'memory-probe.cjs')}` });

const statusOf = (pid) => readFileSync(`/proc/${pid}/status`, 'latin1');
const field = (text, name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(text)?.[1] ?? 0) * 1_024;

/** Of processes that it has started: their memory is not its own, and is given back when they end. */
const childrenBytes = (pid) =>
  readdirSync('/proc').reduce((sum, name) => {
    if (!/^\d+$/.test(name)) return sum;
    try {
      const text = statusOf(name);
      return Number(/PPid:\s+(\d+)/.exec(text)?.[1]) === pid ? sum + field(text, 'VmRSS') : sum;
    } catch {
      return sum;
    }
  }, 0);

/** In megabytes. `rest` is what is neither V8's nor a typed array's: the allocator's, code, stacks. */
export const memoryOf = async ({ child }, { collect = false } = {}) => {
  const { usage } = await new Promise((done) => {
    const hear = (message) => {
      if (message?.type !== 'memory') return;
      child.off('message', hear);
      done(message);
    };
    child.on('message', hear);
    child.send({ type: 'memory', collect });
  });
  const status = statusOf(child.pid);
  return {
    rss: mb(usage.rss),
    heap_used: mb(usage.heapUsed),
    heap_total: mb(usage.heapTotal),
    array_buffers: mb(usage.arrayBuffers),
    external: mb(usage.external),
    files: mb(field(status, 'RssFile')),
    rest: mb(usage.rss - usage.heapTotal - usage.arrayBuffers - field(status, 'RssFile')),
    children: mb(childrenBytes(child.pid)),
  };
};

export const memoryTable = (rows) => {
  const names = Object.keys(rows[0]?.memory ?? {});
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(['MB at', ...names]), line(['---', ...names.map(() => '---:')]), ...rows.map(({ at, memory }) => line([at, ...names.map((name) => memory[name])]))].join('\n');
};
