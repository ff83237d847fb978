import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isBuilt, sourceHash } from "@/scripts/lifecycle/build.mjs";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "smart-parking-build-"));
  for (const folder of ["app/api", "lib", "db/embedded", "scripts"]) {
    await mkdir(path.join(root, folder), { recursive: true });
  }
  await put("app/page.tsx", "page");
  await put("next.config.mjs", "config");
});
afterEach(() => rm(root, { recursive: true, force: true }));

const put = (file: string, text: string) => writeFile(path.join(root, file), text);

test.each([
  ["app/page.tsx", true],
  ["app/api/route.ts", true],
  ["lib/rule.ts", true],
  ["next.config.mjs", true],
  ["package-lock.json", true],
  [".env.local", true],
  ["README.md", false],
  ["next-env.d.ts", false],
  ["scripts/replay.ts", false],
  ["db/embedded/ports.ts", false],
])("a change of %s makes the build stale: %s", async (file, stale) => {
  const before = await sourceHash(root);
  await put(file, "changed");
  expect((await sourceHash(root)) !== before).toBe(stale);
});

test("a file that only moves makes the build stale", async () => {
  const before = await sourceHash(root);
  await rename(path.join(root, "app/page.tsx"), path.join(root, "app/other.tsx"));
  expect(await sourceHash(root)).not.toBe(before);
});

test("a build that was killed half-way is not taken for one", async () => {
  await mkdir(path.join(root, ".next"));
  await put(".next/smart-parking-build", await sourceHash(root));
  expect(await isBuilt(root)).toBe(false);
  await put(".next/BUILD_ID", "x");
  expect(await isBuilt(root)).toBe(true);
});
