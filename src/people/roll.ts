/** A list of people as a partner hands it in: each row is read into somebody, or told with what is wrong with it. Pure. */
import { nameFrom } from '../../flows/name';
import { phoneFrom } from '../../flows/phone';
import { placesOf } from '../../flows/places';
import { groupCodeFrom } from '../../flows/group-code';
import type { Content } from '../content/model';
import { normalise } from '../content/normalise';
import type { Invitation } from '../conversation';

/** Somebody as he is told of before he has written himself. */
export interface Enrolled {
  /** `+919800000001` */
  phone: string;
  name?: string;
  /** Ids from content/geography.yaml. */
  state?: string;
  district?: string;
  /** The group's code. */
  group?: string;
  /** The role that he will be offered; none for a Saathi. */
  invited?: Invitation;
}

export interface Roll {
  people: Enrolled[];
  /** `line` counts from 1, headings included; nothing of the row itself is repeated. */
  wrong: { line: number; why: string }[];
}

export const ROLES = ['saathi', 'mentor', 'coordinator', 'officer'] as const;
const TIERS = ['community', 'district', 'state'] as const;

/** What the headings may be called. */
const HEADINGS: Record<string, string[]> = {
  phone: ['phone', 'mobile', 'number', 'phone number', 'mobile number', 'whatsapp'],
  name: ['name', 'full name'],
  role: ['role'],
  state: ['state'],
  district: ['district'],
  group: ['group', 'group code', 'code'],
  tier: ['tier'],
};
type Field = 'phone' | 'name' | 'role' | 'state' | 'district' | 'group' | 'tier';

/** The headings are not those of a list of people; the message says which there must be. */
export class NoRoll extends Error {
  override readonly name = 'NoRoll';
}

/** One row, under the names of its fields; '' for what is not there. */
export type Row = Record<Field, string>;

/** @param rows headings first. @throws NoRoll */
export function readRoll(rows: string[][], content: Content): Roll {
  const [headings = [], ...body] = rows;
  const known = Object.entries(HEADINGS);
  const fields = headings.map(
    (heading) => known.find(([, names]) => names.includes(normalise(heading)))?.[0] as Field | undefined,
  );
  const strange = headings.filter((heading, index) => heading !== '' && fields[index] === undefined);
  if (!fields.includes('phone') || strange.length > 0)
    throw new NoRoll(
      `The first row names the columns: phone (always there), ${Object.keys(HEADINGS).slice(1).join(', ')}. ` +
        (strange.length > 0 ? `This is none of them: ${strange.join(', ')}.` : 'There is no column "phone".'),
    );
  const read = reader(content);
  const roll: Roll = { people: [], wrong: [] };
  const seen = new Map<string, number>();
  body.forEach((cells, index) => {
    const line = index + 2;
    if (cells.every((cell) => cell.trim() === '')) return;
    const row = Object.fromEntries(Object.keys(HEADINGS).map((field) => [field, ''])) as Row;
    fields.forEach((field, column) => field && (row[field] = cells[column]?.trim() ?? ''));
    const one = read(row);
    const before = typeof one === 'string' ? undefined : seen.get(one.phone);
    if (typeof one === 'string') roll.wrong.push({ line, why: one });
    else if (before !== undefined)
      roll.wrong.push({ line, why: `The same number stands on line ${before}.` });
    else {
      seen.set(one.phone, line);
      roll.people.push(one);
    }
  });
  return roll;
}

/** Reads one row into somebody, or into a sentence that says what is wrong with it. */
export function reader(content: Content): (row: Row) => Enrolled | string {
  const places = placesOf(content);
  const stateNamed = (text: string) =>
    content.states.find(({ id, name, aliases }) =>
      [id, ...Object.values(name), ...aliases].some((one) => normalise(one) === normalise(text)),
    )?.id;

  return function read(row) {
    const phone = phoneFrom(row.phone);
    if (phone === undefined) return 'The phone number is missing, or no mobile number.';
    const name = row.name === '' ? undefined : nameFrom(row.name);
    if (row.name !== '' && name === undefined)
      return 'The name is no name: write only the name, without titles or numbers.';
    const role = ROLES.find((one) => one === (normalise(row.role) || 'saathi'));
    if (!role) return `The role is one of ${ROLES.join(', ')}.`;
    const state = row.state === '' ? undefined : stateNamed(row.state);
    if (row.state !== '' && state === undefined)
      return `The state is one of ${content.states.map(({ id, name: names }) => `${names.en} (${id})`).join(', ')}.`;
    const districts = row.district === '' ? [] : districtsNamed(row.district, state);
    if (row.district !== '' && districts.length !== 1)
      return state === undefined
        ? 'The district needs its state beside it, or its own id such as UP-sitapur.'
        : 'The district is not found in this state, or may be one of several.';
    const [district] = districts;
    const where = state ?? district?.split('-')[0];
    const group = row.group === '' ? undefined : groupCodeFrom(row.group);
    if (row.group !== '' && group === undefined)
      return 'The group code has 4 to 8 letters and digits, with at least one digit.';
    if (group !== undefined && role !== 'saathi')
      return 'Only a Saathi is put into a group; a mentor gets his own by "group create".';
    const invited = invitationFor(role, normalise(row.tier), where, district);
    if (typeof invited === 'string') return invited;
    return {
      phone,
      ...(name !== undefined && { name }),
      ...(where !== undefined && { state: where }),
      ...(district !== undefined && { district }),
      ...(group !== undefined && { group }),
      ...(invited && { invited }),
    };
  };

  function districtsNamed(text: string, state: string | undefined): string[] {
    const own = content.states.flatMap(({ id, districts }) =>
      districts
        .filter((one) => one.id === text && (state === undefined || id === state))
        .map((one) => one.id),
    );
    return own.length > 0 || state === undefined ? own : places.findDistrict(state, text);
  }
}

function invitationFor(
  role: (typeof ROLES)[number],
  tier: string,
  state: string | undefined,
  district: string | undefined,
): Invitation | string | undefined {
  if (role === 'saathi') return undefined;
  if (role === 'mentor') return { role };
  const place = district ?? state;
  if (role === 'coordinator') {
    if (place === undefined) return { role, level: 'national' };
    return { role, level: district === undefined ? 'state' : 'district', place };
  }
  const known = TIERS.find((one) => one === (tier || (district === undefined ? 'state' : 'district')));
  if (!known) return `The tier of an officer is one of ${TIERS.join(', ')}.`;
  const at = known === 'state' ? state : district;
  return at === undefined
    ? 'An officer needs his state, and his district unless his tier is the state.'
    : { role, tier: known, place: at };
}
