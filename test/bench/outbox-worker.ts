/** A process that sends: the product's worker, or the floor, which does nothing but call the stand-in. Told by IPC. */
import { twilioClient } from '../../src/channels/twilio/client';
import { silentLog } from '../../src/log';
import { assemble } from '../../src/main';
import { benchConfig, UNPACED, type Places } from './outbox-config';
import { BASE_URL, phoneOf, SENDER } from './web-server';

export interface Errand extends Places {
  /** `floor` sends so many messages without any product; `outbox` what waits; `lesson` lets timers fire first. */
  what: 'floor' | 'outbox' | 'lesson';
  messages: number;
}

type Doing = () => void;

async function product({ what, ...places }: Errand): Promise<{ go: Doing; stop: () => Promise<void> }> {
  const product = await assemble(benchConfig(places), { log: silentLog, delivery: UNPACED });
  return {
    go: () => {
      product.delivery.start();
      if (what === 'lesson') void product.world.settle();
    },
    stop: () => product.stop(),
  };
}

function floor({ messages, ...places }: Errand): { go: Doing; stop: () => Promise<void> } {
  const { twilio } = benchConfig(places);
  if (!twilio) throw new Error('The bench has no Twilio.');
  const client = twilioClient(twilio);
  let next = 0;
  const lane = async () => {
    for (let index = next++; index < messages; index = next++)
      await client.messages.create({
        to: `whatsapp:${phoneOf(index)}`,
        from: `whatsapp:${SENDER}`,
        body: 'What is your name? Please write it as you would like to be called.',
        statusCallback: `${BASE_URL}/webhooks/twilio/status?o=${index}`,
      });
  };
  return {
    go: () => {
      for (let n = 0; n < (UNPACED.concurrency ?? 1); n += 1) void lane();
    },
    stop: () => Promise.resolve(),
  };
}

async function main(): Promise<void> {
  const errand = JSON.parse(process.argv[2] ?? '{}') as Errand;
  const { go, stop } = errand.what === 'floor' ? floor(errand) : await product(errand);
  process.on('message', (wanted: string) => {
    if (wanted === 'go') go();
    if (wanted === 'stop') void stop().then(() => process.exit(0));
  });
  process.send?.('ready');
}

if (require.main === module) void main();
