type QueryValue = string | number | null | undefined;

/** An address with a query; what is empty is left out of it. */
export function withQuery(path: string, query: URLSearchParams | Record<string, QueryValue>) {
  if (query instanceof URLSearchParams) return query.size === 0 ? path : `${path}?${query}`;
  const given = Object.entries(query).map(([name, value]) => [name, String(value ?? "")]);
  return withQuery(path, new URLSearchParams(given.filter(([, value]) => value !== "")));
}

/** Says so much of a parameter, in its place in the query. */
export function setTexts(query: URLSearchParams, name: string, [text, ...more]: string[]): void {
  if (text === undefined) query.delete(name);
  else query.set(name, text);
  for (const another of more) query.append(name, another);
}

/** What an id or a code in an address names; an id counts first, as in the API. */
export const named = <T extends { id: number; code: string }>(
  all: readonly T[],
  text: string | null | undefined,
): T | undefined =>
  all.find(({ id }) => String(id) === text) ?? all.find(({ code }) => code === text);
