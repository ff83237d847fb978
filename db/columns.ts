import { integer, timestamp } from "drizzle-orm/pg-core";

/** An instant, which JavaScript sees as a Date. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** The integer by which the API names a row. */
export const id = () => integer("id").primaryKey().generatedAlwaysAsIdentity();
