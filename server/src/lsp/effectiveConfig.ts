import { effectiveConfig } from '../compose/features/effectiveConfig.js';
import type { FileParams, Requests } from '../protocol.js';
import { canonicalUri } from '../text/uri.js';
import type { Feature } from './feature.js';

/** The merged, interpolated project of a file, for a read-only document. */
export const effectiveConfigFeature: Feature = {
  register({ connection, session, handle }) {
    const method: keyof Requests = 'longshore/effectiveConfig';
    connection.onRequest(
      method,
      handle('effectiveConfig', ({ uri }: FileParams) => {
        const files = session.projectsOf(canonicalUri(uri))[0];
        return files && effectiveConfig(session.check(files).project);
      }),
    );
  },
};
