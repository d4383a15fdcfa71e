/** Nobody's number, name or words in a log line, a metric or an answer to a stranger, whatever goes wrong. */
import { createLog } from '../../src/log';
import { refuse, tooFast, type Fault } from '../support/twilio-stub';
import { House, METRICS_TOKEN } from './product';

const NUMBER = '+919811122233';
const NAME = 'Ramkrishna Paramanandi';
const REFLECTION = 'my sister never went to school and I never asked why';
const DISCLOSURE = 'my brother beats his wife every night';
const TALK = [
  ...['hello', 'english', 'yes', '34', NAME, 'uttarakhand', 'almora', 'no', 'sunday', '1 pm', 'yes now', '2'],
  ...[REFLECTION, 'today', DISCLOSURE, 'help', 'menu', 'gibberish of mine', 'stop'],
];
const FAULTS: Fault[] = [
  tooFast('1'),
  refuse(63016),
  refuse(21211),
  { kind: 'answer', status: 500, code: 20500 },
  { kind: 'html', status: 502 },
  { kind: 'taken-then-garbage', body: `<p>${NUMBER} ${NAME}</p>` },
  { kind: 'reset' },
];

test('a whole conversation with every fault: no trace in logs, metrics, health or refusals', async () => {
  const house = await House.open();
  try {
    let told = '';
    const log = createLog({ level: 'debug', destination: { write: (line) => void (told += line) } });
    const one = await house.instance({}, log);
    const answers: string[] = [];
    for (const [n, text] of TALK.entries()) {
      house.stub.faults.next(FAULTS[n % FAULTS.length]!);
      answers.push((await house.write(one, NUMBER, text)).text);
      answers.push((await house.write(one, NUMBER, text, {}, { signature: 'forged' })).text);
      await one.world.settle();
      await one.world.advance(120_000);
    }
    await one.world.advance(3_600_000);
    await house.database.stop();
    answers.push((await house.write(one, NUMBER, REFLECTION)).text);
    await one.delivery.deliverDue().catch((error: unknown) => log.error({ error }, 'As the worker says it'));
    await house.reopen();
    const metrics = await fetch(`${one.url}/metrics`, {
      headers: { Authorization: `Bearer ${METRICS_TOKEN}` },
    });
    const figures = await metrics.text();
    const health = await (await fetch(`${one.url}/health/ready`)).text();

    // The faults did leave their traces: there was something to hide.
    expect(told.split('\n').length).toBeGreaterThan(10);
    expect(figures).toContain('saathi_sends_total');
    expect(house.taken(NUMBER).some((body) => body.includes(NAME))).toBe(true);
    const [person] = (await house.look()).people;
    const everything = [told, figures, health, ...answers].join('\n');
    const secrets = [NUMBER.slice(1), NUMBER.slice(3), NAME, 'Paramanandi', REFLECTION, 'sister', DISCLOSURE];
    for (const secret of [...secrets, 'beats', 'gibberish', person!._id, house.stub.authToken])
      expect(everything).not.toContain(secret);
    expect(everything).not.toMatch(/[\u0900-\u0d7f]/);
    // What was disclosed is stored nowhere as text either.
    expect(JSON.stringify(await house.look())).not.toContain('beats');
  } finally {
    await house.close();
  }
}, 120_000);
