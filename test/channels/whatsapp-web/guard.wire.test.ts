/** What the guard does to a real Node process: measured in child processes, since Jest has its own handlers. */
import { transformFileSync } from '@swc/core';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'guard-'));
  const source = path.join(__dirname, '../../../src/channels/whatsapp-web/guard.ts');
  const { code } = transformFileSync(source, {
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
  });
  writeFileSync(path.join(folder, 'guard.js'), code);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the lines with the guard on; then says that it is alive. */
function run(lines: string) {
  const script = `
    const { guardRejections } = require(${JSON.stringify(path.join(folder, 'guard.js'))});
    const unguard = guardRejections((reason) => console.log('caught', reason));
    ${lines}
    setTimeout(() => console.log('alive'), 50);`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

test('what the library throws as a bare string does not end the process', () => {
  expect(run(`Promise.reject('auth timeout'); Promise.reject('ready timeout');`)).toMatchObject({
    status: 0,
    stdout: 'caught auth timeout\ncaught ready timeout\nalive\n',
  });
});

test("another's rejection ends the process as it would without us", () => {
  const { status, stdout, stderr } = run(`Promise.reject(new Error('somebody else')); `);
  expect(status).not.toBe(0);
  expect(stdout).toBe('');
  expect(stderr).toContain('somebody else');
});

test("another's own handler is left to decide", () => {
  const lines = `process.on('unhandledRejection', (e) => console.log('theirs', e.message)); Promise.reject(new Error('x'));`;
  expect(run(lines)).toMatchObject({ status: 0, stdout: 'theirs x\nalive\n' });
});

test('after stopping nothing is caught any more', () => {
  expect(run(`unguard(); Promise.reject('auth timeout');`).status).not.toBe(0);
});
