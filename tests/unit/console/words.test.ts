import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { relativeTime, utcTime } from "@/app/_ui/words/relative-age";
import { actionInWords } from "@/app/(console)/(settings)/audit/_components/action-words";
import { fieldChanges } from "@/app/(console)/(settings)/audit/_components/field-changes";
import { auditFileAddress, auditView } from "@/app/(console)/(settings)/audit/view";
import { sendCommand } from "@/app/(console)/(settings)/keys/_components/try-commands";
import { browserInWords } from "@/app/(console)/(settings)/profile/_components/browser-in-words";

const CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

test.each([
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME}`, "Chrome on Windows"],
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Edg/140.0.0.0`, "Edge on Windows"],
  [`Mozilla/5.0 (Linux; Android 10; K) ${CHROME}`, "Chrome on Android"],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0", "Firefox on Linux"],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1",
    "Safari on iOS",
  ],
  ["something else", "Unknown browser"],
  [null, "Unknown browser"],
])("the browser that calls itself %s is told as %s", (userAgent, words) => {
  expect(browserInWords(userAgent)).toBe(words);
});

describe("times", () => {
  const now = Date.UTC(2026, 10, 25, 12);
  test.each([
    [7 * 86_400 - 1, "in 7 d"],
    [86_400, "in 1 d"],
    [20 * 3_600, "in 20 h"],
    [90, "in 2 min"],
    [5, "in 5 s"],
    [0, "just now"],
    [-3_600, "1 h ago"],
  ])("%d s from now is told as %s", (seconds, words) => {
    expect(relativeTime(now + seconds * 1000, now)).toBe(words);
  });

  test("exact times are in UTC", () => {
    expect(utcTime("2026-11-25T12:00:03.123Z")).toBe("2026-11-25 12:00:03 UTC");
  });
});

describe("the command that sends a reading", () => {
  test.each(["A-001", 'it\'s $(bay) "1" `two` \\3', "$& $1"])(
    "sends the device code %s as it is, with the time of now",
    (code) => {
      const command = sendCommand("http://localhost:3000", "sp_secret", code);
      const asPrinted = command.replace(/^curl/, "printf '%s\\n'");
      const words = execFileSync("sh", ["-c", asPrinted], { encoding: "utf8" }).split("\n");
      expect(words).toContain("Authorization: Bearer sp_secret");
      const body = JSON.parse(words[words.indexOf("-d") + 1] ?? "");
      expect(body).toEqual({
        device_code: code,
        timestamp: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/),
        voltage: 230,
        current: 1.5,
      });
    },
  );
});

describe("entries of the audit log", () => {
  const entry = {
    id: 1,
    at: "2026-11-25T12:00:00.000Z",
    actor_kind: "user" as const,
    actor_id: 1,
    actor_name: "ada@example.com",
    address: null,
    subject_id: 1,
    before: null,
    after: null,
  };

  test.each([
    ["device.updated", "A-001", "changed device A-001"],
    ["key.rotated", "Gateway", "rotated key Gateway"],
    ["sign_in.failed", "a@b.example", "failed to sign in as a@b.example"],
    ["thing.exploded", "X", "exploded thing X"],
  ])("%s is told in words", (action, subject_name, words) => {
    expect(actionInWords({ ...entry, action, subject_name })).toBe(words);
  });

  test("fields are told with their old and new values, facilities by name", () => {
    const names = new Map([[3, "Harbour"]]);
    const before = { role: "viewer", facility_ids: null, disabled: false };
    const after = { role: "admin", facility_ids: [3, 4], disabled: true };
    expect(fieldChanges(before, after, names)).toEqual([
      { field: "role", old: "viewer", now: "admin" },
      { field: "facility ids", old: "all", now: "Harbour, no. 4" },
      { field: "disabled", old: "no", now: "yes" },
    ]);
    expect(
      fieldChanges(null, { expires_at: "2026-01-01T00:00:00.000Z", zone: null }, names),
    ).toEqual([
      { field: "expires at", old: "", now: "2026-01-01 00:00:00 UTC" },
      { field: "zone", old: "", now: "none" },
    ]);
  });

  test("filters that make no sense filter nothing", () => {
    const view = auditView.read({
      action: "weather",
      from: "yesterday",
      to: "",
      after: ["x", "7"],
    });
    expect(view).toEqual({ after: ["7"] });
    expect(auditFileAddress({ search: "a&b", from: "2026-01-02" })).toBe(
      "/api/audit?format=csv&search=a%26b&from=2026-01-02",
    );
  });
});
