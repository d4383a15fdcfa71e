/** The audit trail: who did what to whose data, in a chain that shows when somebody changes it. */
export { createAudit, auditKeys, type Audit } from './trail';
export type { Audited, Entry, Finding, SealKeys, Verdict } from './chain';
