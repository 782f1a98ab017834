import type { Command } from 'commander';
import { action, example } from '../cli';
import type { Surroundings } from '../cli';

interface Token {
  readonly tokenId: string;
  readonly name: string;
  readonly role: string;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly revokedAt: string | null;
}

export function addTokenCommands(program: Command, surroundings: Surroundings): void {
  const group = program.command('tokens').description('API tokens (administrators only)');
  group.addHelpText('after', example('tokens create grafana --role reader'));
  group
    .command('create')
    .description('Create a token; its secret is shown this once')
    .argument('<name>')
    .requiredOption('--role <role>', 'reader, operator or administrator')
    .addHelpText('after', example('tokens create grafana --role reader'))
    .action(
      action<{ role: string }>(surroundings, async ({ client, output }, { role }, name) => {
        const created = await client.post<{ token: string }>('/api/v1/tokens', { name, role });
        output.done(created, created.token);
      }),
    );
  group
    .command('list')
    .description('List tokens, revoked ones too')
    .action(
      action(surroundings, async ({ client, output }) => {
        const columns = (['tokenId', 'name', 'role', 'createdAt', 'createdBy', 'revokedAt'] as const).map(
          (title) => ({ title, of: (token: Token) => token[title] }),
        );
        output.table(columns, await client.list<Token>('/api/v1/tokens'), 'There are no tokens');
      }),
    );
  group
    .command('revoke')
    .description('Revoke a token at once')
    .argument('<token-id>')
    .addHelpText('after', example('tokens revoke 2k3j4h5g6f7d8s9a0q1w'))
    .action(
      action(surroundings, async ({ client, output }, _, tokenId) => {
        await client.delete(`/api/v1/tokens/${encodeURIComponent(tokenId)}`);
        output.done({ revoked: tokenId }, `Token ${tokenId} is revoked`);
      }),
    );
}
