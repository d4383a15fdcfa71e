import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintCommand } from '../../src/content';
import { contentWith, GOOD, removeMade } from './support';

afterAll(removeMade);

function run(...words: string[]): { code: number; out: string; err: string } {
  let out = '';
  let err = '';
  const code = lintCommand(words, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    today: new Date('2026-11-24T00:00:00Z'),
  });
  return { code, out, err };
}

describe('content:lint', () => {
  it('ends with 0 on good content and says that no code lay beside it', () => {
    const { code, out, err } = run(GOOD);
    expect(code).toBe(0);
    expect(err).toBe('');
    expect(out).toContain('The content can go live.');
    expect(out).toContain('whether texts are used was not checked');
  });

  it('ends with 0 on warnings, with 1 on errors', () => {
    expect(
      run(contentWith({ file: 'locales/hi.yaml', find: 'lesson: पाठ', replace: 'lesson: Lesson' })).code,
    ).toBe(0);
    const { code, out } = run(contentWith({ file: 'locales/hi.yaml', find: '  lesson: पाठ\n', replace: '' }));
    expect(code).toBe(1);
    expect(out).toContain('menu.lesson is missing in hi.');
  });

  it('compares with flows/ beside the content', () => {
    const dir = contentWith();
    const content = join(dir, 'content');
    cpSync(GOOD, content, { recursive: true });
    mkdirSync(join(dir, 'flows'));
    writeFileSync(join(dir, 'flows/menu.ts'), "say('menu.asks');");
    const { code, out } = run(content);
    expect(code).toBe(1);
    expect(out).toMatch(/flows\/menu\.ts:1: menu\.asks: is asked for here/);
    expect(out).toMatch(/warning: menu\.ask: nothing in flows\/ or src\/ asks for this text/);
    expect(out).not.toContain('was not checked');
  });

  it('says when the folder is not there', () => {
    expect(run(join(GOOD, 'nowhere'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('There is no folder'),
    });
  });

  it('--fix composes letters anew and leaves the rest alone', () => {
    const dir = contentWith({ file: 'locales/bn.yaml', find: 'কী চান?', replace: 'প\u09dcুন' });
    const path = join(dir, 'locales/bn.yaml');
    const before = readFileSync(path, 'utf8');
    expect(run(dir).code).toBe(1);
    expect(run('--fix', dir)).toMatchObject({
      code: 0,
      out: expect.stringContaining('Letters composed anew in 1 file.'),
    });
    expect(readFileSync(path, 'utf8')).toBe(before.normalize('NFC'));
  });

  it('does not guess at words it does not know', () => {
    expect(run('--fixx')).toMatchObject({ code: 1, err: expect.stringContaining('does not know --fixx') });
    expect(run(GOOD, 'more')).toMatchObject({ code: 1, err: expect.stringContaining('does not know more') });
  });
});
