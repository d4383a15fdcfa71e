/** Where the page's files lie: always in the source tree, so that a compiled product needs no copies of them. */
import path from 'node:path';
import { CONTENT_DIR, PROJECT_ROOT } from '../../paths';

export const PAGE_FOLDER = path.join(PROJECT_ROOT, 'src/web/simulator/page');
export const LABELS_FOLDER = path.join(CONTENT_DIR, 'simulator');

const FAMILIES = {
  latin: ['noto-sans', 'NotoSans'],
  devanagari: ['noto-sans-devanagari', 'NotoSansDevanagari'],
  bengali: ['noto-sans-bengali', 'NotoSansBengali'],
  oriya: ['noto-sans-oriya', 'NotoSansOriya'],
} as const;
const WEIGHTS = { regular: '400Regular', semibold: '600SemiBold' } as const;

/** Font files by the name under which the page asks for them: `bengali-semibold.ttf` → absolute path. */
export function fontFiles(): Map<string, string> {
  const files = new Map<string, string>();
  for (const [script, [folder, name]] of Object.entries(FAMILIES)) {
    for (const [weight, style] of Object.entries(WEIGHTS)) {
      const file = `@expo-google-fonts/${folder}/${style}/${name}_${style}.ttf`;
      files.set(`${script}-${weight}.ttf`, require.resolve(file));
    }
  }
  return files;
}
