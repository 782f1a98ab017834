// Writes a small packet capture to standard output: a client asks a name server ten times and is answered.
//   node docs/walk-through/make-capture.mjs > first.pcap
import { stdout } from 'node:process';

const client = [10, 0, 1, 10];
const server = [10, 0, 1, 20];
const bytes = (number, length) => {
  const buffer = Buffer.alloc(length);
  buffer.writeUIntBE(number, 0, length);
  return buffer;
};
const little = (number) => bytes(number, 4).reverse();

/** Ethernet, IPv4 and UDP around `payload`; checksums are left at zero, as captures of offloaded packets have them. */
function frame([from, fromPort], [to, toPort], payload) {
  const udp = Buffer.concat([
    bytes(fromPort, 2),
    bytes(toPort, 2),
    bytes(8 + payload.length, 2),
    bytes(0, 2),
    payload,
  ]);
  const ip = Buffer.from([0x45, 0, 0, 0, 0, 0, 0, 0, 64, 17, 0, 0, ...from, ...to]);
  ip.writeUInt16BE(ip.length + udp.length, 2);
  return Buffer.concat([Buffer.alloc(12), bytes(0x0800, 2), ip, udp]);
}

const record = (seconds, packet) =>
  Buffer.concat([little(seconds), little(0), little(packet.length), little(packet.length), packet]);

// Magic, version 2.4, two unused words, snapshot length, Ethernet.
stdout.write(
  Buffer.from([0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 1, 0, 0, 0]),
);
const now = Math.floor(Date.now() / 1000);
for (let question = 0; question < 10; question += 1) {
  const port = 40_000 + question;
  stdout.write(record(now, frame([client, port], [server, 53], Buffer.from(`question ${question}`))));
  stdout.write(
    record(now, frame([server, 53], [client, port], Buffer.from(`answer to question ${question}`))),
  );
}
