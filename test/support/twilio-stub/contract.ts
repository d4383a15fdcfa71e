/**
 * Twilio's own OpenAPI description of Messages, where it lies beside the project: requests that reach the stand-in
 * and answers that it gives are held against it.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';

const FILE = path.resolve(__dirname, '../../../../shared/specs/twilio_messages.json');

type Json = Record<string, unknown>;
interface Operation {
  parameters?: { name: string; in: string; required?: boolean; schema: Json }[];
  requestBody?: { content: Record<string, { schema: Json }> };
  responses: Record<string, { content?: Record<string, { schema: Json }> }>;
}
interface Description {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Json> };
}

const FORMATS: Record<string, true | RegExp> = {
  // Twilio's `phone-number` is any address, `whatsapp:+…` and headers too.
  'phone-number': /^.+$/,
  'date-time-rfc-2822': /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} \+0000$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
  // Relative addresses too: Twilio's pages hold them under this format.
  uri: /^(https?:\/\/|\/)\S+$/,
  'uri-map': true,
  currency: /^[A-Za-z]{3}$/,
  int64: true,
};

/** OpenAPI 3.0 → JSON Schema: `nullable`, and references into the components. */
function converted(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map((one: unknown) => converted(one));
  if (typeof schema !== 'object' || schema === null) return schema;
  const { nullable, ...rest } = schema as Json;
  const plain = Object.fromEntries(
    Object.entries(rest)
      .filter(([key, value]) => !(key === 'description' && typeof value === 'string') && key !== 'x-twilio')
      .map(([key, value]) => [key, key === 'enum' ? value : converted(value)]),
  );
  if (typeof plain.$ref === 'string') plain.$ref = plain.$ref.replace('#/components/schemas/', 'schema:');
  return nullable ? { anyOf: [plain, { type: 'null' }] } : plain;
}

/** One field's text as the type that the description names; what does not convert stays text and fails. */
function typedValue(text: string, type: unknown): string | number | boolean {
  if ((type === 'integer' || type === 'number') && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (type === 'boolean' && /^(true|false)$/.test(text)) return text === 'true';
  return text;
}

function typed(form: URLSearchParams, schema: Json): Json {
  const properties = (schema.properties ?? {}) as Record<string, Json>;
  const values: Json = {};
  for (const name of new Set(form.keys())) {
    const all = form.getAll(name);
    const type = properties[name]?.type;
    values[name] = type === 'array' || all.length > 1 ? all : typedValue(all[0] ?? '', type);
  }
  return values;
}

export interface Contract {
  /** What is wrong with a request; empty when nothing is. Unknown parameters are wrong. */
  request(method: string, pathname: string, params: URLSearchParams): string[];
  /** What is wrong with a successful answer. Errors have no description at Twilio. */
  answer(method: string, pathname: string, status: number, body: unknown): string[];
}

const querySchemas = new WeakMap<Operation, Json>();

/** A query as a schema; the same object for the same operation, so that it is compiled once. */
function querySchema(operation: Operation): Json {
  const known = querySchemas.get(operation);
  if (known) return known;
  const inQuery = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query');
  const schema: Json = {
    type: 'object',
    properties: Object.fromEntries(inQuery.map(({ name, schema }) => [name, schema])),
  };
  querySchemas.set(operation, schema);
  return schema;
}

function openContract(description: Description): Contract {
  const ajv = new Ajv({ allErrors: true, strict: false, formats: FORMATS });
  for (const [name, schema] of Object.entries(description.components.schemas))
    ajv.addSchema(converted(schema) as Json, `schema:${name}`);
  const compiled = new Map<object, ValidateFunction>();
  const routes = Object.entries(description.paths).map(([template, operations]) => ({
    template,
    operations,
    pattern: new RegExp(`^${template.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+?')}$`),
  }));

  /** No names beyond the described ones: a misspelt one would pass otherwise. */
  function check(schema: Json, value: unknown, where: string): string[] {
    let validate = compiled.get(schema);
    if (!validate) {
      const name =
        typeof schema.$ref === 'string' ? schema.$ref.replace('#/components/schemas/', '') : undefined;
      const resolved = name === undefined ? schema : description.components.schemas[name];
      validate = ajv.compile({ ...(converted(resolved) as Json), additionalProperties: false });
      compiled.set(schema, validate);
    }
    return validate(value)
      ? []
      : (validate.errors ?? []).map(
          (error) => `${where} ${error.instancePath} ${error.message ?? ''} ${JSON.stringify(error.params)}`,
        );
  }

  function operationFor(method: string, pathname: string) {
    return routes.find(({ pattern }) => pattern.test(pathname))?.operations[method.toLowerCase()];
  }

  return {
    request(method, pathname, params) {
      const operation = operationFor(method, pathname);
      if (!operation) return [`${method} ${pathname} is not described`];
      const schema =
        operation.requestBody?.content['application/x-www-form-urlencoded']?.schema ?? querySchema(operation);
      return check(schema, typed(params, schema), `${method} request`);
    },
    answer(method, pathname, status, body) {
      const operation = operationFor(method, pathname);
      if (!operation) return [`${method} ${pathname} is not described`];
      const response = operation.responses[String(status)];
      if (!response) return [`${method} answers ${Object.keys(operation.responses).join()}, not ${status}`];
      const schema = response.content?.['application/json']?.schema;
      return schema ? check(schema, body, `${method} ${status} answer`) : [];
    },
  };
}

/** The contract, or `undefined` where Twilio's description does not lie beside the project (it is never required). */
export function loadContract(): Contract | undefined {
  return existsSync(FILE) ? openContract(JSON.parse(readFileSync(FILE, 'utf8')) as Description) : undefined;
}
