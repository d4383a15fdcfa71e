/** Where the project's own files lie, whether the code runs from src/ (tests) or from dist/src/ (built). */
import { existsSync } from 'node:fs';
import path from 'node:path';

function rootAbove(folder: string): string {
  if (existsSync(path.join(folder, 'package.json'))) return folder;
  const parent = path.dirname(folder);
  if (parent === folder) throw new Error('package.json is missing: start the product from its own folder.');
  return rootAbove(parent);
}

export const PROJECT_ROOT = rootAbove(__dirname);
export const CONTENT_DIR = path.join(PROJECT_ROOT, 'content');
