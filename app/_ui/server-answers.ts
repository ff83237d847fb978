const PROBE_LIMIT_MS = 8_000;

/** Whether this server can be reached, and can reach its database: pages need no more of it. */
export async function serverAnswers(): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(PROBE_LIMIT_MS);
    const health = await fetch("/api/health?part=database", { cache: "no-store", signal });
    return health.ok;
  } catch {
    return false;
  }
}
