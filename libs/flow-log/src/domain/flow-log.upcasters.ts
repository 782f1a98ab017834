import type { EventMetadata, Upcaster } from '@flowledger/event-sourcing';

/** Version 1 of a creation could leave its owner out: then it stands in the metadata only, and everybody might give orders. */
const createdWithOwner: Upcaster = {
  type: 'FlowLogCreated',
  from: 1,
  up: (data, { accountId }: EventMetadata) => ({ accountId, ...(data as object) }),
};

export const flowLogUpcasters: readonly Upcaster[] = [createdWithOwner];
