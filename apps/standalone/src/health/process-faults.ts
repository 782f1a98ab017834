import type { FaultSignals } from './signals';

/**
 * Faults that nobody caught, counted for the whole process: any is a fault of ours. After a rejection the process goes
 * on, red; after an exception its state is not known, so `end` is called, and only a restart helps.
 */
export class ProcessFaults {
  private unhandledRejections = 0;
  private uncaughtExceptions = 0;

  get counts(): FaultSignals {
    return {
      unhandledRejections: this.unhandledRejections,
      uncaughtExceptions: this.uncaughtExceptions,
    };
  }

  /** @returns how to stop watching */
  watch(
    emitter: Pick<NodeJS.Process, 'on' | 'off'>,
    tell: (what: string, error: unknown) => void,
    end: () => void,
  ): () => void {
    const rejected = (reason: unknown): void => {
      this.unhandledRejections++;
      tell('unhandled rejection', reason);
    };
    const thrown = (error: unknown): void => {
      this.uncaughtExceptions++;
      tell('uncaught exception', error);
      end();
    };
    emitter.on('unhandledRejection', rejected);
    emitter.on('uncaughtException', thrown);
    return () => {
      emitter.off('unhandledRejection', rejected);
      emitter.off('uncaughtException', thrown);
    };
  }
}

/** There is one process. */
export const processFaults = new ProcessFaults();
