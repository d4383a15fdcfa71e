/** Where what goes with a message is fetched. */
import type { Picture } from '../conversation/effect';
import type { Language } from '../conversation/participant';
import {
  certificateLink,
  chartLink,
  posterLink,
  sentLink,
  sheetLink,
  type CertificateLinks,
  type ChartId,
} from './link';

export interface MediaAddress {
  /** To be put behind PUBLIC_BASE_URL. */
  path: string;
  contentType: string;
}

/** `/pictures/lesson-04-hi.png`: nobody's own, and therefore open to all. */
export function cardPath(what: string, language: string): string {
  return `/pictures/${what}-${language}.png`;
}

/** Addresses that are signed: of his certificates, a meeting's sheet, what was sent to many, a chart, a group's poster. */
export interface MediaLinks extends Pick<CertificateLinks, 'path'> {
  sheet: (meeting: string) => string;
  sent: (broadcast: string) => string;
  chart: (chart: ChartId) => string;
  poster: (group: string, language: Language) => string;
}

/** All of them, made with one secret. */
export function linksFor(secret: string) {
  const [certificates, sheets] = [certificateLink(secret), sheetLink(secret)];
  const [sent, charts, posters] = [sentLink(secret), chartLink(secret), posterLink(secret)];
  const media: MediaLinks = {
    path: (participantId, pledgeId) => certificates.path(participantId, pledgeId),
    sheet: (meeting) => sheets.path(meeting),
    sent: (broadcast) => sent.path(broadcast),
    chart: (chart) => charts.path(chart),
    poster: (group, language) => posters.path(group, language),
  };
  return { certificates, sheets, sent, charts, posters, media };
}

/** @param participantId whose certificate it is, where it is one */
export function mediaAddress(links: MediaLinks, picture: Picture, participantId: string): MediaAddress {
  if (picture.kind === 'certificate')
    return { path: links.path(participantId, picture.pledgeId), contentType: 'image/png' };
  if (picture.kind === 'sheet') return { path: links.sheet(picture.meeting), contentType: 'application/pdf' };
  if (picture.kind === 'sent')
    return { path: links.sent(picture.broadcast), contentType: picture.contentType };
  if (picture.kind === 'chart') return { path: links.chart(picture), contentType: 'image/png' };
  if (picture.kind === 'poster')
    return { path: links.poster(picture.group, picture.language), contentType: 'image/png' };
  const week = String(picture.week).padStart(2, '0');
  return picture.kind === 'card'
    ? { path: cardPath(`lesson-${week}`, picture.language), contentType: 'image/png' }
    : { path: `/audio/${picture.language}/${week}.ogg`, contentType: 'audio/ogg' };
}
