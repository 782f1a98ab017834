import ts from 'typescript';
import { definitionOf } from './program';
import type { Code } from './program';

/** Event types that a piece of code, or a function or constant that it uses, names in any way. */
export function namedEvents(code: Code, root: ts.Node, events: ReadonlySet<string>): Set<string> {
  const named = new Set<string>();
  const followed = new Set<ts.Node>([root]);
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node)) return;
    if (ts.isStringLiteral(node) && events.has(node.text)) named.add(node.text);
    const definition = ts.isIdentifier(node) ? definitionOf(code, node) : undefined;
    if (definition && !followed.has(definition) && isCode(definition)) {
      followed.add(definition);
      visit(definition);
    }
    ts.forEachChild(node, visit);
  };
  visit(root);
  return named;
}

const isCode = (node: ts.Node): boolean => ts.isFunctionDeclaration(node) || ts.isVariableDeclaration(node);
