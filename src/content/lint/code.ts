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

/** The loader's own: becomes `Content.consentVersion`. */
const READ_BY_LOADER = 'consent.version';

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
/** Dotted literals in flows that are no keys: names of journal entries, where to go, constants. */
const OTHER_USE = /(?:\b(?:record|entry|target|id)\s*[:(]|\btype:|\b[A-Z_]+ =)\s*$/;
/** Members of a closed union ('consent.given' | 'consent.refused') are names of things, not keys. */
const UNION_MEMBER = /\|\s*'([\w.-]+)'/g;
/** Where code outside the flows names a key. */
const KEY_USE = /(?:\b(?:key|ask|unclear)\s*:|\b(?:t|text|say|part|render)\(|\bkey\s*===)\s*$/;
/** The end of a key whose beginning a helper adds: key(step, 'question.ask'). */
const ENDING = /\bkey\(\w+,\s*$/;

/** Every key that the code surely asks for. */
function usesOf(code: readonly CodeFile[]): Use[] {
  const names = new Set(
    code.flatMap(({ text }) => [...text.matchAll(UNION_MEMBER)].map(({ 1: name }) => name)),
  );
  return code.flatMap(({ file, isFlow, text }) => {
    const keyAt = (index: number, key: string): string[] => {
      const before = text.slice(Math.max(0, index - 40), index);
      if (ENDING.test(before)) return [`*.${key}`];
      if (names.has(key)) return [];
      return (isFlow ? !OTHER_USE.test(before) : KEY_USE.test(before)) ? [key] : [];
    };
    const found = [
      ...[...text.matchAll(LITERAL)].map(({ index, 2: key = '' }) => ({ index, key })),
      ...[...text.matchAll(TEMPLATE)].map(({ index, 1: template = '' }) => ({
        index,
        key: starred(template),
      })),
    ].flatMap(({ index, key }) => keyAt(index, key).map((asked) => ({ index, key: asked })));
    const listed = isFlow
      ? groupsIn(text).flatMap(({ index, ids }) => ids.map((id) => ({ index, key: `options.${id}` })))
      : [];
    return [...found, ...listed].map(({ index, key }) => ({
      file,
      line: text.slice(0, index).split('\n').length,
      key,
    }));
  });
}

/** `days.${day}` → `days.*` */
function starred(template: string): string {
  return template.replace(/\$\{[^{}]*\}/g, '*');
}

/** The lists of options in a flow: literals, and constants of the same file spread into the call. */
function groupsIn(text: string): { index: number; ids: string[] }[] {
  return [...text.matchAll(/(?<!function )\boptions\(((?:[^()]|\([^()]*\))*)\)/g)].map(
    ({ index, 1: list = '' }) => ({
      index,
      ids: list.split(',').flatMap((entry) => {
        const literal = /^\s*'([\w-]+)'\s*$/.exec(entry)?.[1];
        const constant = /^\s*\.\.\.(?:Object\.keys\()?(\w+)\)?\s*$/.exec(entry)?.[1];
        return literal === undefined ? idsOfConstant(text, constant) : [literal];
      }),
    }),
  );
}

/** `const DAYS = ['mon', …]` or `const HOURS = { morning: 10, … }` → the ids in it. */
function idsOfConstant(text: string, name: string | undefined): string[] {
  const body =
    name === undefined
      ? undefined
      : new RegExp(`\\bconst ${name}\\b[^=]*=\\s*[[{]([^\\]}]*)[\\]}]`).exec(text)?.[1];
  return [...(body ?? '').matchAll(/'([\w-]+)'(?:\s*:[^,]*)?|([\w-]+)\s*:[^,]*/g)].map(
    ([, quoted, bare]) => quoted ?? bare ?? '',
  );
}

/** The questions of the flows, each as the ids of its options. */
export function optionGroups(code: readonly CodeFile[]): string[][] {
  return code.filter(({ isFlow }) => isFlow).flatMap(({ text }) => groupsIn(text).map(({ ids }) => ids));
}

/** Keys that the code asks for and no file holds. */
export function checkMissingKeys(code: readonly CodeFile[], texts: readonly Text[]): Finding[] {
  const keys = [...new Set(texts.map(({ key }) => baseKey(key)))];
  const known = new Set(keys);
  const exists = (key: string) =>
    key.includes('*') ? keys.some((candidate) => patternOf(key).test(candidate)) : known.has(key);
  const message =
    'is asked for here, but stands in no content file. Write it in content/locales, in every language.';
  return usesOf(code)
    .filter(({ key }) => !exists(key))
    .map(({ file, line, key }) => ({ severity: 'error', file, line, thing: key, message }));
}

/** Keys of the locales that nothing asks for: translated for nobody. */
export function checkUnreachable(code: readonly CodeFile[], texts: readonly Text[]): Finding[] {
  const isUsed = usageIn(code.map(({ text }) => text).join('\n'), texts);
  const seen = new Set<string>();
  return texts.flatMap(({ key, source, path }) => {
    const base = baseKey(key);
    if (!/[\\/]locales[\\/]/.test(source.file) || seen.has(base) || base === READ_BY_LOADER || isUsed(base))
      return [];
    seen.add(base);
    const message = 'nothing in flows/ or src/ asks for this text. Use it, or take it out of every language.';
    return [{ severity: 'warning', file: source.file, line: source.lineOf(path), thing: key, message }];
  });
}

/** A key is used when it stands in the code as it is, in another text, or fits a template whose gap can hold it. */
function usageIn(all: string, texts: readonly Text[]): (key: string) => boolean {
  const templates = [
    ...new Set([...all.matchAll(TEMPLATE)].map(({ 1: template = '' }) => starred(template))),
  ].filter((template) => template.includes('*'));
  const nested = new Set(
    texts.flatMap(({ text }) => [...text.matchAll(/\$t\(\s*([\w.-]+)/g)].map(({ 1: key = '' }) => key)),
  );
  const words = new Set(all.match(/[\w-]+/g));
  // `days.${n}`: numbers are worked out; a word in the gap is written somewhere.
  const fits = (key: string, template: string) => {
    const gap =
      template.endsWith('.*') && template.indexOf('*') === template.length - 1
        ? key.slice(template.length - 1)
        : undefined;
    return (
      patternOf(template).test(key) &&
      (gap === undefined || /^\d+$/.test(gap) || gap.split('.').every((word) => words.has(word)))
    );
  };
  return (key) =>
    nested.has(key) ||
    ["'", '"', '`'].some((quote) => all.includes(quote + key + quote)) ||
    templates.some((template) => fits(key, template));
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
