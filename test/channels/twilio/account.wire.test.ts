import { accountProblem } from '../../../src/channels/twilio/account';
import { twilioClient } from '../../../src/channels/twilio/client';
import { ACCOUNT, stillClock } from './support';
import { useStub } from './wired';

const use = useStub();
const problem = (authToken = ACCOUNT.authToken) =>
  accountProblem(twilioClient({ ...ACCOUNT, authToken, apiBaseUrl: use.stub.url }), stillClock());

test('an account in order has no problem, and nothing was sent to find out', async () => {
  expect(await problem()).toBeUndefined();
  expect(use.stub.accepted).toEqual([]);
});

test('a wrong token is named, and not repeated', async () => {
  const said = await problem('another-token-0123456789abcdef00');
  expect(said).toContain('TWILIO_AUTH_TOKEN');
  expect(said).not.toContain('another-token');
});

test('a suspended account says so', async () => {
  use.stub.accountStatus = 'suspended';
  expect(await problem()).toContain('suspended');
});

test('nobody listening: the way there is at fault', async () => {
  await use.stub.stop();
  expect(await problem()).toContain('could not be reached');
});
