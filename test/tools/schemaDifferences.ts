import type { Target } from '../../server/src/compose/target.js';
import type { Case } from './schemaCases.js';

/** Where we say something else than the tool on purpose, or cannot know what it knows. */
interface Difference {
  readonly target: Target;
  readonly path: RegExp;
  readonly shape?: RegExp;
  readonly outcome: 'false alarm' | 'miss';
  readonly why: string;
}

/** What docker CLI 28.5.2 says only in `docker stack deploy`, before it asks the Engine: `docker stack config` takes it. */
const saidAtDeploy: readonly (readonly [RegExp, string])[] = [
  [/^services\.a\.credential_spec\.config$/, 'undefined config'],
  [/^services\.a\.deploy\.mode$/, 'Unknown mode'],
  [/^services\.a\.deploy\.resources\.(limits|reservations)\.cpus$/, 'failed to parse as a rational number'],
  [/^services\.a\.image$/, 'no image specified'],
  [/^services\.a\.networks$/, 'undefined network'],
  [/^services\.a\.restart$/, 'unknown restart policy'],
  [/^services\.a\.(secrets|configs)(\[\]\.source)?$/, 'undefined secret or config, duplicate target'],
  [/^services\.a\.volumes\[\]\.source$/, 'undefined volume'],
  [/^services\.a\.volumes\[\]\.type$/, 'volume type must be volume, bind, tmpfs, npipe, or cluster'],
];

const differences: readonly Difference[] = [
  ...saidAtDeploy.map(([path, why]): Difference => ({ target: 'stack', path, outcome: 'false alarm', why })),
  {
    target: 'stack',
    path: /^version$/,
    shape: /^unset variable$/,
    outcome: 'false alarm',
    why: 'docker CLI 28.5.2 fills in no variables in `version`: it refuses the text `${ZZZ}` with every value.',
  },
  {
    target: 'compose',
    path: /^secrets\.s\.driver$/,
    shape: /^unset variable$/,
    outcome: 'false alarm',
    why: 'docker compose 2.40.3 refuses a secret without `file` and `environment`, whatever the driver is.',
  },
  ...(['compose', 'stack'] as const).map((target): Difference => ({
    target,
    path: /(\.env_file(\[\])?(\.path)?|\.label_file)$/,
    outcome: 'miss',
    why: 'Both tools stop at a file that is missing, or is a folder. It may be there where the file is used: a warning.',
  })),
  {
    target: 'compose',
    path: /^(name|include\[\]\.path)$/,
    shape: /^unset variable$/,
    outcome: 'miss',
    why: 'docker compose 2.40.3 refuses the empty text that an unset variable leaves; we only tell that it is unset.',
  },
];

export function knownDifference({ target, path, shape }: Case, outcome: Difference['outcome']): Difference | undefined {
  return differences.find(
    (it) => it.target === target && it.outcome === outcome && it.path.test(path) && (it.shape?.test(shape) ?? true),
  );
}
