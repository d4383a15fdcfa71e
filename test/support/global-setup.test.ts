import { findChromium, leftOut } from './chromium';
import { selectedProjects } from './global-setup';

describe('selectedProjects', () => {
  it.each([
    [['node', 'jest'], undefined],
    [['node', 'jest', '--selectProjects', 'unit', '--', 'x'], ['unit']],
    [
      ['node', 'jest', '--selectProjects', 'unit', 'browser'],
      ['unit', 'browser'],
    ],
    [['node', 'jest', '--selectProjects=browser'], ['browser']],
  ])('%j → %j', (argv, expected) => expect(selectedProjects(argv)).toEqual(expected));
});

describe('leftOut', () => {
  it('names the variable that asked for it', () => {
    expect(leftOut({ SKIP_BROWSER_TESTS: '1' })).toContain('SKIP_BROWSER_TESTS');
  });

  it('does not fall back to another Chromium than the one that was asked for', () => {
    expect(findChromium({ CHROMIUM_PATH: '/nowhere/chromium' })).toBeUndefined();
    expect(leftOut({ CHROMIUM_PATH: '/nowhere/chromium' })).toContain('CHROMIUM_PATH');
  });

  it('is silent where Chromium is there', () => {
    expect(leftOut({ CHROMIUM_PATH: process.execPath })).toBeUndefined();
  });
});
