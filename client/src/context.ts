import type { Config } from './config.js';
import type { Cli } from './engine/cli.js';
import type { Engine } from './engine/engine.js';
import type { Endpoint } from './engine/endpoint.js';
import type { Snapshot } from './engine/snapshot.js';
import type { Language } from './language/language.js';
import type { LogScope } from './logs/scope.js';
import type { Project } from './model/projects.js';
import type { Target } from './model/target.js';
import type { Spread } from './swarm/spread.js';
import type { Ui } from './ui.js';

/** Everything a command or a view needs, handed in first. */
export interface Ctx {
  readonly ui: Ui;
  readonly log: Log;
  readonly config: Config;
  readonly language: Language;
  /** The `docker` program. */
  readonly cli: Cli;
  /** Throws `EngineError` where there is none. */
  engine(): Promise<Engine>;
  endpoint(): Promise<Endpoint>;
  /** What was last seen of the Engine; asks it first where no view did yet. */
  snapshot(): Promise<Snapshot>;
  /** The projects of the workspace and of the Engine, as the tree shows them. */
  projects(): Promise<readonly Project[]>;
  /** The counts that services were scaled to from here. */
  readonly scaled: Scaled;
  /** Opens the log view of a scope. */
  showLogs(scope: LogScope): Promise<void>;
  /** Opens the load-balancing view of a Swarm service, by its id, with what a probe found. */
  showBalance(service: string, spread?: Spread): Promise<void>;
  /** Asks the Engine and the language server again. */
  refresh(): void;
}

/** What `vscode.LogOutputChannel` is to us. */
export interface Log {
  trace(message: string): void;
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** Kept over a reload of the window, since no Engine remembers how many replicas somebody asked for. */
export interface Scaled {
  readonly counts: ReadonlyMap<string, number>;
  set(service: string, count: number | undefined): void;
}

export interface Command<T = Target> {
  /** As in package.json: `longshore.composeUp`. */
  readonly id: string;
  /** What it changes, if anything: it is then refused in an untrusted workspace. */
  readonly acts: boolean;
  /** `target` is what was chosen in a tree or named by a code lens; without one the command asks. */
  run(ctx: Ctx, target?: T, all?: readonly T[]): Promise<void>;
}
