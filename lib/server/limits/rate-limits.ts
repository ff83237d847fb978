import { Problem } from "@/lib/domain/values/problem";
import { WindowCounter } from "./window-counter";

/** How many requests a minute each kind of sender has. */
export type RateQuotas = {
  /** Device traffic of one key, and of one address. */
  messages: number;
  /** Every other call of one key or user, and of one address. */
  api: number;
  /** Requests without credentials of one address: sign-in, set-up, invitations. */
  visitor: number;
  /** Requests with credentials that no one has, of one address. */
  stranger: number;
  /** Wrong guesses at the scheduler's secret, of one address. */
  guess: number;
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
  private readonly counters: Record<RateKind, WindowCounter>;
  private readonly policies: Record<RateKind, string>;

  constructor(quotas: RateQuotas) {
    const kinds = Object.keys(quotas) as RateKind[];
    const each = <T>(make: (kind: RateKind) => T) =>
      Object.fromEntries(kinds.map((kind) => [kind, make(kind)])) as Record<RateKind, T>;
    this.counters = each((kind) => new WindowCounter(quotas[kind], WINDOW_SECONDS * 1000));
    this.policies = each((kind) => `"${kind}";q=${quotas[kind]};w=${WINDOW_SECONDS}`);
  }

  /**
   * Counts a request against its identity and its address.
   * @param now milliseconds since 1970
   * @returns the headers that tell the sender what is left
   * @throws Problem 429 with Retry-After once either has used its quota up
   */
  count(kind: RateKind, { identity, address }: Sender, now: number): Record<string, string> {
    const counter = this.counters[kind];
    const shared = counter.count(`address ${networkOf(address)}`, now);
    const own = identity === null ? shared : counter.count(identity, now);
    const nearest = own.remaining <= shared.remaining ? own : shared;
    const resetSeconds = Math.ceil(nearest.resetMs / 1000);
    const headers = {
      "RateLimit-Policy": this.policies[kind],
      RateLimit: `"${kind}";r=${nearest.remaining};t=${resetSeconds}`,
    };
    if (!own.over && !shared.over) return headers;
    throw tooMany(resetSeconds, headers);
  }

  /**
   * For what counts failures alone: whether an address may try again.
   * @param now milliseconds since 1970
   * @throws Problem 429 with Retry-After once its quota is used up
   */
  requireRoom(kind: RateKind, address: string | null, now: number): void {
    const fullForMs = this.counters[kind].fullForMs(`address ${networkOf(address)}`, now);
    if (fullForMs > 0) throw tooMany(Math.ceil(fullForMs / 1000), {});
  }
}

function tooMany(seconds: number, headers: Record<string, string>): Problem {
  return new Problem(429, "Too many requests. Try again later.", {
    headers: { ...headers, "Retry-After": String(seconds) },
  });
}

/** One sender has a whole /64 of IPv6 addresses to choose from. */
export function networkOf(address: string | null): string {
  if (address === null) return "unknown";
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.split("::");
  const groups = head === "" ? [] : head.split(":");
  const missing =
    tail === undefined ? 0 : 8 - groups.length - tail.split(":").filter(Boolean).length;
  return [...groups, ...Array(Math.max(0, missing)).fill("0")].slice(0, 4).join(":");
}
