/** A generation cannot be switched to, dropped or compared as things are. */
export class GenerationRefused extends Error {
  constructor(
    readonly code:
      | 'GenerationNotFound'
      | 'GenerationNotReady'
      | 'GenerationServes'
      | 'GenerationHasParkedEvents'
      | 'NoPreviousGeneration'
      | 'RebuildInProgress',
    message: string,
  ) {
    super(message);
    this.name = 'GenerationRefused';
  }
}
