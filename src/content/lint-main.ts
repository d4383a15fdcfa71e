/** `npm run content:lint [-- [--fix] FOLDER]`: exit code 0 when the content can go live, 1 when not. */
import { lintCommand } from './lint-command';

process.exitCode = lintCommand(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  today: new Date(),
});
