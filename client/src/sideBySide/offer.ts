import type { Ctx } from '../context.js';
import { otherExtensions } from './others.js';
import type { OtherExtension } from './others.js';
import { describeSwitches, speaking, turn } from './switches.js';
import type { Neighbours } from './switches.js';

const alone = 'Let Longshore Do It';

/** What was offered already, kept over windows. */
export interface Offered {
  get(): readonly string[];
  set(ids: readonly string[]): void;
}

/** Asks once, and again only when another extension came along. Answers whether the window has to be loaded again. */
export async function offer(ctx: Pick<Ctx, 'ui'>, neighbours: Neighbours, offered: Offered): Promise<boolean> {
  const others = speaking(neighbours);
  if (others.every(({ id }) => offered.get().includes(id))) return false;
  offered.set([...new Set([...offered.get(), ...others.map(({ id }) => id)])]);
  const also = others.length === 1 ? 'also completes, explains and checks' : 'also complete, explain and check';
  const message = `${names(others)} ${also} Compose files. Longshore leaves out what is said twice; it can do all of it alone.`;
  return (await ctx.ui.inform(message, alone, 'Keep Both')) === alone && turnOff(ctx, neighbours, others);
}

/** The command: chooses anew, at any time. */
export async function chooseHelp(ctx: Pick<Ctx, 'ui'>, neighbours: Neighbours): Promise<boolean> {
  const installed = otherExtensions.filter(({ id }) => neighbours.isInstalled(id));
  if (installed.length === 0) {
    await ctx.ui.inform('No other extension that helps in Compose files is installed.');
    return false;
  }
  const on = speaking(neighbours);
  const choice = await ctx.ui.pick<'off' | 'on'>(
    [
      {
        label: 'Longshore alone',
        detail: `${names(installed)} leave Compose files to it`,
        value: 'off',
        picked: on.length === 0,
      },
      { label: 'Side by side', detail: 'Longshore leaves out what is said twice', value: 'on', picked: on.length > 0 },
    ],
    { title: 'Who helps in Compose files', always: true },
  );
  if (choice === 'off') return turnOff(ctx, neighbours, on);
  if (choice === 'on') await turn('on', neighbours, installed);
  return choice === 'on' && installed.some(({ restart }) => restart);
}

/** Only what was shown and agreed to is written. */
async function turnOff(
  ctx: Pick<Ctx, 'ui'>,
  neighbours: Neighbours,
  others: readonly OtherExtension[],
): Promise<boolean> {
  const lines = describeSwitches(neighbours, others);
  if (lines.length === 0) return false;
  const detail = `Your user settings get:\n\n${lines.join('\n')}\n\n"Longshore: Choose Who Helps in Compose Files" takes them out again.`;
  if (!(await ctx.ui.confirm(`Turn off what ${names(others)} do in Compose files?`, detail, 'Write Settings')))
    return false;
  await turn('off', neighbours, others);
  return others.some(({ restart }) => restart);
}

function names(others: readonly OtherExtension[]): string {
  const all = others.map(({ name }) => name);
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}
