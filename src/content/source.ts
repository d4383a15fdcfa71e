/** A YAML file with its line positions, so that every fault can be named where it stands. */
import { readFileSync } from 'node:fs';
import { relative, isAbsolute } from 'node:path';
import { load } from 'js-yaml';
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import type { Finding } from './finding';
import type { Path, Source } from './place';

/** Path as shown to a person. */
export function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return short === '' || short.startsWith('..') || isAbsolute(short) ? path : short;
}

/**
 * Reads and parses one YAML 1.2 file in UTF-8. Never throws: what is wrong comes back as findings, and
 * `source.value` is then undefined.
 */
export function readSource(path: string): { source: Source; findings: Finding[] } {
  const file = shown(path);
  const failed = (line: number, message: string, raw = ''): { source: Source; findings: Finding[] } => ({
    source: { file, raw, value: undefined, lineOf: () => 1 },
    findings: [{ severity: 'error', file, line, thing: '', message }],
  });

  let raw: string;
  try {
    raw = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT')
      return failed(
        1,
        'the file is missing. Put it back or write it; docs/adding-a-lesson.md shows what stands where.',
      );
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      return failed(1, 'the file is not in UTF-8. Save it again with the encoding UTF-8.');
    return failed(
      1,
      `the file cannot be read (${code ?? 'unknown fault'}). Check that it is a file and that you may read it.`,
    );
  }

  try {
    return { source: { file, raw, value: load(raw), lineOf: linesOf(raw) }, findings: [] };
  } catch {
    const { errors, lines } = withPositions(raw);
    const findings = errors.map((error): Finding => ({
      severity: 'error',
      file,
      line: lines.linePos(error.pos[0]).line,
      thing: '',
      message: `this is not valid YAML: ${error.message.replace(/\.?$/, '.')} Check indentation, quotes and colons on this line and the one above.`,
    }));
    if (findings.length > 0) return { source: { file, raw, value: undefined, lineOf: () => 1 }, findings };
    return failed(1, 'this is not valid YAML. Check indentation, quotes and colons.', raw);
  }
}

/**
 * The parser that knows where everything stands takes a second for all of content/, five times as long as the one
 * that doesn't: it is asked only when there is a fault to point at.
 */
function withPositions(raw: string): {
  errors: Document['errors'];
  document: Document.Parsed;
  lines: LineCounter;
} {
  const lines = new LineCounter();
  const document = parseDocument(raw, { lineCounter: lines, prettyErrors: false });
  return { errors: document.errors, document, lines };
}

function linesOf(raw: string): (at: Path) => number {
  let parsed: ReturnType<typeof withPositions> | undefined;
  return (at) => {
    parsed ??= withPositions(raw);
    return lineOf(parsed.document, parsed.lines, at);
  };
}

function lineOf(document: Document.Parsed, lines: LineCounter, path: Path): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range[0] ?? 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => String(isScalar(key) ? key.value : key) === String(step));
      if (!pair) break;
      if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      const range = (node as { range?: [number, number, number] | null } | undefined)?.range;
      if (!range) break;
      offset = range[0];
    } else break;
  }
  return Math.max(1, lines.linePos(offset).line);
}
