import { endpoint, type Handler } from "@/app/api/_http/endpoint";
import { notFound } from "@/lib/domain/values/problem";

const nowhere: Handler = async () => {
  throw notFound("Path");
};

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  "/api/[[...path]]",
  {
    GET: nowhere,
    POST: nowhere,
    PUT: nowhere,
    PATCH: nowhere,
    DELETE: nowhere,
  },
  { parameters: "any" },
);
