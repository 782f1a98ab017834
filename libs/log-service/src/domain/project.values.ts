/** Days of DD-32, for a logstore made by hand. */
export const defaultRetention = 30;
/** Days; keeps for ever (DC-12). */
export const longestRetention = 3650;
/** Logstores a project (section 6.1 of the flow log reference). */
export const logstoreQuota = 200;

/** 3 to 63 lower-case letters, digits and `-`, the first and last a letter or digit. */
export const isProjectName = (name: string): boolean => /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(name);

/** As a project's, and `_` (DC-13). */
export const isLogstoreName = (name: string): boolean => /^[a-z0-9][a-z0-9_-]{1,61}[a-z0-9]$/.test(name);

export const isRetention = (ttl: number): boolean =>
  Number.isInteger(ttl) && ttl >= 1 && ttl <= longestRetention;

export const isRegion = (regionId: string): boolean => /^[a-z0-9][a-z0-9-]{1,62}$/.test(regionId);
