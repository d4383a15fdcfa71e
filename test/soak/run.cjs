/** `npm run soak -- --minutes 10 [--seed 7]`: the soak test for as long as is asked for. */
const { spawnSync } = require('node:child_process');
const { parseArgs } = require('node:util');

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string' } },
});
const minutes = Number(values.minutes);
const seed = values.seed ?? String(Math.floor(Math.random() * 2 ** 31));
if (!(minutes > 0) || !/^\d+$/.test(seed)) {
  console.error('Write it like this: npm run soak -- --minutes 10 --seed 7');
  process.exit(1);
}
const { status } = spawnSync(
  process.execPath,
  ['node_modules/jest/bin/jest.js', '--selectProjects', 'wire', '--', 'test/soak'],
  {
    stdio: 'inherit',
    env: { ...process.env, SOAK_SECONDS: String(minutes * 60), SOAK_SEED: seed },
  },
);
process.exit(status ?? 1);
