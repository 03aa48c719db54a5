import { didYouMean } from '../../text/words.js';
import { nearest } from '../schema/distance.js';
import { targets } from '../target.js';
import { replaceWord } from './fixes.js';
import { get, known } from '../model/value.js';
import type { ServiceRule } from './rule.js';

export const unknownSignal: ServiceRule = {
  id: 'unknown-signal',
  scope: 'service',
  severity: 'warning',
  targets,
  docs: {
    summary: 'Linux knows no signal of this name.',
    why: 'The tools pass `stop_signal` on, and the Engine refuses to create the container.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    stop_signal: SIGQIUT\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    stop_signal: SIGQUIT\n',
    tool: 'Invalid signal: SIGQIUT',
  },
  *check({ value }) {
    const signal = known(get(value, 'stop_signal'));
    if (typeof signal?.value !== 'string' || signal.value === '') return;
    const name = signal.value.toUpperCase().replace(/^SIG/, '');
    if (/^[1-9]\d*$/.test(name) || /^RTM(?:IN(?:\+\d+)?|AX(?:-\d+)?)$/.test(name) || signals.includes(name)) return;
    const meant = nearest(name, signals)[0];
    yield {
      at: signal.at,
      message: `There is no signal \`${signal.value}\`: the Engine refuses to create the container.${didYouMean(meant && `SIG${meant}`)}`,
      fixes: meant && !signal.interpolated ? replaceWord(signal.at, `SIG${meant}`) : [],
    };
  },
};

/** signal(7), without `SIG`. */
const signals: readonly string[] =
  'ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP TTIN TTOU UNUSED URG USR1 USR2 VTALRM WINCH XCPU XFSZ'.split(
    ' ',
  );
