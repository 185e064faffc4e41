import { loadConfig } from '@autobroker/platform/config';
import { scraperConfig } from '../../application/config';
import { sourceAddressConfig } from '../sources/addresses';
import { SourceAddresses } from './source-addresses';

const before = process.env.NODE_ENV;
afterEach(() => {
  process.env.NODE_ENV = before;
});

const open = (env: Record<string, string>, mode: string): SourceAddresses => {
  process.env.NODE_ENV = mode;
  return new SourceAddresses(loadConfig(scraperConfig, env), loadConfig(sourceAddressConfig, env));
};

describe('in production', () => {
  it.each([
    'http://127.0.0.1:4901',
    'http://localhost:4901',
    'http://shop.localhost',
    'http://copart.internal',
    'http://[::1]:4901',
    'http://[::ffff:127.0.0.1]',
    'http://2130706433/',
    'http://0x7f.1',
    'http://10.0.0.7',
    'http://169.254.169.254',
    'http://192.168.178.20:8080',
  ])('%s is no source', (address) => {
    expect(() => open({ SOURCE_COPART_URL: address }, 'production')).toThrow(/refused in production/u);
    expect(() => open({ FIRECRAWL_API_URL: address }, 'production')).toThrow(/refused in production/u);
  });

  it('there is no sandbox, wherever it says it is', () => {
    for (const address of ['http://127.0.0.1:4900', 'https://sandbox.example']) expect(() => open({ SANDBOX_URL: address }, 'production')).toThrow(/refused in production/u);
  });

  it('a public address is a source, and one that is not set is off', async () => {
    const addresses = open({ SOURCE_COPART_URL: 'https://www.copart.com' }, 'production');
    expect([await addresses.find('copart'), await addresses.find('iaai')]).toEqual([{ url: 'https://www.copart.com', key: {}, sandbox: false }, null]);
  });
});

it('elsewhere a source may be on this machine', async () => {
  expect(await open({ SOURCE_COPART_URL: 'http://127.0.0.1:4901' }, 'development').find('copart')).toMatchObject({ url: 'http://127.0.0.1:4901' });
});
