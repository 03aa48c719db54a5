import { attr, bool, deprecated, object, string, union, type ObjectType, type Type } from './types.js';

const instead = 'Set `external: true` and put the name into `name` beside it.';

/** `external` of networks, volumes, secrets and configs: true, or the old form with the name inside. */
export function externally({ open }: { readonly open: boolean }): Type {
  const named: ObjectType = object(
    {
      name: attr(string, 'The name of what exists.', {
        compose: deprecated(instead, '2.0'),
        stack: deprecated(instead, '3.0'),
      }),
    },
    { open: { compose: open, stack: open } },
  );
  return union(bool, named);
}
