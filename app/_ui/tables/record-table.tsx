import records from "./records.module.css";

type Marks = { [name: `data-${string}`]: string | boolean | undefined };
type Falsy = false | null | undefined;

/** A column, named once: in its head, and beside its cells where each record is a card. */
export type Column<Row> = {
  name: string;
  /** Of one row; `at` is its place in the list. */
  cell: (row: Row, at: number) => React.ReactNode;
  /** Its cells name the rows. */
  names?: boolean;
  /** Its cells are figures, whose ends are aligned. */
  numeric?: boolean;
  /** On a card it takes a line of its own. */
  wide?: boolean;
  /** What a card says in place of its name; null for nothing. */
  label?: string | null;
  /** In place of its name in the head, such as a link that sorts. */
  head?: React.ReactNode;
  sorted?: "ascending" | "descending";
  /** Of its head and its cells. */
  className?: string;
  marks?: Marks;
  /** What else the cell of one row says of itself. */
  cellProps?: (row: Row) => React.HTMLAttributes<HTMLElement> & Marks;
};

/** The last column of a table whose rows have buttons; a card need not name it. */
export const ACTIONS = { name: "Actions", wide: true, label: null };

type RecordTableProps<Row> = {
  /** Those that are in view; what is none is left out. */
  columns: (Column<Row> | Falsy)[];
  rows: readonly Row[];
  keyOf: (row: Row) => React.Key;
  marksOf?: (row: Row) => Marks;
  caption?: string;
  /** It is read out alone. */
  captionHidden?: boolean;
  /** From which width down each record is a card; "own" where it becomes one in its own way. */
  cards?: "wide" | "medium" | "phone" | "own" | null;
  /** The heads stay in view. */
  sticky?: boolean;
  /** Scrolls by itself: what the region is called, and how high it may be. */
  scrolled?: { label: string; height: number };
  /** Its look, in place of that of records. */
  className?: string;
};

/** A table of records. The server can draw it: Mantine's would cost each page its script. */
export function RecordTable<Row>(props: RecordTableProps<Row>) {
  const { rows, keyOf, marksOf, caption, cards = "wide", scrolled, sticky } = props;
  const columns = props.columns.filter((column) => !!column);
  const table = (
    <table
      className={props.className ?? records.table}
      data-cards={cards ?? undefined}
      data-sticky={sticky || scrolled ? true : undefined}
    >
      {caption ? (
        <caption className={props.captionHidden ? "visually-hidden" : records.caption}>
          {caption}
        </caption>
      ) : null}
      <thead>
        <tr>{columns.map(headOf)}</tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          <tr key={keyOf(row)} {...marksOf?.(row)}>
            {columns.map((column) => cellOf(column, row, at, cards !== null))}
          </tr>
        ))}
      </tbody>
    </table>
  );
  if (!scrolled) return table;
  return (
    <section
      className={records.scroll}
      style={{ maxHeight: scrolled.height }}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus
      tabIndex={0}
      aria-label={scrolled.label}
    >
      {table}
    </section>
  );
}

function headOf<Row>(column: Column<Row>) {
  const { name, head, sorted, marks } = column;
  return (
    <th key={name} scope="col" className={classOf(column)} aria-sort={sorted} {...marks}>
      {head ?? name}
    </th>
  );
}

function cellOf<Row>(column: Column<Row>, row: Row, at: number, labelled: boolean) {
  const { name, names, label = names ? null : name, cell, marks, cellProps } = column;
  const shared = { className: classOf(column), ...marks, ...cellProps?.(row) };
  if (names) {
    return (
      <th key={name} scope="row" {...shared}>
        {cell(row, at)}
      </th>
    );
  }
  return (
    <td key={name} data-label={labelled ? (label ?? undefined) : undefined} {...shared}>
      {cell(row, at)}
    </td>
  );
}

function classOf<Row>({ numeric, wide, className }: Column<Row>): string | undefined {
  const names = [numeric && records.number, wide && records.wide, className];
  return names.filter(Boolean).join(" ") || undefined;
}

type AsTableProps = { summary: string; children: React.ReactNode };

/** The figures of a chart, for anyone who can't or won't see it. */
export function AsTable({ summary, children }: AsTableProps) {
  return (
    <details className={records.details}>
      <summary>{summary}</summary>
      {children}
    </details>
  );
}
