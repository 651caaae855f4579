// A table of figures: sorts by any column where it holds all rows, keeps its head in sight, and takes its CSV along.
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { compare, t } from '../shell/words.ts';

export interface Column<T> {
  key: string;
  name: string;
  cell: (row: T) => ComponentChildren;
  by?: (row: T) => number | string | null | undefined;  // what it sorts by; none: it does not sort
  text?: boolean;  // left, not a figure
}

export function Table<T>({ caption, columns, rows, id, sort, csv, quiet, foot }: {
  caption: string; columns: Column<T>[]; rows: T[]; id: (row: T) => string; sort?: string; csv?: string; quiet?: boolean; foot?: ComponentChildren;
}) {
  const order = useSignal(sort ?? '');  // "key" or "-key"
  const down = order.value.startsWith('-'), key = order.value.replace(/^-/, '');
  const by = columns.find((column) => column.key === key)?.by;
  const sorted = by === undefined ? rows : [...rows].sort((a, b) => {
    const x = by(a), y = by(b);
    if (x === y) return 0;
    if (x === null || x === undefined) return 1;  // nothing known: last, either way
    if (y === null || y === undefined) return -1;
    const less = typeof x === 'string' || typeof y === 'string' ? compare(String(x), String(y)) : x - y;
    return down ? -less : less;
  });
  return (
    <div class="table" tabIndex={0} role="region" aria-label={caption}>
      <table>
        <caption class={quiet ? 'hidden' : ''}><span class="caption">{caption}{csv && <a class="csv" href={csv} download>CSV</a>}</span></caption>
        <thead><tr>{columns.map((column) => {
          const mine = column.key === key;
          return (
            <th key={column.key} scope="col" class={column.text ? 'text' : ''} aria-sort={mine ? (down ? 'descending' : 'ascending') : undefined}>
              {column.by ? <button type="button" class="sort" onClick={() => { order.value = mine && !down ? `-${column.key}` : mine ? column.key : column.text ? column.key : `-${column.key}`; }}>{column.name}<span aria-hidden="true">{mine ? (down ? ' ↓' : ' ↑') : ''}</span></button> : column.name}
            </th>
          );
        })}</tr></thead>
        <tbody>{sorted.map((row) => <tr key={id(row)}>{columns.map((column, at) => (at === 0 ? <th key={column.key} scope="row" class={column.text ? 'text' : ''}>{column.cell(row)}</th> : <td key={column.key} class={column.text ? 'text' : ''}>{column.cell(row)}</td>))}</tr>)}</tbody>
        {foot}
      </table>
      {rows.length === 0 && <p class="soft">{t('shell.nothing')}</p>}
    </div>
  );
}
