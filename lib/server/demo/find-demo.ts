import { sql } from "drizzle-orm";
import type { ReadContext } from "@/lib/server/context";
import { DEMO_FACILITIES } from "./demo-places";

/**
 * What a database holds as far as the demo is concerned: `empty` may take it, `made` has it,
 * `unfinished` was left while it was being made, `foreign` holds a real estate.
 */
export type DemoState =
  | { kind: "empty" | "made" | "unfinished" }
  | { kind: "foreign"; facilities: string[] };

/** Looks whether the demo is there. The audit log says so, in which nothing can be changed. */
export async function findDemo({ db }: Pick<ReadContext, "db">): Promise<DemoState> {
  const facilities = await db.execute<{ code: string }>(
    sql`select code from facilities order by code`,
  );
  if (facilities.length === 0) return { kind: "empty" };
  const codes = facilities.map(({ code }) => code);
  const marks = await db.execute<{ action: string }>(sql`
    select distinct action from audit_log where action in ('demo.begun', 'demo.made')`);
  const isMarked = (action: string) => marks.some((mark) => mark.action === action);
  if (isMarked("demo.made")) return { kind: "made" };
  const demoCodes = DEMO_FACILITIES.map(({ code }) => code);
  const others = codes.filter((code) => !demoCodes.includes(code));
  if (isMarked("demo.begun") && others.length === 0) return { kind: "unfinished" };
  return { kind: "foreign", facilities: codes };
}
