import type {
  SemanticTokens,
  SemanticTokensDelta,
  SemanticTokensDeltaParams,
  SemanticTokensParams,
  SemanticTokensRangeParams,
} from 'vscode-languageserver';
import {
  semanticTokens,
  tokenModifiers,
  tokenTypes,
  type PlacedTokens,
  type SemanticToken,
} from '../compose/features/semanticTokens.js';
import { canonicalUri } from '../text/uri.js';
import type { Feature } from './feature.js';
import { lookAt } from './look.js';
import type { Session } from './session.js';

/** Colours names where they refer and variables where they are read; the whole file, what changed of it, or a part. */
export const semanticTokensFeature: Feature = {
  capabilities: {
    semanticTokensProvider: {
      legend: { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] },
      full: { delta: true },
      range: true,
    },
  },
  register({ connection, session, handle }) {
    const given = new Given(session);
    const { semanticTokens: requests } = connection.languages;
    // The library's types leave out the null that the protocol allows.
    requests.on(
      handle('semanticTokens', ({ textDocument: { uri } }: SemanticTokensParams): SemanticTokens | undefined => {
        const data = encoded(session, uri);
        return data && given.whole(uri, data);
      }) as Parameters<typeof requests.on>[0],
    );
    requests.onDelta(
      handle('semanticTokens/delta', (params: SemanticTokensDeltaParams): Changed | undefined => {
        const { uri } = params.textDocument;
        const data = encoded(session, uri);
        return data && given.since(uri, params.previousResultId, data);
      }) as Parameters<typeof requests.onDelta>[0],
    );
    requests.onRange(
      handle('semanticTokens/range', (params: SemanticTokensRangeParams): SemanticTokens | undefined => {
        const { start, end } = params.range;
        const data = encoded(session, params.textDocument.uri, { first: start.line, last: end.line });
        return data && { data };
      }) as Parameters<typeof requests.onRange>[0],
    );
  },
};

type Changed = SemanticTokens | SemanticTokensDelta;

/** What open documents were answered last, to compare with. */
class Given {
  readonly #last = new Map<string, { readonly id: string; readonly data: readonly number[] }>();
  #count = 0;

  constructor(private readonly session: Session) {}

  whole(clientUri: string, data: number[]): SemanticTokens {
    for (const uri of this.#last.keys()) if (!this.session.documents.has(uri)) this.#last.delete(uri);
    const resultId = String(++this.#count);
    this.#last.set(canonicalUri(clientUri), { id: resultId, data });
    return { resultId, data };
  }

  /** One edit at most: what is the same at both ends is left out. */
  since(clientUri: string, id: string, data: number[]): Changed {
    const before = this.#last.get(canonicalUri(clientUri));
    const whole = this.whole(clientUri, data);
    if (before?.id !== id) return whole;
    const old = before.data;
    const most = Math.min(old.length, data.length);
    let head = 0;
    while (head < most && old[head] === data[head]) head++;
    let tail = 0;
    while (tail < most - head && old[old.length - 1 - tail] === data[data.length - 1 - tail]) tail++;
    const edit = { start: head, deleteCount: old.length - tail - head, data: data.slice(head, data.length - tail) };
    const changed = edit.deleteCount > 0 || edit.data.length > 0;
    return { resultId: whole.resultId ?? '', edits: changed ? [edit] : [] };
  }
}

function encoded(
  session: Session,
  clientUri: string,
  lines?: { readonly first: number; readonly last: number },
): number[] | undefined {
  const look = lookAt(session, clientUri);
  return look && encode(semanticTokens(look.checked.project, look.document.uri, lines));
}

/** As LSP wants them: five numbers each, places counted from the token before. */
function encode(blocks: readonly PlacedTokens[]): number[] {
  const data: number[] = [];
  let line = 0;
  for (const { line: start, tokens } of blocks) {
    const own = encodedBlock(tokens);
    data.push(start - line + (own[0] ?? 0));
    for (let i = 1; i < own.length; i++) data.push(own[i] ?? 0);
    line = start + (tokens.at(-1)?.line ?? 0);
  }
  return data;
}

const known = new WeakMap<readonly SemanticToken[], readonly number[]>();

/** The first token is counted from the start of its block, which begins a line. */
function encodedBlock(tokens: readonly SemanticToken[]): readonly number[] {
  const before = known.get(tokens);
  if (before) return before;
  const data: number[] = [];
  let [line, character] = [0, 0];
  for (const token of tokens) {
    const sameLine = token.line === line;
    data.push(token.line - line, sameLine ? token.character - character : token.character, token.length);
    data.push(tokenTypes.indexOf(token.type), token.declares ? 1 : 0);
    ({ line, character } = token);
  }
  known.set(tokens, data);
  return data;
}
