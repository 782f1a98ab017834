import ts from 'typescript';
import { definitionOf } from './program';
import type { Code } from './program';

/** Which events the commands of a decider lead to: event type to command types. */
export type Decisions = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Reads `decide` as a person would: a `switch` or an `if` on the command's type narrows what the lines below it are
 * about, a call is followed, and the name of an event in a place where a value stands is an event that is decided.
 */
export class DecisionReader {
  private readonly found = new Map<string, Set<string>>();
  private readonly followed = new Set<string>();

  private constructor(
    private readonly code: Code,
    private readonly events: ReadonlySet<string>,
    private readonly commands: ReadonlySet<string>,
  ) {}

  static read(
    code: Code,
    decide: ts.Node,
    events: readonly string[],
    commands: readonly string[],
  ): Decisions {
    const reader = new DecisionReader(code, new Set(events), new Set(commands));
    reader.visit(decide, reader.commands);
    return reader.found;
  }

  private visit(node: ts.Node, about: ReadonlySet<string>): void {
    if (ts.isTypeNode(node) || about.size === 0) return;
    if (ts.isSwitchStatement(node)) return this.visitSwitch(node, about);
    if (ts.isBlock(node) || ts.isCaseOrDefaultClause(node))
      return this.visitStatements(node.statements, about);
    if (ts.isStringLiteral(node)) this.note(node, about);
    if (ts.isIdentifier(node)) this.follow(node, about);
    ts.forEachChild(node, (child) => this.visit(child, about));
  }

  private visitSwitch({ expression, caseBlock }: ts.SwitchStatement, about: ReadonlySet<string>): void {
    const labels = caseBlock.clauses.map((clause) =>
      ts.isCaseClause(clause) ? textOf(clause.expression) : undefined,
    );
    const isByCommand = labels.some((label) => label !== undefined && this.commands.has(label));
    const named = new Set(labels);
    let falling: string[] = [];
    this.visit(expression, about);
    caseBlock.clauses.forEach((clause, index) => {
      const label = labels[index];
      falling.push(...(label !== undefined ? [label] : [...about].filter((command) => !named.has(command))));
      this.visit(clause, isByCommand ? both(about, falling) : about);
      if (clause.statements.length > 0) falling = [];
    });
  }

  private visitStatements(statements: readonly ts.Statement[], about: ReadonlySet<string>): void {
    let rest = about;
    for (const statement of statements) {
      const asked = ts.isIfStatement(statement) ? this.askedFor(statement.expression) : undefined;
      if (!asked || !ts.isIfStatement(statement)) {
        this.visit(statement, rest);
        continue;
      }
      const others = [...rest].filter((command) => command !== asked);
      this.visit(statement.thenStatement, both(rest, [asked]));
      if (statement.elseStatement) this.visit(statement.elseStatement, new Set(others));
      if (ends(statement.thenStatement)) rest = new Set(others);
    }
  }

  /** `command.type === 'StopFlowLog'` */
  private askedFor(condition: ts.Expression): string | undefined {
    if (!ts.isBinaryExpression(condition)) return undefined;
    if (condition.operatorToken.kind !== ts.SyntaxKind.EqualsEqualsEqualsToken) return undefined;
    const asked = textOf(condition.right);
    return asked !== undefined && this.commands.has(asked) ? asked : undefined;
  }

  private note(literal: ts.StringLiteral, about: ReadonlySet<string>): void {
    if (!this.events.has(literal.text) || ts.isCaseClause(literal.parent)) return;
    if (ts.isBinaryExpression(literal.parent)) return;
    this.found.set(literal.text, new Set([...(this.found.get(literal.text) ?? []), ...about]));
  }

  private follow(identifier: ts.Identifier, about: ReadonlySet<string>): void {
    const definition = definitionOf(this.code, identifier);
    if (!definition || !(ts.isFunctionDeclaration(definition) || ts.isVariableDeclaration(definition)))
      return;
    const key = `${definition.getSourceFile().fileName}:${definition.pos}:${[...about].sort().join()}`;
    if (this.followed.has(key)) return;
    this.followed.add(key);
    const body = ts.isFunctionDeclaration(definition) ? definition.body : definition.initializer;
    if (body) this.visit(body, about);
  }
}

const textOf = (expression: ts.Expression): string | undefined =>
  ts.isStringLiteral(expression) ? expression.text : undefined;

const both = (about: ReadonlySet<string>, labels: readonly string[]): Set<string> =>
  new Set(labels.filter((label) => about.has(label)));

const ends = (statement: ts.Statement): boolean => {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement;
  return last !== undefined && (ts.isReturnStatement(last) || ts.isThrowStatement(last));
};
