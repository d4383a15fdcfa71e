/** Fields of requests and answers by their paths (`data.messages.0.id`). */
import { PLACEHOLDERS, type GatewayDescription, type Placeholder } from './description';

export type Values = Partial<Record<Placeholder, string>>;

const PLACEHOLDER = /\{(\w+)\}/g;

/** @throws Error naming a placeholder that does not exist, for whoever writes a description. */
export function checkFields({ fields }: GatewayDescription): void {
  for (const [field, template] of Object.entries(fields))
    for (const [, name] of template.matchAll(PLACEHOLDER))
      if (!PLACEHOLDERS.some((known) => known === name))
        throw new Error(
          `The gateway's field ${field} holds {${name}}, which does not exist: write one of ${PLACEHOLDERS.join(', ')}.`,
        );
}

/** The fields with their placeholders filled, without those that would stay open. What is filled in is not read again. */
export function filled(fields: GatewayDescription['fields'], values: Values): Record<string, string> {
  const all: Record<string, string> = {};
  for (const [field, template] of Object.entries(fields)) {
    const names = [...template.matchAll(PLACEHOLDER)].map(([, name]) => name as Placeholder);
    if (names.some((name) => values[name] === undefined)) continue;
    all[field] = template.replace(PLACEHOLDER, (_, name: Placeholder) => values[name] ?? '');
  }
  return all;
}

type Tree = { [name: string]: Tree | string } | (Tree | string)[];

/** `{ 'dlt.entity_id': '1' }` → `{ dlt: { entity_id: '1' } }`; a number in a path makes a list. */
export function nested(fields: Readonly<Record<string, string>>): unknown {
  const root: Record<string, Tree | string> = {};
  for (const [path, value] of Object.entries(fields)) {
    const steps = path.split('.');
    let place = root;
    steps.forEach((step, index) => {
      const next = steps[index + 1];
      place[step] ??= next === undefined ? value : /^\d+$/.test(next) ? [] : {};
      place = place[step] as Record<string, Tree | string>;
    });
  }
  return root;
}

/** What stands at a path, as text; `undefined` where there is nothing, or no text and no number. */
export function at(body: unknown, path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  // A form's fields keep their full stops.
  let place: unknown = body;
  for (const step of isObject(body) && Object.hasOwn(body, path) ? [path] : path.split('.')) {
    if (!isObject(place) || !Object.hasOwn(place, step)) return undefined;
    place = place[step];
  }
  if (typeof place === 'number') return String(place);
  return typeof place === 'string' && place !== '' ? place : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
