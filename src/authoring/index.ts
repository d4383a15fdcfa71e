/** Tools for those who write the content. */
export { planImport, writeImport, type ImportPlan } from './import';
export { lessonSheet, type CellFault, type CellText } from './lesson-sheet';
export { preview, type Preview, type Screen } from './preview';
export { withReviews } from './review-page';
export { merged, readReviewSheet, reviewSheets, type Said } from './review-sheet';
export { readReviews, UnreadableReviews, writeReviews, type Review, type Reviews } from './reviews';
export { printPreview } from './screens';
export { nextWeek, skeleton } from './skeleton';
export { draftVoice, NoSynthesiser, scriptOf } from './voice';
