import type { FastifyRequest } from 'fastify';
import { HostRefused, UnsupportedMediaType } from './http-errors';

/**
 * DNS rebinding: a page of somebody else's name that resolves to this address still sends its own name in Host, and a
 * foreign page names itself in Origin.
 * @throws HostRefused
 */
export function assertOurHost({ headers }: Pick<FastifyRequest, 'headers'>, hosts: readonly string[]): void {
  const isOurs = (host: string | undefined) =>
    host !== undefined && hosts.some((own) => own.toLowerCase() === host.toLowerCase());
  if (!isOurs(headers.host)) throw new HostRefused('Host');
  const { origin } = headers;
  if (origin === undefined) return;
  if (!URL.canParse(origin)) throw new HostRefused('Origin');
  const { host, port, protocol } = new URL(origin);
  // URL drops a default port that Host and the configuration may name.
  const withPort = port === '' ? `${host}:${protocol === 'https:' ? 443 : 80}` : host;
  if (!isOurs(host) && !isOurs(withPort)) throw new HostRefused('Origin');
}

export const capturePath = '/api/v1/captures';

/** Bodies are JSON, captures are bytes. @throws UnsupportedMediaType */
export function assertMediaType({ headers, url }: Pick<FastifyRequest, 'headers' | 'url'>): void {
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? '0') > 0;
  if (!hasBody) return;
  const wanted = pathOf(url) === capturePath ? 'application/octet-stream' : 'application/json';
  const sent = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (sent !== wanted) throw new UnsupportedMediaType(wanted);
}

export const pathOf = (url: string): string => url.split('?')[0]!;
