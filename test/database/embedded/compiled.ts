import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { transformFileSync } from '@swc/core';

const ROOT = join(__dirname, '../../..');
const SOURCE = join(ROOT, 'src/database/embedded');

/**
 * Compiles the embedded server to plain JavaScript, for tests that need it in processes of its own (Jest's own
 * TypeScript does not reach into a child process). It lies below node_modules, where its packages are found.
 * @returns the folder that holds `index.js`, and a function that deletes it.
 */
export function compiledServer(): { folder: string; discard: () => void } {
  const folder = join(ROOT, 'node_modules/.cache', `embedded-${process.pid}`);
  for (const name of readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue;
    const { code } = transformFileSync(join(SOURCE, name), {
      swcrc: false,
      module: { type: 'commonjs' },
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    });
    const target = join(folder, name.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, code);
  }
  return { folder, discard: () => rmSync(folder, { recursive: true, force: true }) };
}
