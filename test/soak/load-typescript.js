// Lets plain Node load the sources as they are, with the aliases of tsconfig.json: `node --require ./load-typescript.js file.ts`.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { join } = require('node:path');
const { transformFileSync } = require('@swc/core');
require('reflect-metadata');

const root = join(__dirname, '../..');
const read = (file) => JSON.parse(readFileSync(join(root, file), 'utf8'));
const { $schema: _, ...swcrc } = read('.swcrc');
const { paths } = read('tsconfig.json').compilerOptions;

process.setSourceMapsEnabled(true);
require.extensions['.ts'] = (module, file) =>
  module._compile(transformFileSync(file, { ...swcrc, swcrc: false, sourceMaps: 'inline' }).code, file);

const resolve = Module._resolveFilename;
Module._resolveFilename = (request, ...rest) => resolve.call(Module, fileOf(request) ?? request, ...rest);

function fileOf(request) {
  if (!request.startsWith('@flowledger/')) return undefined;
  const exact = paths[request];
  if (exact) return join(root, exact[0]);
  return join(root, paths['@flowledger/*'][0].replace('*', request.slice('@flowledger/'.length)));
}
