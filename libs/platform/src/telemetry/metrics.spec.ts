import { mayReadMetrics, Metrics, serveMetrics, watchPool } from './index';
import { metrics as processMetrics } from './metrics';
import type { AddressInfo } from 'node:net';

describe('metrics', () => {
  it('count through bound children exactly what is counted by labels', async () => {
    const metrics = new Metrics();
    const counter = metrics.counter({ name: 'things_total', help: 'Things', labels: ['kind'] });
    const bound = counter.bind({ kind: 'a' });
    bound.inc();
    bound.inc(2);
    counter.inc({ kind: 'a' });
    counter.inc({ kind: 'b' }, 7);
    expect(await metrics.render()).toContain('things_total{kind="a"} 4');
    bound.inc();
    const text = await metrics.render();
    expect(text).toContain('things_total{kind="a"} 5');
    expect(text).toContain('things_total{kind="b"} 7');
  });

  it('renders histograms as Prometheus expects them', async () => {
    const metrics = new Metrics();
    const histogram = metrics.histogram({ name: 'wait_seconds', help: 'Waiting', labels: ['route'], buckets: [0.1, 1] });
    const bound = histogram.bind({ route: '/x' });
    for (const value of [0.05, 0.1, 0.5, 3]) bound.observe(value);
    histogram.observe(0.01, { route: '/y' });
    const text = await metrics.render();
    expect(text).toContain('# TYPE wait_seconds histogram');
    expect(text).toContain('wait_seconds_bucket{route="/x",le="0.1"} 2');
    expect(text).toContain('wait_seconds_bucket{route="/x",le="1"} 3');
    expect(text).toContain('wait_seconds_bucket{route="/x",le="+Inf"} 4');
    expect(text).toContain('wait_seconds_count{route="/x"} 4');
    expect(text).toMatch(/wait_seconds_sum\{route="\/x"\} 3\.65/);
    expect(text).toContain('wait_seconds_count{route="/y"} 1');
    histogram.startTimer({ route: '/z' })();
    expect(await metrics.render()).toContain('wait_seconds_count{route="/z"} 1');
  });

  it('gives one metric for one name, whoever asks', async () => {
    const metrics = new Metrics();
    metrics.counter({ name: 'shared_total', help: 'Shared' }).inc();
    metrics.counter({ name: 'shared_total', help: 'Shared' }).inc();
    expect(await metrics.render()).toContain('shared_total 2');
  });

  it('asks gauges that live elsewhere at every scrape', async () => {
    const stop = watchPool('main', { totalCount: 5, idleCount: 2, waitingCount: 1 });
    const text = await processMetrics.render();
    expect(text).toContain('database_pool_connections{pool="main",state="busy"} 3');
    expect(text).toContain('database_pool_connections{pool="main",state="waiting"} 1');
    stop();
  });

  it('shows the lag of the event loop and the names that dashboards know', async () => {
    processMetrics.collectProcess();
    processMetrics.collectProcess();
    const text = await processMetrics.render();
    for (const name of [
      'nodejs_eventloop_lag', 'process_resident_memory_bytes', 'api_response_seconds', 'search_requests_total',
      'active_opportunities', 'database_query_seconds',
    ]) {
      expect(text).toContain(name);
    }
  });
});

describe('who may read /metrics', () => {
  it('is everybody in development, and in production only the holder of the token', () => {
    expect(mayReadMetrics({ production: false, token: undefined }, undefined)).toBe(true);
    expect(mayReadMetrics({ production: true, token: undefined }, undefined)).toBe(false);
    expect(mayReadMetrics({ production: true, token: undefined }, 'Bearer x')).toBe(false);
    const access = { production: true, token: 'a-long-metrics-token' };
    expect(mayReadMetrics(access, 'Bearer a-long-metrics-token')).toBe(true);
    expect(mayReadMetrics(access, 'Bearer another-token')).toBe(false);
    expect(mayReadMetrics({ ...access, production: false }, undefined)).toBe(false);
  });

  it('can be a port of its own', async () => {
    const server = await serveMetrics(0);
    const { port } = server.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
    expect(answer.headers.get('content-type')).toContain('text/plain');
    expect(await answer.text()).toContain('# TYPE');
    expect((await fetch(`http://127.0.0.1:${port}/other`)).status).toBe(404);
    server.closeAllConnections();
    server.close();
  });
});
