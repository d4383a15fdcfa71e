/**
 * Which keys the code asks for, found by reading its string literals: plain keys ('menu.ask'), templates
 * (`days.${day}`, where anything may stand in the gap) and lists of options: options('yes', 'no').
 * A key that is put together in any other way is not seen; write it as a template.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shown } from '../source';
import type { Finding } from '../finding';
import type { Text } from '../texts';
import { baseKey } from './translations';

interface CodeFile {
  file: string;
  /** Flows speak in keys only, so that every dotted literal in them is one. */
  isFlow: boolean;
  text: string;
}

interface Use {
  file: string;
  line: number;
  /** `menu.ask`, or `days.*` for a template. */
  key: string;
}

/** Reads the code under the given folders (TypeScript and page scripts). The content's own code names no keys. */
export function readCode(folders: readonly string[]): CodeFile[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|js)$/.test(name) && !/(^|[\\/])content[\\/]/.test(name))
      .sort()
      .map((name) => ({
        file: shown(join(folder, name)),
        isFlow: /(^|[\\/])flows$/.test(folder),
        text: withoutComments(readFileSync(join(folder, name), 'utf8')),
      })),
  );
}

/** Comments become spaces, so that line numbers stay. */
function withoutComments(text: string): string {
  return text
    .replace(/\/\*[^]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/(^|\s)\/\/.*$/gm, '$1');
}

const LITERAL = /(['"])([A-Za-z][\w-]*(?:\.[\w-]+)+)\1/g;
const TEMPLATE = /`([A-Za-z][\w-]*\.(?:[\w.-]|\$\{[^{}`]*\})*)`/g;
/** Dotted literals in flows that are no keys: names of journal entries, and where to go. */
const OTHER_USE = /(?:\b(?:record|entry|target|id)\s*[:(]|\btype:)\s*$/;
/** Where code outside the flows names a key. */
const KEY_USE = /(?:\b(?:key|ask|unclear)\s*:|\b(?:t|text|say|part|render)\(|\bkey\s*===)\s*$/;

/** Every key that the code surely asks for. */
export function usesOf(code: readonly CodeFile[]): Use[] {
  return code.flatMap(({ file, isFlow, text }) => {
    const isKey = (index: number): boolean => {
      const before = text.slice(Math.max(0, index - 40), index);
      return isFlow ? !OTHER_USE.test(before) : KEY_USE.test(before);
    };
    const line = (index: number) => text.slice(0, index).split('\n').length;
    const literals = [...text.matchAll(LITERAL)].map((match) => ({
      index: match.index,
      key: match[2] ?? '',
    }));
    const templates = [...text.matchAll(TEMPLATE)].map((match) => ({
      index: match.index,
      key: (match[1] ?? '').replace(/\$\{[^{}]*\}/g, '*'),
    }));
    const listed = isFlow
      ? groupsIn(text).flatMap(({ index, ids }) => ids.map((id) => ({ index, key: `options.${id}` })))
      : [];
    return [...[...literals, ...templates].filter(({ index }) => isKey(index)), ...listed].map(
      ({ index, key }) => ({ file, line: line(index), key }),
    );
  });
}

function groupsIn(text: string): { index: number; ids: string[] }[] {
  return [...text.matchAll(/\boptions\(((?:\s*'[\w-]+'\s*,?)+)\)/g)].map((match) => ({
    index: match.index,
    ids: [...(match[1] ?? '').matchAll(/'([\w-]+)'/g)].map((id) => id[1] ?? ''),
  }));
}

/** The questions of the flows, each as the ids of its options. */
export function optionGroups(code: readonly CodeFile[]): string[][] {
  return code.filter(({ isFlow }) => isFlow).flatMap(({ text }) => groupsIn(text).map(({ ids }) => ids));
}

/** Keys that the code asks for and no file holds. */
export function checkMissingKeys(code: readonly CodeFile[], texts: readonly Text[]): Finding[] {
  const keys = [...new Set(texts.map(({ key }) => baseKey(key)))];
  const known = new Set(keys);
  return usesOf(code)
    .filter(({ key }) =>
      key.includes('*') ? !keys.some((candidate) => patternOf(key).test(candidate)) : !known.has(key),
    )
    .map(({ file, line, key }) => ({
      severity: 'error',
      file,
      line,
      thing: key,
      message:
        'is asked for here, but stands in no content file. Write it in content/locales, in every language.',
    }));
}

/** Keys of the locales that nothing asks for: translated for nobody. */
export function checkUnreachable(code: readonly CodeFile[], texts: readonly Text[]): Finding[] {
  const all = code.map(({ text }) => text).join('\n');
  const patterns = [...all.matchAll(TEMPLATE)]
    .map((match) => (match[1] ?? '').replace(/\$\{[^{}]*\}/g, '*'))
    .filter((pattern) => pattern.includes('*'))
    .map(patternOf);
  const nested = new Set(
    texts.flatMap(({ text }) => [...text.matchAll(/\$t\(\s*([\w.-]+)/g)].map((match) => match[1] ?? '')),
  );
  const isUsed = (key: string) =>
    nested.has(key) ||
    ["'", '"', '`'].some((quote) => all.includes(quote + key + quote)) ||
    patterns.some((pattern) => pattern.test(key));
  const seen = new Set<string>();
  return texts.flatMap(({ key, source, path }) => {
    const base = baseKey(key);
    if (!/[\\/]locales[\\/]/.test(source.file) || seen.has(base) || isUsed(base)) return [];
    seen.add(base);
    return [
      {
        severity: 'warning',
        file: source.file,
        line: source.lineOf(path),
        thing: key,
        message: 'nothing in flows/ or src/ asks for this text. Use it, or take it out of every language.',
      },
    ];
  });
}

/** `days.*` → any key with something in the gap. */
function patternOf(template: string): RegExp {
  return new RegExp(
    `^${template
      .split('*')
      .map((part) => part.replace(/[.\\-]/g, '\\$&'))
      .join('.+')}$`,
  );
}
