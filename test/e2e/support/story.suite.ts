import { coverageSuite } from './coverage.suite';
import { lifecycleSuite } from './lifecycle.suite';
import { racesSuite } from './races.suite';
import { ServiceProcess } from './service-process';
import { silentStopSuite } from './silent-stop.suite';

/** Servers that the service needs beside its data directory, and the settings that make it use them. */
export interface StoresUnderTest {
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export type ServiceUnderTest = () => ServiceProcess;

/** At most so many flow logs; every scene but the last test's uses a few of them. */
export const quota = 24;

const randomDigits = (): string => `${Math.floor(1e15 + Math.random() * 8e15)}`;

/** The whole story over HTTP against the compiled service on these stores. */
export function storySuite(
  name: string,
  openStores: () => Promise<StoresUnderTest> = async () => ({
    environment: {},
    close: async () => undefined,
  }),
): void {
  describe(`flow logs on ${name}`, () => {
    let stores: StoresUnderTest | undefined;
    let service: ServiceProcess | undefined;

    beforeAll(async () => {
      stores = await openStores();
      service = await ServiceProcess.start({
        FLOWLEDGER_ACCOUNT_ID: randomDigits(),
        FLOWLEDGER_FLOW_LOG_QUOTA: `${quota}`,
        ...stores.environment,
      });
    }, 60_000);
    afterAll(async () => {
      await service?.remove();
      await stores?.close();
    });

    const running: ServiceUnderTest = () => service!;
    silentStopSuite(running);
    lifecycleSuite(running);
    coverageSuite(running);
    racesSuite(running);
  });
}
