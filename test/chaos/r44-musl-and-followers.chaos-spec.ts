import { chaosCase, notApplicable, notShown } from './frame/chaos-case';
import { holdsNoLog } from './support/everywhere';

const needs = notShown(
  'needs a musl container and a cluster with followers; client 6.2.1 has no native part',
);

chaosCase(
  'R44',
  'a container on musl reads, and follower reads do not end in NotLeader',
  {
    embedded: notApplicable('it has no server'),
    'EventStoreDB fake': needs,
    'real EventStoreDB': needs,
    'MongoDB fake': holdsNoLog,
  },
  () => undefined,
);
