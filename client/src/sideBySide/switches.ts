import { otherExtensions } from './others.js';
import type { OtherExtension, Switch } from './others.js';

/** The other extensions and their settings as this editor has them. */
export interface Neighbours {
  isInstalled(id: string): boolean;
  /** `known` where the installed version has the setting; `value` in effect, `user` as in the user's settings. */
  read(setting: Switch): { readonly known: boolean; readonly value: unknown; readonly user: unknown };
  /** Into the user's settings; undefined takes the setting out of them. */
  write(setting: Switch, user: unknown): Promise<void>;
}

/** Those that are installed and may speak about Compose files. */
export function speaking(neighbours: Neighbours): readonly OtherExtension[] {
  return otherExtensions.filter(
    (other) =>
      neighbours.isInstalled(other.id) && !known(neighbours, other).every((it) => it.isOff(neighbours.read(it).value)),
  );
}

/** What would be written to have others leave Compose files alone, as lines of `settings.json`. */
export function describeSwitches(neighbours: Neighbours, others: readonly OtherExtension[]): readonly string[] {
  return others
    .flatMap((other) => known(neighbours, other))
    .filter((it) => !it.isOff(neighbours.read(it).value))
    .map((it) => {
      const line = `"${it.setting}": ${JSON.stringify(it.off(neighbours.read(it).user))}`;
      return it.language === undefined ? line : `"[${it.language}]": { ${line} }`;
    });
}

export async function turn(to: 'off' | 'on', neighbours: Neighbours, others: readonly OtherExtension[]): Promise<void> {
  for (const it of others.flatMap((other) => known(neighbours, other))) {
    const { value, user } = neighbours.read(it);
    if (it.isOff(value) !== (to === 'off')) await neighbours.write(it, it[to](user));
  }
}

/** The switches that the installed version has. */
function known(neighbours: Neighbours, { switches }: OtherExtension): readonly Switch[] {
  return switches.filter((it) => neighbours.read(it).known);
}
