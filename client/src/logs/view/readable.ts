/** Red, green and blue, each from 0 to 255. */
export type Rgb = readonly [number, number, number];

/** The ratio of WCAG 2: from 1, the same, to 21, black and white. */
export function contrast(one: Rgb, other: Rgb): number {
  const [bright, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (bright + 0.05) / (dark + 0.05);
}

/** The colour with as little of the text's own colour in it as makes it easy to read on the background. */
export function readable(color: Rgb, background: Rgb, text: Rgb, least: number): Rgb {
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = mix(color, text, share);
    if (contrast(mixed, background) >= least) return mixed;
  }
  return text;
}

/** As a browser computes it: `rgb(1, 2, 3)` or `rgba(1, 2, 3, 0.5)`, which lets the background through. */
export function readColor(computed: string, background: Rgb = [0, 0, 0]): Rgb {
  const [red = 0, green = 0, blue = 0, alpha = 1] = [...computed.matchAll(/[\d.]+/g)].map(Number);
  return mix([red, green, blue], background, 1 - alpha);
}

function mix(one: Rgb, other: Rgb, share: number): Rgb {
  const part = (index: 0 | 1 | 2): number => Math.round(one[index] * (1 - share) + other[index] * share);
  return [part(0), part(1), part(2)];
}

function luminance(color: Rgb): number {
  const [red, green, blue] = color.map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
