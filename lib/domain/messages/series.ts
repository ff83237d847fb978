/** The lowest, mean and highest value of a stretch of time. */
export type Spread = { min: number; avg: number; max: number };

/**
 * The readings of one bucket of time. `at`: when it begins, ISO 8601 in UTC. Volts, amperes, watts;
 * power is that of each reading, not of the means.
 */
export type SeriesPoint = {
  at: string;
  readings: number;
  voltage: Spread;
  current: Spread;
  power_w: Spread;
};

/** Buckets of sizes that people count in; each divides a day. */
const BUCKET_SECONDS = [
  ...[1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 240, 300, 600, 900, 1_200, 1_800],
  ...[3_600, 5_400, 7_200, 10_800, 14_400, 21_600, 43_200, 86_400],
];
const DAY_SECONDS = 86_400;

/**
 * How long a bucket has to be for a range to need no more than so many of them, seconds.
 * @param dividedBy the length of smaller buckets that it is put together from
 */
export function bucketSecondsFor(rangeMs: number, mostBuckets: number, dividedBy = 1): number {
  // The first and the last bucket may be cut off by the range.
  const shortest = rangeMs / 1000 / Math.max(1, mostBuckets - 1);
  const found = BUCKET_SECONDS.find((size) => size >= shortest && size % dividedBy === 0);
  return found ?? Math.ceil(shortest / DAY_SECONDS) * DAY_SECONDS;
}

/**
 * Fewer and longer buckets out of many: nothing is lost but when within a bucket a value was read.
 * @param originMs where buckets are counted from, milliseconds since 1970
 */
export function mergePoints(
  points: readonly SeriesPoint[],
  seconds: number,
  originMs: number,
): SeriesPoint[] {
  const merged: SeriesPoint[] = [];
  let open = Number.NaN;
  for (const point of points) {
    const bucket = Math.floor((Date.parse(point.at) - originMs) / (seconds * 1000));
    const last = merged.at(-1);
    if (last && bucket === open) merged[merged.length - 1] = together(last, point);
    else merged.push(point);
    open = bucket;
  }
  return merged;
}

function together(a: SeriesPoint, b: SeriesPoint): SeriesPoint {
  const readings = a.readings + b.readings;
  const spread = (x: Spread, y: Spread): Spread => ({
    min: Math.min(x.min, y.min),
    avg: x.avg * (a.readings / readings) + y.avg * (b.readings / readings),
    max: Math.max(x.max, y.max),
  });
  return {
    at: a.at,
    readings,
    voltage: spread(a.voltage, b.voltage),
    current: spread(a.current, b.current),
    power_w: spread(a.power_w, b.power_w),
  };
}

/**
 * Whether a line between two points that follow each other would hide a silence: an empty bucket at
 * least lies between them, and the device was silent for as long as makes it offline.
 */
export function isGap(
  before: Pick<SeriesPoint, "at">,
  after: Pick<SeriesPoint, "at">,
  { bucketSeconds, offlineAfterSeconds }: { bucketSeconds: number; offlineAfterSeconds: number },
): boolean {
  const empty = (Date.parse(after.at) - Date.parse(before.at)) / 1000 - bucketSeconds;
  return empty > 0 && empty >= offlineAfterSeconds;
}
