import type { Ctx } from '../context.js';

/** A button for a next step. */
export interface Step {
  readonly title: string;
  run(ctx: Ctx): Promise<void> | void;
}

/** Why a command does nothing, as one or two sentences for people: the thing, the consequence, the next step. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly steps: readonly Step[];

  constructor(message: string, ...steps: readonly Step[]) {
    super(message);
    this.steps = steps;
  }
}
