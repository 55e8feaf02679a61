import { scaleLinear } from 'd3-scale';
import './plot.css';

export interface PlotRow {
  readonly name: string;
  /** One value each. */
  readonly dots?: readonly number[];
  /** A line across, such as a median. */
  readonly mark?: number | null;
  /** An interval, drawn as a line with ends. */
  readonly interval?: readonly [low: number, high: number];
  /** What was expected, drawn as an area. */
  readonly band?: readonly [low: number, high: number] | null;
}

export interface PlotProps {
  readonly rows: readonly PlotRow[];
  /** What it shows, and where the same stands in words. */
  readonly caption: string;
  /** How a value reads below the axis. */
  readonly tick: (value: number) => string;
}

/** About as many stand below the axis. */
const TICKS = 4;
const HEIGHT = 26;
const MIDDLE = HEIGHT / 2;

/**
 * Values of several rows on one axis, which always has its zero. Places are shares of the width, so that it fits any, on paper too
 * (docs/adr/0010-one-chart.md).
 */
export function Plot({ rows, caption, tick }: PlotProps) {
  const values = rows.flatMap(({ dots = [], mark, interval = [], band }) => [
    ...dots,
    ...(mark == null ? [] : [mark]),
    ...interval,
    ...(band ?? []),
  ]);
  const ends = [Math.min(0, ...values), Math.max(0, ...values)] as const;
  const scale = scaleLinear(ends[0] === ends[1] ? [0, 1] : ends, [3, 93]).nice(TICKS);
  const x = (value: number) => `${scale(value).toFixed(2)}%`;
  return (
    <figure className="plot">
      <div aria-hidden="true">
        {rows.map((row) => (
          <div key={row.name} className="plot-row">
            <span>{row.name}</span>
            <Track row={row} x={x} />
          </div>
        ))}
        <div className="plot-row plot-axis">
          <span />
          <svg width="100%" height={HEIGHT}>
            {scale.ticks(TICKS).map((value) => (
              <text key={value} x={x(value)} y={MIDDLE}>
                {tick(value)}
              </text>
            ))}
          </svg>
        </div>
      </div>
      <figcaption>{caption}</figcaption>
    </figure>
  );
}

function Track({ row, x }: { row: PlotRow; x: (value: number) => string }) {
  const { dots = [], mark, interval, band } = row;
  const across = (at: number, className: string, half: number) => (
    <line className={className} x1={x(at)} x2={x(at)} y1={MIDDLE - half} y2={MIDDLE + half} />
  );
  return (
    <svg width="100%" height={HEIGHT}>
      {across(0, 'plot-zero', MIDDLE)}
      {band && <line className="plot-band" x1={x(band[0])} x2={x(band[1])} y1={MIDDLE} y2={MIDDLE} />}
      {interval && (
        <>
          <line className="plot-interval" x1={x(interval[0])} x2={x(interval[1])} y1={MIDDLE} y2={MIDDLE} />
          {across(interval[0], 'plot-interval', 5)}
          {across(interval[1], 'plot-interval', 5)}
        </>
      )}
      {dots.map((dot, at) => (
        <circle key={at} className="plot-dot" cx={x(dot)} cy={MIDDLE} r="4" />
      ))}
      {mark != null && across(mark, 'plot-mark', 9)}
    </svg>
  );
}
