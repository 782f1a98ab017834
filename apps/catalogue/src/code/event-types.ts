import { basename, dirname } from 'node:path';
import ts from 'typescript';
import { documentation, SchemaWriter } from './json-schema';
import type { JsonSchema } from './json-schema';
import { nodesOf } from './program';
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
function categoriesIn(
  { checker }: Code,
  file: ts.SourceFile,
  processes: readonly string[],
): StreamCategory[] {
  return nodesOf(file, ts.isVariableDeclaration).flatMap((declaration) => {
    if (!declaration.name.getText().endsWith('Stream') || !declaration.initializer) return [];
    const description = documentation(checker, checker.getSymbolAtLocation(declaration.name)!);
    if (ts.isStringLiteral(declaration.initializer)) {
      const { text: category } = declaration.initializer;
      return [{ category, address: category, description }];
    }
    const [template] = nodesOf(declaration.initializer, ts.isTemplateExpression);
    if (!template) return [];
    const names = template.templateSpans.map(
      ({ expression, literal }) => `{${parameter(expression)}}${literal.text}`,
    );
    if (template.head.text !== '') {
      return [
        {
          category: template.head.text.split('-')[0]!,
          address: template.head.text + names.join(''),
          description,
        },
      ];
    }
    return processes.map((process) => ({
      category: process,
      address: `${process}-${names.slice(1).join('')}`,
      description: `The ${process} process manager's own streams: what it was told, and what followed from it.`,
    }));
  });
}

const parameter = (expression: ts.Expression): string =>
  ts.isIdentifier(expression) ? expression.text : 'key';
