import { Upcasters } from '@flowledger/event-sourcing';

/** Of every library: what an event store is wrapped in, and what an aggregate store writes by. */
export const upcasters = new Upcasters([]);
