import { codeActionFeature } from './codeAction.js';
import { codeLensFeature } from './codeLens.js';
import { completionFeature } from './completion.js';
import { definitionFeature } from './definition.js';
import { documentHighlightFeature } from './documentHighlight.js';
import { documentLinkFeature } from './documentLink.js';
import { documentSymbolFeature } from './documentSymbol.js';
import { effectiveConfigFeature } from './effectiveConfig.js';
import type { Feature } from './feature.js';
import { foldingRangeFeature } from './foldingRange.js';
import { formattingFeature } from './formatting.js';
import { hoverFeature } from './hover.js';
import { inlayHintFeature } from './inlayHint.js';
import { projectsFeature } from './projects.js';
import { proxiesOfFeature } from './proxiesOf.js';
import { referencesFeature } from './references.js';
import { renameFeature } from './rename.js';
import { selectionRangeFeature } from './selectionRange.js';
import { semanticTokensFeature } from './semanticTokens.js';
import { servicesFeature } from './services.js';
import { stackFileFeature } from './stackFile.js';
import { workspaceSymbolFeature } from './workspaceSymbol.js';

/** Every LSP method that is answered. */
export const features: readonly Feature[] = [
  codeActionFeature,
  codeLensFeature,
  completionFeature,
  definitionFeature,
  documentHighlightFeature,
  documentLinkFeature,
  documentSymbolFeature,
  effectiveConfigFeature,
  foldingRangeFeature,
  formattingFeature,
  hoverFeature,
  inlayHintFeature,
  projectsFeature,
  proxiesOfFeature,
  referencesFeature,
  renameFeature,
  selectionRangeFeature,
  semanticTokensFeature,
  servicesFeature,
  stackFileFeature,
  workspaceSymbolFeature,
];
