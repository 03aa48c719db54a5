import { MarkupKind, type Hover, type HoverParams } from 'vscode-languageserver';
import { hover } from '../compose/features/hover.js';
import type { Feature } from './feature.js';
import { lookAt } from './look.js';
import { canonicalUri } from '../text/uri.js';
import { proxyHover } from './proxyHover.js';

export const hoverFeature: Feature = {
  capabilities: { hoverProvider: true },
  register({ connection, session, client, handle }) {
    connection.onHover(
      handle('hover', ({ textDocument, position }: HoverParams): Hover | undefined => {
        if (session.proxyLanguage(canonicalUri(textDocument.uri)))
          return proxyHover(session, client, { textDocument, position });
        const look = lookAt(session, textDocument.uri);
        if (!look) return undefined;
        const { checked, document } = look;
        const found = hover(checked.project, document.uri, document.content.offset(position), checked.variables);
        return (
          found && {
            contents: { kind: MarkupKind.Markdown, value: found.text },
            range: document.content.range(found.span),
          }
        );
      }),
    );
  },
};
