/** What is wrong in the content, where, and the way out. */

import type { Path, Source } from './place';

export interface Finding {
  severity: 'error' | 'warning';
  /** Path as shown to the author. */
  file: string;
  /** 1-based. */
  line: number;
  /** What it is about, e.g. `or.question.options`; empty for the whole file. */
  thing: string;
  /** What is wrong and what to do about it, in whole sentences. */
  message: string;
}

/** An error at a place of a file. */
export function fault(source: Source, path: Path, message: string): Finding {
  return { severity: 'error', file: source.file, line: source.lineOf(path), thing: path.join('.'), message };
}

/** An error about a file as a whole, such as its name. */
export function fileFault(file: string, message: string): Finding {
  return { severity: 'error', file, line: 1, thing: '', message };
}

/** A finding about one text. */
export function findingAt(
  { source, path }: { source: Source; path: Path },
  severity: Finding['severity'],
  message: string,
): Finding {
  return { ...fault(source, path, message), severity };
}

/** `content/lessons/03-child-care.yaml:41: or.question.options: three options but two feedbacks. …` */
export function formatFinding({ severity, file, line, thing, message }: Finding): string {
  const head = `${file}:${line}: ${severity === 'warning' ? 'warning: ' : ''}`;
  return thing === '' ? `${head}${message}` : `${head}${thing}: ${message}`;
}

/** By file, then line: the order in which an author works through them. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(
    (a, b) => a.file.localeCompare(b.file, 'en') || a.line - b.line || a.thing.localeCompare(b.thing, 'en'),
  );
}

/** The content cannot be used. The message lists every fault, one a line, with file, line and way out. */
export class ContentError extends Error {
  override readonly name = 'ContentError';
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    super(sortFindings(findings).map(formatFinding).join('\n'));
    this.findings = findings;
  }
}
