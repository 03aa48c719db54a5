import { spawn } from 'node:child_process';
import { Agent } from 'node:http';
import { Duplex } from 'node:stream';

/**
 * Connections to an Engine behind `ssh://`, made as the Docker CLI makes them: by the user's own `ssh`, so that its
 * configuration, agent and known hosts count. One that nobody has used for `idle` milliseconds ends.
 */
export function sshAgent(host: string, idle = 60_000): Agent {
  return Object.assign(new Agent({ keepAlive: true, timeout: idle }), { createConnection: () => sshSocket(host) });
}

/** One such connection. */
export function sshSocket(host: string): Duplex {
  return new ProgramSocket('ssh', sshArguments(host));
}

export function sshArguments(host: string): readonly string[] {
  const url = new URL(host);
  return [
    '-o',
    'BatchMode=yes',
    '-o',
    'ConnectTimeout=30',
    '-T',
    ...(url.username ? ['-l', decodeURIComponent(url.username)] : []),
    ...(url.port ? ['-p', url.port] : []),
    '--',
    url.hostname,
    'docker',
    'system',
    'dial-stdio',
  ];
}

/** A program's standard streams as a socket. */
class ProgramSocket extends Duplex {
  timeout = 0;
  readonly #program;
  #idle: NodeJS.Timeout | undefined;

  constructor(command: string, args: readonly string[]) {
    super();
    this.#program = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
    const { stdout, stderr, stdin } = this.#program;
    let said = '';
    stderr.on('data', (data: Buffer) => (said = (said + data.toString()).slice(-2000)));
    stdout.on('data', (data: Buffer) => {
      if (!this.push(data)) stdout.pause();
    });
    stdin.on('error', (error) => this.destroy(error));
    this.#program.on('error', (error) => this.destroy(error));
    this.#program.on('close', (code) => {
      if (code === 0 || code === null) this.push(null);
      else this.destroy(new Error(said.trim() || `${command} ended with code ${code}.`));
    });
  }

  override _read(): void {
    this.#program.stdout.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#rest();
    this.#program.stdin.write(chunk, done);
  }

  override _final(done: () => void): void {
    this.#program.stdin.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    clearTimeout(this.#idle);
    this.#program.kill();
    done(error);
  }

  /** As of a socket: says `timeout` after so many milliseconds without a request, and the agent ends what nobody uses. */
  setTimeout(milliseconds: number): this {
    this.timeout = milliseconds;
    this.#rest();
    return this;
  }

  #rest(): void {
    clearTimeout(this.#idle);
    if (this.timeout > 0) this.#idle = setTimeout(() => this.emit('timeout'), this.timeout).unref();
  }

  // What node:http asks of a socket and a pipe has no use for.
  setKeepAlive(): this {
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}
