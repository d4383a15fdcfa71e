import { isDoc, type Doc, type Value } from './bson-codec';
import { CommandError, notImplemented } from './errors';
import { isTruthy, parseFilter } from './filter';
import { groupStage } from './group';
import { matches } from './match';
import { isOneOf, STAGES, type Stage } from './operators';
import { own } from './paths';
import { parseProjection } from './projection';
import { parseSort, Sorter } from './sort';
import type { RunStage, Stream } from './stream';
import { isNumber } from './arithmetic';
import { toDouble } from './compare';

/** One stage as it was written. */
export interface StageSpec {
  name: Stage;
  value: Value;
}

/** The stages of a pipeline. Throws code 14 for what is no pipeline, 238 for a stage outside the closed list. */
export function parsePipeline(pipeline: Value | undefined): StageSpec[] {
  if (!Array.isArray(pipeline)) throw new CommandError(14, `'pipeline' option must be specified as an array`);
  return pipeline.map((stage) => {
    const names = isDoc(stage) ? Object.keys(stage) : [];
    const [name] = names;
    if (name === undefined || names.length !== 1)
      throw new CommandError(2, 'A pipeline stage specification object must contain exactly one field.');
    if (!isOneOf(STAGES, name)) throw notImplemented(`stage ${name}`);
    return { name, value: (stage as Doc)[name] as Value };
  });
}

/** Makes the stage ready. Throws code 2 for a wrong operand, 238 for an expression outside the closed list. */
export const runnable = ({ name, value }: StageSpec): RunStage => BUILDERS[name](value);

const BUILDERS: Record<Stage, (value: Value) => RunStage> = {
  $match: (value) => {
    const filter = parseFilter(asDoc('$match', value));
    return (input) => each(input, (chunk) => chunk.filter((document) => matches(filter, document)));
  },
  $group: (value) => groupStage(asDoc('$group', value)),
  $sort: (value) => {
    const keys = parseSort(asDoc('$sort', value));
    if (keys.length === 0) throw new CommandError(2, '$sort stage must have at least one sort key');
    return function* (input) {
      const sorter = new Sorter<Doc>(keys);
      for (const chunk of input) {
        for (const document of chunk) sorter.add(document, document);
        yield [];
      }
      yield sorter.done();
    };
  },
  $skip: (value) => {
    const skip = whole('$skip', value, 0);
    return function* (input) {
      let passed = 0;
      for (const chunk of input) {
        yield chunk.slice(Math.max(0, skip - passed));
        passed += chunk.length;
      }
    };
  },
  $limit: (value) => {
    const limit = whole('$limit', value, 1);
    return function* (input) {
      let passed = 0;
      for (const chunk of input) {
        yield chunk.slice(0, limit - passed);
        passed += chunk.length;
        if (passed >= limit) return;
      }
    };
  },
  $project: (value) => {
    const project = parseProjection(asDoc('$project', value), true);
    if (project === undefined)
      throw new CommandError(2, 'projection specification must have at least one field');
    return (input) => each(input, (chunk) => chunk.map(project));
  },
  $unwind: unwind,
  $count: (value) => {
    if (typeof value !== 'string' || value === '' || value.startsWith('$') || value.includes('.'))
      throw new CommandError(2, 'the count field must be a non-empty string without $ and .');
    return function* (input) {
      let total = 0;
      for (const chunk of input) {
        total += chunk.length;
        yield [];
      }
      if (total > 0) yield [{ [value]: total }];
    };
  },
};

function* each(input: Stream, change: (chunk: Doc[]) => Doc[]): Generator<Doc[]> {
  for (const chunk of input) yield change(chunk);
}

function asDoc(stage: string, value: Value): Doc {
  if (!isDoc(value)) throw new CommandError(2, `the ${stage} specification must be an object`);
  return value;
}

/** Checks a stage's whole number. Throws code 2 below `least`. */
export function whole(stage: string, value: Value, least: number): number {
  const number = isNumber(value) ? toDouble(value) : NaN;
  if (!Number.isInteger(number) || number < least)
    throw new CommandError(
      2,
      `invalid argument to ${stage} stage: Expected a whole number of at least ${least}`,
    );
  return number;
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/unwind/ */
function unwind(value: Value): RunStage {
  const options = isDoc(value) ? value : { path: value };
  for (const name of Object.keys(options))
    if (name !== 'path' && name !== 'preserveNullAndEmptyArrays') throw notImplemented(`${name} in $unwind`);
  const path = options.path;
  if (typeof path !== 'string' || !path.startsWith('$'))
    throw new CommandError(2, `path option to $unwind stage should be prefixed with a '$'`);
  const parts = path.slice(1).split('.');
  const keeps = isTruthy(options.preserveNullAndEmptyArrays);
  return (input) => each(input, (chunk) => chunk.flatMap((document) => unwound(document, parts, keeps)));
}

function unwound(document: Doc, parts: string[], keeps: boolean): Doc[] {
  const value = parts.reduce<Value | undefined>((at, part) => own(at, part), document);
  if (Array.isArray(value) && value.length > 0) return value.map((item) => replaced(document, parts, item));
  if (Array.isArray(value)) return keeps ? [replaced(document, parts, undefined)] : [];
  return value === undefined || value === null ? (keeps ? [document] : []) : [document];
}

function replaced(document: Doc, [part = '', ...rest]: string[], value: Value | undefined): Doc {
  const inner = rest.length === 0 ? value : replaced(document[part] as Doc, rest, value);
  const result = { ...document };
  if (inner === undefined) Reflect.deleteProperty(result, part);
  else result[part] = inner;
  return result;
}
