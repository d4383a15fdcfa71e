/** /metrics of the whole product: what an operator needs to see, and nobody's number or words. */
import request from 'supertest';
import { createConnection } from 'mongoose';
import { startEmbedded } from '../../src/database/embedded';
import { createOutboxControl } from '../../src/delivery';
import { HIS, TwilioProduct } from './twilio-product';

test('sends by channel and outcome, time of step and write, what is left of the cap, who is paused or down', async () => {
  const database = await startEmbedded({ dataDir: 'temporary', inProcess: true, noSync: true });
  const world = await new TwilioProduct().start({
    MONGODB_URI: database.uri,
    WHATSAPP_DAILY_REACH: '7',
    METRICS_TOKEN: 'metrics-token-0123456789',
  });
  const figures = async () => {
    const asked = request(world.product.app).get('/metrics');
    return (await asked.set('Authorization', 'Bearer metrics-token-0123456789').expect(200)).text;
  };
  await request(world.product.app).get('/metrics').expect(401);
  await world.writes('namaste');
  await world.writes('हिन्दी');
  const before = await figures();
  expect(before).toContain(
    'saathi_sends_total{channel="whatsapp",sender="twilio-whatsapp",outcome="accepted"} 2',
  );
  expect(before).toContain('saathi_turn_seconds_count{part="step"} 2');
  expect(before).toContain('saathi_turn_seconds_count{part="write"} 2');
  expect(before).toContain('saathi_reach_left{sender="twilio-whatsapp"} 7');
  expect(before).toContain('saathi_sender_up{sender="twilio-whatsapp"} 1');
  expect(before).toContain('saathi_sender_paused{sender="twilio-whatsapp"} 0');
  expect(before).not.toContain(HIS.slice(1));

  const connection = await createConnection(database.uri, { dbName: 'samanta-saathi' }).asPromise();
  await createOutboxControl(connection, () => Promise.resolve(world.clock.now())).pause('twilio-whatsapp');
  await connection.collection('reach').insertOne({
    sender: 'twilio-whatsapp',
    seat: 0,
    participantId: 'p',
    until: new Date(world.clock.now().getTime() + 3_600_000),
  });
  expect(await figures()).toContain('saathi_reach_left{sender="twilio-whatsapp"} 6');
  world.clock.advance(2 * 86_400_000);
  await world.lesson(1);
  const after = await figures();
  expect(after).toContain('saathi_sender_paused{sender="twilio-whatsapp"} 1');
  expect(after).toContain('saathi_outbox_messages{channel="whatsapp",state="pending",waiting="open"} 1');
  expect(after).toContain('saathi_reach_left{sender="twilio-whatsapp"} 7');
  await connection.close();
  await world.stop();
  await database.stop();
});
