import { z } from "zod";

const quota = (perMinute: number) => z.coerce.number().int().positive().default(perMinute);

/** Half of what `openssl rand -base64 32` prints is still out of reach of guessing. */
const MIN_CRON_SECRET_LENGTH = 16;
const SHORT_CRON_SECRET = `CRON_SECRET must have at least ${MIN_CRON_SECRET_LENGTH} characters: \`openssl rand -base64 32\` makes one.`;

const Env = z
  .object({
    NODE_ENV: z.string().optional(),
    /** Postgres 15 or newer; `npm start` sets it when it runs the embedded one. */
    DATABASE_URL: z.string().min(1, "DATABASE_URL is not set: start with `npm start`, or set it."),
    /** Signs what browsers carry while they sign in. */
    NEXTAUTH_SECRET: z.string().min(1).optional(),
    /** The address under which browsers reach this server, where it can't be told from requests. */
    NEXTAUTH_URL: z.url("NEXTAUTH_URL must be an address.").optional(),
    /** The scheduler's secret; without it the cron endpoint stays closed. */
    CRON_SECRET: z.string().min(MIN_CRON_SECRET_LENGTH, SHORT_CRON_SECRET).optional(),
    /** How many proxies stand in front and say in X-Forwarded-For whom they speak for. */
    TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
    /** Requests a minute of one key or user, and of one address. */
    MESSAGES_PER_MINUTE: quota(1_200_000),
    API_CALLS_PER_MINUTE: quota(12_000),
    VISITOR_CALLS_PER_MINUTE: quota(120),
    /** Seconds that a client may take to send a request. */
    REQUEST_TIMEOUT_SECONDS: z.coerce.number().int().positive().default(60),
    /** OpenID Connect: who vouches for users, beside passwords. */
    OIDC_ISSUER: z.url("OIDC_ISSUER must be an address.").optional(),
    OIDC_CLIENT_ID: z.string().min(1).optional(),
    OIDC_CLIENT_SECRET: z.string().min(1).optional(),
    OIDC_NAME: z.string().min(1).max(60).default("single sign-on"),
    /** Whether this process takes its turn at the recurring jobs. */
    RUN_JOBS: z.stringbool().default(true),
    LOG_LEVEL: z
      .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"])
      .default("warn"),
  })
  .refine((env) => !env.OIDC_ISSUER || (env.OIDC_CLIENT_ID && env.OIDC_CLIENT_SECRET), {
    error: "OIDC_ISSUER needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET.",
    path: ["OIDC_CLIENT_ID"],
  });
export type Env = z.infer<typeof Env>;

let checked: Env | undefined;

/**
 * The configuration, checked at its first use.
 * @throws when a variable is missing or malformed; the message names it and holds no value
 */
export function env(): Env {
  if (!checked) {
    // An empty variable is one that a shell or a form left unset.
    const given = Object.entries(process.env).filter(([, value]) => value !== "");
    const result = Env.safeParse(Object.fromEntries(given));
    if (!result.success) throw new Error(z.prettifyError(result.error));
    checked = result.data;
  }
  return checked;
}

/**
 * In production on a database of its own making `npm start` has made these; on a given one, which
 * other processes may share, no one but its owner can.
 * @throws when one is missing; the message says how to make it
 */
export function requireSecrets(): void {
  const { NODE_ENV, NEXTAUTH_SECRET, CRON_SECRET } = env();
  if (NODE_ENV !== "production") return;
  const missing = Object.entries({ NEXTAUTH_SECRET, CRON_SECRET })
    .filter(([, value]) => value === undefined)
    .map(([name]) => name);
  if (missing.length === 0) return;
  throw new Error(
    `${missing.join(" and ")} must be set when DATABASE_URL is given: \`openssl rand -base64 32\` makes one. Every process on this database needs the same.`,
  );
}

/**
 * The secret that signs what browsers carry.
 * @throws when none is set
 */
export function authSecret(): string {
  const secret = env().NEXTAUTH_SECRET;
  if (secret) return secret;
  throw new Error("NEXTAUTH_SECRET is not set: `openssl rand -base64 32` makes one.");
}
