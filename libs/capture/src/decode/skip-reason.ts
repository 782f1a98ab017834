/**
 * Why a packet is in no flow: it carries no IP (ARP, MPLS …), its headers are cut or contradict themselves,
 * or the capture gives it no time, so that no window can take it.
 */
export const skipReasons = ['nonIp', 'malformed', 'noTime'] as const;

export type SkipReason = (typeof skipReasons)[number];
