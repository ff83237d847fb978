import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { applyPatches, changesIn, isPatched } from "@/scripts/lifecycle/patches.mjs";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const PATCH = `Why it is needed.

--- a/src/x.js
+++ b/src/x.js
@@ -1,3 +1,4 @@
 one
-two
+zwei
+drei
 four
@@ -9,2 +10,3 @@ function y
 nine

+ten
 eleven
`;
const ORIGINAL = "one\ntwo\nfour\nfive\nnine\n\neleven\n";
const PATCHED = "one\nzwei\ndrei\nfour\nfive\nnine\n\nten\neleven\n";

let root: string;
const source = () => readFile(path.join(root, "node_modules/x/src/x.js"), "utf8");
async function write(file: string, text: string) {
  await mkdir(path.dirname(path.join(root, file)), { recursive: true });
  await writeFile(path.join(root, file), text);
}
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "smart-parking-patches-"));
  const made = root;
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  await write("node_modules/x/package.json", JSON.stringify({ name: "x", version: "1.2.3" }));
  await write("node_modules/x/src/x.js", ORIGINAL);
  await write("patches/x@1.2.3.patch", PATCH);
});

describe("a package that was installed without scripts", () => {
  test("is patched once, however often it is asked for", async () => {
    expect(await isPatched(root)).toBe(false);
    for (let time = 1; time <= 2; time++) {
      await applyPatches(root);
      expect(await source()).toBe(PATCHED);
      expect(await isPatched(root)).toBe(true);
    }
  });

  test("is patched by a patch that was checked out with the line ends of Windows", async () => {
    await write("patches/x@1.2.3.patch", PATCH.replaceAll("\n", "\r\n"));
    await applyPatches(root);
    expect(await source()).toBe(PATCHED);
  });

  test("is finished when an earlier start was killed on the way", async () => {
    await write("node_modules/x/src/x.js", ORIGINAL.replace("two", "zwei\ndrei"));
    expect(await isPatched(root)).toBe(false);
    await applyPatches(root);
    expect(await source()).toBe(PATCHED);
  });
});

test.each([
  ["another version", "node_modules/x/package.json", '{ "version": "1.2.4" }', "is for x 1.2.3"],
  ["other lines", "node_modules/x/src/x.js", ORIGINAL.replace("four", "vier"), "does not fit"],
  ["the same lines twice", "node_modules/x/src/x.js", ORIGINAL + ORIGINAL, "does not fit"],
])("%s is refused in words and left as it is", async (_, file, text, words) => {
  await write(file, text);
  const before = await source();
  expect(await isPatched(root)).toBe(false);
  await expect(applyPatches(root)).rejects.toThrow(words);
  expect(await source()).toBe(before);
});

test("both builds of the database driver get the same corrections", async () => {
  const patch = await readFile(path.join(ROOT, "patches/postgres@3.4.9.patch"), "utf8");
  const changes = new Map(changesIn(patch).map(({ file, hunks }) => [file, hunks]));
  expect([...changes.keys()].sort()).toEqual([
    ...["cjs/src/connection.js", "cjs/src/index.js", "src/connection.js", "src/index.js"],
  ]);
  for (const file of ["src/connection.js", "src/index.js"]) {
    expect(changes.get(`cjs/${file}`)).toEqual(changes.get(file));
  }
  expect(await isPatched(ROOT)).toBe(true);
});
