import type { z } from "zod";
import { API_GATES, type ApiPath, type Gate } from "@/lib/domain/access/access";
import { fieldErrors, idIn, NoFields } from "@/lib/domain/values/fields";
import { invalidInput, notFound, Problem } from "@/lib/domain/values/problem";
import { admit } from "@/lib/server/auth/admit";
import type { HeaderReader } from "@/lib/server/auth/request-facts";
import type { Context } from "@/lib/server/context";
import { type Answer, answerProblem, contentTypeOf, textOf } from "@/lib/server/http/answer";
import { requireJson } from "@/lib/server/http/json";
import { METHODS, type Method } from "@/lib/server/http/methods";
import { runtime } from "@/lib/server/runtime";
import { readBody } from "./body";

const MAX_BODY_BYTES = 1024 * 1024;

/** A request as a route sees it: everything parsed or refused before a verb or read is called. */
export type Call = {
  request: Request;
  /** What verbs and reads take: database, actor, time. */
  context: Context;
  /** Parameters that it does not know are left aside. @throws Problem 400 that names those at fault */
  query<S extends z.ZodObject>(schema: S): z.infer<S>;
  /** @throws Problem 400, 413 or 415 */
  body<S extends z.ZodType>(schema: S): Promise<z.infer<S>>;
  /** The integer id in the path. @throws Problem 404, as no other text is an id */
  id(noun: string): number;
};

export type Handler = (call: Call) => Promise<Answer | Response>;
type RouteContext = { params: Promise<Record<string, string | string[] | undefined>> };
type Route = (request: Request, context: RouteContext) => Promise<Response>;
type Handlers<P extends ApiPath> = Record<keyof (typeof API_GATES)[P], Handler>;
/** Query parameters that calls that change something take; all others are refused. */
type Taken = { parameters: readonly string[] | "any" };

/**
 * Makes the exports of a route file. Who may call it stands in `API_GATES` alone: a method that is
 * not there can't have a handler. Every method is answered, those without a handler 405, and
 * whatever is thrown becomes a problem document. What changes something refuses parameters that it
 * does not take: a filter in the wrong place or misspelt would change more than was meant.
 */
export function endpoint<P extends ApiPath>(
  path: P,
  handlers: Handlers<P>,
  { parameters }: Taken = { parameters: [] },
): Record<Method, Route> {
  const gates: Partial<Record<Method, Gate>> = { ...API_GATES[path] };
  const all: Partial<Record<Method, Handler>> = { ...handlers };
  for (const method of METHODS) {
    const handler = all[method];
    const changes = method !== "GET" || gates.GET === "scheduler";
    if (handler && changes) all[method] = takingOnly(parameters, handler);
  }
  if (all.GET) [all.HEAD, gates.HEAD] = [all.GET, gates.GET];
  const allow = [...METHODS.filter((method) => all[method]), "OPTIONS"].join(", ");
  all.OPTIONS = async () => ({ status: 204, body: null, headers: { Allow: allow } });
  const refuse: Handler = async ({ request }) => {
    throw new Problem(405, `${request.method} is not allowed here.`, { headers: { Allow: allow } });
  };
  const otherwise = Object.values(gates).includes("anyone") ? "anyone" : "signed_in";
  const routes = METHODS.map((method) => [
    method,
    route(gates[method] ?? otherwise, all[method] ?? refuse),
  ]);
  return Object.fromEntries(routes) as Record<Method, Route>;
}

function takingOnly(parameters: Taken["parameters"], handler: Handler): Handler {
  if (parameters === "any") return handler;
  return (call) => {
    const given = [...new URL(call.request.url).searchParams.keys()];
    const unknown = given.filter((name) => !parameters.includes(name)).slice(0, 20);
    if (unknown.length === 0) return handler(call);
    throw invalidInput(Object.fromEntries(unknown.map((name) => [name, ["Unknown parameter."]])));
  };
}

/** The handler of a call that takes no body, which refuses one with fields in it. */
export function withoutBody(handler: Handler): Handler {
  return async (call) => {
    await call.body(NoFields);
    return handler(call);
  };
}

function route(gate: Gate, handler: Handler): Route {
  return async (request, { params }) => {
    let added: Record<string, string> = {};
    try {
      const now = new Date();
      const admitted = await admit(gate, request.method, headersOf(request), now);
      added = admitted.headers;
      const { actor } = admitted;
      const answer = await handler(callOf(request, await params, { actor, now }));
      return withHeaders(answer instanceof Response ? answer : toResponse(answer), added);
    } catch (error) {
      return withHeaders(toResponse(answerProblem(error)), added);
    }
  };
}

/** Reads the headers of a request. */
export const headersOf =
  ({ headers }: Request): HeaderReader =>
  (name) =>
    headers.get(name);

function withHeaders(response: Response, headers: Record<string, string>): Response {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

/** An answer as Next sends it. */
export function toResponse({ status, body, headers }: Answer): Response {
  const common = { "Cache-Control": "no-store", ...headers };
  if (body === null || body === undefined) return new Response(null, { status, headers: common });
  const type = { "Content-Type": contentTypeOf(status) };
  return new Response(textOf(body), { status, headers: { ...type, ...common } });
}

function callOf(
  request: Request,
  params: Record<string, string | string[] | undefined>,
  { actor, now }: Omit<Context, "db">,
): Call {
  return {
    request,
    get context() {
      return { db: runtime().db, actor, now };
    },
    query: (schema) => parseQuery(schema, new URL(request.url).searchParams),
    body: (schema) => parseBody(schema, request),
    id: (noun) => {
      const id = idIn(params.id);
      if (id === null) throw notFound(noun);
      return id;
    },
  };
}

function parseQuery<S extends z.ZodObject>(schema: S, given: URLSearchParams): z.infer<S> {
  const values: Record<string, string> = {};
  for (const name of Object.keys(schema.shape)) {
    const [first, ...more] = given.getAll(name);
    if (more.length > 0) throw invalidInput({ [name]: ["Given more than once."] });
    // An empty value means the same as none: forms send every field.
    if (first !== undefined && first !== "") values[name] = first;
  }
  return parse(schema, values);
}

async function parseBody<S extends z.ZodType>(schema: S, request: Request): Promise<z.infer<S>> {
  const body = await readBody(request, MAX_BODY_BYTES);
  // An optional body may be left out altogether, media type included.
  if (body.length === 0) return parse(schema, undefined);
  const { headers } = request;
  return parse(
    schema,
    requireJson({
      contentType: headers.get("content-type"),
      contentEncoding: headers.get("content-encoding"),
      body,
    }),
  );
}

function parse<S extends z.ZodType>(schema: S, input: unknown): z.infer<S> {
  const result = schema.safeParse(input);
  if (!result.success) throw invalidInput(fieldErrors(result.error));
  return result.data;
}
