import { allCircuits, CircuitBreaker, CircuitOpenError } from './circuit-breaker';

describe('a circuit', () => {
  const fail = () => Promise.reject(new Error('no'));
  const work = () => Promise.resolve('yes');
  const tolerate = async (circuit: CircuitBreaker, times: number): Promise<void> => {
    for (let i = 0; i < times; i += 1) await circuit.run(fail).catch(() => undefined);
  };

  it('opens after failures in a row, lets one call try after a while, and closes when it works', async () => {
    let now = 0;
    const circuit = new CircuitBreaker('c1', { failures: 2, openMs: 100, now: () => now });
    await tolerate(circuit, 1);
    await circuit.run(work);
    await tolerate(circuit, 1);
    expect(circuit.state).toBe('closed');
    await tolerate(circuit, 1);
    expect(allCircuits()).toContainEqual({ name: 'c1', state: 'open', failures_in_a_row: 2, calls: 4, failed: 3 });
    await expect(circuit.run(work)).rejects.toBeInstanceOf(CircuitOpenError);
    now = 100;
    expect(circuit.state).toBe('half_open');
    const [first, second] = await Promise.allSettled([circuit.run(work), circuit.run(work)]);
    expect([first.status, second.status]).toEqual(['fulfilled', 'rejected']);
    expect(circuit.state).toBe('closed');
    circuit.dispose();
    expect(allCircuits().map(({ name }) => name)).not.toContain('c1');
  });

  it('opens again when the trial fails', async () => {
    let now = 0;
    const circuit = new CircuitBreaker('c2', { failures: 1, openMs: 100, now: () => now });
    await tolerate(circuit, 1);
    now = 100;
    await tolerate(circuit, 1);
    expect(circuit.state).toBe('open');
    now = 199;
    expect(circuit.state).toBe('open');
    circuit.dispose();
  });

  it('opens on a share of failures among many calls', async () => {
    const circuit = new CircuitBreaker('c3', { failures: 100, failureRate: 0.5, minimumCalls: 10, now: () => 0 });
    for (let i = 0; i < 4; i += 1) await circuit.run(work);
    await tolerate(circuit, 3);
    for (let i = 0; i < 1; i += 1) await circuit.run(work);
    expect(circuit.state).toBe('closed');
    await tolerate(circuit, 2);
    expect(circuit.state).toBe('open');
    circuit.dispose();
  });
});
