import { add, asDouble, isNumber } from './arithmetic';
import { isDoc, type Doc, type Value } from './bson-codec';
import { compare, same, toDouble } from './compare';
import { CommandError, notImplemented } from './errors';
import { KeyWriter } from './key';
import { ACCUMULATORS, isOneOf, type Accumulator } from './operators';
import { expressionPath } from './paths';
import type { RunStage } from './stream';

/** What an expression gives for a document; undefined for a missing field. */
type Expression = (document: Doc) => Value | undefined;

/** A field path `'$a.b'`, a constant, or a document of these. Throws code 238 for an operator or a variable. */
function parseExpression(value: Value): Expression {
  if (typeof value === 'string' && value.startsWith('$')) {
    if (value.startsWith('$$') || value === '$') throw notImplemented(`expression ${value}`);
    const path = value.slice(1).split('.');
    return (document) => expressionPath(document, path);
  }
  if (Array.isArray(value)) throw notImplemented('an array as an expression');
  if (!isDoc(value)) return () => value;
  const fields = Object.entries(value).map(([name, inner]) => {
    if (name.startsWith('$')) throw notImplemented(`expression ${name}`);
    return [name, parseExpression(inner)] as const;
  });
  return (document) => {
    const result: Doc = {};
    for (const [name, inner] of fields) {
      const found = inner(document);
      if (found !== undefined) result[name] = found;
    }
    return result;
  };
}

/** Gathers one value for each document of a group. */
interface Gather {
  take: (value: Value | undefined) => void;
  done: () => Value;
}

const keepFirst = (decide: (best: Value, next: Value) => boolean): Gather => {
  let best: Value | undefined;
  return {
    take: (value) => {
      // $min and $max leave null and missing out of account.
      if (value === undefined || value === null) return;
      if (best === undefined || decide(best, value)) best = value;
    },
    done: () => best ?? null,
  };
};

const sum = (): Gather => {
  let total: Value = 0;
  return {
    take: (value) => {
      if (isNumber(value)) total = add(total, value, 'widen');
    },
    done: () => total,
  };
};

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/group/#accumulator-operator */
const GATHERERS: Record<Accumulator, () => Gather> = {
  $sum: sum,
  $count: sum,
  $avg: () => {
    const total = sum();
    let count = 0;
    return {
      take: (value) => {
        if (!isNumber(value)) return;
        total.take(value);
        count++;
      },
      done: () => (count === 0 ? null : asDouble(toDouble(total.done()) / count)),
    };
  },
  $min: () => keepFirst((best, next) => compare(next, best) < 0),
  $max: () => keepFirst((best, next) => compare(next, best) > 0),
  $first: () => {
    let first: { value: Value } | undefined;
    return { take: (value) => (first ??= { value: value ?? null }), done: () => first?.value ?? null };
  },
  $last: () => {
    let last: Value = null;
    return { take: (value) => (last = value ?? null), done: () => last };
  },
  $push: () => {
    const all: Value[] = [];
    return {
      take: (value) => {
        if (value !== undefined) all.push(value);
      },
      done: () => all,
    };
  },
  $addToSet: () => {
    const all: Value[] = [];
    return {
      take: (value) => {
        if (value !== undefined && !all.some((item) => same(item, value))) all.push(value);
      },
      done: () => all,
    };
  },
};

/** The `$group` stage; groups come out in the order in which they first appeared. */
export function groupStage(spec: Doc): RunStage {
  const { _id, ...fields } = spec;
  if (_id === undefined) throw new CommandError(2, 'a group specification must include an _id');
  const id = parseExpression(_id);
  const accumulators = Object.entries(fields).map(([name, value]) => accumulatorOf(name, value));
  return function* (input) {
    const groups = new Map<string, { id: Value; gathers: Gather[] }[]>();
    for (const chunk of input) {
      for (const document of chunk) {
        const { gathers } = groupFor(groups, id(document) ?? null, accumulators);
        for (const [at, { expression }] of accumulators.entries()) gathers[at]?.take(expression(document));
      }
      yield [];
    }
    yield [...groups.values()].flat().map(({ id: key, gathers }) => {
      const result: Doc = { _id: key };
      for (const [at, { name }] of accumulators.entries()) result[name] = gathers[at]?.done() ?? null;
      return result;
    });
  };
}

interface NamedAccumulator {
  name: string;
  expression: Expression;
  start: () => Gather;
}

function accumulatorOf(name: string, value: Value): NamedAccumulator {
  const [operator, ...more] = isDoc(value) ? Object.keys(value) : [];
  if (operator === undefined || more.length > 0)
    throw new CommandError(2, `The field '${name}' must be an accumulator object`);
  if (!isOneOf(ACCUMULATORS, operator)) throw notImplemented(`accumulator ${operator}`);
  if (name.includes('.')) throw new CommandError(2, `The field name '${name}' cannot contain '.'`);
  const operand = (value as Doc)[operator] as Value;
  if (operator === '$count') {
    if (!isDoc(operand) || Object.keys(operand).length > 0)
      throw new CommandError(2, '$count takes no arguments, i.e. $count:{}');
    return { name, expression: () => 1, start: GATHERERS.$count };
  }
  return { name, expression: parseExpression(operand), start: GATHERERS[operator] };
}

/** Groups are looked up by their key's bytes, which rounded numbers may share: then the values decide. */
function groupFor(
  groups: Map<string, { id: Value; gathers: Gather[] }[]>,
  id: Value,
  accumulators: NamedAccumulator[],
): { gathers: Gather[] } {
  const key = new KeyWriter().add(id).done().toString('latin1');
  let list = groups.get(key);
  if (list === undefined) groups.set(key, (list = []));
  let group = list.find((candidate) => compare(candidate.id, id) === 0);
  if (group === undefined) list.push((group = { id, gathers: accumulators.map(({ start }) => start()) }));
  return group;
}
