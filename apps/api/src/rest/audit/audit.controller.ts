import { Readable } from 'node:stream';
import { Get, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';
import { BundleExport, CheckpointLog, Explanations, SigningKey } from '@flowledger/audit';
import type { BundleScope, Explanation } from '@flowledger/audit';
import { isAfter, parseMoment } from '@flowledger/flow-log';
import { Forbidden, NotFound } from '../../http/http-errors';
import { CurrentPrincipal, RequiresRole } from '../../http/principal';
import type { Principal } from '../../http/principal';
import { DoorOptions } from '../../ports';
import { Reads, Resource } from '../members/routes';
import { AuditKeyResource, BundleQuery, ExplanationResource } from './audit.members';

@Resource('audit', 'Audit')
export class AuditController {
  constructor(
    private readonly bundles: BundleExport,
    private readonly checkpoints: CheckpointLog,
    private readonly key: SigningKey,
    private readonly explanations: Explanations,
    private readonly options: DoorOptions,
  ) {}

  @Get('key')
  @Reads('The public key of the audit checkpoints, and the last of them', AuditKeyResource)
  async publicKey(): Promise<AuditKeyResource> {
    const { keyId, publicKey } = this.key;
    return { keyId, publicKey, checkpoint: (await this.checkpoints.latest()) ?? null };
  }

  @Get('explain/:id')
  @Reads(
    'Why a thing is as it is: commands, their events, documents and process steps',
    ExplanationResource,
    404,
  )
  async explain(@CurrentPrincipal() { accountId }: Principal, @Param('id') id: string): Promise<Explanation> {
    const explanation = await this.explanations.of(accountId, id);
    if (!explanation) throw new NotFound(`No event of this account concerns ${id.slice(0, 100)}`);
    return explanation;
  }

  /** The stored form of events, also of those about tokens: for administrators only. */
  @Get('bundle')
  @RequiresRole('administrator')
  @ApiProduces('application/jsonl')
  @Reads('Export events with the proof that they are what was signed', undefined, 403, 404)
  async bundle(
    @CurrentPrincipal() principal: Principal,
    @Query() query: BundleQuery,
  ): Promise<StreamableFile> {
    const { asOf } = query;
    const moment = asOf === undefined ? undefined : parseMoment(asOf);
    const lines = await this.bundles.lines({
      scope: this.scopeOf(principal, query),
      ...(moment && { asOf: { text: asOf!, isAfter: (event) => isAfter(event, moment) } }),
    });
    return new StreamableFile(Readable.from(withEnds(lines)), {
      type: 'application/jsonl',
      disposition: 'attachment; filename="audit-bundle.jsonl"',
    });
  }

  /** The whole log is that of the service's own account only. @throws Forbidden */
  private scopeOf({ accountId }: Principal, { stream, scope = 'all' }: BundleQuery): BundleScope {
    if (stream !== undefined) return { kind: 'stream', stream, accountId };
    if (scope === 'account') return { kind: 'account', accountId };
    if (accountId !== this.options.accountId) throw new Forbidden('administrator of the service');
    return { kind: 'all' };
  }
}

async function* withEnds(lines: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const line of lines) yield Buffer.from(`${line}\n`);
}
