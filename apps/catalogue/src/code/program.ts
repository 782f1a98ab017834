import { dirname, join } from 'node:path';
import ts from 'typescript';

/** What is built and shipped, as the compiler sees it: no specs, no test support. */
export interface Code {
  readonly files: readonly ts.SourceFile[];
  readonly checker: ts.TypeChecker;
}

const isShipped = (file: string): boolean => !/\.(spec|contract)\.ts$|\/testing\//.test(file);

/** @param repository directory of tsconfig.json */
export function readCode(repository: string): Code {
  const file = join(repository, 'tsconfig.json');
  const read = ts.readConfigFile(file, (path) => ts.sys.readFile(path));
  if (read.error) throw new Error(ts.flattenDiagnosticMessageText(read.error.messageText, '\n'));
  const include = ['libs/*/src', 'apps/*/src'];
  const parsed = ts.parseJsonConfigFileContent(
    { ...(read.config as object), include },
    ts.sys,
    dirname(file),
  );
  return codeOf(ts.createProgram(parsed.fileNames.filter(isShipped), parsed.options), repository);
}

export const codeOf = (program: ts.Program, repository: string): Code => ({
  files: program.getSourceFiles().filter(({ fileName, isDeclarationFile }) => {
    return (
      !isDeclarationFile && fileName.startsWith(`${repository}/`) && !fileName.includes('/node_modules/')
    );
  }),
  checker: program.getTypeChecker(),
});

export function nodesOf<N extends ts.Node>(root: ts.Node, is: (node: ts.Node) => node is N): N[] {
  const found: N[] = [];
  const visit = (node: ts.Node): void => {
    if (is(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
}

/** Declarations whose type is written as one of the kernel's: a constant, or a function that gives it. */
export interface Typed {
  readonly name: string;
  /** The arguments of the type: `Decider<State, Command, Event>`. */
  readonly typeArguments: readonly ts.Type[];
  readonly node: ts.Node;
  readonly object: ts.ObjectLiteralExpression;
}

/** @param having a member of the object that is meant: others may stand before it */
export function declarationsOf({ files, checker }: Code, typeName: string, having: string): Typed[] {
  return files.flatMap((file) =>
    nodesOf(file, ts.isTypeReferenceNode).flatMap((reference) => {
      const { parent: node } = reference;
      if (reference.typeName.getText() !== typeName || !isNamed(node) || node.type !== reference) return [];
      const objects = nodesOf(bodyOf(node), ts.isObjectLiteralExpression);
      const object = objects.find((literal) => member(literal, having));
      if (!object) return [];
      const typeArguments = (reference.typeArguments ?? []).map((type) => checker.getTypeFromTypeNode(type));
      return [{ name: nameOf(node), typeArguments, node, object }];
    }),
  );
}

type Named = ts.VariableDeclaration | ts.FunctionDeclaration | ts.ArrowFunction;

const isNamed = (node: ts.Node): node is Named =>
  ts.isVariableDeclaration(node) || ts.isFunctionDeclaration(node) || ts.isArrowFunction(node);

const bodyOf = (node: Named): ts.Node =>
  (ts.isVariableDeclaration(node) ? node.initializer : node.body) ?? node;

function nameOf(node: Named): string {
  const named = ts.isArrowFunction(node) ? node.parent : node;
  return ts.isVariableDeclaration(named) || ts.isFunctionDeclaration(named)
    ? (named.name?.getText() ?? '')
    : '';
}

export const member = (
  object: ts.ObjectLiteralExpression,
  name: string,
): ts.ObjectLiteralElementLike | undefined =>
  object.properties.find((property) => property.name?.getText() === name);

/** Values of the `type` member of a union of events or commands. */
export const typeNames = (checker: ts.TypeChecker, union: ts.Type): string[] =>
  (union.isUnion() ? union.types : [union]).flatMap((type) => {
    const symbol = type.getProperty('type');
    const value = symbol && checker.getTypeOfSymbol(symbol);
    const literals = value?.isUnion() ? value.types : value ? [value] : [];
    return literals.flatMap((literal) => (literal.isStringLiteral() ? [literal.value] : []));
  });

/** What an identifier stands for, followed through imports; undefined for what is not of this repository's sources. */
export function definitionOf(
  { checker, files }: Code,
  identifier: ts.Identifier,
): ts.Declaration | undefined {
  let symbol = ts.isShorthandPropertyAssignment(identifier.parent)
    ? checker.getShorthandAssignmentValueSymbol(identifier.parent)
    : checker.getSymbolAtLocation(identifier);
  if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
  const declaration = symbol?.valueDeclaration;
  return declaration && files.includes(declaration.getSourceFile()) ? declaration : undefined;
}
