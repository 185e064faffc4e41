import { BlockList, isIP } from 'node:net';

/** Everything that is not the public internet: ourselves, our networks, and what stands for them in disguise. */
const internal = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  internal.addSubnet(net, bits, 'ipv4');
}
// Of IPv6 only 2000::/3 is the public internet, and in it these carry an IPv4 address or none that routes.
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  internal.addSubnet(net, bits, 'ipv6');
}
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');

const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/iu;

/** Whether an IP address belongs to the public internet; anything that is no address does not. */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/%.*$/u, '');
  switch (isIP(bare)) {
    case 4:
      return !internal.check(bare, 'ipv4');
    case 6: {
      const inside = mapped.exec(bare)?.[1];
      if (inside !== undefined) return isPublicAddress(inside);
      return global6.check(bare, 'ipv6') && !internal.check(bare, 'ipv6');
    }
    default:
      return false;
  }
}
