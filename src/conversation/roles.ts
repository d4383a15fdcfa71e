/** What a person may be beside a Saathi. One may be several; none is ever taken by a word that he types. */

/** Looks after the men of his own groups. */
export interface MentorRole {
  since: Date;
  /** When his week is told him; Sunday evening unless he has chosen. */
  digest?: DigestTime;
}

export const DIGEST_TIMES = ['sunday-evening', 'monday-morning', 'friday-evening', 'no-digest'] as const;
export type DigestTime = (typeof DIGEST_TIMES)[number];

export interface CoordinatorRole {
  level: 'national' | 'state' | 'district';
  /** Id of the state or district (content/geography.yaml); none for the whole country. */
  place?: string;
  since: Date;
}

/** Answers calls for help: a community's, a district's (Gender Hub) or a state's. */
export interface OfficerRole {
  tier: 'community' | 'district' | 'state';
  place: string;
  since: Date;
}

export interface Roles {
  mentor?: MentorRole;
  coordinator?: CoordinatorRole;
  officer?: OfficerRole;
}

/** A role offered to him, until he confirms it from his own phone or declines. */
export type Invitation =
  | { role: 'mentor' }
  | ({ role: 'coordinator' } & Omit<CoordinatorRole, 'since'>)
  | ({ role: 'officer' } & Omit<OfficerRole, 'since'>);

/** Does he answer for this area (`all`, `state:UP`, `district:UP-sitapur`)? */
export function answersFor(
  { level, place = '' }: Pick<CoordinatorRole, 'level' | 'place'>,
  area: string,
): boolean {
  if (level === 'national') return true;
  if (level === 'district') return area === `district:${place}`;
  return area === `state:${place}` || area.startsWith(`district:${place}-`);
}

/** All that he answers for, as one area. */
export function areaOf({ level, place = '' }: Pick<CoordinatorRole, 'level' | 'place'>): string {
  return level === 'national' ? 'all' : `${level}:${place}`;
}

/** His roles with the offered one among them. */
export function withRole(roles: Roles | undefined, { role, ...rest }: Invitation, since: Date): Roles {
  return { ...roles, [role]: { ...rest, since } };
}
