// Charts drawn here, small: a line with its interval, bars, dots with intervals, a distribution, cells of a table. Each stands in a
// Figure, which has the same numbers as a table, the CSV and a link to itself. Nothing is told by colour alone.
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { number, percent, t } from '../shell/words.ts';
import { Table, type Column } from './table.tsx';

/** The drawn width, so that letters and lines keep their size. */
function useWidth(): [import('preact').RefObject<HTMLDivElement | null>, number] {
  const box = useRef<HTMLDivElement>(null);
  const [width, set] = useState(0);
  useLayoutEffect(() => {
    const measure = () => set(Math.round(box.current?.clientWidth ?? 0));
    measure();
    const watch = new ResizeObserver(measure);
    if (box.current) watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  return [box, width];
}

export function Figure<T>({ title, note, columns, rows, id, csv, link, children }: {
  title: string; note?: ComponentChildren; columns: Column<T>[]; rows: T[]; id: (row: T) => string; csv?: string; link?: string; children: ComponentChildren;
}) {
  const name = useId();
  return (
    <figure class="figure-box" aria-labelledby={name}>
      <figcaption><h2 id={name}>{title}</h2>{note && <p class="soft small">{note}</p>}</figcaption>
      {children}
      <details class="figure-table">
        <summary>{t('shell.as_table')}</summary>
        <Table caption={title} quiet columns={columns} rows={rows} id={id} />
      </details>
      {(csv || link) && <p class="figure-links">{csv && <a href={csv} download>CSV</a>}{link && <a href={link}>{t('shell.permalink')}</a>}</p>}
    </figure>
  );
}

export interface Point { label: string; value: number | null | undefined; low?: number | null; high?: number | null; count?: number }

const nice = (low: number, high: number): number[] => {
  const span = Math.max(high - low, 1e-9), raw = span / 3, size = 10 ** Math.floor(Math.log10(raw));
  const step = size * ([1, 2, 2.5, 5, 10].find((one) => one * size >= raw) ?? 10);
  const ticks = [];
  for (let at = Math.floor(low / step) * step; at < high + step * 0.999; at += step) ticks.push(Number(at.toFixed(10)));
  return ticks;
};

/** A value by time with its interval as a band; `before` is the period compared with. */
export function Trend({ points, before, from, to: most, format = (value) => number(value, 1), height = 150, says }: {
  points: Point[]; before?: Point[]; from?: number; to?: number; format?: (value: number) => string; height?: number; says: string;
}) {
  const [box, width] = useWidth();
  const values = [...points, ...(before ?? [])].flatMap((point) => [point.value, point.low, point.high]).filter((value): value is number => typeof value === 'number');
  const ticks = nice(Math.max(from ?? -Infinity, Math.min(...values)), Math.min(most ?? Infinity, Math.max(...values)));
  const low = ticks[0] ?? 0, high = ticks.at(-1) ?? 1;
  const left = 34, right = 38, top = 8, bottom = 20;
  const x = (at: number, count: number) => left + (count < 2 ? 0.5 : at / (count - 1)) * Math.max(1, width - left - right);
  const y = (value: number) => top + (1 - (value - low) / Math.max(high - low, 1e-9)) * (height - top - bottom);
  // A month without figures leaves a gap: nothing is invented between two points.
  const line = (list: Point[]) => list.reduce((path, point, at) => (typeof point.value !== 'number' ? path : `${path}${typeof list[at - 1]?.value === 'number' ? 'L' : 'M'}${x(at, list.length).toFixed(1)} ${y(point.value).toFixed(1)}`), '');
  const runs = points.reduce<number[][]>((all, point, at) => {
    if (typeof point.low !== 'number' || typeof point.high !== 'number') return all;
    const open = all.at(-1);
    if (open && open.at(-1) === at - 1) open.push(at); else all.push([at]);
    return all;
  }, []);
  const band = (run: number[]) => `M${run.map((at) => `${x(at, points.length).toFixed(1)} ${y(points[at]!.high!).toFixed(1)}`).join('L')}L${[...run].reverse().map((at) => `${x(at, points.length).toFixed(1)} ${y(points[at]!.low!).toFixed(1)}`).join('L')}Z`;
  const end = points.map((point) => typeof point.value === 'number').lastIndexOf(true);
  const labels = points.length < 2 ? [0] : [0, points.length - 1];
  if (values.length === 0) return <p class="soft">{t('shell.nothing')}</p>;
  return (
    <div class="chart" ref={box}>
      {width > 0 && (
        <svg width={width} height={height} role="img" aria-label={says}>
          {ticks.map((tick) => <g key={tick}><line class="grid" x1={left} x2={width - right} y1={y(tick)} y2={y(tick)} /><text x={left - 6} y={y(tick) + 4} text-anchor="end">{format(tick)}</text></g>)}
          {runs.map((run) => <path key={run[0]} class="band" d={band(run)} />)}
          {before && <path class="before" d={line(before)} />}
          <path class="line" d={line(points)} />
          {points.map((point, at) => (typeof point.value !== 'number' ? null : <circle key={at} class={at === end ? 'dot' : 'dot small'} cx={x(at, points.length)} cy={y(point.value)} r={at === end ? 3.5 : 2}><title>{`${point.label}: ${format(point.value)}${typeof point.low === 'number' && typeof point.high === 'number' ? ` (${format(point.low)} – ${format(point.high)})` : ''}${point.count === undefined ? '' : `, n = ${number(point.count)}`}`}</title></circle>))}
          {end >= 0 && <text class="value" x={x(end, points.length) + 7} y={y(points[end]!.value!) + 4}>{format(points[end]!.value!)}</text>}
          {labels.map((at) => points[at] && <text key={at} x={x(at, points.length)} y={height - 4} text-anchor={at === 0 ? 'start' : 'end'}>{points[at].label}</text>)}
        </svg>
      )}
    </div>
  );
}

export interface Bar { name: string; value: number; shown?: string; href?: string; alarm?: boolean }
export function Bars({ bars, most, label }: { bars: Bar[]; most?: number; label?: string }) {
  const top = most ?? Math.max(1, ...bars.map((bar) => bar.value));
  return (
    <ul class="bars" aria-label={label}>
      {bars.map((bar) => {
        const inside = <><span class="bar-name">{bar.name}</span><svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width="100" height="8" /><rect class={bar.alarm ? 'alarm' : ''} width={Math.max(0, Math.min(100, (bar.value / top) * 100))} height="8" /></svg><span class="bar-value">{bar.shown ?? number(bar.value)}</span></>;
        return <li key={bar.name}>{bar.href ? <a href={bar.href}>{inside}</a> : <span>{inside}</span>}</li>;
      })}
    </ul>
  );
}

/** How many gave 5, 4, 3, 2, 1. */
export function Distribution({ counts, href }: { counts: readonly number[]; href?: (stars: number) => string }) {
  const all = counts.reduce((sum, one) => sum + one, 0);
  return <Bars label={t('shell.distribution')} most={Math.max(1, all)} bars={[5, 4, 3, 2, 1].map((stars) => ({ name: t('shell.n_stars', { n: stars }), value: counts[stars - 1] ?? 0, shown: all ? percent((counts[stars - 1] ?? 0) / all) : '–', href: href?.(stars) }))} />;
}

export interface Dot { name: string; value: number | null; low?: number | null; high?: number | null; count?: number; href?: string; note?: string; marked?: boolean }
/** One line each, a dot with its interval on a common scale: a site with four reviews shows how little is known of it. */
export function DotPlot({ dots, from = 1, to: most = 5, format = (value) => number(value, 2), reference, label }: { dots: Dot[]; from?: number; to?: number; format?: (value: number) => string; reference?: number; label?: string }) {
  const x = (value: number) => Math.max(0, Math.min(100, ((value - from) / (most - from)) * 100));
  return (
    <ul class="dots" aria-label={label}>
      {dots.map((dot) => {
        const inside = (
          <>
            <span class="bar-name">{dot.name}{dot.note && <small> {dot.note}</small>}</span>
            <svg class="dot-line" height="18" width="100%" aria-hidden="true">
              <line class="grid" x1="0" x2="100%" y1="9" y2="9" />
              {reference !== undefined && <line class="reference" x1={`${x(reference)}%`} x2={`${x(reference)}%`} y1="0" y2="18" />}
              {typeof dot.low === 'number' && typeof dot.high === 'number' && <line class="interval" x1={`${x(dot.low)}%`} x2={`${x(dot.high)}%`} y1="9" y2="9" />}
              {dot.value !== null && <circle cx={`${x(dot.value)}%`} cy="9" r="4.5" />}
            </svg>
            <span class="bar-value">{dot.value === null ? '–' : format(dot.value)}{dot.count !== undefined && <small> {number(dot.count)}</small>}</span>
          </>
        );
        return <li key={dot.name} class={dot.marked ? 'marked' : ''}>{dot.href ? <a href={dot.href}>{inside}</a> : <span>{inside}</span>}</li>;
      })}
    </ul>
  );
}

export interface Cell { value: number | null | undefined; shown?: string; title?: string; href?: string }
/** Rows by columns; the shade follows the value, the value stands in the cell. */
export function Heat({ caption, heads, rows, from, to: most }: { caption: string; heads: string[]; rows: { name: string; href?: string; cells: Cell[] }[]; from?: number; to?: number }) {
  const values = rows.flatMap((row) => row.cells.map((cell) => cell.value)).filter((value): value is number => typeof value === 'number');
  const low = from ?? Math.min(...values), high = most ?? Math.max(...values);
  const shade = (value: number) => Math.max(0, Math.min(5, Math.round(((value - low) / Math.max(1e-9, high - low)) * 5)));
  return (
    <div class="table" tabIndex={0} role="region" aria-label={caption}>
      <table class="heat">
        <caption>{caption}</caption>
        <thead><tr><td />{heads.map((head) => <th key={head} scope="col">{head}</th>)}</tr></thead>
        <tbody>{rows.map((row) => (
          <tr key={row.name}><th scope="row" class="text">{row.href ? <a href={row.href}>{row.name}</a> : row.name}</th>
            {row.cells.map((cell, at) => <td key={at} class={typeof cell.value === 'number' ? `s${shade(cell.value)}` : ''} title={cell.title}>{cell.href ? <a href={cell.href}>{cell.shown ?? cell.value ?? '–'}</a> : (cell.shown ?? cell.value ?? '–')}</td>)}
          </tr>
        ))}</tbody>
      </table>
    </div>
  );
}
