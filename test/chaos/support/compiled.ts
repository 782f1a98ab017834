import { join } from 'node:path';
import ts from 'typescript';
import { root } from './sources';

const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
  config: { compilerOptions: object };
};
const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
const host = ts.createCompilerHost({ ...options, noEmit: true });
const file = join(root, 'test/chaos/never-written.ts');
const readFromDisk = host.getSourceFile.bind(host);
let source = '';
let program: ts.Program | undefined;

host.getSourceFile = (name, languageVersion, ...rest) =>
  name === file
    ? ts.createSourceFile(name, source, languageVersion, true)
    : readFromDisk(name, languageVersion, ...rest);
host.fileExists = (name) => name === file || ts.sys.fileExists(name);

/** What the compiler says about a module of this repository: its messages, without those about other files. */
export function complaintsAbout(text: string): string[] {
  source = text;
  program = ts.createProgram({
    rootNames: [file],
    options: { ...options, noEmit: true },
    host,
    oldProgram: program,
  });
  const written = program.getSourceFile(file)!;
  return [...program.getSyntacticDiagnostics(written), ...program.getSemanticDiagnostics(written)].map(
    ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'),
  );
}
