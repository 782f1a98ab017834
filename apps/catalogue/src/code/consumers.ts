import ts from 'typescript';
import { namedEvents } from './named-events';
import { declarationsOf, definitionOf, member, typeNames } from './program';
import type { Code, Typed } from './program';
import { ownerOf } from './event-types';

export interface Consumer {
  readonly kind: 'projection' | 'process manager';
  /** Of the read model, or of the process manager. */
  readonly name: string;
  readonly owner: string;
  readonly events: readonly string[];
}

/** A projection consumes the events that its code names; one that names none treats all of its union alike. */
export const projections = (code: Code): Consumer[] =>
  declarationsOf(code, 'Projection', 'evolve').flatMap((declaration) => {
    const events = typeNames(code.checker, declaration.typeArguments[1]!);
    if (events.length === 0) return [];
    const named = namedEvents(code, declaration.object, new Set(events));
    return [
      {
        kind: 'projection' as const,
        name: readModelName(code, declaration),
        owner: ownerOf(declaration.node.getSourceFile().fileName),
        events: named.size > 0 ? events.filter((event) => named.has(event)) : events,
      },
    ];
  });

/** The union of a process manager's inputs is written out: it names what it listens to. */
export const processManagers = (code: Code): Consumer[] =>
  declarationsOf(code, 'ProcessManager', 'react').flatMap(({ typeArguments, object, node }) => {
    const name = textMember(object, 'name');
    const events = typeNames(code.checker, typeArguments[1]!);
    if (name === undefined || events.length === 0) return [];
    return [
      { kind: 'process manager' as const, name, owner: ownerOf(node.getSourceFile().fileName), events },
    ];
  });

function readModelName(code: Code, { object, name }: Typed): string {
  const readModel = member(object, 'readModel');
  const value = readModel && ts.isPropertyAssignment(readModel) ? readModel.initializer : undefined;
  const definition = value && ts.isIdentifier(value) ? definitionOf(code, value) : undefined;
  const shown = definition && ts.isVariableDeclaration(definition) ? definition.initializer : value;
  return (shown && ts.isObjectLiteralExpression(shown) && textMember(shown, 'name')) || name;
}

function textMember(object: ts.ObjectLiteralExpression, name: string): string | undefined {
  const found = member(object, name);
  const value = found && ts.isPropertyAssignment(found) ? found.initializer : undefined;
  return value && ts.isStringLiteral(value) ? value.text : undefined;
}
