// Preloaded into a process of the service: its wall clock is off by as many milliseconds as a file says, and jumps when the
// file changes. Timers and performance.now() go on as before, as they do when somebody sets the clock of a machine.
const { readFileSync } = require('node:fs');

const RealDate = Date;
const file = process.env.SOAK_CLOCK_FILE;
let offset = 0;

function look() {
  try {
    offset = Number(readFileSync(file, 'utf8')) || 0;
  } catch {
    // Being replaced at this moment: the next look finds it.
  }
}
look();
setInterval(look, 200).unref();

const now = () => RealDate.now() + offset;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  apply: () => new RealDate(now()).toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});
