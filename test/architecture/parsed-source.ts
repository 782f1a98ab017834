import ts from 'typescript';

export interface Import {
  readonly specifier: string;
  /** The names taken from the module as the module calls them; empty for `import *`, `export *` and side effects. */
  readonly names: readonly string[];
  readonly line: number;
}

/** What the rules look at in one TypeScript file. `path` is relative to the repository, with forward slashes. */
export interface ParsedSource {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
  /** Lines that mention `process.env`. */
  readonly environmentReads: readonly number[];
  /** Lines with `it.only`, `describe.skip`, `xit` and their like. */
  readonly switchedTests: readonly number[];
}

const testFunctions = /^(it|test|describe)$/;
const switches = /^(only|skip|todo)$/;
const switchedForms = /^(fit|xit|fdescribe|xdescribe|xtest)$/;

/** Reads static imports, re-exports, `import x = require()`, `import()`, `require()` and `import('…')` types alike. */
export function parseSource(path: string, text: string): ParsedSource {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023);
  const imports: Import[] = [];
  const environmentReads: number[] = [];
  const switchedTests: number[] = [];
  const lineOf = (node: ts.Node) => file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
  const add = (node: ts.Node, specifier: ts.Node | undefined, names: readonly string[] = []) => {
    if (specifier && ts.isStringLiteralLike(specifier))
      imports.push({ specifier: specifier.text, names, line: lineOf(node) });
  };

  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node, node.moduleSpecifier, importedNames(node));
    else if (ts.isExportDeclaration(node)) add(node, node.moduleSpecifier, exportedNames(node));
    else if (ts.isExternalModuleReference(node)) add(node, node.expression);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node, node.argument.literal, node.qualifier ? [node.qualifier.getText(file)] : []);
    else if (ts.isCallExpression(node)) {
      if (loadsModule(node.expression)) add(node, node.arguments[0]);
      if (ts.isIdentifier(node.expression) && switchedForms.test(node.expression.text))
        switchedTests.push(lineOf(node));
    } else if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
      const [object, member] = [node.expression.text, node.name.text];
      if (object === 'process' && member === 'env') environmentReads.push(lineOf(node));
      if (testFunctions.test(object) && switches.test(member)) switchedTests.push(lineOf(node));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return { path, text, imports, environmentReads, switchedTests };
}

function importedNames({ importClause }: ts.ImportDeclaration): string[] {
  const bindings = importClause?.namedBindings;
  if (!bindings || !ts.isNamedImports(bindings)) return [];
  return bindings.elements.map(({ name, propertyName }) => (propertyName ?? name).text);
}

function exportedNames({ exportClause }: ts.ExportDeclaration): string[] {
  if (!exportClause || !ts.isNamedExports(exportClause)) return [];
  return exportClause.elements.map(({ name, propertyName }) => (propertyName ?? name).text);
}

function loadsModule(callee: ts.Expression): boolean {
  if (callee.kind === ts.SyntaxKind.ImportKeyword) return true;
  if (ts.isPropertyAccessExpression(callee)) return loadsModule(callee.expression);
  return ts.isIdentifier(callee) && callee.text === 'require';
}
