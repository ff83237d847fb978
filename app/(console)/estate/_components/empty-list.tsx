import records from "@/app/_ui/tables/records.module.css";

type EmptyListProps = {
  filtered: boolean;
  noun: string;
  /** What to do next where there is nothing at all. */
  children: React.ReactNode;
};

/** In place of a list that has nothing to show. */
export function EmptyList({ filtered, noun, children }: EmptyListProps) {
  return (
    <p className={records.empty} role="status">
      {filtered ? `No ${noun} matches these filters. Remove a filter to see more.` : children}
    </p>
  );
}
