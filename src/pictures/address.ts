/** Where what goes with a message is fetched. */
import type { Picture } from '../conversation/effect';
import type { CertificateLinks } from './link';

export interface MediaAddress {
  /** To be put behind PUBLIC_BASE_URL. */
  path: string;
  contentType: string;
}

/** `/pictures/lesson-04-hi.png`: nobody's own, and therefore open to all. */
export function cardPath(what: string, language: string): string {
  return `/pictures/${what}-${language}.png`;
}

/** Addresses that are signed: of his certificates, of a meeting's sheet, and of what was sent to many. */
export interface MediaLinks extends Pick<CertificateLinks, 'path'> {
  sheet: (meeting: string) => string;
  sent: (broadcast: string) => string;
}

/** @param participantId whose certificate it is, where it is one */
export function mediaAddress(links: MediaLinks, picture: Picture, participantId: string): MediaAddress {
  if (picture.kind === 'certificate')
    return { path: links.path(participantId, picture.pledgeId), contentType: 'image/png' };
  if (picture.kind === 'sheet') return { path: links.sheet(picture.meeting), contentType: 'application/pdf' };
  if (picture.kind === 'sent')
    return { path: links.sent(picture.broadcast), contentType: picture.contentType };
  const week = String(picture.week).padStart(2, '0');
  return picture.kind === 'card'
    ? { path: cardPath(`lesson-${week}`, picture.language), contentType: 'image/png' }
    : { path: `/audio/${picture.language}/${week}.ogg`, contentType: 'audio/ogg' };
}
