import type { EventMetadata, Upcaster } from '@flowledger/event-sourcing';

/** Version 1 could leave the owner out: then it stands in the metadata only, and the project would be nobody's. */
const createdWithOwner: Upcaster = {
  type: 'ProjectCreated',
  from: 1,
  up: (data, { accountId }: EventMetadata) => ({ accountId, ...(data as object) }),
};

export const logServiceUpcasters: readonly Upcaster[] = [createdWithOwner];
