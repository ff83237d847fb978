import { isDate } from "@/lib/domain/values/dates";
import {
  CODE_LENGTH,
  hasAtMost,
  isPlainText,
  isSearchable,
  SEARCH_LENGTH,
} from "@/lib/domain/values/plain-text";
import { invalidInput } from "@/lib/domain/values/problem";
import { setTexts, withQuery } from "./query";

// Written without zod, which the browser would have to fetch: pages and controls share these.

/** The query of an address as Next gives it to a page. */
export type PageQuery = Record<string, string | string[] | undefined>;

/** One parameter of an address. What makes no sense there is read as if it were left out. */
export type Parameter<T> = {
  /** How the address calls it, where that is not its name in the view. */
  name?: string;
  read(texts: string[], name: string): T;
  /** None for what holds without it. */
  write(value: T): string[];
};

// biome-ignore lint/suspicious/noExplicitAny: any type of value will do
type Shape = Record<string, Parameter<any>>;
type Values<S extends Shape> = { [K in keyof S]: ReturnType<S[K]["read"]> };
type OptionalKeys<V> = { [K in keyof V]: undefined extends V[K] ? K : never }[keyof V];
type View<V> = Omit<V, OptionalKeys<V>> & Partial<Pick<V, OptionalKeys<V>>>;

/** What an address can ask a page to show, by its schema. */
export type ViewOf<A extends { read: (query: PageQuery) => unknown }> = ReturnType<A["read"]>;

/** The parameters of a page: reads them from its address, and writes them into it. */
export function addressView<S extends Shape>(path: string, shape: S) {
  type Shown = { [K in keyof View<Values<S>>]: View<Values<S>>[K] };
  const parameters = Object.entries(shape).map(([key, parameter]) => ({
    ...{ key, parameter, name: parameter.name ?? key },
  }));
  const changes = (view: Partial<Values<S>>): Record<string, string[]> =>
    Object.fromEntries(
      parameters
        .filter(({ key }) => key in view)
        .map(({ key, parameter, name }) => [name, parameter.write(view[key])]),
    );
  const write = (query: URLSearchParams, view: Partial<Values<S>>): URLSearchParams => {
    const next = new URLSearchParams(query);
    for (const [name, texts] of Object.entries(changes(view))) setTexts(next, name, texts);
    return next;
  };
  return {
    read(query: PageQuery | URLSearchParams): Shown {
      const textsOf = (name: string) =>
        query instanceof URLSearchParams ? query.getAll(name) : [query[name] ?? []].flat();
      return Object.fromEntries(
        parameters.map(({ key, parameter, name }) => [key, parameter.read(textsOf(name), name)]),
      ) as Shown;
    },
    /** What is given of the view, as the address says it. */
    changes,
    /** Changes what is given of the view, and leaves alone what else a query says. */
    write,
    /** The address of the page with such a view. */
    address: (view: Partial<Values<S>>) => withQuery(path, write(new URLSearchParams(), view)),
  };
}

/** A parameter with one text, or none. */
function single<T, N>(
  parse: (text: string) => T | undefined,
  none: N,
  format: (value: T) => string = String,
): Parameter<T | N> {
  return {
    read: ([text = ""]) => (text === "" ? undefined : parse(text)) ?? none,
    write: (value) => (value === none ? [] : [format(value as T)]),
  };
}

/** One of these words; `none` without it, and not written then. */
export const oneOf = <const T extends string, const N extends string | null | undefined>(
  words: readonly T[],
  none: N,
) => single((text) => words.find((word) => word === text), none);

/** Any of these words, with commas between them. */
export const someOf = <const T extends string>(words: readonly T[]): Parameter<T[]> => ({
  read: ([text = ""]) => words.filter((word) => text.split(",").includes(word)),
  write: (value) => (value.length > 0 ? [value.join(",")] : []),
});

/** A yes, said with this word. */
export const flag = (word: string): Parameter<boolean> => ({
  read: ([text]) => text === word,
  write: (value) => (value ? [word] : []),
});

/** A text as it was typed. */
export const anyText = <N>(none: N) => single((text) => text, none);

/** What a list is searched for in codes and names. */
export const search = () =>
  single((text) => {
    const wanted = text.trim();
    const fits = wanted !== "" && hasAtMost(wanted, SEARCH_LENGTH) && isSearchable(wanted);
    return fits ? wanted : undefined;
  }, undefined);

/** An id or a code, which nothing need have. */
export const code = () =>
  single((text) => {
    const sought = text.trim().normalize();
    const fits = sought !== "" && hasAtMost(sought, CODE_LENGTH) && isPlainText(sought);
    return fits ? sought : undefined;
  }, undefined);

/** A calendar date, within these where they are given. */
export const date = (earliest = "0001-01-01", latest = "9999-12-31") =>
  single(
    (text) => (isDate(text) && earliest <= text && text <= latest ? text : undefined),
    undefined,
  );

/** A whole number of at most so many digits. */
export const whole = <N>(digits: number, none: N) =>
  single((text) => (/^\d+$/.test(text) && text.length <= digits ? Number(text) : undefined), none);

/** Any number of texts: those of this form, the last of them where there are more. */
export const texts = (form: RegExp, most = Number.POSITIVE_INFINITY): Parameter<string[]> => ({
  read: (given) => given.filter((text) => form.test(text)).slice(-most),
  write: (value) => value,
});

export type Sort<C extends string> = { column: C; descending: boolean };

/** The column that a list is sorted by, with "-" before it turned round. */
export function sortedBy<const C extends string, N extends Sort<C> | null>(
  columns: readonly C[],
  none: N,
): Parameter<Sort<C> | N> {
  const format = (sort: Sort<C>) => `${sort.descending ? "-" : ""}${sort.column}`;
  const parse = (text: string): Sort<C> | undefined => {
    const column = columns.find((id) => id === text.replace(/^-/, ""));
    return column && { column, descending: text.startsWith("-") };
  };
  const { read } = single(parse, none);
  const unsaid = none && format(none);
  return {
    read,
    write: (sort) => (sort === null || format(sort) === unsaid ? [] : [format(sort)]),
  };
}

/** A parameter that is called differently in the address. */
export const called = <T>(name: string, parameter: Parameter<T>): Parameter<T> => ({
  ...{ ...parameter, name },
});

/**
 * A parameter that can't be ignored where it makes no sense.
 * @throws Problem 400 that names it
 */
export const required = <T>(
  parameter: Parameter<T | undefined>,
  reason: (text: string) => string,
): Parameter<T | undefined> => ({
  write: parameter.write,
  read(given, name) {
    const [text = ""] = given;
    const value = parameter.read(given, name);
    if (value === undefined && text !== "") throw invalidInput({ [name]: [reason(text)] });
    return value;
  },
});
