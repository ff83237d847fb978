/** Errors, by field: the `errors` of a problem document. */
export type FieldErrors = Record<string, string[]>;

/** RFC 9457 problem document, the body of every error answer. */
export type ProblemDocument = {
  type: string;
  title: string;
  status: number;
  detail: string;
  errors?: FieldErrors;
};

const TITLES: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

/** @returns the problem document for an HTTP status; `detail` is shown to the caller as it is */
export function problemDocument(
  status: number,
  detail: string,
  errors?: FieldErrors,
): ProblemDocument {
  const title = TITLES[status] ?? "Error";
  return { type: "about:blank", title, status, detail, ...(errors ? { errors } : {}) };
}

const PROBLEM = Symbol.for("smart-parking.problem");

/** Thrown where a request can't be served; glue turns it into a problem document. */
export class Problem extends Error {
  /** The server and Next load this file separately, so a mark tells problems apart, not `instanceof`. */
  readonly [PROBLEM] = true;

  constructor(
    readonly status: number,
    readonly detail: string,
    readonly options: { errors?: FieldErrors; headers?: Record<string, string> } = {},
  ) {
    super(detail);
  }

  document(): ProblemDocument {
    return problemDocument(this.status, this.detail, this.options.errors);
  }
}

export function isProblem(error: unknown): error is Problem {
  return typeof error === "object" && error !== null && PROBLEM in error;
}

/** 400 that names the fields at fault. */
export function invalidInput(errors: FieldErrors): Problem {
  const fields = Object.keys(errors).join(", ");
  return new Problem(400, `Invalid input: ${fields}.`, { errors });
}

/** 404 for a noun such as "Alert". */
export function notFound(noun: string): Problem {
  return new Problem(404, `${noun} not found.`);
}

/** 409 that says what stands in the way. */
export function conflict(detail: string, errors?: FieldErrors): Problem {
  return new Problem(409, detail, { errors });
}
