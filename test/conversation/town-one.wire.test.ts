/** Golden conversations in company, one half of them: see test/support/town-transcripts.ts. */
import { half, playFile } from '../support/town-transcripts';

test.each(half(0))('%s', (file) => playFile(file));
