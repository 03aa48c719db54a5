import { performance } from 'node:perf_hooks';
import { swarmNodes } from '../../client/src/swarm/nodes.js';
import { present } from '../../client/src/swarm/present.js';
import { changes, showTree } from '../../client/src/tree/shownTree.js';
import { fakeSwarmSnapshot } from '../support/fakeSwarm.js';
import { manyServices, readRecorded } from '../support/manyServices.js';

/**
 * What the Swarm view costs from the Engine's answer, as text, to what is shown: at first, and when one task changed. Medians of
 * milliseconds.
 *   npm run bench -- swarmTree [SERVICES…]
 */
const sizes = process.argv
  .slice(2)
  .map(Number)
  .filter((it) => it > 0);

console.log('| services | tasks | tree ready | after an event |');
console.log('|---:|---:|---:|---:|');
for (const count of sizes.length > 0 ? sizes : [200, 1000]) {
  const answers = manyServices(count);
  const text = JSON.stringify(answers);
  const show = () => showTree(swarmNodes(fakeSwarmSnapshot(readRecorded(JSON.parse(text) as typeof answers))), present);
  const first = median(() => show());
  const before = show();
  const event = median(() => changes(before, show()));
  console.log(`| ${count} | ${answers.tasks.length} | ${first.toFixed(0)} ms | ${event.toFixed(0)} ms |`);
}

function median(work: () => unknown): number {
  const costs = Array.from({ length: 9 }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return costs.sort((a, b) => a - b)[4] ?? 0;
}
