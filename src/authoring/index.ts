/** Tools for those who write the content. */
export { preview, type Preview, type Screen } from './preview';
export { printPreview } from './screens';
export { nextWeek, skeleton } from './skeleton';
