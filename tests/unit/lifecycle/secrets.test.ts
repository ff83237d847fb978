import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { keptSecrets } from "@/scripts/lifecycle/secrets.mjs";

async function dataFolder() {
  const data = await mkdtemp(path.join(tmpdir(), "smart-parking-secrets-"));
  onTestFinished(() => rm(data, { recursive: true, force: true }));
  return data;
}

test("the secrets are made once, and only their owner can read them", async () => {
  const data = await dataFolder();
  const secrets = await keptSecrets(data);
  const { CRON_SECRET, NEXTAUTH_SECRET, ...others } = secrets;
  expect(others).toEqual({});
  for (const secret of [CRON_SECRET, NEXTAUTH_SECRET]) expect(secret.length).toBeGreaterThan(40);
  expect(NEXTAUTH_SECRET).not.toBe(CRON_SECRET);
  expect(await keptSecrets(data)).toEqual(secrets);
  expect((await stat(path.join(data, "secrets.json"))).mode & 0o777).toBe(0o600);
});

test("an installation from before there were sessions keeps its scheduler's secret", async () => {
  const data = await dataFolder();
  const file = path.join(data, "secrets.json");
  await writeFile(file, JSON.stringify({ cronSecret: "made by an earlier start" }));
  const secrets = await keptSecrets(data);
  expect(secrets.CRON_SECRET).toBe("made by an earlier start");
  expect(secrets.NEXTAUTH_SECRET.length).toBeGreaterThan(40);
  expect(await keptSecrets(data)).toEqual(secrets);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test.each(["{", "[]", "null", '"text"', "7", '{"cronSecret": 7}', '{"authSecret": ""}'])(
  "a secrets file of %s is reported as damaged, not overwritten",
  async (content) => {
    const data = await dataFolder();
    await keptSecrets(data);
    const file = path.join(data, "secrets.json");
    await writeFile(file, content);
    await expect(keptSecrets(data)).rejects.toThrow("is damaged");
    expect(await readFile(file, "utf8")).toBe(content);
  },
);
