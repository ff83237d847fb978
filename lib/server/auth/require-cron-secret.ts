import { createHash, timingSafeEqual } from "node:crypto";
import { Problem } from "@/lib/domain/values/problem";
import { env } from "@/lib/env";

const digest = (text: string) => createHash("sha256").update(text).digest();

/**
 * Lets only the scheduler pass.
 * @param authorization the request's Authorization header
 * @throws Problem 401 for any other, and for all while no CRON_SECRET is set
 */
export function requireCronSecret(authorization: string | null): void {
  const secret = env().CRON_SECRET;
  const given = authorization?.match(/^Bearer (.+)$/i)?.[1];
  if (secret && given && timingSafeEqual(digest(given), digest(secret))) return;
  const detail = secret
    ? "Send the scheduler's secret as a bearer token."
    : "CRON_SECRET is not set.";
  throw new Problem(401, detail, { headers: { "WWW-Authenticate": "Bearer" } });
}
