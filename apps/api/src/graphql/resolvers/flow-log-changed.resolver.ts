import { UseGuards } from '@nestjs/common';
import { Args, ID, Resolver, Subscription } from '@nestjs/graphql';
import { isRejected } from '@flowledger/event-sourcing';
import type { FastifyRequest } from 'fastify';
import { AuthenticationGuard } from '../../http/authentication.guard';
import { FlowLogPresenter } from '../../presentation';
import { Changes } from '../changes';
import { graphqlError } from '../format-errors';
import { FlowLog } from '../schema/flow-log.types';
import { SubscriptionAccess } from '../subscriptions/subscription-access';
import { Views } from '../subscriptions/views';
import { accountOf, Asking } from './asking';

@Resolver()
@UseGuards(AuthenticationGuard)
export class FlowLogChangedResolver {
  constructor(
    private readonly changes: Changes,
    private readonly presenter: FlowLogPresenter,
    private readonly access: SubscriptionAccess,
  ) {}

  @Subscription(() => FlowLog, {
    description: 'The flow log as it is now, and again after each change; completes when it is gone.',
  })
  async flowLogChanged(@Asking() request: FastifyRequest, @Args('id', { type: () => ID }) id: string) {
    const accountId = accountOf(request);
    const show = async () => ({ flowLogChanged: await this.presenter.one(accountId, id) });
    const showAgain = async () => {
      await this.access.assertStillSignedIn(request);
      return show().catch(unlessGone);
    };
    const end = this.begin(request);
    // Listens before it looks, so that nothing is missed between the two.
    const changes = this.changes.flowLogChanges(accountId, id)[Symbol.asyncIterator]();
    try {
      return new Views(await show(), changes, showAgain, end);
    } catch (error) {
      end();
      await changes.return?.();
      throw graphqlError(error);
    }
  }

  private begin(request: FastifyRequest): () => void {
    try {
      return this.access.begin(request);
    } catch (error) {
      throw graphqlError(error);
    }
  }
}

function unlessGone(error: unknown): undefined {
  if (isRejected(error) && error.code === 'FlowLogNotFound') return undefined;
  throw error;
}
