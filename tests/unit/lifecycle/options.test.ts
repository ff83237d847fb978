import { createServer } from "node:net";
import { expect, test } from "vitest";
import { isNewEnough } from "@/scripts/lifecycle/node-version.mjs";
import { readOptions, requireFreePort } from "@/scripts/lifecycle/options.mjs";
import { isUnitOnly } from "@/scripts/lifecycle/run-test.mjs";

test("without settings the address is 127.0.0.1:3000, in production", () => {
  expect(readOptions([], {})).toEqual({ dev: false, port: 3000, host: "127.0.0.1" });
  expect(readOptions(["--dev"], { PORT: "81", HOST: "::1" })).toEqual({
    dev: true,
    port: 81,
    host: "::1",
  });
});

test.each(["x", "-1", "65536", "30.5", "1e9"])("PORT=%s is refused", (PORT) => {
  expect(() => readOptions([], { PORT })).toThrow("PORT must be a number");
});

test("an unknown argument is refused, not ignored", () => {
  expect(() => readOptions(["--prot=80"], {})).toThrow("Unknown argument --prot=80");
});

test("a port in use is said in one line that names another one, for the command that was typed", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await expect(requireFreePort("127.0.0.1", port)).rejects.toThrow(`PORT=${port + 1} npm start`);
  await expect(requireFreePort("127.0.0.1", port, "npm run demo")).rejects.toThrow(
    `PORT=${port + 1} npm run demo`,
  );
  await new Promise((resolve) => server.close(resolve));
  await expect(requireFreePort("127.0.0.1", port)).resolves.toBeUndefined();
});

test.each([
  ["18.20.0", false],
  ["20.8.1", false],
  ["20.9.0", true],
  ["24.0.0", true],
])("Node %s is new enough: %s", (version, enough) => {
  expect(isNewEnough(version)).toBe(enough);
});

test.each([
  [[], false],
  [["tests/unit"], true],
  [["tests/unit/domain", "--bail=1"], true],
  [["tests/unit", "tests/e2e"], false],
  [["--project=unit"], true],
  [["--project=unit", "--project=e2e"], false],
  [["tests/united"], false],
])("npm test %j needs no server: %s", (args, unitOnly) => {
  expect(isUnitOnly(args)).toBe(unitOnly);
});
