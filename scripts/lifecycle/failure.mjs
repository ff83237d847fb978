const secrets = new Set();

/** An error whose message is all that a person needs: what is wrong, and what to do. */
export class Failure extends Error {}

/**
 * Keeps a value out of everything that is printed from now on.
 * @param {string | undefined} value
 */
export function keepSecret(value) {
  // Shorter ones would blank out half of every message.
  if (value && value.length >= 4) secrets.add(value);
}

/**
 * Keeps a connection string and its password, plain and percent-encoded, out of what is printed.
 * @param {string} databaseUrl
 */
export function keepUrlSecret(databaseUrl) {
  keepSecret(databaseUrl);
  const encoded = /:\/\/[^:@/]*:([^@]*)@/.exec(databaseUrl)?.[1];
  keepSecret(encoded);
  try {
    keepSecret(encoded && decodeURIComponent(encoded));
  } catch {
    // Not percent-encoded: the plain form is kept already.
  }
}

/** @param {string} text */
export function redact(text) {
  let shown = text;
  for (const secret of [...secrets].sort((a, b) => b.length - a.length)) {
    shown = shown.replaceAll(secret, "***");
  }
  return shown.replace(/(\w+:\/\/[^\s:@/]*):[^\s@/]+@/g, "$1:***@");
}

/**
 * One paragraph for a person; with DEBUG set the stack and the cause as well.
 * @param {unknown} error
 */
export function describe(error) {
  const paragraph = messageOf(error);
  if (!process.env.DEBUG || !(error instanceof Error)) return redact(paragraph);
  const cause = error.cause instanceof Error ? `\nCaused by: ${error.cause.stack}` : "";
  return redact(`${paragraph}\n\n${error.stack}${cause}`);
}

/** @param {unknown} error */
function messageOf(error) {
  if (error instanceof AggregateError && !error.message) {
    return error.errors.map((one) => one.message).join("; ");
  }
  if (error instanceof Error) return error.message || error.name;
  return String(error);
}

/**
 * What an error of the database given in DATABASE_URL means for who set it.
 * @param {unknown} error
 * @param {string} databaseUrl
 */
export function databaseFailure(error, databaseUrl) {
  const { code } = /** @type {{ code?: string }} */ (error ?? {});
  const where = placeOf(databaseUrl);
  const known = {
    ECONNREFUSED: `No Postgres answers at ${where}. Is it running, and is DATABASE_URL right?`,
    CONNECT_TIMEOUT: `The Postgres at ${where} does not answer. Is DATABASE_URL right?`,
    ENOTFOUND: `There is no host named as in DATABASE_URL (${where}).`,
    "28P01": `The Postgres at ${where} refused the user or password in DATABASE_URL.`,
    28000: `The Postgres at ${where} does not let the user in DATABASE_URL in.`,
    "3D000": `The Postgres at ${where} has no database of the name in DATABASE_URL: create it first.`,
    42501: `The user in DATABASE_URL may not create tables: make it the owner of the database.`,
  };
  const text = known[/** @type {keyof typeof known} */ (code)];
  return new Failure(text ?? `The database at ${where} could not be used: ${messageOf(error)}`, {
    cause: error,
  });
}

/** @param {string} databaseUrl */
function placeOf(databaseUrl) {
  try {
    const { hostname, port } = new URL(databaseUrl);
    return `${hostname}:${port || 5432}`;
  } catch {
    return "the address in DATABASE_URL";
  }
}
