import { HostRefused, UnsupportedMediaType } from './http-errors';
import { assertMediaType, assertOurHost } from './request-checks';

const hosts = ['127.0.0.1:8080', 'Flowledger.Example:80', 'logs.example'];

describe('a request', () => {
  it.each([
    [{ host: '127.0.0.1:8080' }],
    [{ host: 'flowledger.example:80', origin: 'http://FLOWLEDGER.example' }],
    [{ host: 'logs.example', origin: 'https://logs.example' }],
  ])('to our name is served: %p', (headers) => expect(() => assertOurHost({ headers }, hosts)).not.toThrow());
  it.each([
    [{}],
    [{ host: '127.0.0.1' }],
    [{ host: '127.0.0.1:8081' }],
    [{ host: 'rebound.example' }],
    [{ host: 'logs.example', origin: 'https://rebound.example' }],
    [{ host: 'logs.example', origin: 'https://logs.example:444' }],
    [{ host: 'logs.example', origin: 'null' }],
  ])('to another name, or from another page, is not: %p', (headers) =>
    expect(() => assertOurHost({ headers }, hosts)).toThrow(HostRefused),
  );
});

describe('a body', () => {
  const check = (url: string, headers: Record<string, string>) => () => assertMediaType({ url, headers });
  const json = 'application/json; charset=utf-8';
  const bytes = 'application/octet-stream';

  it('is JSON', () => {
    expect(check('/api/v1/vpcs', { 'content-length': '2', 'content-type': json })).not.toThrow();
    expect(check('/api/v1/vpcs', { 'content-length': '2', 'content-type': bytes })).toThrow(
      UnsupportedMediaType,
    );
    expect(check('/api/v1/vpcs', { 'transfer-encoding': 'chunked' })).toThrow(UnsupportedMediaType);
  });
  it('of a capture is bytes', () => {
    const url = '/api/v1/captures?rebase=now';
    expect(check(url, { 'content-length': '2', 'content-type': bytes })).not.toThrow();
    expect(check(url, { 'content-length': '2', 'content-type': json })).toThrow(UnsupportedMediaType);
  });
  it('that is not there needs no type', () => {
    expect(check('/api/v1/flow-logs/fl/start', {})).not.toThrow();
    expect(check('/api/v1/flow-logs/fl/start', { 'content-length': '0' })).not.toThrow();
  });
});
