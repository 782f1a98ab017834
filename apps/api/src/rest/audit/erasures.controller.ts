import { Body, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { EraseSubject } from '@flowledger/erasure';
import type { CommandContext } from '@flowledger/event-sourcing';
import type { FastifyReply } from 'fastify';
import { CurrentCommandContext } from '../../http/command-context';
import { RequiresRole } from '../../http/principal';
import { Written } from '../../http/written';
import { Text } from '../members/members';
import { Resource, Writes } from '../members/routes';

export class EraseBody {
  @Text({
    longest: 200,
    example: 'flowLog-fl-bp1example',
    description: 'Whose free text: token-, flowLog-, vpc-, vSwitch- or project-, followed by the id',
  })
  subject: string;
}

export class ErasureResource {
  @ApiProperty() subject: string;
  @ApiProperty({ description: 'Destroyed now; 0 when it had been erased before' }) keys: number;
}

@Resource('erasures', 'Audit')
export class ErasuresController {
  constructor(
    private readonly commands: CommandBus,
    private readonly written: Written,
  ) {}

  @Post()
  @RequiresRole('administrator')
  @Writes(
    'Erase names and descriptions of a subject for ever, by destroying their key',
    200,
    ErasureResource,
    404,
  )
  async erase(
    @CurrentCommandContext() context: CommandContext,
    @Body() { subject }: EraseBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ErasureResource> {
    const { keys, position } = await this.commands.execute(new EraseSubject(context, { subject }));
    await this.written.shows(reply, position);
    return { subject, keys };
  }
}
