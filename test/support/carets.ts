/** A case of a fixture in which carets under a line say what is there: `#   ^^^ what`. */
export interface CaretCase {
  readonly title: string;
  /** Without the carets, with its title line. */
  readonly text: string;
  readonly marks: readonly CaretMark[];
}

export interface CaretMark {
  /** Counts from 0 at the first line below the title. */
  readonly line: number;
  readonly character: number;
  readonly length: number;
  readonly says: string;
}

const mark = /^#( *)(\^+) (.*)$/;

export function caretCases(fixtures: string): readonly CaretCase[] {
  return fixtures.split(/^(?=#== )/m).map((written) => {
    const [title = '', ...lines] = written.split('\n');
    const marks: CaretMark[] = [];
    let line = -1;
    for (const it of lines) {
      const [, space = '', carets = '', says = ''] = mark.exec(it) ?? [];
      if (says) marks.push({ line, character: space.length + 1, length: carets.length, says });
      else line++;
    }
    const text = [title, ...lines.filter((it) => !mark.test(it))].join('\n');
    return { title: title.replace(/^#== /, ''), text, marks };
  });
}
