/** The connection string cannot be used. The message never repeats it: it may hold a password. */
export class InvalidConnectionString extends Error {
  constructor(reason: string) {
    super(`The EventStoreDB connection string is not usable: ${reason}`);
    this.name = 'InvalidConnectionString';
  }
}

/** Options that client 6.2.1 knows and honours, in its own flat spelling. `tlsVerifyCert` it parses and ignores. */
const knownOptions = new Set([
  'tls',
  'tlscafile',
  'usercertfile',
  'userkeyfile',
  'connectionname',
  'nodepreference',
  'maxdiscoverattempts',
  'discoveryinterval',
  'gossiptimeout',
  'keepaliveinterval',
  'keepalivetimeout',
  'defaultdeadline',
]);

/**
 * Refuses what the client would silently misread: an unescaped `:` in the password cuts it short, IPv6 hosts are
 * taken apart, unknown options are printed together with the whole string, `tlsVerifyCert=false` changes nothing.
 *
 * @returns the string, trimmed
 * @throws InvalidConnectionString
 */
export function checkConnectionString(text: string): string {
  const trimmed = text.trim();
  const match = /^(?<scheme>[a-z+]+):\/\/(?:(?<user>.*)@)?(?<hosts>[^/?@]*)\/?(?:\?(?<query>.*))?$/i.exec(
    trimmed,
  );
  if (!match?.groups) throw new InvalidConnectionString('expected esdb://user:password@host:2113?tls=true');
  const { scheme, user, hosts, query } = match.groups;
  if (!/^(esdb|kurrentdb)(\+discover)?$/.test(scheme!))
    throw new InvalidConnectionString('it must begin with esdb:// or kurrentdb://, or either with +discover');
  if (user !== undefined) checkCredentials(user);
  checkHosts(hosts ?? '');
  checkOptions(query);
  return trimmed;
}

function checkCredentials(user: string): void {
  const parts = user.split(':');
  if (parts.length !== 2 || parts.includes(''))
    throw new InvalidConnectionString(
      'credentials are user:password; write ":" in either as %3A, "@" as %40, "/" as %2F, "%" as %25',
    );
  if (/[@/?#]/.test(user))
    throw new InvalidConnectionString('"@", "/", "?" and "#" in credentials must be percent-encoded');
  try {
    parts.forEach(decodeURIComponent);
  } catch {
    throw new InvalidConnectionString('"%" in credentials must be written as %25');
  }
}

function checkHosts(hosts: string): void {
  if (hosts === '') throw new InvalidConnectionString('the host is missing');
  for (const host of hosts.split(',')) {
    if (host.includes('[') || host.split(':').length > 2)
      throw new InvalidConnectionString('the client takes no IPv6 addresses: use a host name');
    const [name, port = '2113'] = host.split(':');
    if (!name || !/^[\w.-]+$/.test(name)) throw new InvalidConnectionString('a host name is malformed');
    if (!/^\d+$/.test(port) || Number(port) < 1 || Number(port) > 65_535)
      throw new InvalidConnectionString(`the port of ${name} is not between 1 and 65535`);
  }
}

function checkOptions(query: string | undefined): void {
  if (query === undefined || query === '') return;
  for (const pair of query.split('&')) {
    const [key = '', value = ''] = pair.split('=');
    const flat = key.toLowerCase().replace(/[_-]/g, '');
    if (flat === 'tlsverifycert')
      throw new InvalidConnectionString(
        'tlsVerifyCert is not honoured by the client: give tlsCAFile instead',
      );
    if (flat === 'throwonappendfailure')
      throw new InvalidConnectionString(
        'throwOnAppendFailure must be left out: without it conflicts get lost',
      );
    if (!knownOptions.has(flat)) throw new InvalidConnectionString(`unknown option "${key.slice(0, 40)}"`);
    if (value === '') throw new InvalidConnectionString(`the option "${key}" has no value`);
    if (flat === 'tls' && value !== 'true' && value !== 'false')
      throw new InvalidConnectionString('tls is true or false');
  }
}

/** What the client says of the string may repeat it. @throws InvalidConnectionString */
export function openChecked<Client>(open: (text: string) => Client, text: string): Client {
  try {
    return open(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'the client refuses it';
    throw new InvalidConnectionString(withoutCredentials(reason));
  }
}

const withoutCredentials = (text: string): string => text.replace(/:\/\/[^\s]*@/g, '://***@');
