import { expect, test } from "vitest";
import { importFaults } from "@/scripts/check-imports";

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
  ["app/x.tsx", '"use client";\nimport { type X } from "@/lib/server/x";'],
  ["scripts/x.ts", 'import { db } from "@/db/client";\nprocess.env.X;'],
])("%s may: %s", (file, source) => {
  expect(importFaults(file, source)).toEqual([]);
});
