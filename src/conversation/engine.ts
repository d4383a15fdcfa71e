/**
 * XState as a pure function: a stored conversation and an event in, the next stored conversation and what it
 * asks for out. The only file that touches snapshots.
 *
 * `transition()` of XState builds a throw-away actor for every call; here one inert scope is made once and
 * `machine.transition` is called with it, and snapshots are made from one prepared template per state
 * (`npm run bench` measures a step).
 */
import { createActor, type AnyActorScope, type SnapshotFrom } from 'xstate';
import { createConversation } from '../../flows/conversation';
import type { Context, Expectation, Meta, RecordParams, SayParams } from '../../flows/setup';
import type { Content } from '../content/model';
import type { ClockName, ConversationEvent } from './event';
import type { Order } from './order';

type Machine = ReturnType<typeof createConversation>;
type Snapshot = SnapshotFrom<Machine>;

/** The state part of a stored conversation. */
export interface Position {
  /** Path of the active leaf, e.g. `talk.lesson.reflection`. */
  state: string;
  /** History state → path of the leaf it goes back to. */
  history: Record<string, string>;
}

/** What the flows asked for during one step, in order. */
export type Request =
  | { type: 'say'; params: SayParams }
  | { type: 'record'; params: RecordParams }
  | { type: 'keep'; params: { week: number; text?: string; voiceRef?: string } }
  | { type: 'cancelOutbox' }
  | { type: 'erase' }
  | { type: 'arm'; id: string; event: ClockName; delay: number }
  | { type: 'order'; params: Order }
  | { type: 'postponeSignal'; params: { by: number } }
  | { type: 'disarm'; id: string };

export interface Transitioned extends Position {
  context: Context;
  requests: Request[];
}

export interface Engine {
  /** Throws when a guard or an assignment throws, or when `position` names a state that does not exist. */
  transition(position: Position, context: Context, event: ConversationEvent): Transitioned;
  /** What the state waits for: its options, and whether free text or a voice note is an answer. */
  expectation(state: string, context: Context): Expectation;
  /** Does the statechart have this state? */
  has(state: string): boolean;
  readonly machine: Machine;
}

interface Executed {
  type: string;
  params?: unknown;
}

const NOTHING: Expectation = { options: [] };

/** Made once per content; holds no state between calls. */
export function createEngine(content: Content): Engine {
  const machine = createConversation(content);
  const prepared = new Map<string, Snapshot>();
  const known = new Map<string, boolean>();
  const executed: Executed[] = [];
  const scope = inertScope(machine, executed);

  function template(state: string): Snapshot {
    let snapshot = prepared.get(state);
    if (!snapshot) {
      snapshot = machine.resolveState({ value: valueOf(state), context: {} as Context });
      prepared.set(state, snapshot);
    }
    return snapshot;
  }

  function revive({ state, history }: Position, context: Context): Snapshot {
    const historyValue = Object.fromEntries(
      Object.entries(history).map(([id, leaf]) => [id, [machine.getStateNodeById(`${machine.id}.${leaf}`)]]),
    );
    return { ...template(state), context, historyValue };
  }

  return {
    machine,
    transition(position, context, event) {
      executed.length = 0;
      const next = machine.transition(revive(position, context), event, scope as never);
      return {
        state: pathOf(next.value),
        history: historyOf(next, machine.id),
        context: next.context,
        requests: executed.flatMap(toRequest),
      };
    },
    expectation(state, context) {
      const leaf = template(state)._nodes.find((node) => node.type === 'atomic');
      const meta = leaf?.meta as Meta | undefined;
      return meta?.expects(context) ?? NOTHING;
    },
    has(state) {
      let exists = known.get(state);
      if (exists === undefined) {
        exists = isLeaf(machine, state);
        known.set(state, exists);
      }
      return exists;
    },
  };
}

function isLeaf(machine: Machine, state: string): boolean {
  try {
    return machine.getStateNodeById(`${machine.id}.${state}`).type === 'atomic';
  } catch {
    return false;
  }
}

/** A scope in which nothing runs: actions are only written down (as XState's own `transition()` does). */
function inertScope(machine: Machine, executed: Executed[]): AnyActorScope {
  const self = createActor(machine);
  return {
    self,
    id: '',
    sessionId: '',
    system: self.system,
    logger: () => undefined,
    defer: () => undefined,
    stopChild: () => undefined,
    emit: () => undefined,
    actionExecutor: (action: Executed) => void executed.push(action),
  } as AnyActorScope;
}

function toRequest({ type, params }: Executed): Request[] {
  switch (type) {
    case 'xstate.raise': {
      // Undelayed raises were already processed inside the step.
      const { id, delay, event } = params as { id?: string; delay?: number; event: { type: ClockName } };
      return delay === undefined || id === undefined ? [] : [{ type: 'arm', id, event: event.type, delay }];
    }
    case 'xstate.cancel':
      return [{ type: 'disarm', id: (params as { sendId: string }).sendId }];
    case 'say':
    case 'keep':
    case 'cancelOutbox':
    case 'erase':
    case 'postponeSignal':
      return [{ type, params } as Request];
    // Left out where a flow has nothing to note or to ask for at this moment.
    case 'record':
    case 'order':
      return params === undefined ? [] : [{ type, params } as Request];
    default:
      return [];
  }
}

type Value = string | { [key: string]: Value | undefined };

/** `a.b.c` → `{a: {b: 'c'}}` */
function valueOf(state: string): never {
  const keys = state.split('.');
  return keys.slice(0, -1).reduceRight<Value>((inner, key) => ({ [key]: inner }), keys.at(-1) ?? '') as never;
}

/** `{a: {b: 'c'}}` → `a.b.c`: the chart has no parallel states. */
function pathOf(value: Value): string {
  if (typeof value === 'string') return value;
  const [[key, inner] = []] = Object.entries(value);
  return inner === undefined ? String(key) : `${String(key)}.${pathOf(inner)}`;
}

function historyOf(snapshot: Snapshot, machineId: string): Record<string, string> {
  const entries = Object.entries(snapshot.historyValue).flatMap(([id, nodes]) => {
    const leaf = nodes.find((node) => node.type === 'atomic');
    return leaf ? [[id, leaf.id.slice(machineId.length + 1)] as const] : [];
  });
  return Object.fromEntries(entries);
}
