/** What we use of harfbuzzjs 0.10 (HarfBuzz compiled to WebAssembly), which comes without types. */
declare module 'harfbuzzjs' {
  export interface Blob {
    readonly ptr: number;
  }
  export interface Face {
    /** Font units to the em. */
    readonly upem: number;
    /** Every code point that has a glyph. */
    collectUnicodes(): Uint32Array;
  }
  export interface Font {
    /** SVG path data in font units, y upwards; empty for a glyph without an outline. */
    glyphToPath(glyph: number): string;
  }
  /** A shaped glyph, in font units. */
  export interface ShapedGlyph {
    /** The glyph's number in the font, once shaped; 0 is the empty box. */
    codepoint: number;
    x_advance: number;
    x_offset: number;
    y_offset: number;
  }
  export interface ShapingBuffer {
    addText(text: string): void;
    setDirection(direction: 'ltr'): void;
    /** Takes script and language from the text. */
    guessSegmentProperties(): void;
    getGlyphInfosAndPositions(): ShapedGlyph[];
    /** Frees its memory, which the garbage collector doesn't see. */
    destroy(): void;
  }
  export interface HarfBuzz {
    createBlob(font: Buffer): Blob;
    createFace(blob: Blob, index: number): Face;
    createFont(face: Face): Font;
    createBuffer(): ShapingBuffer;
    shape(font: Font, buffer: ShapingBuffer): void;
  }
  const ready: Promise<HarfBuzz>;
  export default ready;
}
