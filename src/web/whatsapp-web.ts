/** The operator's page for linking WhatsApp Web to a phone. What it shows lets its reader take the number over. */
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { qrForPage, type WhatsAppWeb, type WhatsAppWebStatus } from '../channels/whatsapp-web';
import { showsToken } from './operator-token';

export interface WhatsAppWebPageOptions {
  channel: Pick<WhatsAppWeb, 'status' | 'requestPairingCode'>;
  /** METRICS_TOKEN. */
  token: string;
}

const PATH = '/whatsapp-web';
const PAIRING = `${PATH}/pairing`;
/** WhatsApp changes the code about every twenty seconds. */
const REFRESH_S = 10;

const STATES: Record<WhatsAppWebStatus['state'], string> = {
  stopped: 'Not running in this process: open this page on the worker that sends.',
  elsewhere: 'Another process holds the session. Open this page there.',
  starting: 'Starting the browser.',
  login: 'Not linked to a phone yet.',
  linking: 'Linked; coming up.',
  ready: 'Linked and working.',
  waiting: 'There was a fault; the browser is started anew.',
  blocked: 'WhatsApp has blocked this number. Settle it with WhatsApp first (docs/whatsapp-web.md).',
};

/** A router to be mounted at the root: `/whatsapp-web`, `/whatsapp-web/pairing`. */
export function whatsAppWebPage({ channel, token }: WhatsAppWebPageOptions): Router {
  const router = express.Router();
  router.use(PATH, operatorsOnly(token));

  router.get(PATH, async (_request, response) => {
    const status = channel.status();
    const picture = status.qr === undefined ? '' : await qrForPage(status.qr);
    const waits = status.state === 'ready' ? '' : `<meta http-equiv="refresh" content="${REFRESH_S}">`;
    response.type('html').send(page(statusOf(status, picture), waits));
  });

  router.get(PAIRING, (_request, response) => {
    response.type('html').send(page(PAIRING_FORM));
  });

  router.post(
    PAIRING,
    fromThisPage,
    express.urlencoded({ extended: false, limit: '1kb' }),
    async (request, response) => {
      const { phone } = (request.body ?? {}) as { phone?: unknown };
      try {
        const code = await channel.requestPairingCode(typeof phone === 'string' ? phone : '');
        response.type('html').send(page(codeOf(code)));
      } catch (error) {
        response.status(400);
        const why = error instanceof Error ? error.message : 'It failed.';
        response.type('html').send(page(`<p role="alert">${escape(why)}</p>${PAIRING_FORM}`));
      }
    },
  );
  return router;
}

function operatorsOnly(token: string): RequestHandler {
  return (request, response, next) => {
    response.set('Cache-Control', 'no-store');
    if (showsToken(request, token)) next();
    else
      response
        .status(401)
        .set('WWW-Authenticate', 'Basic realm="Samanta Saathi operator", charset="UTF-8"')
        .type('text/plain')
        .send('This page needs the token of METRICS_TOKEN as the password; any user name will do.');
  };
}

/** A browser sends Basic credentials along by itself: another site's form must not be able to use them. */
function fromThisPage(request: Request, response: Response, next: () => void): void {
  const site = request.get('sec-fetch-site');
  const origin = request.get('origin');
  const own = origin === undefined || (URL.canParse(origin) && new URL(origin).host === request.get('host'));
  if ((site === undefined || site === 'same-origin' || site === 'none') && own) next();
  else response.status(403).type('text/plain').send('Send the form from this page itself.');
}

function statusOf({ state, since, failures, problem, qr, pairingCode }: WhatsAppWebStatus, picture: string) {
  return [
    `<p><strong>${STATES[state]}</strong> Since ${since.toISOString()}.</p>`,
    failures > 0 ? `<p>Restarts since it was last well: ${failures}.</p>` : '',
    problem === undefined ? '' : `<p>Told: ${escape(problem)} (docs/whatsapp-web.md says what to do).</p>`,
    qr === undefined
      ? ''
      : `<p>On the phone: WhatsApp, Linked devices, Link a device. Scan:</p><img src="${picture}" alt="Code to scan with the phone" width="320">`,
    pairingCode === undefined ? '' : codeOf(pairingCode),
    state === 'login' ? `<p><a href="${PAIRING}">Scanning is impossible: link by a code instead</a></p>` : '',
  ].join('\n');
}

function codeOf(code: string): string {
  return `<p>On the phone: WhatsApp, Linked devices, Link a device, Link with phone number instead. Type:</p>
<p><code style="font-size:2rem">${escape(code)}</code></p><p><a href="${PATH}">Back: is it linked?</a></p>`;
}

const PAIRING_FORM = `<form method="post" action="${PAIRING}">
<label for="phone">Number of the phone to be linked, with country code</label><br>
<input id="phone" name="phone" type="tel" required autocomplete="off" placeholder="+91…">
<button>Ask for a code</button>
</form><p><a href="${PATH}">Back</a></p>`;

function page(body: string, head = ''): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">${head}
<title>WhatsApp Web</title></head>
<body style="font-family:sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem">
<h1>WhatsApp Web</h1>
<p>Automated messages over WhatsApp Web break WhatsApp's terms: the number may be banned, without warning and for good.</p>
${body}
</body></html>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
