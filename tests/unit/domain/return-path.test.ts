import { describe, expect, test } from "vitest";
import { returnPath } from "@/lib/domain/access/return-path";

describe("where to go after sign-in", () => {
  test.each([
    ["/users?status=active", "/users?status=active"],
    ["/?date=2024-05-14&_rsc=1abc", "/?date=2024-05-14"],
    ["/a/../keys", "/keys"],
  ])("%s stays on this site, as %s", (given, path) => {
    expect(returnPath(given)).toBe(path);
  });

  test.each([
    ...["", null, undefined, "users", "https://evil.example/", "//evil.example", "/\\evil.example"],
    ...["/\t/evil.example", "/.//evil.example", "/a/..//evil.example", "/%2e//evil.example"],
    ...["javascript:alert(1)", "/sign-in?next=/users"],
  ])("%s leads to the start page", (given) => {
    expect(returnPath(given)).toBe("/");
  });
});
