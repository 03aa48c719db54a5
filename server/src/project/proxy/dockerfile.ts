/** What a Dockerfile says of the image that `build` makes, as far as a proxy and its neighbours care. */
export interface Dockerfile {
  /** The image its last stage stands on, with defaults of `ARG` filled in; empty where it says none. */
  readonly base: string;
  /** Files that come from the build context. */
  readonly copies: readonly Copy[];
  /** `EXPOSE`, TCP only. */
  readonly ports: readonly number[];
}

export interface Copy {
  readonly sources: readonly string[];
  /** Absolute, with the slash at its end where one is written. */
  readonly target: string;
}

interface Stage {
  base: string;
  copies: Copy[];
  ports: number[];
  folder: string;
}

/** Reads a Dockerfile up to a stage (`target` of `build`), or to its last one. What it does not know it skips. */
export function readDockerfile(text: string, wanted?: string): Dockerfile {
  const args = new Map<string, string>();
  const stages = new Map<string, Stage>();
  let stage: Stage = { base: '', copies: [], ports: [], folder: '/' };
  const fill = (word: string): string =>
    word.replace(
      /\$(?:\{(\w+)(?::?-([^}]*))?\}|(\w+))/g,
      (whole, a: string, fallback: string | undefined, b: string) => {
        return args.get(a || b) ?? fallback ?? whole;
      },
    );
  for (const [, word = '', rest = ''] of instructions(text)) {
    switch (word.toUpperCase()) {
      case 'ARG':
      case 'ENV': {
        for (const [, name = '', value = ''] of rest.matchAll(/(\w+)=("[^"]*"|\S*)/g)) {
          args.set(name, value.replace(/^"|"$/g, ''));
        }
        break;
      }
      case 'FROM': {
        if (wanted !== undefined && stages.get(wanted) === stage) break;
        const [image = '', as = '', name = ''] = words(rest);
        const before = stages.get(image);
        stage = before
          ? { ...before, copies: [...before.copies], ports: [...before.ports] }
          : { base: fill(image), copies: [], ports: [], folder: '/' };
        if (as.toUpperCase() === 'AS') stages.set(name, stage);
        break;
      }
      case 'WORKDIR':
        stage.folder = join(stage.folder, fill(rest.trim()));
        break;
      case 'EXPOSE':
        for (const port of words(fill(rest))) if (/^\d+(?:\/tcp)?$/i.test(port)) stage.ports.push(parseInt(port, 10));
        break;
      case 'COPY':
      case 'ADD': {
        if (/--from=/.test(rest)) break;
        const paths = words(rest).map(fill);
        const target = paths.at(-1);
        if (paths.length > 1 && target)
          stage.copies.push({ sources: paths.slice(0, -1), target: join(stage.folder, target) });
        break;
      }
    }
  }
  const { base, copies, ports } = (wanted === undefined ? undefined : stages.get(wanted)) ?? stage;
  return { base, copies, ports };
}

/** Keyword and rest of each instruction; a backslash at a line's end goes on in the next line, comments between aside. */
function instructions(text: string): Iterable<RegExpMatchArray> {
  const plain = text.replace(/^\s*#.*\n?/gm, '').replace(/\\[ \t]*\r?\n/g, ' ');
  return plain.matchAll(/^[ \t]*([A-Za-z]+)[ \t]+(.*)$/gm);
}

/** The words of an instruction without its flags; the form with brackets and quotes as well. */
function words(rest: string): readonly string[] {
  const plain = rest.trim().replace(/^(?:--\S+\s+)+/, '');
  const list = plain.startsWith('[') ? plain.matchAll(/"([^"]*)"/g) : plain.matchAll(/(\S+)/g);
  return Array.from(list, ([, word = '']) => word);
}

function join(folder: string, path: string): string {
  return path.startsWith('/') ? path : `${folder.replace(/\/$/, '')}/${path.replace(/^\.\/?/, '')}`;
}
