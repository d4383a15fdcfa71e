/** Asking Twilio to forget a message of his. */
import { HIS_NUMBER } from './support';
import { useStub } from './wired';

const use = useStub();
const kept = () => use.stub.keep({ From: `whatsapp:${HIS_NUMBER}`, Body: 'what he told' });

test('its text is emptied and it is deleted; asked again, it is gone', async () => {
  const channel = use.whatsApp();
  const sid = kept();
  expect(await channel.forget!(sid)).toBe('forgotten');
  expect(use.stub.messages.get(sid)).toBeUndefined();
  expect(await channel.forget!(sid)).toBe('forgotten');
});

test('a message that Twilio is not done with is emptied at once and deleted later', async () => {
  const channel = use.whatsApp();
  const sid = kept();
  use.stub.unfinished.add(sid);
  expect(await channel.forget!(sid)).toBe('later');
  expect(use.stub.messages.get(sid)).toMatchObject({ body: '' });
  use.stub.unfinished.clear();
  expect(await channel.forget!(sid)).toBe('forgotten');
  expect(use.stub.messages.get(sid)).toBeUndefined();
});

test('an id that is none of Twilio’s is nothing to ask for', async () => {
  expect(await use.whatsApp().forget!('../Accounts')).toBe('forgotten');
});
