/** Certificates as pictures, their addresses, and the sheets of meetings. */
export { renderCertificate, type Certificate } from './certificate';
export { certificateLink, type CertificateId, type CertificateLinks } from './link';
export { createStudio, type Render, type StudioOptions } from './studio';
export { certificateTexts, writeDate, type TakenPledge } from './texts';
export { renderSheet } from './sheet';
export {
  sheetAsText,
  sheetTexts,
  type GroupAnswers,
  type MeetingSheet,
  type MeetingToPrint,
} from './sheet-texts';
