import type { Type } from '@nestjs/common';
import { Field, ObjectType } from '@nestjs/graphql';
import type { Page } from '@flowledger/event-sourcing';

@ObjectType()
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage: boolean;

  @Field(() => String, { nullable: true, description: 'Send it as `after` to get the next page.' })
  endCursor: string | null;

  @Field(() => Boolean, { description: 'Whether this page was asked for with `after`.' })
  hasPreviousPage: boolean;

  @Field(() => String, { nullable: true })
  startCursor: string | null;
}

export interface EdgeOf<Node> {
  readonly cursor: string | null;
  readonly node: Node;
}

export interface ConnectionOf<Node> {
  readonly edges: readonly EdgeOf<Node>[];
  readonly nodes: readonly Node[];
  readonly pageInfo: PageInfo;
}

/** The Relay connection of a type: `FlowLogConnection` with `FlowLogEdge`. */
export function connectionType<Node extends object>(
  node: Type<Node>,
  name = node.name,
): Type<ConnectionOf<Node>> {
  @ObjectType(`${name}Edge`)
  class Edge implements EdgeOf<Node> {
    @Field(() => String, {
      nullable: true,
      description:
        'Where a list can be entered; a list that can only be entered at its pages tells it at their last edge.',
    })
    cursor: string | null;

    @Field(() => node)
    node: Node;
  }

  @ObjectType(`${name}Connection`)
  class Connection implements ConnectionOf<Node> {
    @Field(() => [Edge])
    edges: Edge[];

    @Field(() => [node], { description: 'The same without edges.' })
    nodes: Node[];

    @Field(() => PageInfo)
    pageInfo: PageInfo;
  }
  return Connection;
}

/** @param cursorOf of a node, where every one has its own */
export function connectionOf<Node>(
  { items, nextCursor }: Page<Node>,
  after: string | undefined,
  cursorOf?: (node: Node) => string,
): ConnectionOf<Node> {
  const last = items.length - 1;
  const edges = items.map((node, index) => ({
    node,
    cursor: cursorOf ? cursorOf(node) : index === last ? nextCursor : null,
  }));
  return {
    edges,
    nodes: items,
    pageInfo: {
      hasNextPage: nextCursor !== null,
      endCursor: nextCursor ?? edges.at(-1)?.cursor ?? null,
      hasPreviousPage: after !== undefined,
      startCursor: edges[0]?.cursor ?? null,
    },
  };
}
