import ts from 'typescript';
import { SchemaWriter } from './json-schema';
import type { JsonSchema } from './json-schema';
import { nodesOf } from './program';
import type { Code } from './program';

/** JSON Schema of the kernel's `EventMetadata`, which every event carries. */
export function metadataSchema({ files, checker }: Code): JsonSchema {
  const declared = files.flatMap((file) => nodesOf(file, ts.isInterfaceDeclaration));
  const metadata = declared.find(({ name }) => name.text === 'EventMetadata');
  if (!metadata) throw new Error('The sources have no interface EventMetadata');
  return new SchemaWriter(checker).schemaOf(checker.getTypeAtLocation(metadata), 'metadata');
}
