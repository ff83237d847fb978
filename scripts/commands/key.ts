import { ApiKeyMessage, ApiKeyRotation } from "@/lib/domain/access/api-key";
import { fieldErrors } from "@/lib/domain/values/fields";
import { invalidInput } from "@/lib/domain/values/problem";
import type { Context } from "@/lib/server/context";
import { createKey } from "@/lib/server/keys/create-key";
import { listKeys } from "@/lib/server/keys/read-keys";
import { revokeKey } from "@/lib/server/keys/revoke-key";
import { rotateKey } from "@/lib/server/keys/rotate-key";
import { resolveScope } from "@/lib/server/scope/resolve-scope";
import { readCommandLine, required, runCommand, table, UsageError } from "./command";

const USAGE = `npm run -s key -- create --name NAME --scope ingest,read,manage
                     [--facility CODE] [--zone CODE] [--device CODE] [--expires TIME]
npm run -s key -- list
npm run -s key -- rotate ID [--overlap SECONDS]
npm run -s key -- revoke ID

create and rotate print the key alone; it is not shown again. Without a place it reaches the whole
estate. TIME is ISO 8601.`;

const text = { type: "string" } as const;

export function run(args: string[]): Promise<number> {
  return runCommand(USAGE, async (context) => {
    const { values, positionals } = readCommandLine(args, {
      name: text,
      scope: text,
      facility: text,
      zone: text,
      device: text,
      expires: text,
      overlap: text,
    });
    const [command, id] = positionals;
    switch (command) {
      case "create":
        return create(context, values);
      case "list":
        return list(context);
      case "rotate":
        return rotate(context, idOf(id), values.overlap);
      case "revoke":
        return `Revoked ${(await revokeKey(context, idOf(id))).name}.`;
      default:
        throw new UsageError(command ? `Unknown command ${command}.` : "Say what to do.");
    }
  });
}

type CreateOptions = Partial<
  Record<"name" | "scope" | "facility" | "zone" | "device" | "expires", string>
>;

async function create(context: Context, values: CreateOptions): Promise<string> {
  const name = required("name", values.name);
  const scopes = required("scope", values.scope).split(",");
  const { facilityId, zoneId, deviceId } = await resolveScope(context, values);
  const narrowest = deviceId
    ? { device_id: deviceId }
    : zoneId
      ? { zone_id: zoneId }
      : { facility_id: facilityId };
  const message = ApiKeyMessage.safeParse({
    ...narrowest,
    name,
    scopes: scopes.map((scope) => scope.trim()),
    expires_at: values.expires,
  });
  if (!message.success) throw invalidInput(fieldErrors(message.error));
  return (await createKey(context, message.data)).key;
}

async function list(context: Context): Promise<string> {
  const keys = await listKeys(context);
  return table([
    ["ID", "NAME", "SCOPES", "REACHES", "LAST USED", "STATE"],
    ...keys.map((key) => [
      String(key.id),
      key.name,
      key.scopes.join(","),
      key.place ?? "everything",
      key.last_used_at ?? "never",
      key.revoked_at ? "revoked" : key.expires_at ? `until ${key.expires_at}` : "active",
    ]),
  ]);
}

async function rotate(context: Context, id: number, overlap?: string): Promise<string> {
  const rotation = ApiKeyRotation.safeParse(
    overlap === undefined ? {} : { overlap_seconds: Number(overlap) },
  );
  if (!rotation.success) throw invalidInput(fieldErrors(rotation.error));
  return (await rotateKey(context, { id, ...rotation.data })).key;
}

function idOf(text: string | undefined): number {
  if (text && /^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError("Give the key's id; `list` shows it.");
}
