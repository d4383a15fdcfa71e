/**
 * One process of the product under soak: the compiled program, wired as `saathi start` wires it, but in a world whose
 * time runs faster, so that leases, back-offs and reconciliation are seen to their end within a minute.
 * Told by IPC; arguments are one JSON object (cluster.ts).
 */
const { performance } = require('node:perf_hooks');
const { loadConfig } = require('../../dist/src/config.js');
const { createLog } = require('../../dist/src/log.js');
const { assemble } = require('../../dist/src/main.js');
const { listen } = require('../../dist/src/web/server.js');

const { role, env, start, since, speed } = JSON.parse(process.argv[2]);

const clock = {
  now: () => new Date(start + (Date.now() - since) * speed),
  advance: () => undefined,
  moveTo: () => undefined,
};

async function main() {
  const config = loadConfig(env);
  const log = createLog({ level: 'info' });
  const product = await assemble(config, {
    log,
    clock,
    monotonic: () => performance.now() * speed,
    twilioTimeoutMs: 40_000 / speed,
    delivery: { pollMs: 1_000 / speed, sendTimeoutMs: 45_000 / speed },
  });
  const server = await listen(product.app, 0);
  product.start(role);
  process.send({ port: server.address().port });
  process.on('message', () => {
    server.closeAllConnections();
    server.close(() => void product.stop().then(() => process.exit(0)));
  });
}

process.on('disconnect', () => process.exit(0));
main().catch((error) => {
  console.error(error);
  process.exit(1);
});
