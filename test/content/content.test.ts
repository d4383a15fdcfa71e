/** The content that is shipped: loads, and passes every check. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { parse } from 'yaml';
import { formatFinding, lintContent, loadContent } from '../../src/content';

const ROOT = join(__dirname, '../..');
const CONTENT = join(ROOT, 'content');
/** The day on which it was last verified; `npm run content:lint` judges by the real date. */
const today = new Date('2026-11-24T12:00:00Z');

describe('the content of the campaign', () => {
  it('has no error', () => {
    const findings = lintContent(CONTENT, { today, code: [join(ROOT, 'flows'), join(ROOT, 'src')] });
    expect(findings.filter(({ severity }) => severity === 'error').map(formatFinding)).toEqual([]);
  });

  it('loads: twelve weeks or more, seven states, pledges, days and helplines', () => {
    const content = loadContent(CONTENT);
    expect(content.lessons.length).toBeGreaterThanOrEqual(12);
    expect(content.lessons.map(({ week }) => week)).toEqual(content.lessons.map((_, i) => i + 1));
    expect(content.states.map(({ id }) => id).sort()).toEqual(['JH', 'MP', 'OD', 'RJ', 'UK', 'UP', 'WB']);
    expect(content.helplines.map(({ number }) => number)).toEqual(
      expect.arrayContaining(['112', '181', '1098']),
    );
    expect(content.pledges.length).toBeGreaterThan(0);
    expect(content.campaignDays.length).toBeGreaterThan(0);
  });

  it('reads the same by the quick parser and by the one that knows where everything stands', () => {
    const files = readdirSync(CONTENT, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.yaml'),
    );
    for (const file of files) {
      const raw = readFileSync(join(CONTENT, file), 'utf8');
      expect([file, load(raw)]).toEqual([file, parse(raw)]);
    }
  });
});
