import { Body, Delete, Get, NotFoundException, Param, ParseIntPipe, Post, Query } from '@nestjs/common';
import { parkedEvents, ReadModelStore, requestReplay } from '@flowledger/event-sourcing';
import type { Page, ParkedEvent } from '@flowledger/event-sourcing';
import { GenerationOperations } from '@flowledger/projection-generations';
import type {
  GenerationComparison,
  GenerationProgress,
  GenerationRecord,
} from '@flowledger/projection-generations';
import { Relieves } from '../../back-pressure/back-pressure.interceptor';
import { CurrentPrincipal, RequiresRole } from '../../http/principal';
import type { Principal } from '../../http/principal';
import { PageQuery } from '../members/page.query';
import { Reads, Resource, Writes } from '../members/routes';
import {
  ComparisonResource,
  DifferencesQuery,
  GenerationProgressResource,
  GenerationResource,
  ParkedEventResource,
  ReplayBody,
} from './projection.members';

/** What an operator does with the read models as a whole. The workers carry it out; `GET` tells how far they are. */
@Resource('projections', 'Operations')
@RequiresRole('administrator')
export class ProjectionsController {
  constructor(
    private readonly generations: GenerationOperations,
    private readonly readModels: ReadModelStore,
  ) {}

  @Get('generations')
  @Reads('Generations of the read models, and how far they are', { page: GenerationProgressResource })
  async list(): Promise<Page<GenerationProgress>> {
    return { items: await this.generations.list(), nextCursor: null };
  }

  @Post('generations')
  @Relieves()
  @Writes('Build all read models anew, beside those that answer queries', 202, GenerationResource, 409)
  rebuild(): Promise<GenerationRecord> {
    return this.generations.rebuild();
  }

  @Get('generations/:generation/differences')
  @Reads('Documents in which a generation differs from the one that answers', ComparisonResource, 404)
  differences(
    @Param('generation', ParseIntPipe) generation: number,
    @Query() { limit }: DifferencesQuery,
  ): Promise<GenerationComparison> {
    return this.generations.compare(generation, limit);
  }

  @Post('generations/:generation/switch')
  @Relieves()
  @Writes('Let this generation answer queries', 204, undefined, 404, 409)
  async switchTo(@Param('generation', ParseIntPipe) generation: number): Promise<void> {
    await this.generations.switchTo(generation);
  }

  @Post('rollback')
  @Relieves()
  @Writes('Let the generation answer that did before', 204, undefined, 409)
  async rollBack(): Promise<void> {
    await this.generations.rollBack();
  }

  @Delete('generations/:generation')
  @Relieves()
  @Writes('Remove a generation, built or half built, with all of its documents', 202, undefined, 404, 409)
  async drop(@Param('generation', ParseIntPipe) generation: number): Promise<void> {
    await this.generations.drop(generation);
  }

  @Get('parked')
  @Reads('Events that could not be folded, and those behind them', { page: ParkedEventResource })
  parked(
    @CurrentPrincipal() { accountId }: Principal,
    @Query() { limit, after }: PageQuery,
  ): Promise<Page<ParkedEvent>> {
    const sort = { by: 'order', direction: 'ascending' } as const;
    return this.readModels.find(parkedEvents, accountId, { sort, limit, ...(after && { after }) });
  }

  @Post('parked/replays')
  @Relieves()
  @Writes('Fold the parked events of a document again, in order', 202, undefined, 404)
  async replay(
    @CurrentPrincipal() { accountId }: Principal,
    @Body() { readModel, sequence }: ReplayBody,
  ): Promise<void> {
    if (await requestReplay(this.readModels, { readModel, accountId, sequence })) return;
    throw new NotFoundException(`Nothing is parked for ${sequence} of ${readModel}`);
  }
}
