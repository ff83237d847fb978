import { expect, test } from "vitest";
import { circlesBetween, importFaults } from "@/scripts/check-imports";

test.each([
  ["lib/domain/x.ts", 'import { db } from "@/db/client";', "lib/domain/ imports @/db/client"],
  ["lib/domain/x.ts", 'import pino from "pino";', "lib/domain/ imports pino"],
  ["db/x.ts", 'import { y } from "../lib/server/y";', "db/ imports ../lib/server/y"],
  ["app/page.tsx", 'import { sql } from "drizzle-orm";', "app/ imports drizzle-orm"],
  ["app/page.tsx", 'const d = await import("@/db/client");', "app/ imports @/db/client"],
  ["lib/gateway/g.ts", 'import {\n  sql,\n} from "postgres";', "lib/gateway/ imports postgres"],
  ["lib/server/a/b.ts", 'export { x } from "@/app/x";', "lib/server/ imports @/app/x"],
  [
    "app/(console)/_components/x.tsx",
    '"use client";\nimport { readX } from "@/lib/server/x";',
    "a client component imports the value of @/lib/server/x",
  ],
  [
    "app/(console)/live/view.ts",
    'import { readX } from "@/lib/server/x";',
    "a client component imports the value of @/lib/server/x",
  ],
  ["lib/server/x.ts", "const a = process.env.A;", "reads process.env, which lib/env.ts does"],
])("%s may not: %s", (file, source, fault) => {
  expect(importFaults(file, source)).toEqual([fault]);
});

test.each([
  ["lib/domain/x.ts", 'import { z } from "zod";\nimport { a } from "./a";'],
  ["lib/server/x.ts", 'import { sql } from "drizzle-orm";\nimport { t } from "@/db/schema";'],
  [
    "app/x.tsx",
    '"use client";\nimport type { X } from "@/lib/server/x";\nimport { a } from "./a";',
  ],
  ["app/(console)/live/_components/x.tsx", '"use client";\nimport { liveView } from "../view";'],
  ["app/x.tsx", '"use client";\nimport { type X } from "@/lib/server/x";'],
  ["scripts/x.ts", 'import { db } from "@/db/client";\nprocess.env.X;'],
])("%s may: %s", (file, source) => {
  expect(importFaults(file, source)).toEqual([]);
});

test("a circle between files is found, also where it is one of types", () => {
  const files = new Map([
    ["lib/domain/a.ts", 'import { b } from "./b";'],
    ["lib/domain/b.ts", 'import { c } from "@/lib/domain/c";\nimport { d } from "./d";'],
    ["lib/domain/c.ts", 'import type { A } from "./a";'],
    ["lib/domain/d.ts", ""],
  ]);
  expect(circlesBetween(files)).toEqual([
    "lib/domain/a.ts → lib/domain/b.ts → lib/domain/c.ts → lib/domain/a.ts",
  ]);
});

test("a circle between nouns of lib/server is found where no files are in one", () => {
  const files = new Map([
    ["lib/server/keys/a.ts", 'import { b } from "@/lib/server/users/b";'],
    ["lib/server/users/b.ts", ""],
    ["lib/server/users/c.ts", 'import { d } from "@/lib/server/keys/d";'],
    ["lib/server/keys/d.ts", ""],
  ]);
  expect(circlesBetween(files)).toEqual(["lib/server/keys → lib/server/users → lib/server/keys"]);
});
