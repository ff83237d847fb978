import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isInstalled } from "@/scripts/lifecycle/dependencies.mjs";

type Packages = Record<string, Record<string, unknown>>;
let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "smart-parking-install-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const foreign = { os: [process.platform === "win32" ? "linux" : "win32"], cpu: [process.arch] };
const native = { os: [process.platform], cpu: [process.arch] };

async function project(wanted: Packages, installed: Packages | undefined, onDisk = installed) {
  const lock = { packages: { "": { name: "x" }, ...wanted } };
  await writeFile(path.join(root, "package-lock.json"), JSON.stringify(lock));
  if (!installed) return;
  for (const folder of Object.keys(onDisk ?? {})) {
    await mkdir(path.join(root, folder), { recursive: true });
    await writeFile(path.join(root, folder, "package.json"), "{}");
  }
  await mkdir(path.join(root, "node_modules"), { recursive: true });
  const hidden = path.join(root, "node_modules", ".package-lock.json");
  await writeFile(hidden, JSON.stringify({ packages: installed }));
}

const zod = { "node_modules/zod": { version: "4.0.0" } };
const cases: [name: string, wanted: Packages, installed: Packages | undefined, ok: boolean][] = [
  ["no node_modules at all", zod, undefined, false],
  ["the same versions", zod, zod, true],
  ["another version", zod, { "node_modules/zod": { version: "3.9.0" } }, false],
  ["a package that is missing", zod, {}, false],
  [
    "another platform's build missing",
    { "node_modules/b": { optional: true, ...foreign } },
    {},
    true,
  ],
  ["this platform's build missing", { "node_modules/b": { optional: true, ...native } }, {}, false],
  [
    "a part of another platform's build missing",
    { "node_modules/w": { optional: true } },
    {},
    true,
  ],
  ["a package more than asked for", {}, zod, true],
];

test.each(cases)("%s: an install is needed or not, as it should", async (_, wanted, has, ok) => {
  await project(wanted, has);
  expect(await isInstalled(root)).toBe(ok);
});

test("a package that was removed by hand is noticed", async () => {
  await project(zod, zod, {});
  expect(await isInstalled(root)).toBe(false);
});
