import type { Sql } from "@/db/client";

/** The tables that are partitioned by month of `timestamp`, in UTC. */
export const PARTITIONED_TABLES = ["telemetry", "parking_logs"] as const;
export type PartitionedTable = (typeof PARTITIONED_TABLES)[number];

/** Months since year 0, UTC: the unit of partitions. */
export function monthOf(timestampMs: number): number {
  const date = new Date(timestampMs);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

const monthStart = (month: number) =>
  new Date(Date.UTC(Math.floor(month / 12), month % 12, 1)).toISOString();

const partitionName = (table: PartitionedTable, month: number) =>
  `${table}_${String(Math.floor(month / 12)).padStart(4, "0")}_${String((month % 12) + 1).padStart(2, "0")}`;

/** Makes partitions on demand and remembers those that are there. */
export class Partitions {
  private readonly known = new Map<PartitionedTable, Set<number>>();

  constructor(private readonly sql: Sql) {}

  /** Forgets what is known, for when a partition turns out to be gone. */
  forget(): void {
    this.known.clear();
  }

  /** Whether `ensure` would have nothing to do. */
  has(table: PartitionedTable, month: number): boolean {
    return this.known.get(table)?.has(month) ?? false;
  }

  /**
   * Makes the missing partitions of a table for these months. The new table is built apart and then
   * attached, which needs no lock that readings would wait for.
   */
  async ensure(table: PartitionedTable, months: Iterable<number>): Promise<void> {
    const known = this.known.get(table) ?? new Set<number>();
    this.known.set(table, known);
    for (const month of new Set(months)) {
      if (known.has(month)) continue;
      await this.create(table, month);
      known.add(month);
    }
  }

  private async create(table: PartitionedTable, month: number): Promise<void> {
    const name = partitionName(table, month);
    await this.sql.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(hashtext(${table}))`;
      const [there] = await tx`select to_regclass(${name}) is not null as yes`;
      if (there?.yes) return;
      await tx.unsafe(
        `create table ${name} (like ${table} including defaults including constraints including storage)`,
      );
      await tx.unsafe(
        `alter table ${table} attach partition ${name} for values from ('${monthStart(month)}') to ('${monthStart(month + 1)}')`,
      );
    });
  }
}
