import type { Span } from '../text/span.js';
import { partOf, type Word } from './word.js';
import type { Pieces } from './address.js';

export interface Piece {
  readonly text: string;
  readonly word: Word;
  /** Where the text starts in the word's value. */
  readonly from: number;
  /** Where the text ends that the piece stands for; without it, the piece is the word's own text. */
  readonly until?: number;
}

/** A word as one piece. */
export function wordPieces(word: Word): Pieces {
  return joinPieces(word, [{ text: word.value, word, from: 0 }]);
}

/** Text from several words; a part that no single piece holds stands where the whole was written. */
export function joinPieces(whole: Word, pieces: readonly Piece[]): Pieces {
  return {
    text: pieces.map((piece) => piece.text).join(''),
    at(start, end) {
      let offset = 0;
      for (const piece of pieces) {
        const next = offset + piece.text.length;
        if (start >= offset && end <= next && (start < next || piece === pieces.at(-1))) {
          return pieceSpan(piece, start - offset, end - offset);
        }
        offset = next;
      }
      return { start: whole.start, end: whole.end };
    },
  };
}

/** A part of joined text, with its places. */
export function slicePieces(pieces: Pieces, start: number, end: number): Pieces {
  return { text: pieces.text.slice(start, end), at: (from, to) => pieces.at(start + from, start + to) };
}

function pieceSpan(piece: Piece, start: number, end: number): Span {
  return piece.until === undefined
    ? partOf(piece.word, piece.from + start, piece.from + end)
    : partOf(piece.word, piece.from, piece.until);
}
