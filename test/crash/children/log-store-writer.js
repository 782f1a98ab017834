// Writes and delivers until it is killed. One JSON line on standard output for each segment that was acknowledged.
// Arguments: directory, the step at which it kills itself (or "none"), number of the first entry.
const Module = require('node:module');
const { writeSync } = require('node:fs');
const { join } = require('node:path');

const dist = join(__dirname, '../../../dist/libs');
const resolve = Module._resolveFilename;
Module._resolveFilename = (request, ...rest) =>
  resolve(
    request.startsWith('@flowledger/') ? join(dist, request.slice(12), 'src/index.js') : request,
    ...rest,
  );

const { SystemClock } = require(join(dist, 'event-sourcing/src/index.js'));
const { EmbeddedLogStore } = require(join(dist, 'log-store/src/index.js'));

const accountId = '1000000000000001';
const [directory, fatalStep, first] = process.argv.slice(2);
const flowLogs = ['fl-1', 'fl-2'];
const entry = (number) => ({
  accountId,
  regionId: 'cn-hangzhou',
  networkInterfaceId: 'eni-1',
  instanceId: 'i-1',
  vSwitchId: 'vsw-1',
  vpcId: 'vpc-1',
  logStatus: 'OK',
  type: 'IPv4',
  protocol: 6,
  srcaddr: '10.0.0.1',
  srcport: 1,
  dstaddr: '10.0.0.2',
  dstport: 443,
  direction: 'out',
  action: 'ACCEPT',
  packets: 1,
  bytes: number,
  start: 1720785600,
  end: 1720785660,
  tcpFlags: 2,
  trafficPath: 2,
});

async function main() {
  let steps = 0;
  let merging = false;
  let rounds = 0;
  const store = await EmbeddedLogStore.open({
    directory,
    clock: new SystemClock(),
    limits: { spoolBytes: 1e10, spoolAgeSeconds: 604800 },
    faults: (step) => {
      if (merging ? `merge-${step}` === fatalStep : step === fatalStep && ++steps === 4)
        process.kill(process.pid, 'SIGKILL');
    },
  });
  store.reconcile([
    { logstoreId: 'ls-kept', accountId, ttlDays: 3650, deleted: false },
    { logstoreId: 'ls-brief', accountId, ttlDays: 0, deleted: false },
  ]);
  for (let number = Number(first); ; number += 3) {
    const numbers = [number, number + 1, number + 2];
    const entries = numbers.map((n) => ({ entry: entry(n), flowLogIds: flowLogs }));
    const counts = { observed: 3, filtered: 0, aggregated: 3, skipped: {} };
    const kept = store.writeSegment({ accountId, planVersion: 1, entries, counts });
    const passing = store.writeSegment({
      accountId,
      planVersion: 1,
      entries: [{ entry: entry(0), flowLogIds: ['fl-brief'] }],
      counts,
    });
    store.deliverNext('fl-1', 'ls-kept', 1);
    await kept;
    writeSync(1, JSON.stringify({ acknowledged: numbers }) + '\n');
    store.deliverNext('fl-2', 'ls-kept', 2);
    await passing;
    store.deliverNext('fl-brief', 'ls-brief');
    await store.applyRetention();
    if (++rounds % 5 === 0) {
      merging = true;
      await store.compact({ olderThan: Date.now() / 1000 + 7200 });
      merging = false;
    }
  }
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
