"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { createContext, useContext, useEffect, useRef, useTransition } from "react";
import { setTexts, withQuery } from "./query";

/** What changes in the query of the address: null takes a parameter out. */
export type QueryChanges = Record<string, string | string[] | null>;

type Navigation = {
  /** Whether the page of the newest address is still on its way. */
  pending: boolean;
  go(changes: QueryChanges, options?: { replace?: boolean }): void;
};

const NavigationContext = createContext<Navigation>({ pending: false, go: () => {} });

type QueryNavigationProps = {
  /** Asked before the page is left: false keeps what is shown. */
  mayLeave?: () => Promise<boolean>;
  children: React.ReactNode;
};

/** Lets controls change the address without losing the page that is shown meanwhile. */
export function QueryNavigation({ mayLeave, children }: QueryNavigationProps) {
  const router = useRouter();
  const pathname = usePathname();
  const query = useSearchParams();
  const [pending, startNavigation] = useTransition();
  // A change while a page is on its way goes on from that page's address, not from the one in view.
  const asked = useRef<URLSearchParams>(query);
  useEffect(() => {
    asked.current = query;
  }, [query]);
  const go: Navigation["go"] = (changes, { replace = false } = {}) => {
    startNavigation(async () => {
      if (mayLeave && !(await mayLeave())) return;
      asked.current = queryOf(asked.current, changes);
      const address = withQuery(pathname, asked.current);
      startNavigation(() => router[replace ? "replace" : "push"](address, { scroll: false }));
    });
  };
  return <NavigationContext value={{ pending, go }}>{children}</NavigationContext>;
}

type NavigationOf<View> = Omit<Navigation, "go"> & {
  go(changes: { [K in keyof View]?: QueryChanges[string] }, options?: { replace?: boolean }): void;
};

/** Changes the parameters of a page, those of its view where it is named. */
export function useQueryNavigation<View = QueryChanges>(): NavigationOf<View> {
  return useContext(NavigationContext) as NavigationOf<View>;
}

type QueryLinkProps = Omit<React.ComponentProps<"a">, "href"> & { changes: QueryChanges };

/** A link to the same page with another query. */
export function QueryLink({ changes, onClick, ...rest }: QueryLinkProps) {
  const pathname = usePathname();
  const query = useSearchParams();
  const { go } = useQueryNavigation();
  return (
    <a
      {...rest}
      href={withQuery(pathname, queryOf(query, changes))}
      onClick={(event) => {
        onClick?.(event);
        // Another tab or window is the browser's business.
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        go(changes);
      }}
    />
  );
}

function queryOf(query: URLSearchParams, changes: QueryChanges): URLSearchParams {
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    setTexts(next, name, [value ?? []].flat());
  }
  return next;
}
