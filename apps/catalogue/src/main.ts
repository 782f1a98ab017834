import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brokenSchemas } from './documents/schema-files';
import { generate } from './generate';

/** Writes docs/events of the checkout it is started in; refuses to overwrite the schema of a version that does not hold. */
function main(repository: string): void {
  const directory = join(repository, 'docs/events');
  const { catalogue, files } = generate(repository);
  const broken = brokenSchemas(catalogue, directory);
  for (const { message } of broken) process.stderr.write(`${message}\n`);
  if (broken.length > 0) {
    process.exitCode = 1;
    return;
  }
  for (const [path, text] of files) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  process.stdout.write(`docs/events: ${catalogue.events.length} event types, ${files.size} files\n`);
}

main(process.cwd());
