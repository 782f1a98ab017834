/** The file was written by a later release, or by another program; it was left untouched. */
export class UnknownFormat extends Error {
  constructor(
    readonly path: string,
    readonly found: string,
    readonly supported: number,
  ) {
    super(`${path} has ${found}, this release reads version ${supported}: start the release that wrote it`);
    this.name = 'UnknownFormat';
  }
}
