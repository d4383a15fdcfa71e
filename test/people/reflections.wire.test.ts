/** Reflections at rest: unreadable in every document from the first write on, and after a change of keys too. */
import { reflectionModel } from '../../src/database/models/reflection';
import { reseal, sealing, withKey } from '../../src/people';
import { createVault, VaultError } from '../../src/vault';
import { insertNew } from '../../src/database/duplicate';
import { startCountry, type Country, type Town } from './town';

const OLD = 'o'.repeat(64);
const NEW = 'n'.repeat(64);
const WORDS = 'My brother decides everything at home';
const AT = new Date('2026-01-04T10:00:00Z');

let country: Country;
let town: Town;
beforeAll(async () => (country = await startCountry()));
afterAll(() => country.stop());
beforeEach(async () => (town = await country.town()));

async function keep(key: string, id: string) {
  const seal = sealing(createVault(key));
  const effect = seal({ type: 'keep', id, at: AT, week: 1, text: WORDS });
  if (effect.type !== 'keep') throw new Error('another effect');
  const { text } = effect;
  const house = await town.house();
  const model = reflectionModel(house.connection);
  await insertNew(model.collection, [
    withKey({ _id: id, participantId: 'p1', at: AT, week: 1, ...(text && { text }) }),
  ]);
  return model;
}

test('what is kept cannot be read in the database, and names its key', async () => {
  await keep(OLD, 'p1:7:1');
  const everything = JSON.stringify(await town.everything());
  expect(everything).not.toContain('brother');
  expect(everything).toContain(createVault(OLD).keyId);
});

test('after a change of keys all is sealed with the new one, older plain rows too; a second run does nothing', async () => {
  const model = await keep(OLD, 'p1:7:1');
  await insertNew(model.collection, [{ _id: 'p1:9:1', participantId: 'p1', at: AT, week: 2, text: WORDS }]);
  const vault = createVault(NEW, [OLD]);
  expect(await reseal(model, vault)).toBe(2);
  expect(await reseal(model, vault)).toBe(0);
  const rows = await model.find().lean();
  expect(rows.map(({ key }) => key)).toEqual([vault.keyId, vault.keyId]);
  for (const { _id, text } of rows) expect(createVault(NEW).open(text!, _id)).toBe(WORDS);
});

test('without the earlier key nothing is changed', async () => {
  const model = await keep(OLD, 'p1:7:1');
  const before = await model.find().lean();
  await expect(reseal(model, createVault(NEW))).rejects.toThrow(VaultError);
  expect(await model.find().lean()).toEqual(before);
});
