import { renameSync, writeFileSync } from 'node:fs';

/** The wall clock of one process, as `children/jumping-clock.js` reads it. */
export class WallClock {
  private offset = 0;
  /** Milliseconds that it was ever ahead of the machine's. */
  furthest = 0;

  constructor(readonly file: string) {
    this.write();
  }

  jump(milliseconds: number): void {
    this.offset += milliseconds;
    this.furthest = Math.max(this.furthest, this.offset);
    this.write();
  }

  /** After everything that it ever said, so that nothing waits for a time that was taken back. */
  setAfterAll(furthest: number): void {
    this.offset = furthest;
    this.write();
  }

  private write(): void {
    writeFileSync(`${this.file}.new`, `${Math.round(this.offset)}`);
    renameSync(`${this.file}.new`, this.file);
  }
}
