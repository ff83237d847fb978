/** Each bucket is so much wider than the one before: quantiles are right to within 2.5 %. */
const GROWTH = 1.05;

/** How long calls took, in buckets: a night of them needs no more memory than a minute. */
export class Latency {
  private readonly buckets = new Map<number, number>();
  private calls = 0;

  add(ms: number): void {
    const bucket = Math.ceil(Math.log(Math.max(0.1, ms)) / Math.log(GROWTH));
    this.buckets.set(bucket, (this.buckets.get(bucket) ?? 0) + 1);
    this.calls += 1;
  }

  /** How long, in milliseconds, this share of the calls took at most; null without any. */
  quantile(share: number): number | null {
    let below = 0;
    for (const [bucket, calls] of [...this.buckets].sort(([a], [b]) => a - b)) {
      below += calls;
      if (below >= share * this.calls) return GROWTH ** bucket;
    }
    return null;
  }
}
