/** Certificates as pictures, and their addresses. */
export { renderCertificate, type Certificate } from './certificate';
export { certificateLink, type CertificateId, type CertificateLinks } from './link';
export { createStudio, type Render, type StudioOptions } from './studio';
export { certificateTexts, writeDate, type TakenPledge } from './texts';
