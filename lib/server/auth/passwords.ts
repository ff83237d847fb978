import { hash, verify } from "@node-rs/argon2";
import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import * as common from "@zxcvbn-ts/language-common";
import { invalidInput, Problem } from "@/lib/domain/values/problem";

/** OWASP's parameters for Argon2id, which is this library's default kind: 19 MiB, two passes. */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** At a score of 2 of 4 a password withstands online guessing; below, it is on the lists. */
const LEAST_SCORE = 2;
/** Longer ones are judged by their beginning: the estimate takes quadratic time. */
const JUDGED_LENGTH = 64;

const MAX_WAITING = 50;
let waiting = 0;
let last: Promise<unknown> = Promise.resolve();

/**
 * One password after the other: hashing takes a core for 30 ms, which readings need more, and
 * guesses at one account can't overtake its lock.
 * @throws Problem 503 when too many wait
 */
export function inPasswordTurn<T>(work: () => Promise<T>): Promise<T> {
  if (waiting >= MAX_WAITING) {
    throw new Problem(503, "Too many sign-ins at once. Try again shortly.", {
      headers: { "Retry-After": "2" },
    });
  }
  waiting += 1;
  const run = last.then(work).finally(() => {
    waiting -= 1;
  });
  last = run.catch(() => {});
  return run;
}

/** What is stored of a password. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, ARGON2);
}

let hashOfNobody: Promise<string> | undefined;

/** Whether a password is the one of a hash. Without any it takes as long, and the answer is no. */
export async function isPassword(password: string, storedHash: string | null): Promise<boolean> {
  hashOfNobody ??= hashPassword("the password of nobody");
  const right = await verify(storedHash ?? (await hashOfNobody), password);
  return right && storedHash !== null;
}

let estimator: ZxcvbnFactory | undefined;

/**
 * Refuses passwords from the lists of breached ones, and what is built of them or of the user's own
 * names.
 * @param field names the password in the problem
 * @throws Problem 400
 */
export function requireStrongPassword(field: string, password: string, own: string[]): void {
  estimator ??= new ZxcvbnFactory({
    dictionary: common.dictionary,
    graphs: common.adjacencyGraphs,
  });
  const words = own.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]).filter(Boolean);
  const { score } = estimator.check(password.slice(0, JUDGED_LENGTH), words);
  if (score >= LEAST_SCORE) return;
  throw invalidInput({
    [field]: ["Too easy to guess: it is based on a common password."],
  });
}
