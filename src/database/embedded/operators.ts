import { notImplemented } from './errors';

/**
 * The closed list: everything the embedded server understands. What is not here is refused by name with code
 * 238. A new entry is a deliberate addition, with its tests; the implementing tables are typed by these lists,
 * so that neither side can grow without the other.
 */
export const QUERY_OPERATORS = [
  '$eq',
  '$ne',
  '$gt',
  '$gte',
  '$lt',
  '$lte',
  '$in',
  '$nin',
  '$exists',
  '$not',
  '$elemMatch',
  '$size',
  '$all',
  '$regex',
  '$options',
] as const;
export const LOGICAL_OPERATORS = ['$and', '$or', '$nor'] as const;
export const UPDATE_OPERATORS = [
  '$set',
  '$unset',
  '$inc',
  '$min',
  '$max',
  '$push',
  '$pull',
  '$addToSet',
  '$setOnInsert',
] as const;
export const PUSH_MODIFIERS = ['$each', '$slice', '$sort', '$position'] as const;
export const STAGES = [
  '$match',
  '$group',
  '$sort',
  '$skip',
  '$limit',
  '$project',
  '$unwind',
  '$count',
] as const;
export const ACCUMULATORS = [
  '$sum',
  '$avg',
  '$min',
  '$max',
  '$first',
  '$last',
  '$push',
  '$addToSet',
  '$count',
] as const;

export type QueryOperator = (typeof QUERY_OPERATORS)[number];
export type LogicalOperator = (typeof LOGICAL_OPERATORS)[number];
export type UpdateOperator = (typeof UPDATE_OPERATORS)[number];
export type PushModifier = (typeof PUSH_MODIFIERS)[number];
export type Stage = (typeof STAGES)[number];
export type Accumulator = (typeof ACCUMULATORS)[number];

/** Fields any command may carry: who asks, in which session, with which concerns. None changes what is done here. */
const COMMON = [
  '$db',
  'lsid',
  '$clusterTime',
  '$readPreference',
  'readConcern',
  'writeConcern',
  'comment',
  'maxTimeMS',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
];

/** Every command and the fields it may carry beside the common ones. */
export const COMMANDS = {
  hello: [
    'helloOk',
    'client',
    'compression',
    'loadBalanced',
    'saslSupportedMechs',
    'topologyVersion',
    'maxAwaitTimeMS',
    'speculativeAuthenticate',
    'backpressure',
  ],
  ping: [],
  buildInfo: [],
  endSessions: [],
  create: [],
  createIndexes: ['indexes', 'commitQuorum'],
  listIndexes: ['cursor'],
  listCollections: ['filter', 'nameOnly', 'authorizedCollections', 'cursor'],
  listDatabases: ['filter', 'nameOnly', 'authorizedDatabases'],
  drop: [],
  dropIndexes: ['index'],
  dropDatabase: [],
  find: [
    'filter',
    'sort',
    'projection',
    'hint',
    'skip',
    'limit',
    'batchSize',
    'singleBatch',
    'noCursorTimeout',
    'allowDiskUse',
  ],
  getMore: ['collection', 'batchSize'],
  killCursors: ['cursors'],
  insert: ['documents', 'ordered', 'bypassDocumentValidation'],
  update: ['updates', 'ordered', 'bypassDocumentValidation'],
  delete: ['deletes', 'ordered'],
  findAndModify: [
    'query',
    'sort',
    'remove',
    'update',
    'new',
    'fields',
    'upsert',
    'hint',
    'bypassDocumentValidation',
  ],
  aggregate: ['pipeline', 'cursor', 'hint', 'allowDiskUse', 'bypassDocumentValidation'],
  count: ['query', 'limit', 'skip', 'hint', 'fields'],
  distinct: ['key', 'query', 'hint'],
  explain: ['verbosity'],
} as const satisfies Record<string, readonly string[]>;

export type CommandName = keyof typeof COMMANDS;

/** Other spellings under which drivers send a command. */
const ALIASES: Record<string, CommandName> = {
  isMaster: 'hello',
  ismaster: 'hello',
  buildinfo: 'buildInfo',
  findandmodify: 'findAndModify',
};

/** The command of that name. Throws code 238 for a name outside the closed list. */
export function commandNamed(name: string): CommandName {
  if (Object.hasOwn(COMMANDS, name)) return name as CommandName;
  const alias = ALIASES[name];
  if (alias === undefined) throw notImplemented(`command ${name}`);
  return alias;
}

/** Throws code 238 naming the first field the command does not know. `own` is the command's name as it was sent. */
export function checkFields(command: CommandName, own: string, fields: string[]): void {
  const known: readonly string[] = COMMANDS[command];
  for (const field of fields)
    if (field !== own && !known.includes(field) && !COMMON.includes(field))
      throw notImplemented(`field ${field} of command ${command}`);
}

/** Whether the list holds the name; narrows the name's type. */
export const isOneOf = <T extends string>(list: readonly T[], name: string): name is T =>
  (list as readonly string[]).includes(name);

/** Throws code 238 for a statement's field outside the known ones (an update's `arrayFilters`, an index's `collation`). */
export function checkOptions(owner: string, given: object, known: readonly string[]): void {
  for (const name of Object.keys(given))
    if (!known.includes(name)) throw notImplemented(`${owner} option ${name}`);
}
