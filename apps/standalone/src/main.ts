import 'reflect-metadata';
import { StoreLocked } from '@flowledger/event-sourcing';
import { ConfigurationError, readConfig } from './config';
import type { Config } from './config';
import { processFaults } from './health/process-faults';
import { createLogger } from './logger';
import { Service } from './service';

const configurationExitCode = 78;
const longestStop = 10_000;

/** Faults that only the operator can mend: one line, no stack. */
const isForTheOperator = (error: unknown): error is Error =>
  error instanceof ConfigurationError ||
  error instanceof StoreLocked ||
  (error as NodeJS.ErrnoException | null)?.code === 'EADDRINUSE' ||
  (error as NodeJS.ErrnoException | null)?.code === 'EACCES';

function exitFor(error: unknown): never {
  if (!isForTheOperator(error)) throw error;
  process.stderr.write(`flowledger: ${error.message}\n`);
  process.exit(configurationExitCode);
}

async function main(): Promise<void> {
  const isTerminal = process.stdout.isTTY;
  let config: Config;
  try {
    config = readConfig(process.env, isTerminal);
  } catch (error) {
    exitFor(error);
  }
  const logger = createLogger(config);
  const service = await Service.start(config, logger).catch(exitFor);
  logger.info({ role: config.role, http: service.url.replace('[::1]', 'localhost') }, 'ready');
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), longestStop).unref();
    service.stop().then(
      () => process.exit(),
      (error: unknown) => {
        logger.error({ err: error }, 'the stop was not clean');
        process.exit(1);
      },
    );
  };
  processFaults.watch(
    process,
    (what, error) => logger.fatal({ err: error }, what),
    () => {
      process.exitCode = 1;
      stop();
    },
  );
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

void main();
