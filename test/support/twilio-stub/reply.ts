/** What goes back over the wire: an answer, or a fault instead of one. */
import type http from 'node:http';
import type { Fault } from './faults';
import { errorBody } from './resources';

export interface Reply {
  status: number;
  /** JSON, or bytes with a `Content-Type` of their own. */
  body?: unknown;
  headers?: Record<string, string>;
  /** Comes instead of the answer, or before it (`slow`). */
  fault?: Fault;
}

export const json = (status: number, body: unknown): Reply => ({ status, body });
export const error = (status: number, code: number, message: string) =>
  json(status, errorBody(status, code, message));

function write(response: http.ServerResponse, { status, body, headers }: Reply): void {
  const bytes = body === undefined || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(bytes);
}

function fail(response: http.ServerResponse, fault: Exclude<Fault, { kind: 'slow' }>): void {
  const html = (status: number, page: string) =>
    response.writeHead(status, { 'Content-Type': 'text/html' }).end(page);
  switch (fault.kind) {
    case 'answer':
      write(response, {
        ...error(fault.status, fault.code, `The 'To' number is not acceptable (${fault.code})`),
        ...(fault.retryAfter !== undefined && { headers: { 'Retry-After': fault.retryAfter } }),
      });
      break;
    case 'taken-then-answer':
      write(response, error(fault.status, 20500, 'Internal server error'));
      break;
    case 'html':
      html(fault.status, '<html><body>Bad gateway</body></html>');
      break;
    case 'taken-then-garbage':
      html(201, fault.body);
      break;
    case 'reset':
    case 'taken-then-reset':
      response.socket?.resetAndDestroy();
      break;
    case 'hang':
    case 'taken-then-hang':
      break; // until the sender gives up or the stand-in stops
  }
}

export async function deliver(response: http.ServerResponse, reply: Reply): Promise<void> {
  const { fault } = reply;
  if (fault && fault.kind !== 'slow') {
    fail(response, fault);
    return;
  }
  if (fault) await new Promise((resolve) => setTimeout(resolve, fault.ms));
  write(response, reply);
}
