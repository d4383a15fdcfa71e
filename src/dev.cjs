/**
 * `npm run dev`: builds what has changed, then runs the product. Node starts this anew when a file under src/ or flows/
 * changes; content/ is taken in without a new start. What does not compile is told, and the next change tried again.
 */
const { spawnSync } = require('node:child_process');
const path = require('node:path');

const root = path.resolve(__dirname, '..');
const compiler = require.resolve('typescript/bin/tsc');
const { status } = spawnSync(process.execPath, [compiler, '-p', root], {
  stdio: 'inherit',
  // Under `node --watch` a child would report the files it loads, and the compiler's would be watched too.
  env: { ...process.env, WATCH_REPORT_DEPENDENCIES: undefined },
});
if (status !== 0) process.exit(1);
process.argv.splice(2, process.argv.length, 'start', '--live-content');
require(path.join(root, 'dist/src/cli.js'));
