import { firstSecond, numberedCapture } from '../../e2e/support/traffic';
import type { Cell, ExpectedFlowLog } from './cell';
import type { Door } from './door';

const packets = 5;
const pageSize = 1_000;
/** Of the most packets that an interface can be numbered with, a minute each; long before live traffic. */
const lastImported = firstSecond + 60 * 60_000;

/** The next packets of this flow log's interface, and the entries that they must become. */
export function nextImport({ networkInterface }: ExpectedFlowLog): { capture: Buffer; entries: string[] } {
  const { address, imported: first } = networkInterface;
  networkInterface.imported += packets;
  const numbers = Array.from({ length: packets }, (_, index) => first + index);
  return {
    capture: numberedCapture(address, first, first + packets),
    entries: numbers.map((number) => `${address} ${number}`),
  };
}

/** What the logstore shows of imports, as `address number`; live traffic is of another time. */
export async function shownImports(door: Door, { logstorePath }: Cell): Promise<string[]> {
  const shown: string[] = [];
  for (;;) {
    const { body, status } = await door.get(
      `${logstorePath}/logs?from=${firstSecond}&to=${lastImported}&limit=${pageSize}&offset=${shown.length}&query=*`,
    );
    const page = (body['entries'] ?? []) as Readonly<Record<string, string>>[];
    if (status >= 400) throw new Error(`${logstorePath}/logs: ${status}`);
    for (const { srcaddr, srcport } of page) shown.push(`${srcaddr} ${Number(srcport) - 1_000}`);
    if (page.length < pageSize) return shown;
  }
}
