import type { DemoWorld } from '@autobroker/platform/app';
import { testApp, type TestApp } from '@autobroker/platform/testing';
import { identityService } from '../identity.module';
import { FoundInstallation } from './found-installation';
import { SeedDemo } from './seed-demo';

const operator = { OPERATOR_EMAIL: 'boss@broker.example', OPERATOR_PASSWORD: 'a first password of ours' };
const world = (): DemoWorld => ({ tenants: [], accounts: [] });

describe('an installation that nobody has used yet', () => {
  let app: TestApp;
  const open = async (env: NodeJS.ProcessEnv) => {
    app = await testApp({ services: [identityService], env: { ...env, IDENTITY_ANSWER_FLOOR_MS: '0' } });
    return app.app.get<FoundInstallation>(FoundInstallation);
  };
  const counts = async () => {
    const [row] = await app.of('identity').query<{ tenants: number; users: number }>(
      'select (select count(*)::int from identity.tenants) as tenants, (select count(*)::int from identity.users) as users',
    );
    return row;
  };
  const login = async (password: string) =>
    (await app.call('/api/v1/auth/login', { method: 'POST', body: { email: operator.OPERATOR_EMAIL, password } })).status;
  afterEach(() => app.close());

  it('gets one tenant and the operator it was told of, who can sign in', async () => {
    const made = world();
    await (await open({ ...operator, FIRST_TENANT: 'north-cars', FIRST_TENANT_CURRENCY: 'SEK' })).found(made);
    expect(made.tenants).toEqual([{ id: expect.any(String), slug: 'north-cars', currency: 'SEK' }]);
    expect(made.accounts).toEqual([{ role: 'operator', tenant: null, email: operator.OPERATOR_EMAIL, password: operator.OPERATOR_PASSWORD }]);
    expect(await login(operator.OPERATOR_PASSWORD)).toBe(200);
    expect(await login('another password')).toBe(401);
  });

  it('is left alone when it is founded again, also with another password', async () => {
    const founder = await open(operator);
    await founder.found(world());
    const again = world();
    await founder.found(again);
    expect(again).toEqual(world());
    expect(await counts()).toEqual({ tenants: 1, users: 1 });
  });

  it('has no operator with a password that somebody could guess', async () => {
    await (await open({})).found(world());
    expect(await counts()).toEqual({ tenants: 1, users: 0 });
  });

  it('keeps what the demo made', async () => {
    const founder = await open(operator);
    await app.app.get<SeedDemo>(SeedDemo).seed(world());
    const before = await counts();
    await founder.found(world());
    expect(await counts()).toEqual(before);
  });
});
