import { basename, dirname } from 'node:path';
import ts from 'typescript';
import { documentation, SchemaWriter } from './json-schema';
import type { JsonSchema } from './json-schema';
import { definitionOf, nodesOf } from './program';
import type { Code } from './program';

/** A type alias `Event<'FlowLogStopped', { … }>` in the sources. */
export interface EventType {
  readonly type: string;
  readonly description: string;
  /** The lib or application that it belongs to: `flow-log`. */
  readonly owner: string;
  readonly file: ts.SourceFile;
  schema(): JsonSchema;
}

export function eventTypes({ files, checker }: Code): Map<string, EventType> {
  const schemas = new SchemaWriter(checker);
  const aliases = files.flatMap((file) => nodesOf(file, ts.isTypeAliasDeclaration));
  const found = aliases.flatMap((alias): [string, EventType][] => {
    const type = namedType(alias);
    if (type === undefined) return [];
    const data = checker.getTypeAtLocation(alias).getProperty('data');
    const symbol = checker.getSymbolAtLocation(alias.name)!;
    const file = alias.getSourceFile();
    const described: EventType = {
      type,
      description: documentation(checker, symbol),
      owner: ownerOf(file.fileName),
      file,
      schema: () => schemas.schemaOf(checker.getTypeOfSymbol(data!), type),
    };
    return [[type, described]];
  });
  return new Map(found);
}

function namedType({ type, typeParameters }: ts.TypeAliasDeclaration): string | undefined {
  if (typeParameters || !ts.isTypeReferenceNode(type) || type.typeName.getText() !== 'Event')
    return undefined;
  const [name] = type.typeArguments ?? [];
  return name && ts.isLiteralTypeNode(name) && ts.isStringLiteral(name.literal)
    ? name.literal.text
    : undefined;
}

export function ownerOf(file: string): string {
  const inside = dirname(file);
  return basename(inside) === 'src' ? basename(dirname(inside)) : ownerOf(inside);
}

export interface StreamCategory {
  /** What stands before the first `-` of the name of its streams. */
  readonly category: string;
  /** `flowLog-{flowLogId}` */
  readonly address: string;
  readonly description: string;
}

/** Of the events that a file declares: named in the file itself, else in one beside it. */
export function categoriesOf(
  code: Code,
  file: ts.SourceFile,
  processes: readonly string[],
): StreamCategory[] {
  const beside = code.files.filter(({ fileName }) => dirname(fileName) === dirname(file.fileName));
  const inFile = categoriesIn(code, file, processes);
  return inFile.length > 0 ? inFile : beside.flatMap((other) => categoriesIn(code, other, processes));
}

/**
 * The category that a file's `…Stream` function names (`flowLog-`); a constant is a stream and a category in
 * one. A function that begins with a parameter serves process managers, whose names are the categories.
 */
function categoriesIn(code: Code, file: ts.SourceFile, processes: readonly string[]): StreamCategory[] {
  return nodesOf(file, ts.isVariableDeclaration).flatMap((declaration) => {
    if (!declaration.name.getText().endsWith('Stream') || !declaration.initializer) return [];
    const description = prose(
      documentation(code.checker, code.checker.getSymbolAtLocation(declaration.name)!),
    );
    const address = addressOf(code, declaration.initializer);
    if (address === undefined) return [];
    if (!address.startsWith('{')) return [{ category: address.split('-')[0]!, address, description }];
    return processes.map((process) => ({
      category: process,
      address: address.replace(/^\{\w+\}/, process),
      description: `The ${process} process manager's own streams: what it was told, and what followed from it.`,
    }));
  });
}

/** "Stream `flowLog-<id>`: one life" names the address, which is told apart. */
function prose(documented: string): string {
  const said = documented.replace(/^Stream `[^`]*`: /, '');
  return said.charAt(0).toUpperCase() + said.slice(1);
}

/** `flowLog-{flowLogId}` of a template, with constants as what they are; undefined for what is neither text nor template. */
function addressOf(code: Code, root: ts.Node): string | undefined {
  if (ts.isStringLiteral(root)) return root.text;
  const [template] = nodesOf(root, ts.isTemplateExpression);
  return template?.templateSpans.reduce(
    (address, { expression, literal }) => address + partOf(code, expression) + literal.text,
    template.head.text,
  );
}

function partOf(code: Code, expression: ts.Expression): string {
  if (!ts.isIdentifier(expression)) return '{key}';
  const definition = definitionOf(code, expression);
  const value = definition && ts.isVariableDeclaration(definition) ? definition.initializer : undefined;
  return value && ts.isStringLiteral(value) ? value.text : `{${expression.text}}`;
}
