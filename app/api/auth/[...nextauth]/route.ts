import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { readBody } from "@/app/api/_http/body";
import { endpoint, type Handler, headersOf } from "@/app/api/_http/endpoint";
import { limitVisitor } from "@/app/api/_http/visitors";
import {
  callbacksIn,
  requireAuthCall,
  requireOwnCallback,
} from "@/lib/server/auth/next-auth-calls";
import { nextAuthOptions } from "@/lib/server/auth/next-auth-options";
import { originOf } from "@/lib/server/auth/request-facts";

const MAX_BYTES = 16 * 1024;

const authenticate: Handler = async ({ request, context }) => {
  limitVisitor(context);
  const { headers, url } = request;
  const method = request.method === "POST" ? "POST" : "GET";
  const { pathname, searchParams } = new URL(url);
  const nextauth = pathname.split("/").filter(Boolean).slice(2);
  requireAuthCall(method, nextauth.join("/"));
  const body = method === "POST" ? await readBody(request, MAX_BYTES) : null;
  const callbacks = [...searchParams.getAll("callbackUrl"), ...(body ? callbacksIn(body) : [])];
  const header = headersOf(request);
  requireOwnCallback(callbacks, originOf(header));
  const bounded = new NextRequest(url, { method, headers, body: body && new Uint8Array(body) });
  const params = Promise.resolve({ nextauth });
  return NextAuth(bounded, { params }, nextAuthOptions(header));
};

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  "/api/auth/[...nextauth]",
  {
    GET: authenticate,
    POST: authenticate,
  },
  { parameters: "any" },
);
