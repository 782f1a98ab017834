import { getNamedType, GraphQLObjectType, Kind } from 'graphql';
import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLField,
  GraphQLNamedType,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql';

export interface Weight {
  /** Fields on the longest path; introspection is bounded by its own rule and not counted. */
  readonly depth: number;
  /** A field with members costs 1, a command 10, a list its page size times what one item costs. */
  readonly cost: number;
}

/** Variables of the request; `undefined` when they cannot be known, and then the largest page is assumed. */
export type Variables = Readonly<Record<string, unknown>> | undefined;

const commandCost = 10;
const largestPage = 1_000;
const none: Weight = { depth: 0, cost: 0 };

/** The heaviest operation of a document that has been validated (so fragments form no cycle). */
export function weightOf(schema: GraphQLSchema, document: DocumentNode, variables: Variables): Weight {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  return document.definitions
    .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
    .map((operation) => new OperationWeight(schema, fragments, operation, variables).weigh())
    .reduce(heavier, none);
}

class OperationWeight {
  /** Each fragment is weighed once, or spreads of spreads would take exponential time. */
  private readonly weighed = new Map<string, Weight>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    private readonly operation: OperationDefinitionNode,
    private readonly variables: Variables,
  ) {}

  weigh(): Weight {
    const { operation, selectionSet } = this.operation;
    return this.selections(this.schema.getRootType(operation) ?? undefined, selectionSet);
  }

  private selections(type: GraphQLNamedType | undefined, { selections }: SelectionSetNode): Weight {
    return selections
      .map((selection) => {
        switch (selection.kind) {
          case Kind.FIELD:
            return this.field(type, selection);
          case Kind.INLINE_FRAGMENT: {
            const condition = selection.typeCondition?.name.value;
            const narrowed = condition ? this.schema.getType(condition) : type;
            return this.selections(narrowed, selection.selectionSet);
          }
          case Kind.FRAGMENT_SPREAD:
            return this.fragment(selection.name.value);
        }
      })
      .reduce((sum, { depth, cost }) => ({ depth: Math.max(sum.depth, depth), cost: sum.cost + cost }), none);
  }

  private fragment(name: string): Weight {
    const known = this.weighed.get(name);
    if (known) return known;
    const fragment = this.fragments.get(name);
    if (!fragment) return none;
    const type = this.schema.getType(fragment.typeCondition.name.value);
    const weight = this.selections(type, fragment.selectionSet);
    this.weighed.set(name, weight);
    return weight;
  }

  private field(parent: GraphQLNamedType | undefined, node: FieldNode): Weight {
    if (node.name.value.startsWith('__')) return none;
    const field = parent instanceof GraphQLObjectType ? parent.getFields()[node.name.value] : undefined;
    const own = parent === this.schema.getMutationType() ? commandCost : 1;
    if (!node.selectionSet) return { depth: 1, cost: own === commandCost ? own : 0 };
    const inside = this.selections(field && getNamedType(field.type), node.selectionSet);
    const pageSize = field && this.pageSize(field, node);
    const cost = pageSize === undefined ? inside.cost : pageSize * Math.max(1, inside.cost);
    return { depth: 1 + inside.depth, cost: own + cost };
  }

  /** Undefined for a field that is no list with pages. */
  private pageSize(
    field: GraphQLField<unknown, unknown>,
    { arguments: given }: FieldNode,
  ): number | undefined {
    const first = field.args.find(({ name }) => name === 'first');
    if (!first) return undefined;
    const value = given?.find(({ name }) => name.value === 'first')?.value;
    if (value?.kind === Kind.INT) return Math.max(0, Number(value.value));
    if (value?.kind === Kind.VARIABLE) {
      if (!this.variables) return largestPage;
      const bound = this.variables[value.name.value] ?? this.defaultOf(value.name.value);
      if (typeof bound === 'number') return Math.max(0, bound);
    }
    return typeof first.defaultValue === 'number' ? first.defaultValue : largestPage;
  }

  private defaultOf(variable: string): number | undefined {
    const definition = this.operation.variableDefinitions?.find(
      ({ variable: { name } }) => name.value === variable,
    );
    return definition?.defaultValue?.kind === Kind.INT ? Number(definition.defaultValue.value) : undefined;
  }
}

const heavier = (a: Weight, b: Weight): Weight => ({
  depth: Math.max(a.depth, b.depth),
  cost: Math.max(a.cost, b.cost),
});
