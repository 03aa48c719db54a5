import type { Ctx } from '../context.js';

/** Why a command does nothing, as one or two sentences for people: the thing, the consequence, the next step. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    message: string,
    /** A button for the next step. */
    readonly action?: { readonly title: string; run(ctx: Ctx): Promise<void> | void },
  ) {
    super(message);
  }
}
