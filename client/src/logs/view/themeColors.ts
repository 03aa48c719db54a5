import { readable, readColor } from './readable.js';
import type { Rgb } from './readable.js';

/** The theme's colours of a terminal, in the order of their numbers there. */
export const terminalColors: readonly string[] = ['', 'Bright'].flatMap((prefix) =>
  ['Black', 'Red', 'Green', 'Yellow', 'Blue', 'Magenta', 'Cyan', 'White'].map(
    (name) => `terminal-ansi${prefix}${name}`,
  ),
);

const others = ['charts-orange', 'charts-purple', 'editorError-foreground', 'editorWarning-foreground'];

/**
 * Keeps `--readable-NAME` beside the `--vscode-NAME` of each colour that text has here: themes make those for a terminal, which
 * changes them too where they are hard to read on its background.
 */
export function followTheme(): void {
  const set = (): void => {
    const least = document.body.classList.contains('vscode-high-contrast') ? 7 : 4.5;
    const background = computed('editor-background');
    const text = computed('editor-foreground', background);
    for (const name of [...terminalColors, ...others]) {
      const color = readable(computed(name, background), background, text, least);
      document.body.style.setProperty(`--readable-${name}`, `rgb(${color.join(', ')})`);
    }
  };
  set();
  const observer = new MutationObserver(set);
  observer.observe(document.body, { attributeFilter: ['class', 'data-vscode-theme-id'] });
  observer.observe(document.documentElement, { attributeFilter: ['style'] });
}

function computed(name: string, background?: Rgb): Rgb {
  const probe = document.body.appendChild(document.createElement('i'));
  probe.style.color = `var(--vscode-${name})`;
  const color = readColor(getComputedStyle(probe).color, background);
  probe.remove();
  return color;
}
