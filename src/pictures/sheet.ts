/**
 * A meeting's sheet on one page of A4, to be printed and ticked by hand. Text is shaped by HarfBuzz and drawn as
 * outlines, since PDFKit shapes no Indic script. Lengths are in points, 72 to the inch.
 */
import PDFDocument from 'pdfkit';
import type { Weight } from './fonts';
import { cleanName } from './name';
import type { MeetingSheet } from './sheet-texts';
import { createTypesetter, type Typesetter } from './typesetter';
import { wrap } from './wrap';

type Document = PDFKit.PDFDocument;

const PAGE = { width: 595.28, height: 841.89, margin: 42 };
const COLUMN = PAGE.width - 2 * PAGE.margin;
const BOTTOM = PAGE.height - PAGE.margin;
/** Baseline to baseline, and from the top of a line to its baseline, in sizes. */
const LEADING = 1.5;
const BASELINE = 1.08;
const INK = '#1d1d1b';
const ACCENT = '#0b5d57';
const RULE = '#b9b4a7';

/** Sizes at which the page is tried until everything fits, largest first. */
const SCALES = [1, 0.92, 0.85, 0.78, 0.7, 0.62, 0.55];

/**
 * @param madeAt stands in the file as its date, so that the same sheet makes the same file
 * @returns the PDF, one page whatever it holds
 */
export async function renderSheet(sheet: MeetingSheet, madeAt: Date): Promise<Buffer> {
  const type = await createTypesetter();
  const document = new PDFDocument({
    size: 'A4',
    margin: 0,
    info: { Title: sheet.heading, CreationDate: madeAt, ModDate: madeAt },
  });
  const chunks: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
  });
  const scale = SCALES.find((tried) => layOut(type, sheet, tried) <= BOTTOM) ?? 0.5;
  layOut(type, sheet, scale, document);
  document.end();
  return done;
}

/** Sets the page; without a document it is only measured. @returns where the page ends, from its top */
function layOut(type: Typesetter, sheet: MeetingSheet, scale: number, document?: Document): number {
  let top = PAGE.margin;
  const lines = (
    text: string,
    size: number,
    style: { weight?: Weight; colour?: string; indent?: number } = {},
  ) => {
    const { weight = 'regular', colour = INK, indent = 0 } = style;
    const points = size * scale;
    const measure = (part: string) => type.width(part, { size: points, weight });
    for (const line of wrap(text, COLUMN - indent, measure).lines) {
      if (document)
        draw(document, type, line, PAGE.margin + indent, top + points * BASELINE, {
          size: points,
          weight,
          colour,
        });
      top += points * LEADING;
    }
  };
  const gap = (size: number) => (top += size * scale);
  const title = (text: string) => {
    gap(10);
    lines(text, 12, { weight: 'bold', colour: ACCENT });
    if (document) rule(document, top);
    gap(4);
  };

  lines(sheet.heading, 20, { weight: 'bold', colour: ACCENT });
  lines(sheet.place === '' ? sheet.when : `${sheet.when} · ${sheet.place}`, 12);
  lines(sheet.theme, 14, { weight: 'bold' });
  if (sheet.questions.lines.length > 0) {
    title(sheet.questions.title);
    sheet.questions.lines.forEach((line, index) => lines(`${index + 1}. ${line}`, 12));
  }
  if (sheet.answers.asked.length > 0) {
    title(sheet.answers.title);
    for (const { question, lines: said } of sheet.answers.asked) {
      lines(question, 11, { weight: 'bold' });
      for (const line of said) lines(line, 11, { indent: 12 });
    }
  }
  title(sheet.roster.title);
  lines(sheet.roster.tick, 9.5);
  gap(4);
  return roster(type, sheet.roster.rows, top, scale, document);
}

/** Two columns of boxes, numbers and names. */
function roster(
  type: Typesetter,
  rows: MeetingSheet['roster']['rows'],
  top: number,
  scale: number,
  document: Document | undefined,
): number {
  const step = 22 * scale;
  const perColumn = Math.ceil(rows.length / 2);
  const width = COLUMN / 2;
  if (document) {
    rows.forEach(({ number, name }, index) => {
      const left = PAGE.margin + (index < perColumn ? 0 : width);
      const row = top + (index % perColumn) * step;
      const box = 12 * scale;
      document
        .lineWidth(0.8)
        .strokeColor(INK)
        .rect(left, row + 3 * scale, box, box)
        .stroke();
      const baseline = row + 13 * scale;
      draw(document, type, number, left + 20 * scale, baseline, {
        size: 12 * scale,
        weight: 'bold',
        colour: INK,
      });
      const clean = cleanName(name, (character) => type.canWrite(character)) ?? '';
      const room = width - 50 * scale;
      const size = Math.min(
        12 * scale,
        (12 * scale * room) / Math.max(1, type.width(clean, { size: 12 * scale, weight: 'regular' })),
      );
      draw(document, type, clean, left + 42 * scale, baseline, { size, weight: 'regular', colour: INK });
    });
  }
  return top + perColumn * step;
}

function rule(document: Document, y: number): void {
  document
    .lineWidth(0.6)
    .strokeColor(RULE)
    .moveTo(PAGE.margin, y)
    .lineTo(PAGE.width - PAGE.margin, y)
    .stroke();
}

function draw(
  document: Document,
  type: Typesetter,
  text: string,
  left: number,
  baseline: number,
  { size, weight, colour }: { size: number; weight: Weight; colour: string },
): void {
  for (const { glyph, x, y, font } of type.shape(text, weight).glyphs) {
    const path = font.font.glyphToPath(glyph);
    if (path === '') continue;
    const zoom = size / font.unitsPerEm;
    document
      .save()
      .transform(zoom, 0, 0, -zoom, left + x * size, baseline - y * size)
      .path(path)
      .fill(colour)
      .restore();
  }
}
