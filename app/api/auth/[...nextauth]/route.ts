import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { readBody } from "@/app/api/_http/body";
import { endpoint, type Handler, headersOf } from "@/app/api/_http/endpoint";
import { limitVisitor } from "@/app/api/_http/visitors";
import { notFound } from "@/lib/domain/problem";
import { nextAuthOptions } from "@/lib/server/auth/next-auth-options";

const MAX_BYTES = 16 * 1024;

/** What of next-auth is in use; its copy of the session is not. `error` leads to our own sign-in. */
const ACTIONS = ["csrf", "providers", "signin", "callback", "signout", "error"];

const authenticate: Handler = async ({ request, context }) => {
  limitVisitor(context);
  const { pathname } = new URL(request.url);
  const nextauth = pathname.split("/").filter(Boolean).slice(2);
  if (!ACTIONS.includes(nextauth[0] ?? "")) throw notFound("Path");
  const { method, headers, url } = request;
  const body = method === "POST" ? await readBody(request, MAX_BYTES) : undefined;
  const bounded = new NextRequest(url, { method, headers, body: body && new Uint8Array(body) });
  const params = Promise.resolve({ nextauth });
  return NextAuth(bounded, { params }, nextAuthOptions(headersOf(request)));
};

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  "/api/auth/[...nextauth]",
  {
    GET: authenticate,
    POST: authenticate,
  },
);
