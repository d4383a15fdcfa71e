import { nextGap, WHATSAPP_WEB_PACE } from '../../../src/channels/whatsapp-web';
import { pairingDigits } from '../../../src/channels/whatsapp-web/login';

test('gaps lie between 20 and 60 seconds', () => {
  expect(nextGap(() => 0)).toBe(20_000);
  expect(nextGap(() => 0.5)).toBe(40_000);
  expect(nextGap(() => 0.999_999_9)).toBe(60_000);
  expect(WHATSAPP_WEB_PACE.peopleADay).toBeLessThanOrEqual(200);
});

test.each([
  ['+91 98000-00001', '919800000001'],
  ['919800000001', '919800000001'],
  ['(+91) 98000 00001', '919800000001'],
  ['98000', undefined],
  ['0919800000001', undefined],
  ['hello', undefined],
])('%s is linked as %s', (phone, digits) => expect(pairingDigits(phone)).toBe(digits));
