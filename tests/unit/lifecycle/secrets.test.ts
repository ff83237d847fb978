import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { keptCronSecret } from "@/scripts/lifecycle/secrets.mjs";

async function project() {
  const root = await mkdtemp(path.join(tmpdir(), "smart-parking-secrets-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  return root;
}

test("the scheduler's secret is made once, and only its owner can read it", async () => {
  const root = await project();
  const secret = await keptCronSecret(root);
  expect(secret.length).toBeGreaterThan(40);
  expect(await keptCronSecret(root)).toBe(secret);
  expect((await stat(path.join(root, ".data/secrets.json"))).mode & 0o777).toBe(0o600);
});

test("a damaged secrets file is said, not overwritten", async () => {
  const root = await project();
  await keptCronSecret(root);
  await writeFile(path.join(root, ".data/secrets.json"), "{");
  await expect(keptCronSecret(root)).rejects.toThrow("is damaged");
});
