import { type ParseArgsConfig, parseArgs } from "node:util";
import { isProblem } from "@/lib/domain/values/problem";
import { type Context, SYSTEM } from "@/lib/server/context";
import { runtime } from "@/lib/server/runtime";

/** A command line that can't be understood; the message is for anyone who typed it. */
export class UsageError extends Error {}

type Options = NonNullable<ParseArgsConfig["options"]>;

/** Reads a command line: what to do, to what, and how. @throws UsageError */
export function readCommandLine<O extends Options>(args: string[], options: O) {
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** The value of an option. @throws UsageError without one */
export function required(name: string, value: unknown): string {
  if (typeof value === "string" && value !== "") return value;
  throw new UsageError(`--${name} is missing.`);
}

/**
 * Runs a command in the name of anyone who has the shell, who may do everything.
 * @returns 0, 1 when the server's rules refuse it, 2 when it can't be understood
 */
export async function runCommand(
  usage: string,
  work: (context: Context) => Promise<string>,
): Promise<number> {
  const { db, close } = runtime();
  try {
    const result = await work({ db, actor: { ...SYSTEM, name: "shell" }, now: new Date() });
    process.stdout.write(`${result}\n`);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`${error.message}\n\n${usage}`);
      return 2;
    }
    if (!isProblem(error)) throw error;
    const fields = Object.entries(error.options.errors ?? {});
    const reasons = fields.map(([field, messages]) => `${field}: ${messages.join(" ")}`);
    console.error(reasons.length > 0 ? reasons.join("\n") : error.detail);
    return 1;
  } finally {
    await close();
  }
}

/** Columns under each other, for a terminal. */
export function table(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
