/** Figures to take along: tables for spreadsheets. */
export { figuresTable, HIDDEN } from './figures';
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
