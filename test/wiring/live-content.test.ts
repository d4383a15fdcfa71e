/** Content read anew while the product runs: the latest good one is in use, whatever becomes of the files. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LiveContent } from '../../src/wiring/live-content';
import { contentWith, removeMade } from '../content/support';

afterEach(removeMade);

describe('content that is read anew', () => {
  it('reaches whoever kept it, for lessons and for what is said', () => {
    const dir = contentWith();
    const live = new LiveContent(dir);
    const { content, conversation } = live;
    const { translate } = conversation;
    expect(translate({ key: 'theme.home' }, 'en')).toBe('Home');

    edit(join(dir, 'calendar.yaml'), 'en: Home', 'en: At home');
    live.reload();
    expect(translate({ key: 'theme.home' }, 'en')).toBe('At home');
    expect(content.resources.en).toMatchObject({ theme: { home: 'At home' } });
    expect(live.faults()).toEqual([]);
  });

  it('stays as it was while a file is at fault, and says where the fault is', () => {
    const dir = contentWith();
    const live = new LiveContent(dir);
    let told = 0;
    live.subscribe(() => (told += 1));
    edit(join(dir, 'calendar.yaml'), 'en: Home', 'en: At home');
    edit(join(dir, 'pledges.yaml'), 'pledges:', 'pledge:');
    live.reload();
    expect(live.faults()).toContainEqual(expect.stringContaining('pledges.yaml:1: pledge'));
    expect(live.conversation.translate({ key: 'theme.home' }, 'en')).toBe('Home');

    edit(join(dir, 'pledges.yaml'), 'pledge:', 'pledges:');
    live.reload();
    expect(live.faults()).toEqual([]);
    expect(live.conversation.translate({ key: 'theme.home' }, 'en')).toBe('At home');
    expect(told).toBe(2);
  });
});

function edit(path: string, from: string, to: string): void {
  const before = readFileSync(path, 'utf8');
  expect(before).toContain(from);
  writeFileSync(path, before.replace(from, to));
}
