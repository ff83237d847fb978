import { mayOpen, type PagePath, type Role } from "@/lib/domain/access/access";

export type NamedPage = { path: PagePath; name: string };

/** Account, keys and users; each for those who may open it. */
export const SETTINGS: NamedPage[] = [
  { path: "/keys", name: "Keys" },
  { path: "/users", name: "Users" },
  { path: "/audit", name: "Audit log" },
  { path: "/profile", name: "Profile" },
];

/** The pages of the estate. */
export const ESTATE: NamedPage[] = [
  { path: "/estate", name: "Facilities" },
  { path: "/estate/zones", name: "Zones" },
  { path: "/estate/devices", name: "Devices" },
  { path: "/estate/targets", name: "Targets" },
];

/** The parts of the product, in the order of the navigation. */
const PARTS: NamedPage[] = [
  { path: "/", name: "Dashboard" },
  { path: "/live", name: "Live" },
  { path: "/alerts", name: "Alerts" },
  { path: "/reports", name: "Reports" },
  ...ESTATE.slice(0, 1),
];

/** Addresses of pages that show one facility or all of them. */
export const FACILITY_PAGES = ["/live", "/alerts", "/reports", "/estate", "/devices"];

/** Those of these pages that a role may open. */
export const pagesFor = (pages: NamedPage[], role: Role): NamedPage[] =>
  pages.filter(({ path }) => mayOpen({ kind: "user", role }, path));

/** Where each part of the product begins for a role, with every address that belongs to it. */
export function partsFor(role: Role): { path: string; name: string; paths: string[] }[] {
  const parts = pagesFor(PARTS, role).map(({ path, name }) => ({
    ...{ path, name },
    paths: path === "/live" ? [path, "/devices"] : [path],
  }));
  const settings = pagesFor(SETTINGS, role).map(({ path }) => path as string);
  return [...parts, { path: settings[0] ?? "/profile", name: "Settings", paths: settings }];
}

/** Every page that the palette leads a role to. */
export const pagesToFind = (role: Role): NamedPage[] =>
  pagesFor([...PARTS, ...ESTATE.slice(1), ...SETTINGS], role);
