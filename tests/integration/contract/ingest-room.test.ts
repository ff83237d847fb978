import { once } from "node:events";
import { afterEach, describe, expect, test, vi } from "vitest";
import { makeKey } from "@/tests/support/accounts";
import { api } from "@/tests/support/api";
import { describeBothKinds } from "@/tests/support/contract";
import { makeDevice } from "@/tests/support/factories";
import { at as moment, reading } from "@/tests/support/messages";
import { beginUpload, type Upload, type UploadOptions } from "@/tests/support/uploads";

/** As many full bulks of one sender as the queue has room for while no one else sends. */
const FULL_BULKS = 5;
/** The size of a bulk that may hold 10,000 rows. */
const FULL_BYTES = 700_000;

describeBothKinds("the room for bulks", (at) => {
  const uploads: Upload[] = [];
  afterEach(() => {
    for (const { socket } of uploads.splice(0)) socket.destroy();
  });

  const begin = async (key: string, how: Omit<UploadOptions, "port" | "key">) => {
    const upload = await beginUpload({ port: Number(new URL(at.api.url).port), key, ...how });
    uploads.push(upload);
    return upload;
  };
  const declared = (key: string) => begin(key, { headers: [`Content-Length: ${FULL_BYTES}`] });

  /** One more than there is room for; resolves once that one has its answer. */
  const fillUp = async (key: string) => {
    const all = await Promise.all(Array.from({ length: FULL_BULKS + 1 }, () => declared(key)));
    await Promise.race(all.map(({ socket }) => once(socket, "data")));
    return all;
  };

  /** An empty list that takes the room of a full one. */
  const fullSize = (key: string) =>
    api(at.api.url, { Authorization: `Bearer ${key}` }).send("POST", "/api/telemetry/bulk", {
      headers: { "Content-Type": "application/json" },
      body: `[${" ".repeat(FULL_BYTES)}]`,
    });

  /** All of the room is free in the end: so many bulks have it at once. */
  const untilFree = (key: string) =>
    vi.waitFor(
      async () => {
        const answers = await Promise.all(Array.from({ length: FULL_BULKS }, () => fullSize(key)));
        expect(answers.map(({ status }) => status)).toEqual(Array(FULL_BULKS).fill(200));
      },
      { timeout: 20_000, interval: 100 },
    );

  test("is asked for before a body is read: a refusal comes while none of it has been sent", async () => {
    const { secret } = await makeKey(at.sql);
    const all = await fillUp(secret);
    const answered = all.filter(({ received }) => received() !== "");
    expect(answered).toHaveLength(1);
    expect(answered[0]!.received()).toMatch(/^HTTP\/1.1 503 /);
    expect(answered[0]!.received()).toMatch(/\r\nretry-after: 1\r\n/i);
    expect(answered[0]!.received()).toContain("application/problem+json");
  });

  test("is asked for while a body comes that does not say how long it is", async () => {
    const { secret } = await makeKey(at.sql);
    await fillUp(secret);
    const text = `[${" ".repeat(65_000)}`;
    const upload = await begin(secret, {
      headers: ["Transfer-Encoding: chunked"],
      start: `${text.length.toString(16)}\r\n${text}\r\n`,
    });
    await once(upload.socket, "data");
    expect(upload.received()).toMatch(/^HTTP\/1.1 503 /);
  });

  test("is not one sender's alone: others' bulks are taken, and single messages of all", async () => {
    const { secret } = await makeKey(at.sql);
    const other = await makeKey(at.sql);
    const { code } = await makeDevice(at.sql);
    await fillUp(secret);
    const by = (key: string) => api(at.api.url, { Authorization: `Bearer ${key}` });
    expect(
      (await by(other.secret).post("/api/telemetry/bulk", [reading(code, moment(0))])).status,
    ).toBe(201);
    expect((await by(other.secret).post("/api/telemetry", reading(code, moment(1)))).status).toBe(
      201,
    );
    expect((await by(secret).post("/api/telemetry", reading(code, moment(2)))).status).toBe(201);
    expect((await fullSize(other.secret)).status).toBe(200);
  });

  describe("is given back", () => {
    test("when uploads break off", async () => {
      const { secret } = await makeKey(at.sql);
      for (const { socket } of await fillUp(secret)) socket.destroy();
      await untilFree(secret);
    });

    test.each([
      ["malformed", {}, `[x,${" ".repeat(FULL_BYTES)}1]`, 400],
      ["of another media type", { "Content-Type": "text/plain" }, " ".repeat(FULL_BYTES), 415],
      ["no list", {}, `{${" ".repeat(FULL_BYTES)}}`, 400],
    ])("after a body that is %s", async (_, headers, body, status) => {
      const { secret } = await makeKey(at.sql);
      const by = api(at.api.url, { Authorization: `Bearer ${secret}` });
      const json = { "Content-Type": "application/json" };
      for (let n = 0; n < FULL_BULKS; n++) {
        const answer = await by.send("POST", "/api/telemetry/bulk", {
          headers: { ...json, ...headers },
          body,
        });
        expect(answer.status).toBe(status);
      }
      await untilFree(secret);
    });
  });
});
