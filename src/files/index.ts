/** Figures to take along: tables for spreadsheets. */
export { cohortsTable, figuresTable, HIDDEN, lessonsTable } from './figures';
export {
  FORMATS,
  TableTooLong,
  writeTable,
  writeTableTo,
  type Cell,
  type Column,
  type Format,
  type Table,
} from './table';
export { readTable } from './read-table';
export {
  cellName,
  readWorkbook,
  UnreadableWorkbook,
  writeWorkbook,
  type ReadSheet,
  type WorkSheet,
} from './workbook';
