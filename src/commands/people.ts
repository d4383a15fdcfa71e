/** `people import` and `people add`: takes in people whom others tell of. Nothing is sent to anybody for it. */
import { randomUUID } from 'node:crypto';
import { auditKeys, createAudit } from '../audit';
import type { Environment } from '../config';
import { loadContent } from '../content';
import { createIndexes } from '../database/connect';
import { participantModel } from '../database/models/participant';
import { groupModel } from '../database/models/group';
import { askServerTime } from '../delivery';
import { readTable } from '../files';
import { CONTENT_DIR } from '../paths';
import {
  Enrolment,
  reader,
  readRoll,
  Signals,
  type Enrolled,
  type EnrolmentResult,
  type Roll,
  type Row,
} from '../people';
import { withDatabase } from './with-database';

export type PeopleOrder =
  | { do: 'import'; file: string; dryRun: boolean }
  | ({ do: 'add' } & { [Field in keyof Row]?: string | undefined });

const SAID: Record<EnrolmentResult, string> = {
  expected: 'will be welcomed when they write',
  invited: 'take part already and are asked whether they take the role',
  known: 'were known already: nothing changed',
};

/**
 * Carries it out on the configured database.
 * @returns the exit code: 1 where a row was wrong
 * @throws ConfigError, DatabaseError, ContentError, UnreadableWorkbook, NoRoll
 */
export function people(order: PeopleOrder, env: Environment, print: (line: string) => void): Promise<number> {
  return withDatabase(env, async (connection, { zone, dataKeys, dataDir }) => {
    const content = loadContent(CONTENT_DIR);
    await createIndexes(connection);
    const participants = participantModel(connection);
    const at = await askServerTime(connection)();
    const roll: Roll =
      order.do === 'import'
        ? readRoll(await readTable(order.file), content)
        : alone(reader(content)(rowOf(order)));
    const groups = new Set(
      (
        await groupModel(connection)
          .find({ _id: { $in: codesOf(roll) } })
          .select({ _id: 1 })
          .lean()
      ).map(({ _id }) => _id),
    );
    const enrolment = new Enrolment({
      participants,
      signals: new Signals(participants),
      makeId: () => randomUUID().replaceAll('-', ''),
      zone,
    });
    const isTrial = order.do === 'import' && order.dryRun;
    const counts: Record<EnrolmentResult, number> = { expected: 0, invited: 0, known: 0 };
    const unknownGroups = new Set<string>();
    for (const one of roll.people) {
      if (one.group !== undefined && !groups.has(one.group)) {
        unknownGroups.add(one.group);
        continue;
      }
      counts[isTrial ? await enrolment.foresee(one) : await enrolment.enrol(one, at)] += 1;
    }
    for (const { line, why } of roll.wrong) print(order.do === 'import' ? `Line ${line}: ${why}` : why);
    for (const code of unknownGroups)
      print(
        `There is no group ${code}: whoever is to be in it was left out. Make it first ("group create").`,
      );
    for (const [result, count] of Object.entries(counts))
      if (count > 0) print(`${count} ${SAID[result as EnrolmentResult]}.`);
    if (isTrial) print('This was a trial: nothing was written.');
    else if (counts.expected + counts.invited > 0)
      await createAudit(connection, auditKeys(dataKeys, dataDir)).record({
        at,
        who: 'operator',
        did: 'people.enrolled',
        what: `${counts.expected} expected, ${counts.invited} invited`,
      });
    return roll.wrong.length + unknownGroups.size > 0 ? 1 : 0;
  });
}

function codesOf({ people: all }: Roll): string[] {
  return [...new Set(all.flatMap(({ group }) => group ?? []))];
}

function alone(read: Enrolled | string): Roll {
  return typeof read === 'string'
    ? { people: [], wrong: [{ line: 1, why: read }] }
    : { people: [read], wrong: [] };
}

function rowOf({
  phone = '',
  name = '',
  role = '',
  state = '',
  district = '',
  group = '',
  tier = '',
}: Partial<{ [Field in keyof Row]: string | undefined }>): Row {
  return { phone, name, role, state, district, group, tier };
}
