import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** Where a file may import from, by the folder it is in; the first match counts. */
const MAY_IMPORT: [folder: string, local: string[], restrictedPackages: string[]][] = [
  ["lib/domain/", ["lib/domain/"], []],
  ["lib/env.ts", [], []],
  ["db/", ["db/", "lib/domain/"], ["drizzle-orm", "postgres"]],
  ["lib/server/", ["lib/server/", "lib/domain/", "lib/env", "db/"], ["drizzle-orm", "postgres"]],
  ["lib/gateway/", ["lib/gateway/", "lib/server/", "lib/domain/"], []],
  ["app/_ui/", ["app/_ui/", "lib/domain/"], []],
  ["app/_live/", ["app/_live/", "app/_ui/", "lib/domain/"], []],
  ["app/", ["app/", "lib/server/", "lib/domain/"], []],
];
const RESTRICTED_PACKAGES = ["drizzle-orm", "postgres"];
const DOMAIN_PACKAGES = ["zod"];
const CLIENT_MAY_IMPORT = ["app/_ui/", "app/_live/", "lib/domain/"];
/** The address of a page: server and browser read it, so it may import what the browser may. */
const VIEW = /^app\/.*\/view(\.ts)?$/;
// The programs of Postgres are started with parts of the environment of the machine.
const READS_ENVIRONMENT = ["lib/env.ts", "db/embedded/command.ts"];
const CHECKED_FOLDERS = ["app", "db", "lib"];

type Import = { from: string; typeOnly: boolean };

/**
 * Checks that imports go one way: glue, then verbs and reads, then db; everything may use domain.
 * @param file path from the project's root, with forward slashes
 * @returns what is wrong, in words
 */
export function importFaults(file: string, source: string): string[] {
  const rule = MAY_IMPORT.find(([folder]) => file.startsWith(folder));
  if (!rule) return [];
  const [folder, allowed, packages] = rule;
  const isClient = /^\s*["']use client["']/.test(source) || VIEW.test(file);
  const faults = importsOf(source).flatMap(({ from, typeOnly }) => {
    const local = localPath(file, from);
    if (local === null) return packageFault(folder, packages, from);
    if (!allowed.some((place) => local.startsWith(place))) return [`${folder} imports ${from}`];
    const harmless =
      from.startsWith("./") ||
      (componentsOf(file) !== null && componentsOf(local) === componentsOf(file)) ||
      VIEW.test(local) ||
      CLIENT_MAY_IMPORT.some((p) => local.startsWith(p));
    if (isClient && !typeOnly && !harmless) {
      return [`a client component imports the value of ${from}`];
    }
    return [];
  });
  const readsEnvironment = /\bprocess\.env\b/.test(source) && !READS_ENVIRONMENT.includes(file);
  return readsEnvironment ? [...faults, "reads process.env, which lib/env.ts does"] : faults;
}

/** The folder of a page's components that a path lies in: its subfolders belong together. */
const componentsOf = (file: string) => /^app\/.*\/_components\//.exec(file)?.[0] ?? null;

function packageFault(folder: string, allowed: string[], from: string): string[] {
  const name = from.split("/")[0] ?? from;
  if (folder === "lib/domain/" && !DOMAIN_PACKAGES.includes(name))
    return [`${folder} imports ${from}`];
  if (RESTRICTED_PACKAGES.includes(name) && !allowed.includes(name))
    return [`${folder} imports ${from}`];
  return [];
}

function importsOf(source: string): Import[] {
  const statements = source.matchAll(
    /^\s*(?:import|export)\s+(type\s)?([^"';]*?\sfrom\s+)?["']([^"']+)["']/gm,
  );
  const found = [...statements].map(([, type, names = "", from = ""]) => ({
    from,
    typeOnly: Boolean(type) || onlyTypeNames(names),
  }));
  const dynamic = [...source.matchAll(/\bimport\(\s*["']([^"']+)["']/g)];
  return [...found, ...dynamic.map(([, from = ""]) => ({ from, typeOnly: false }))];
}

function onlyTypeNames(names: string): boolean {
  const inBraces = /^\{([^}]*)\}\s*from\s+$/.exec(names.trimStart())?.[1];
  const list =
    inBraces
      ?.split(",")
      .map((name) => name.trim())
      .filter(Boolean) ?? [];
  return list.length > 0 && list.every((name) => name.startsWith("type "));
}

/** The path from the root that an import names, or null for a package. */
function localPath(file: string, from: string): string | null {
  if (from.startsWith("@/")) return from.slice(2);
  if (!from.startsWith(".")) return null;
  return path.posix.normalize(path.posix.join(path.posix.dirname(file), from));
}

/** Files, or nouns, with what each imports. */
type Imports = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * The circles in which things import each other, each once and as short as it goes, in words:
 * "a → b → a". Types count: what can't be named without the other can't be read without it.
 */
export function importCircles(imports: Imports): string[] {
  const found = new Map<string, string>();
  for (const start of imports.keys()) {
    const circle = shortestCircle(imports, start);
    if (!circle) continue;
    const members = [...circle].sort().join(" ");
    if (!found.has(members)) found.set(members, [...circle, start].join(" → "));
  }
  return [...found.values()];
}

function shortestCircle(imports: Imports, start: string): string[] | null {
  const from = new Map<string, string | null>([[start, null]]);
  const waiting = [start];
  for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
    for (const next of imports.get(at) ?? []) {
      if (next === start) {
        const circle: string[] = [];
        for (let back: string | null = at; back !== null; back = from.get(back)!) circle.push(back);
        return circle.reverse();
      }
      if (from.has(next)) continue;
      from.set(next, at);
      waiting.push(next);
    }
  }
  return null;
}

/** The folder of lib/server that a file is in; null for files elsewhere. */
const nounOf = (file: string) => /^lib\/server\/[^/]+(?=\/)/.exec(file)?.[0] ?? null;

/** @param files sources by path from the root */
export function circlesBetween(files: ReadonlyMap<string, string>): string[] {
  const fileImports = new Map<string, Set<string>>();
  const nounImports = new Map<string, Set<string>>();
  for (const [file, source] of files) {
    const imported = new Set<string>();
    for (const { from } of importsOf(source)) {
      const local = localPath(file, from);
      const there = local && [local, `${local}.ts`, `${local}.tsx`].find((name) => files.has(name));
      if (there) imported.add(there);
    }
    fileImports.set(file, imported);
    const noun = nounOf(file);
    if (noun === null) continue;
    const nouns = nounImports.get(noun) ?? new Set();
    for (const other of imported) {
      const its = nounOf(other);
      if (its !== null && its !== noun) nouns.add(its);
    }
    nounImports.set(noun, nouns);
  }
  return [...importCircles(fileImports), ...importCircles(nounImports)];
}

function sourcesIn(root: string): Map<string, string> {
  const names = CHECKED_FOLDERS.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
      .map((name) => `${folder}/${name.split(path.sep).join("/")}`)
      .filter((file) => /\.(ts|tsx)$/.test(file)),
  );
  return new Map(names.map((name) => [name, readFileSync(path.join(root, name), "utf8")]));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const sources = sourcesIn(fileURLToPath(new URL("..", import.meta.url)));
  const faults = [
    ...[...sources].flatMap(([file, source]) =>
      importFaults(file, source).map((fault) => `${file}: ${fault}`),
    ),
    ...circlesBetween(sources).map((circle) => `circle: ${circle}`),
  ];
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exit(1);
  console.log("Imports go one way.");
}
