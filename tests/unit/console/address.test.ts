import { describe, expect, test } from "vitest";
import {
  addressView,
  called,
  code,
  date,
  flag,
  oneOf,
  required,
  search,
  someOf,
  sortedBy,
  texts,
  whole,
} from "@/app/_ui/addresses/address";
import { named, withQuery } from "@/app/_ui/addresses/query";
import { CodeSought, LocalDate } from "@/lib/domain/values/fields";
import { Search } from "@/lib/domain/values/filters";

const view = addressView("/things", {
  facility: code(),
  search: search(),
  state: oneOf(["open", "closed"], "open"),
  alerting: called("alerts", flag("open")),
  sort: sortedBy(["name", "age"], { column: "age", descending: true }),
  hidden: someOf(["a", "b", "c"]),
  page: whole(3, 0),
  after: texts(/^\d+$/, 2),
});

const EMPTY = {
  ...{ facility: undefined, search: undefined, state: "open", alerting: false },
  ...{ sort: { column: "age", descending: true }, hidden: [], page: 0, after: [] },
};

describe("the address of a page", () => {
  test("is read as if what makes no sense were left out", () => {
    expect(view.read({})).toEqual(EMPTY);
    expect(
      view.read({
        ...{ facility: " ", search: "  ", state: "gone", alerts: "closed", sort: "-size" },
        ...{ hide: "z", page: "1000", after: ["x", ""] },
      }),
    ).toEqual(EMPTY);
  });

  test("is read alike by the server and in the browser", () => {
    const query = "facility=+A1+&search=x&state=closed&alerts=open&sort=-name&hidden=c,a&page=7";
    const given = new URLSearchParams(`${query}&after=1&after=2&after=3`);
    const read = view.read(given);
    expect(read).toEqual({
      ...{ facility: "A1", search: "x", state: "closed", alerting: true, page: 7 },
      ...{ sort: { column: "name", descending: true }, hidden: ["a", "c"], after: ["2", "3"] },
    });
    const names = [...new Set(given.keys())];
    expect(view.read(Object.fromEntries(names.map((name) => [name, given.getAll(name)])))).toEqual(
      read,
    );
    expect(view.read(view.write(new URLSearchParams(), read))).toEqual(read);
  });

  test("says nothing of what holds without it, and keeps what else it says", () => {
    expect(view.address(view.read({}))).toBe("/things");
    expect(view.address({ state: "closed", after: ["1", "2"] })).toBe(
      "/things?state=closed&after=1&after=2",
    );
    const query = new URLSearchParams("state=closed&other=1&page=2");
    expect(String(view.write(query, { state: "open" }))).toBe("other=1&page=2");
    expect(String(view.write(query, { page: 3 }))).toBe("state=closed&other=1&page=3");
  });

  test("is refused where a parameter can't be ignored", () => {
    const strict = addressView("/", { date: required(date(), () => "Must be a date.") });
    expect(strict.read({ date: "" })).toEqual({ date: undefined });
    expect(strict.read({ date: "2024-02-29" })).toEqual({ date: "2024-02-29" });
    expect(() => strict.read({ date: "2023-02-29" })).toThrow(
      expect.objectContaining({ status: 400, options: { errors: { date: ["Must be a date."] } } }),
    );
  });
});

test.each([
  ...["2024-02-29", "2023-02-29", "2023-04-31", "2023-13-01", "2023-1-1", "0000-01-01"],
  ...["0001-01-01", "9999-12-31", "yesterday", "2023-01-01T00:00:00Z", "-2023-01-01"],
])("a page takes %j for a date where the API does", (text) => {
  expect(date().read([text], "date")).toBe(LocalDate.safeParse(text).data);
});

test.each(["A1", " A1 ", "A\u0301", "x".repeat(128), "x".repeat(129), "😀".repeat(128), "\ud800"])(
  "a page takes %j for a code, and for a search, where the API does",
  (text) => {
    expect(code().read([text], "code")).toBe(CodeSought.safeParse(text).data);
    expect(search().read([text], "search")).toBe(Search.safeParse(text).data);
  },
);

test.each(["a\u0000b", "a\nb", "x".repeat(200), "x".repeat(201), "  "])(
  "a page searches for %j where the API does",
  (text) => {
    expect(search().read([text], "search")).toBe(Search.safeParse(text).data);
    expect(code().read([text], "code")).toBe(CodeSought.safeParse(text).data);
  },
);

test("an address without a query has no question mark", () => {
  expect(withQuery("/x", {})).toBe("/x");
  expect(withQuery("/x", { a: undefined, b: null, c: "" })).toBe("/x");
  expect(withQuery("/x", { a: 1, b: "é&" })).toBe("/x?a=1&b=%C3%A9%26");
});

test("an id names before a code", () => {
  const all = [
    { id: 1, code: "2" },
    { id: 2, code: "B" },
  ];
  expect(named(all, "2")).toBe(all[1]);
  expect(named(all, "B")).toBe(all[1]);
  expect(named(all, "C")).toBeUndefined();
  expect(named(all, null)).toBeUndefined();
});
