import { canonicalAddress, pathCode } from '@flowledger/flow-record';
import type { Connection } from './connection';
import type { Random } from './random';
import { exponential, seededRandom, WeightedChoice, zipf } from './random';
import type { TrafficProfile } from './traffic-profile';

/** Longest life, in means: beyond it lie 6 of a million connections. */
export const LONGEST_LIFE = 12;

const FIRST_EPHEMERAL_PORT = 32_768;
const EPHEMERAL_PORTS = 28_232;
const internetPaths: ReadonlySet<number> = new Set([
  pathCode.natGateway,
  pathCode.internetByIpv4Gateway,
  pathCode.internetByIpv6Gateway,
  pathCode.internetByPublicIp,
]);

/** The connections that begin in a given second: a function of seed and second alone. */
export class ConnectionSource {
  private readonly addresses: readonly string[];
  private readonly peers: WeightedChoice<number>;
  private readonly paths: WeightedChoice<number>;
  private readonly protocols: WeightedChoice<number>;
  /** More than a second ever brings, so that ephemeral ports come round as late as possible. */
  private readonly portsPerSecond: number;

  constructor(
    private readonly profile: TrafficProfile,
    interfaces: readonly { readonly addresses: readonly string[] }[],
  ) {
    const { connectionsPerSecond: rate, paths, protocols } = profile;
    this.addresses = interfaces.flatMap(({ addresses }) =>
      addresses.map((text) => canonicalAddress(text) ?? text),
    );
    this.peers = zipf(profile.peers, profile.zipfExponent);
    this.paths = new WeightedChoice(Object.keys(paths).map(Number), Object.values(paths));
    this.protocols = new WeightedChoice([6, 17, 1], [protocols.tcp, protocols.udp, protocols.icmp]);
    this.portsPerSecond = Math.ceil(rate + 6 * Math.sqrt(rate)) + 1;
  }

  /** In order of opening. */
  startingIn(second: number): Connection[] {
    const { seed, connectionsPerSecond: rate } = this.profile;
    if (rate === 0 || this.addresses.length === 0) return [];
    const random = seededRandom(seed, second, Math.floor(second / 0x1_0000_0000));
    const started: Connection[] = [];
    for (let at = exponential(random, 1 / rate); at < 1; at += exponential(random, 1 / rate)) {
      started.push(
        this.connect(
          random,
          second * 1e6 + Math.floor(at * 1e6),
          second * this.portsPerSecond + started.length,
        ),
      );
    }
    return started;
  }

  private connect(random: Random, opened: number, sequence: number): Connection {
    const { meanLifeSeconds: mean, rejectShare } = this.profile;
    const own = this.addresses[Math.floor(random() * this.addresses.length)]!;
    const ipVersion = own.includes(':') ? 6 : 4;
    const drawn = this.protocols.draw(random);
    const protocol = drawn === 1 && ipVersion === 6 ? 58 : drawn;
    const path = this.paths.draw(random);
    const peer = peerAddress(this.peers.draw(random), ipVersion, internetPaths.has(path));
    const rejected = random() < rejectShare;
    const life = Math.min(exponential(random, mean), LONGEST_LIFE * mean);
    const isOutbound = random() < 0.5;
    const hasPorts = protocol === 6 || protocol === 17;
    return {
      ipVersion,
      client: isOutbound ? own : peer,
      server: isOutbound ? peer : own,
      clientPort: hasPorts ? FIRST_EPHEMERAL_PORT + (sequence % EPHEMERAL_PORTS) : 0,
      serverPort: hasPorts ? serverPort(protocol, random) : 0,
      protocol,
      path,
      rejected,
      opened,
      closed: rejected ? opened : opened + Math.floor(life * 1e6),
      replySize: 80 + Math.floor(random() * 1400),
    };
  }
}

function serverPort(protocol: number, random: Random): number {
  const ports = protocol === 6 ? [443, 443, 443, 80, 22, 3306, 6379] : [53, 53, 123, 443];
  return ports[Math.floor(random() * ports.length)]!;
}

/** Internet peers from the benchmark range 198.18.0.0/15, private ones from the shared range 100.64.0.0/10. */
function peerAddress(rank: number, ipVersion: 4 | 6, isInternet: boolean): string {
  const host = rank + 1;
  if (ipVersion === 6)
    return canonicalAddress(
      `${isInternet ? '2001:db8' : 'fd00'}::${(host >> 16).toString(16)}:${(host & 0xffff).toString(16)}`,
    )!;
  const second = (isInternet ? 18 : 64) + (host >> 16);
  return `${isInternet ? 198 : 100}.${second}.${(host >> 8) & 0xff}.${host & 0xff}`;
}
