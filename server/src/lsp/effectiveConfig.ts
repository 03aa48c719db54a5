import { effectiveConfig, leftOut } from '../compose/features/effectiveConfig.js';
import type { Checked, ProjectFiles } from '../project/workspace.js';
import type { EffectiveConfig, EffectiveConfigParams, Notifications, Requests } from '../protocol.js';
import { canonicalUri, fileName } from '../text/uri.js';
import type { Feature } from './feature.js';
import type { Session } from './session.js';

/** Milliseconds from a change to the word of it: the changes of one keystroke come together, and more of them do not wait. */
const pause = 20;

/** The merged, interpolated project of a file, for a read-only document. */
export const effectiveConfigFeature: Feature = {
  register({ connection, session, onChange, later, handle }) {
    const method: keyof Requests = 'longshore/effectiveConfig';
    const notification: keyof Notifications = 'longshore/effectiveConfigChanged';
    let asked = false;
    connection.onRequest(
      method,
      handle('effectiveConfig', (params: EffectiveConfigParams) => {
        asked = true;
        return answer(session, params);
      }),
    );
    onChange(() => {
      if (!asked) return;
      asked = false;
      later(pause, () => void connection.sendNotification(notification));
    });
  },
};

function answer(session: Session, { uri, target, alone }: EffectiveConfigParams): EffectiveConfig | undefined {
  const file = canonicalUri(uri);
  const own = session.projectsOf(file)[0];
  if (!own || session.readText(file) === undefined) return undefined;
  const wanted = { target: target ?? own.target, files: alone ? [file] : own.files };
  const same = wanted.target === own.target && wanted.files.join('\n') === own.files.join('\n');
  const checked = same ? session.check(own) : session.checkApart(wanted);
  const remarked = remarks(wanted, checked).map((line) => `# ${line}\n`);
  return {
    text: [...remarked, effectiveConfig(checked.project)].join(''),
    whole: ![...checked.project.files.values()].some(({ source }) => source.blocks.some(({ block }) => block.broken)),
  };
}

/** What is to be known of a configuration before one reads it. */
function remarks({ target, files }: ProjectFiles, { project, findings }: Checked): readonly string[] {
  const tool = target === 'stack' ? 'docker stack deploy' : 'docker compose';
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const inactive = leftOut(project);
  return [
    `What ${tool} makes of ${files.map(fileName).join(' and ')}`,
    ...(errors > 0 ? [`It refuses this as it is: ${errors} ${errors === 1 ? 'error' : 'errors'}`] : []),
    ...(inactive.length > 0 ? [`Left out, as no profile of theirs is active: ${inactive.join(', ')}`] : []),
  ];
}
