/** Certificates as pictures, their addresses, and the sheets of meetings. */
export { renderCertificate, type Certificate } from './certificate';
export { renderCard, type ShareCard } from './card';
export { renderChart, type BarChart } from './chart';
export { lessonCard, pledgeCard } from './card-texts';
export { cardPath, linksFor, mediaAddress, type MediaAddress } from './address';
export {
  certificateLink,
  chartLink,
  type CertificateId,
  type CertificateLinks,
  type ChartLinks,
} from './link';
export { posterTexts, type GroupToJoin } from './poster-texts';
export { renderPoster, type Poster } from './poster';
export { createStudio, type Draw, type Render, type StudioOptions } from './studio';
export { certificateTexts, writeDate, type TakenPledge } from './texts';
export { renderSheet } from './sheet';
export { sheetTexts, type MeetingSheet } from './sheet-texts';
