/** What is everybody's right: to see what is kept of him, to take it along, and to have it erased. */
export { holdingsOf, type Holdings } from './holdings';
export { dataLinks, type DataLinks } from './link';
export { ERASED_FILE, erasedIds, erasureOf, noteErased } from './erasure';
export { keepRetention, type Retention } from './retention';
export { createRights, type Rights } from './service';
