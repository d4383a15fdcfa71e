/** Tools for those who write the content. */
export { planImport, writeImport, type ImportPlan } from './import';
export { lessonSheet, type CellFault, type CellText } from './lesson-sheet';
export { preview, type Preview, type Screen } from './preview';
export { printPreview } from './screens';
export { nextWeek, skeleton } from './skeleton';
