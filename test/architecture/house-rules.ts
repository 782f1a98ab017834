import type { ParsedSource } from './parsed-source';

/** A source file, test or support file longer than this holds two concepts. */
export const longestFile = 300;

export const isTooLong = ({ text }: Pick<ParsedSource, 'text'>): boolean =>
  text.trimEnd().split('\n').length > longestFile;

/** Names that say nothing about what is inside: `utils`, `common`, `helpers`, `…Impl`, `…Base`, `IThing`. */
export function saysNothing(path: string): boolean {
  return path
    .split('/')
    .map((segment) => segment.replace(/\.[a-z.-]+$/, ''))
    .some((name) => /^(utils?|commons?|helpers?)$|[-.](utils?|helpers?|impl|base)$/i.test(name));
}

/** Lines with a type that is named after nothing but being an interface, an implementation or a base. */
export function emptyTypeNames({ text }: Pick<ParsedSource, 'text'>): string[] {
  const declared = text.matchAll(/^\s*(?:export )?(?:abstract )?(?:class|interface|type) (\w+)/gm);
  return [...declared]
    .map(([, name]) => name!)
    .filter((name) => /(Impl|Base|Utils?|Helpers?)$|^I[A-Z][a-z]/.test(name));
}

/** Work that is promised instead of done. Spelled with a class, or this file would be found too. */
export const isPromised = ({ text }: Pick<ParsedSource, 'text'>): boolean =>
  /\b(TO[D]O|FIX[M]E|XX[X])\b/.test(text);

/** Paths of the machine that somebody wrote the file on. */
export const namesMachine = ({ text }: Pick<ParsedSource, 'text'>): boolean =>
  /['"`](\/(work|root|home|Users)\/|\/tmp\/)/.test(text);
