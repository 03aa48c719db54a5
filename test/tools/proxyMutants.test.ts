import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkConfig, readConfig } from '../../server/src/proxy/check.js';
import { mutantsOf, type Mutant } from './proxyMutants.js';
import { ask, casesOf } from './proxyOracle.js';

// One mistake at a time, in every configuration of the cases that the tools accept: we report no error where they still accept it,
// and most of what they refuse.

for (const kind of ['nginx', 'haproxy'] as const) {
  test(`${kind}: one mistake at a time`, (t) => {
    const known = new Set<string>();
    const wrong: string[] = [];
    const missed: string[] = [];
    let [accepted, refused] = [0, 0];
    for (const { verdict, place, text } of casesOf(kind)) {
      if (verdict[0] !== 'ok') continue;
      const options = place && { place };
      for (const mutant of mutantsOf(readConfig(kind, text, options))) {
        if (known.has(mutant.key) || mutant.text === text) continue;
        known.add(mutant.key);
        const config = readConfig(kind, mutant.text, options);
        const answer = ask(config);
        if (ofTheMachine.test(answer.printed)) continue;
        const found = checkConfig(config, undefined, (rule, error) => assert.fail(`${rule} threw ${String(error)}`));
        const error = found.find(({ severity }) => severity === 'error');
        if (answer.accepted) {
          accepted++;
          if (error) wrong.push(`${shown(mutant)}: ${error.rule}: ${error.message}`);
        } else {
          refused++;
          if (!error) missed.push(`${shown(mutant)}: ${answer.printed.split('\n')[0] ?? ''}`);
        }
      }
    }
    t.diagnostic(`${accepted} accepted, ${refused} refused, ${refused - missed.length} of these found`);
    assert.deepEqual(wrong, []);
    assert.ok(accepted > 40 && refused > 150, `${accepted} accepted, ${refused} refused`);
    assert.ok(missed.length < 0.15 * refused, `${missed.length} of ${refused} missed:\n${missed.join('\n')}`);
  });
}

/** What depends on files and names of this machine is another matter. */
const ofTheMachine = /could not resolve|invalid address|No such file|unable to stat|host not found|failed to open/;

function shown({ key, text }: Mutant): string {
  return `${key} in ${JSON.stringify(text.slice(0, 200))}`;
}
