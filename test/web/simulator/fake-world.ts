/** A small product behind the simulator's page: it asks, teaches, sends a picture, and has something due next week. */
import express from 'express';
import type { Address, InboundMessage, OutboundMessage } from '../../../src/channels/channel';
import { Simulator } from '../../../src/channels/simulator/simulator';
import { MovableClock } from '../../../src/clock';
import { simulatorRouter, type PersonView, type SimulatorWorld } from '../../../src/web/simulator/router';

export const START = new Date('2026-01-04T10:00:00+05:30');
const DAY = 86_400_000;
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAGCAIAAABxZ0isAAAAFklEQVR4nGP8z8DAwMDAxMDAwMDAAAANHQEDasKb6QAAAABJRU5ErkJggg==';

export class FakeWorld implements SimulatorWorld {
  readonly clock = new MovableClock(START);
  readonly received: InboundMessage[] = [];
  readonly people = new Map<string, PersonView>();
  /** Set it to make the next `receive` or `describe` fail. */
  broken: 'receive' | 'describe' | undefined;
  readonly simulator: Simulator;
  #ids = 0;
  #waiting: OutboundMessage[] = [];

  constructor() {
    this.simulator = new Simulator({
      clock: this.clock,
      makeId: () => `SIM${String(++this.#ids).padStart(6, '0')}`,
    });
  }

  receive(message: InboundMessage): Promise<void> {
    if (this.broken === 'receive') return Promise.reject(new Error('the database is away'));
    this.received.push(message);
    const { address } = message.from;
    const person = this.people.get(address);
    if (!person) {
      this.people.set(address, {
        state: 'talk.joining.language',
        status: 'joining',
        timers: [],
        lessons: [],
        pledges: 0,
      });
      this.#say(address, 'नमस्ते! नमस्कार! ନମସ୍କାର! *Welcome!*', [
        ['hi', 'हिन्दी'],
        ['bn', 'বাংলা'],
        ['or', 'ଓଡ଼ିଆ'],
        ['en', 'English'],
      ]);
    } else if (person.status === 'joining') {
      Object.assign(person, {
        state: 'talk.lesson.question',
        status: 'active',
        language: message.optionId ?? 'hi',
        name: 'रमेश',
        timers: [{ event: 'LESSON_DUE', due: new Date(this.clock.now().getTime() + 7 * DAY) }],
        lessons: [{ week: 1, done: false }],
      });
      this.#say(address, 'घर का काम किसका है?', [
        ['all', 'सबका'],
        ['women', 'सिर्फ़ औरतों का'],
      ]);
    } else if (message.text.includes('certificate')) {
      person.pledges += 1;
      this.#say(address, 'आपका प्रमाणपत्र', [], 'http://elsewhere.example/certificates/1.png?size=2');
    } else this.#say(address, message.kind === 'text' ? `*सुना:* ${message.text}` : `सुना (${message.kind})`);
    return Promise.resolve();
  }

  async settle(): Promise<void> {
    for (const message of this.#waiting.splice(0)) await this.simulator.send(message);
  }

  async advance(milliseconds: number): Promise<void> {
    const until = new Date(this.clock.now().getTime() + milliseconds);
    for (const [address, person] of this.people) {
      const due = person.timers.filter((timer) => timer.due <= until);
      person.timers = person.timers.filter((timer) => timer.due > until);
      for (const timer of due) {
        this.clock.moveTo(timer.due);
        person.lessons = [
          { week: 1, done: true },
          { week: 2, done: false },
        ];
        this.#say(address, 'दूसरा पाठ: बेटी की पढ़ाई', []);
        await this.settle();
      }
    }
    this.clock.moveTo(until);
  }

  describe({ address }: Address): Promise<PersonView | undefined> {
    if (this.broken === 'describe') return Promise.reject(new Error('the database is away'));
    return Promise.resolve(this.people.get(address));
  }

  #say(to: string, text: string, options: [id: string, label: string][] = [], picture?: string): void {
    const { canTap } = this.simulator.capabilities(to);
    const numbered = canTap > 0 ? '' : options.map(([, label], index) => `\n${index + 1} ${label}`).join('');
    const media = picture && canTap > 0 ? { media: { url: picture, contentType: 'image/png' } } : {};
    const id = `out-${++this.#ids}`;
    this.#waiting.push({
      id,
      to,
      text: text + numbered,
      options: options.map(([key, label]) => ({ id: key, label })),
      ...media,
    });
  }
}

/** The page on an application of its own, with the certificate that the fake product sends. */
export function fakeApp(
  world: FakeWorld,
  certificate: Buffer = Buffer.from(PIXEL, 'base64'),
): express.Express {
  const app = express();
  app.set('env', 'test');
  app.use('/simulator', simulatorRouter({ simulator: world.simulator, world }));
  app.get('/certificates/:file', (_request, response) => {
    response.type('png').send(certificate);
  });
  return app;
}
