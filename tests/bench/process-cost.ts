import { readFileSync } from "node:fs";

const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4096;

/** What a process has used so far: seconds of processor time, megabytes of memory now. */
export type ProcessCost = { cpuSeconds: number; memoryMb: number };

/** @returns null where the system does not tell (there is no /proc) */
export function costOf(pid: number): ProcessCost | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
    const [, pages] = readFileSync(`/proc/${pid}/statm`, "utf8").split(" ");
    return {
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
      memoryMb: (Number(pages) * PAGE_BYTES) / 1024 / 1024,
    };
  } catch {
    return null;
  }
}
