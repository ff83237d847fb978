import { CONNECTIONS, type Connection } from "@/lib/domain/connection";

/** The connection of a device in words: the same on every page. */
export const CONNECTION_WORDS: Record<Connection, string> = {
  online: "Online",
  offline: "Offline",
  never: "Never connected",
};

/** What a filter by connection offers. */
export const CONNECTION_OPTIONS = [
  { value: "", label: "Any connection" },
  ...CONNECTIONS.map((value) => ({ value, label: CONNECTION_WORDS[value] })),
];
