import type { Ctx } from '../context.js';
import type { Target } from '../../../server/src/protocol.js';

/** The file a switch of target is for. */
export interface TargetFile {
  readonly uri: string;
  /** As a glob of the setting would name it: relative to its workspace folder. */
  readonly path: string;
}

/** Asks what tool the file is for and where to write that down: into the file or into the workspace's settings. */
export async function switchTarget(ctx: Ctx, { uri, path }: TargetFile): Promise<void> {
  const now = await ctx.language.target(uri);
  const other: Target = now?.target === 'stack' ? 'compose' : 'stack';
  const place = await ctx.ui.pick<'comment' | 'setting'>(
    [
      { label: 'Write a comment into the file', detail: comment(other), value: 'comment' },
      {
        label: 'Set it for this workspace',
        detail: `"longshore.targets": { "${path}": "${other}" }`,
        value: 'setting',
      },
    ],
    { title: `Treat ${path} as a ${other === 'stack' ? 'stack' : 'Compose'} file`, always: true },
  );
  if (place === 'comment') {
    const start = { line: 0, character: 0 };
    const edit = now?.comment
      ? { range: now.comment, newText: comment(other) }
      : { range: { start, end: start }, newText: `${comment(other)}\n` };
    await ctx.ui.edit(uri, [edit]);
  } else if (place === 'setting') {
    await ctx.config.set('targets', { ...ctx.config.get('targets'), [path]: other }, 'workspace');
    if (now?.decidedBy === 'comment') {
      await ctx.ui.inform(`The comment in ${path} still decides: it goes before the setting. Remove the comment.`);
    }
  }
}

function comment(target: Target): string {
  return `# longshore: target=${target}`;
}
