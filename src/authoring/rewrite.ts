/** Texts changed inside a YAML file, and nothing else of it: comments, order and quoting stay. */
import { Document, isScalar, parseDocument, Scalar } from 'yaml';
import type { Path } from '../content/place';

export interface TextChange {
  path: Path;
  /** Without blanks around. */
  text: string;
}

/** Where a folded text is broken into lines, as in the files that are there. */
const FOLD_AT = 110;

/**
 * The file with the texts put in.
 * @param raw a YAML file without faults
 * @param changes each to a text that is there already
 * @throws Error when a path leads to no text, or when anything else would change: nothing is to be written then
 */
export function rewrite(raw: string, changes: readonly TextChange[]): string {
  const before = parseDocument(raw);
  const splices = changes.map(({ path, text }) => {
    const node = before.getIn(path, true);
    if (!isScalar(node) || !node.range) throw new Error(`There is no text at ${path.join('.')}.`);
    const [start, end] = node.range;
    return { start, end, written: inPlace(raw, node, text, start, end) };
  });
  const after = splices
    .toSorted((one, other) => other.start - one.start)
    .reduce((text, { start, end, written }) => text.slice(0, start) + written + text.slice(end), raw);
  if (!isAsMeant(before, after, changes))
    throw new Error(`The texts could not be put in without changing others: ${changes[0]?.path.join('.')}.`);
  return after;
}

/** The text in the style that the old one had, at its indentation, with the line breaks that followed it. */
function inPlace(raw: string, old: Scalar, text: string, start: number, end: number): string {
  const scalar = new Scalar(text);
  const isBlock = old.type === Scalar.BLOCK_FOLDED || old.type === Scalar.BLOCK_LITERAL;
  // After a block nothing may follow on the line: where a comment does, line breaks stand as \n in quotes.
  const hasComment = (/^.*/.exec(raw.slice(end))?.[0] ?? '').trim() !== '';
  const forLines = hasComment ? Scalar.QUOTE_DOUBLE : Scalar.BLOCK_LITERAL;
  scalar.type = text.includes('\n') && !isBlock ? forLines : (old.type ?? Scalar.PLAIN);
  const line = raw.slice(raw.lastIndexOf('\n', start - 1) + 1, start);
  const indentation = /^ */.exec(line)?.[0] ?? '';
  const lineWidth = scalar.type === Scalar.BLOCK_FOLDED ? FOLD_AT - indentation.length : 0;
  const rendered = new Document({ x: scalar }).toString({ lineWidth }).slice('x: '.length).trimEnd();
  const breaks = /\n*$/.exec(raw.slice(start, end))?.[0] ?? '';
  return rendered.replace(/\n(?=[^\n])/g, `\n${indentation}`) + breaks;
}

function isAsMeant(before: Document.Parsed, raw: string, changes: readonly TextChange[]): boolean {
  const after = parseDocument(raw);
  if (after.errors.length > 0) return false;
  for (const { path, text } of changes) {
    const read = after.getIn(path);
    if (typeof read !== 'string' || read.trim() !== text) return false;
    before.setIn(path, read);
  }
  return JSON.stringify(before.toJS()) === JSON.stringify(after.toJS());
}
