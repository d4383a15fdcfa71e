/** Where something stands in a file. */

/** Keys and list positions that lead to a value: `['or', 'question', 'options', 0]`. */
export type Path = readonly (string | number)[];

/** A YAML file that was read, with its line positions. */
export interface Source {
  /** As shown to the author: relative to the working directory where it lies inside. */
  file: string;
  /** The whole file as it was read. */
  raw: string;
  /** Plain values; undefined when the file could not be read or parsed. */
  value: unknown;
  /** Line (1-based) of the key or list entry at a path; of its nearest parent where the path ends early. */
  lineOf(path: Path): number;
}
