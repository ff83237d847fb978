import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { Problem } from "@/lib/domain/problem";

/** How many requests a minute each kind of sender has. */
export type RateQuotas = {
  /** Device traffic of one key, and of one address. */
  messages: number;
  /** Every other call of one key or user, and of one address. */
  api: number;
  /** Requests without credentials of one address: sign-in, set-up, invitations. */
  visitor: number;
  /** Requests with credentials that nobody has, of one address. */
  stranger: number;
};
export type RateKind = keyof RateQuotas;

const WINDOW_SECONDS = 60;

/** Who sends, as limits count it: a key or user if there is one, and an address. */
export type Sender = { identity: string | null; address: string | null };

/**
 * Limits of this process by sender, counted in memory: what several processes let through adds up.
 * Headers follow the IETF draft "RateLimit header fields for HTTP".
 */
export class RateLimits {
  private readonly limiters: Record<RateKind, RateLimiterMemory>;
  private readonly policies: Record<RateKind, string>;

  constructor(private readonly quotas: RateQuotas) {
    const kinds = Object.keys(quotas) as RateKind[];
    const each = <T>(make: (kind: RateKind) => T) =>
      Object.fromEntries(kinds.map((kind) => [kind, make(kind)])) as Record<RateKind, T>;
    this.limiters = each(
      (kind) => new RateLimiterMemory({ points: quotas[kind], duration: WINDOW_SECONDS }),
    );
    this.policies = each((kind) => `"${kind}";q=${quotas[kind]};w=${WINDOW_SECONDS}`);
  }

  /**
   * Counts a request against its identity and its address.
   * @returns the headers that tell the sender what is left
   * @throws Problem 429 with Retry-After once either has used its quota up
   */
  async count(kind: RateKind, { identity, address }: Sender): Promise<Record<string, string>> {
    const limiter = this.limiters[kind];
    const own = identity === null ? null : await consume(limiter, identity);
    const shared = await consume(limiter, `address ${networkOf(address)}`);
    const nearest = own && own.remainingPoints <= shared.remainingPoints ? own : shared;
    const resetSeconds = Math.max(1, Math.ceil(nearest.msBeforeNext / 1000));
    const headers = {
      "RateLimit-Policy": this.policies[kind],
      RateLimit: `"${kind}";r=${Math.max(0, nearest.remainingPoints)};t=${resetSeconds}`,
    };
    if (!isOver(own, this.quotas[kind]) && !isOver(shared, this.quotas[kind])) return headers;
    throw new Problem(429, "Too many requests; come back later.", {
      headers: { ...headers, "Retry-After": String(resetSeconds) },
    });
  }
}

const isOver = (result: RateLimiterRes | null, quota: number) =>
  result !== null && result.consumedPoints > quota;

async function consume(limiter: RateLimiterMemory, subject: string): Promise<RateLimiterRes> {
  try {
    return await limiter.consume(subject);
  } catch (result) {
    if (result instanceof RateLimiterRes) return result;
    throw result;
  }
}

/** One sender has a whole /64 of IPv6 addresses to choose from. */
function networkOf(address: string | null): string {
  if (address === null) return "unknown";
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.split("::");
  const groups = head === "" ? [] : head.split(":");
  const missing =
    tail === undefined ? 0 : 8 - groups.length - tail.split(":").filter(Boolean).length;
  return [...groups, ...Array(Math.max(0, missing)).fill("0")].slice(0, 4).join(":");
}
