import { notFound } from "next/navigation";
import { Suspense } from "react";
import type { PageQuery } from "@/app/_ui/addresses/address";
import { DatabaseAway } from "@/app/_ui/notices/database-away";
import { idIn } from "@/lib/domain/values/fields";
import { notFound as noSuchThing, type Problem } from "@/lib/domain/values/problem";
import { readPage } from "./read-or-away";

/** What an address names although it does not exist for the viewer. */
export type Nowhere = {
  /** The parameter; empty where it is the path. */
  name: string;
  given: string;
  detail: string;
};

export type Parts<Opened, Params, View, Loaded> = {
  /** The parameters of its address; pages that have none leave them out. */
  view?: { read(query: PageQuery): View };
  /** Reads what it shows. @throws Problem where the address names nothing: see `nowhere` */
  load?(opened: Opened, view: View, params: Params): Promise<Loaded>;
  show(page: Opened & { view: View; loaded: Loaded }): React.ReactNode | Promise<React.ReactNode>;
  /** Shown while it loads. Without it nothing is sent before, and a 404 still has its status. */
  fallback?: React.ReactNode;
  /** While the database is away; the usual notice without it. */
  away?(view: View): React.ReactNode;
  /** Where the address names nothing; without it that is a page that does not exist. */
  nowhere?(named: Nowhere): React.ReactNode;
};

/** The id in a path. @throws Problem 404 where it is none */
export function idOf({ id: text }: { id: string }): number {
  const id = idIn(text);
  if (id === null) throw noSuchThing("Page");
  return id;
}

export type PageProps<Params> = { params: Promise<Params>; searchParams: Promise<PageQuery> };

type Asked<Opened, Params, View, Loaded> = {
  parts: Parts<Opened, Params, View, Loaded>;
  opened: Opened;
  view: View;
  params: Params;
  query: PageQuery;
};

async function Content<O, P, V, L>({ parts, opened, view, params, query }: Asked<O, P, V, L>) {
  const read = await readPage(async () => parts.load?.(opened, view, params) as Promise<L>);
  if (read.kind === "nowhere") return noSuch(parts, read.problem, query);
  if (read.kind === "away") return parts.away?.(view) ?? <DatabaseAway />;
  return parts.show({ ...opened, view, loaded: read.value });
}

function noSuch(
  { nowhere }: Pick<Parts<never, never, never, never>, "nowhere">,
  problem: Problem,
  query: PageQuery,
) {
  if (!nowhere && problem.status === 404) return notFound();
  if (!nowhere) throw problem;
  const [[name, details] = ["", []]] = Object.entries(problem.options.errors ?? {});
  const given = [query[name]].flat()[0] ?? "";
  return nowhere({ name, given, detail: details.join(" ") || problem.detail });
}

/** A page that opens, reads its address, loads and shows, in that order. */
export function pageOf<O, P, V, L>(open: () => Promise<O | null>, parts: Parts<O, P, V, L>) {
  return async ({ params, searchParams }: PageProps<P>) => {
    // First of all: who may not open the page is answered 403, and learns nothing else.
    const opened = await open();
    const query = await searchParams;
    const asked = await readPage(async () => parts.view?.read(query) as V);
    if (asked.kind === "nowhere") return noSuch(parts, asked.problem, query);
    const view = (asked.kind === "read" ? asked.value : undefined) as V;
    if (!opened) return parts.away?.(view) ?? <DatabaseAway />;
    const content = { parts, opened, view, params: await params, query };
    if (!parts.fallback) return Content(content);
    return (
      <Suspense fallback={parts.fallback}>
        <Content {...content} />
      </Suspense>
    );
  };
}
