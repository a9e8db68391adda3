/** Where bars of a plot lie, in percent of its width. */
export interface Bar {
  readonly x: number;
  readonly width: number;
}

/** Bars of values to both sides of nought, and where nought is. */
export interface SignedBars {
  readonly zero: number;
  readonly bars: readonly Bar[];
}

/** A tenth of a percent is finer than a screen shows, and the same text everywhere. */
export const percent = (share: number): number => Math.round(share * 1000) / 10;

/** All from nought, so that lengths compare as the values do; the largest fills the width. Values are not negative. */
export const barsFromZero = (values: readonly number[]): readonly Bar[] => {
  const most = Math.max(...values, 0);
  return values.map((value) => ({ x: 0, width: most === 0 ? 0 : percent(value / most) }));
};

/** Nought is within the plot wherever the values lie. */
export const barsAroundZero = (values: readonly number[]): SignedBars => {
  const least = Math.min(...values, 0);
  const most = Math.max(...values, 0);
  const range = most - least || 1;
  const at = (value: number): number => percent((value - least) / range);
  const zero = at(0);
  const bar = (value: number): Bar => ({
    x: Math.min(zero, at(value)),
    width: percent(Math.abs(value) / range),
  });
  return { zero, bars: values.map(bar) };
};
