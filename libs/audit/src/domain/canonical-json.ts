/**
 * JSON with members sorted by their UTF-16 code units and no white space (RFC 8785): one text for one value, whichever
 * store it comes from. Bytes, as foreign writers may have stored them, become `{"$bytes": base64}`.
 */
export function canonicalJson(value: unknown): string {
  if (value instanceof Uint8Array) return canonicalJson({ $bytes: Buffer.from(value).toString('base64') });
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`;
}
