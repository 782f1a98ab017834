import { checkConnectionString, InvalidConnectionString, openChecked } from './connection-string';

describe('a connection string', () => {
  it.each([
    'esdb://localhost:2113?tls=false',
    'esdb://admin:changeit@node1.example.com:2113',
    'esdb://admin:p%3A%40%25@a:2113,b:2113?tls=true&tlsCAFile=/etc/ca.pem&nodePreference=leader',
    'esdb+discover://admin:secret@cluster.example.com/?keepAliveInterval=10000',
  ])('is taken: %s', (text) => expect(checkConnectionString(` ${text} `)).toBe(text));

  it.each([
    ['http://localhost:2113', 'begin with esdb://'],
    ['mongodb://localhost:2113', 'begin with esdb://'],
    ['localhost:2113', 'expected esdb://'],
    ['esdb://', 'host is missing'],
    ['esdb://[::1]:2113', 'IPv6'],
    ['esdb://host:99999', 'port'],
    // P13: the client takes "hun" for the password.
    ['esdb://admin:hun:ter2@host', 'write ":" in either as %3A'],
    ['esdb://admin:hunter2@@host', 'percent-encoded'],
    ['esdb://admin:hunter2%zz@host', '%25'],
    ['esdb://admin:hunter2@host?tlsVerifyCert=false', 'tlsCAFile'],
    // P11: the client answers a conflict with the revision 1.
    ['esdb://admin:hunter2@host?throwOnAppendFailure=false', 'throwOnAppendFailure must be left out'],
    ['esdb://admin:hunter2@host?tsl=false', 'unknown option "tsl"'],
    ['esdb://admin:hunter2@host?tls=maybe', 'true or false'],
    ['esdb://admin:hunter2@host?tls=', 'no value'],
  ])('is refused: %s (%s)', (text, why) => {
    const refuse = () => checkConnectionString(text);
    expect(refuse).toThrow(InvalidConnectionString);
    expect(refuse).toThrow(why);
  });

  it('P13 is never repeated in the refusal', () => {
    const texts = ['esdb://admin:hun:ter2@host', 'esdb://admin:hunter2@host?x=1', 'x://admin:hunter2@host'];
    for (const text of texts) {
      let message = '';
      try {
        checkConnectionString(text);
      } catch (error) {
        message = (error as Error).message;
      }
      expect(message).toMatch(/not usable/);
      expect(message).not.toMatch(/hun:?ter2/);
    }
  });
});

describe('a client that repeats its connection string in an error', () => {
  it('P13 is quoted without the credentials', () => {
    const text = 'esdb://admin:s3cret@host:2113?tls=false';
    const open = () =>
      openChecked(() => {
        throw new Error(`cannot use ${text}`);
      }, text);
    expect(open).toThrow(InvalidConnectionString);
    expect(open).toThrow(/cannot use esdb:\/\/\*\*\*@host:2113/);
  });
});
