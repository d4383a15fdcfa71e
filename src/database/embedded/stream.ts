import type { Doc } from './bson-codec';

/** A stream of documents in chunks; an empty chunk only lets others have their turn. */
export type Stream = Iterable<Doc[]>;
/** One stage of a pipeline, ready to run. */
export type RunStage = (input: Stream) => Stream;
