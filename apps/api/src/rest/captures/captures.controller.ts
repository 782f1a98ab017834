import { Readable } from 'node:stream';
import { Post, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import { GetNetworkInterface } from '@flowledger/network';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FillsSpool } from '../../back-pressure/back-pressure.interceptor';
import { commandContextOf, idempotencyKeyOf } from '../../http/command-context';
import { BodyTooLarge, UnsupportedMediaType } from '../../http/http-errors';
import { OwnIdempotency } from '../../http/idempotency.interceptor';
import { IdempotentRequests, requestHash } from '../../http/idempotent-requests';
import { once } from '../../http/once';
import { RequiresRole } from '../../http/principal';
import { CaptureImports, DoorOptions } from '../../ports';
import { Resource, Writes } from '../members/routes';
import { CaptureQuery, CaptureResource } from './capture.members';
import { withUploadedFile } from './uploaded-file';

@Resource('captures', 'Traffic')
export class CapturesController {
  constructor(
    private readonly captures: CaptureImports,
    private readonly queries: QueryBus,
    private readonly requests: IdempotentRequests,
    private readonly options: DoorOptions,
  ) {}

  /** Its Idempotency-Key covers the bytes of the capture, which are known only when they have arrived. */
  @Post()
  @RequiresRole('operator')
  @OwnIdempotency()
  @FillsSpool()
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' }, description: 'A pcap or pcapng file' })
  @Writes('Import a capture', 200, CaptureResource, 404, 409, 413, 415, 507)
  async import(
    @Query() { networkInterfaceId, coverage, rebase }: CaptureQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const key = idempotencyKeyOf(request);
    const context = commandContextOf(request);
    const { accountId } = context;
    if (networkInterfaceId !== undefined) {
      await this.queries.execute(new GetNetworkInterface(accountId, networkInterfaceId));
    }
    const options = {
      accountId,
      networkInterfaceId,
      coverage,
      rebase: rebase === 'now',
      ...(key !== undefined && { importId: context.commandId }),
    };
    return withUploadedFile(this.bodyOf(request, reply), this.limits(), ({ sha256, open }) => {
      const work = () => this.captures.import(open, options);
      const hash = requestHash(request.method, request.url, sha256);
      return key ? once(this.requests, { context, key, hash }, reply, work) : work();
    });
  }

  private limits() {
    return { directory: this.options.uploadDirectory, mostBytes: this.options.captureBytes };
  }

  /** A body that says it is too large is not read at all, and a connection with unread bytes is of no further use. */
  private bodyOf({ body, headers }: FastifyRequest, reply: FastifyReply): AsyncIterable<Uint8Array> {
    if (!(body instanceof Readable)) throw new UnsupportedMediaType('application/octet-stream');
    const { captureBytes } = this.options;
    if (Number(headers['content-length'] ?? 0) > captureBytes) {
      reply.header('Connection', 'close');
      throw new BodyTooLarge(captureBytes);
    }
    return body as AsyncIterable<Uint8Array>;
  }
}
