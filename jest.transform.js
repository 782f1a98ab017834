// Compile TypeScript and every ES-module dependency to CommonJS so that jest needs no experimental flags on Node 20.
// CommonJS dependencies are passed through untouched unless they use import().
const { createHash } = require('node:crypto');
const { existsSync, readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { createTransformer } = require('@swc/jest');

const swcrc = JSON.parse(readFileSync(join(__dirname, '.swcrc'), 'utf8'));
delete swcrc.$schema;
const ts = createTransformer({ ...swcrc, swcrc: false, module: { type: 'commonjs' } });
const js = createTransformer({
  swcrc: false,
  jsc: { target: 'es2023', parser: { syntax: 'ecmascript' } },
  module: { type: 'commonjs' },
});

const isModule = new Map();
function inModulePackage(dir) {
  if (isModule.has(dir)) return isModule.get(dir);
  const pkg = join(dir, 'package.json');
  let result;
  if (existsSync(pkg)) result = JSON.parse(readFileSync(pkg, 'utf8')).type === 'module';
  else result = dirname(dir) === dir ? false : inModulePackage(dirname(dir));
  isModule.set(dir, result);
  return result;
}

function pick(source, file) {
  if (/\.[cm]?tsx?$/.test(file)) return ts;
  if (file.endsWith('.cjs')) return null;
  if (file.endsWith('.mjs') || inModulePackage(dirname(file))) return js;
  return /\bimport\s*\(/.test(source) ? js : null;
}

const SELF = createHash('sha1').update(readFileSync(__filename)).digest('hex');
module.exports = {
  process(source, file, options) {
    const t = pick(source, file);
    return t ? t.process(source, file, options) : { code: source };
  },
  getCacheKey(source, file, options) {
    const t = pick(source, file);
    if (t)
      return createHash('sha1')
        .update(SELF)
        .update(t.getCacheKey(source, file, options))
        .digest('hex');
    return createHash('sha1').update(SELF).update(file).update(source).digest('hex');
  },
};
