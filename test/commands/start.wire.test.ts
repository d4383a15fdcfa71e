/** Starting, and every way in which it may not start: one clear sentence, exit code 1. */
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runCli, type Running } from '../support/cli';

const PORT = /"port":(\d+)/;
let folder: string;
let running: Running[] = [];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'saathi-start-'));
  running = [];
});

afterEach(async () => {
  for (const { child, ended } of running) {
    child.kill('SIGKILL');
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
});

function start(env: Record<string, string> = {}, args: string[] = []): Running {
  const one = runCli(['start', ...args], { DATA_DIR: folder, PORT: '0', ...env });
  running.push(one);
  return one;
}

describe('start', () => {
  test('with nothing configured it serves, is ready, and stops when asked', async () => {
    const { says, child, ended } = start();
    const [, port = ''] = await says(PORT);
    expect((await fetch(`http://127.0.0.1:${port}/health/live`)).status).toBe(200);
    expect((await fetch(`http://127.0.0.1:${port}/health/ready`)).status).toBe(200);
    expect((await fetch(`http://127.0.0.1:${port}/simulator`)).status).toBe(200);
    expect(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()).toContain(
      'saathi_inbound_seconds',
    );
    expect((await fetch(`http://127.0.0.1:${port}/nothing`)).status).toBe(404);
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
  });

  test('a wrong environment is told in one list', async () => {
    const { code, err } = await start({ PORT: 'many', QUIET_HOURS: 'night', MONGODB_URI: 'postgres://x' })
      .ended;
    expect(code).toBe(1);
    expect(err).toMatch(/PORT: .*\n.*MONGODB_URI: .*/);
    expect(err).not.toContain('postgres');
    expect(err).toContain('QUIET_HOURS');
    expect(err).toContain('.env.example');
    expect(err).not.toContain('    at ');
  });

  test('a port in use is named', async () => {
    const taken = createServer().listen(0);
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const { code, err } = await start({ PORT: String(port) }).ended;
    taken.close();
    expect(code).toBe(1);
    expect(err).toContain(`Port ${port} is in use`);
  });

  test('a data folder that another process holds is named', async () => {
    await start().says(PORT);
    const { code, err } = await start().ended;
    expect(code).toBe(1);
    expect(err).toContain(folder);
    expect(err).toMatch(/in use|locked|another process/i);
  });

  test('a database that cannot be reached is told without its password', async () => {
    const uri = 'mongodb://user:hunter2@127.0.0.1:9/saathi';
    const { code, err } = await start({ MONGODB_URI: uri }).ended;
    expect(code).toBe(1);
    expect(err).toContain('MONGODB_URI cannot be reached');
    expect(err).not.toContain('hunter2');
  });

  test('a data folder that cannot be used is told', async () => {
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    const { code, err } = await start({ DATA_DIR: path.join(file, 'data') }).ended;
    expect(code).toBe(1);
    expect(err).not.toContain('    at ');
    expect(err).toContain(file);
  });

  test('web and worker apart need a shared database', async () => {
    const { code, err } = await start({}, ['--role', 'worker']).ended;
    expect(code).toBe(1);
    expect(err).toContain('MONGODB_URI is not set');
  });

  test('a broken content file is named with its line', async () => {
    const content = path.join(folder, 'content');
    mkdirSync(path.join(content, 'locales'), { recursive: true });
    writeFileSync(path.join(content, 'locales', 'en.yaml'), 'language: [unclosed\n');
    const { code, err, out } = await runCli(['content', 'lint', content]).ended;
    expect(code).toBe(1);
    expect(out + err).toMatch(/en\.yaml:\d+/);
  });
});
