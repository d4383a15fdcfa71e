import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { forgetProfile, freeProfile } from '../../../src/channels/whatsapp-web/profile';

let profile: string;
const children: ChildProcess[] = [];
const lock = () => path.join(profile, 'SingletonLock');
const isLocked = () => lstatSync(lock(), { throwIfNoEntry: false }) !== undefined;

/** A process that does nothing, with these words on its command line. */
async function idle(...words: string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, [
    '-e',
    "console.log('up'); setInterval(() => {}, 1e6)",
    '--',
    ...words,
  ]);
  children.push(child);
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return child;
}

beforeEach(() => {
  profile = path.join(mkdtempSync(path.join(tmpdir(), 'profile-')), 'session');
  mkdirSync(profile);
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(path.dirname(profile), { recursive: true, force: true });
});

test('a profile that nobody has in use stays as it is', async () => {
  writeFileSync(path.join(profile, 'kept'), 'x');
  expect(await freeProfile(profile)).toBe(false);
  expect(existsSync(path.join(profile, 'kept'))).toBe(true);
  await forgetProfile(profile);
  expect(existsSync(profile)).toBe(false);
  expect(await freeProfile(profile)).toBe(false);
});

test('locks of another machine and of a dead process are removed', async () => {
  const dead = await idle();
  const ended = new Promise((resolve) => dead.once('exit', resolve));
  dead.kill('SIGKILL');
  await ended;
  for (const owner of [`another-machine-4711`, `${hostname()}-${dead.pid ?? 0}`]) {
    symlinkSync(owner, lock());
    expect(await freeProfile(profile)).toBe(false);
    expect(isLocked()).toBe(false);
  }
});

test('an orphan on this very profile is ended, another process with its number is not', async () => {
  const other = await idle(`--user-data-dir=${profile}-other`);
  symlinkSync(`${hostname()}-${other.pid ?? 0}`, lock());
  expect(await freeProfile(profile)).toBe(false);
  expect(other.exitCode ?? other.signalCode).toBeNull();

  const orphan = await idle(`--user-data-dir=${profile}`);
  const ended = new Promise((resolve) => orphan.once('exit', (_, signal) => resolve(signal)));
  symlinkSync(`${hostname()}-${orphan.pid ?? 0}`, lock());
  expect(await freeProfile(profile)).toBe(true);
  expect(await ended).toBe('SIGKILL');
  expect(isLocked()).toBe(false);
});
