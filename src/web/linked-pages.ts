/** Every page, picture and voice note that a message leads to. */
import type { Connection } from 'mongoose';
import type { Audit } from '../audit';
import type { Clock } from '../clock';
import type { Config } from '../config';
import type { Content } from '../content/model';
import type { Translate } from '../conversation';
import type { Log } from '../log';
import type { linksFor } from '../pictures';
import type { Broadcasts } from '../programme/broadcasts';
import type { createMeetings } from '../programme/meetings';
import type { dataLinks, Rights } from '../rights';
import { certificatesRouter, type CertificatesOptions } from './certificates';
import { chartsRouter } from './charts';
import { mediaRouter } from './media';
import { myDataRouter } from './my-data';
import { postersRouter, type PostersOptions } from './posters';
import { sentRouter } from './sent';
import { sheetsRouter } from './sheets';

export interface LinkedPagesParts {
  config: Pick<Config, 'zone'>;
  connection: Connection;
  content: Content;
  contentDir: string;
  translate: Translate;
  links: ReturnType<typeof linksFor> & { pages: ReturnType<typeof dataLinks> };
  findPledge: CertificatesOptions['find'];
  findGroup: PostersOptions['find'];
  rights: Pick<Rights, 'holdings'>;
  audit: Pick<Audit, 'record'>;
  meetings: Pick<ReturnType<typeof createMeetings>, 'toPrint'>;
  media: Pick<Broadcasts['media'], 'of'>;
  clock: Clock;
  log: Log;
}

/** A router for each kind of address that leaves the house in a message; all but the shared pictures are signed. */
export function linkedPages(parts: LinkedPagesParts) {
  const { config, connection, content, contentDir, translate, links, clock, log } = parts;
  return {
    certificates: certificatesRouter({
      links: links.certificates,
      find: parts.findPledge,
      translate,
      log,
    }),
    myData: myDataRouter({
      links: links.pages,
      find: (id) => parts.rights.holdings(id),
      looked: (id) =>
        parts.audit.record({
          at: clock.now(),
          who: 'whoever holds the link',
          did: 'people.exported',
          what: id,
        }),
      translate,
      clock,
      log,
    }),
    charts: chartsRouter({ links: links.charts, connection, zone: config.zone, translate, log }),
    sheets: sheetsRouter({
      links: links.sheets,
      find: (meeting) => parts.meetings.toPrint(meeting),
      content,
      translate,
      log,
    }),
    sent: sentRouter({ links: links.sent, find: (id) => parts.media.of(id), log }),
    posters: postersRouter({
      links: links.posters,
      find: parts.findGroup,
      translate,
      log,
    }),
    media: mediaRouter({ content, contentDir, translate, log }),
  };
}
