import { randomBytes } from "node:crypto";
import { ROLES } from "@/lib/domain/access/access";
import { Email, NewPassword, UserMessage } from "@/lib/domain/access/user";
import { fieldErrors } from "@/lib/domain/values/fields";
import { invalidInput, notFound } from "@/lib/domain/values/problem";
import type { Context } from "@/lib/server/context";
import { keysMadeBy } from "@/lib/server/keys/keys-made-by";
import { resolveScope } from "@/lib/server/scope/resolve-scope";
import { findUser, listUsers } from "@/lib/server/users/read-users";
import { addUser, resetPassword } from "@/lib/server/users/set-password";
import { updateUser } from "@/lib/server/users/update-user";
import { readCommandLine, required, runCommand, table, UsageError } from "./command";

const USAGE = `npm run -s user -- create --email E [--password P] --role ${ROLES.join("|")}
                      [--name NAME] [--facility CODE,CODE]
npm run -s user -- reset --email E [--password P]
npm run -s user -- disable --email E [--keys revoke|keep]
npm run -s user -- enable --email E
npm run -s user -- list

Without --password one is made and printed. reset ends the user's sessions and any lock.
disable names the keys that the user made and that still work; --keys says what to do with them.`;

const text = { type: "string" } as const;
type Values = Partial<Record<"email" | "password" | "role" | "name" | "facility" | "keys", string>>;

export function run(args: string[]): Promise<number> {
  return runCommand(USAGE, async (context) => {
    const { values, positionals } = readCommandLine(args, {
      email: text,
      password: text,
      role: text,
      name: text,
      facility: text,
      keys: text,
    });
    const [command] = positionals;
    switch (command) {
      case "create":
        return create(context, values);
      case "reset":
        return reset(context, values);
      case "disable":
        return disable(context, values);
      case "enable":
        return enable(context, values);
      case "list":
        return list(context);
      default:
        throw new UsageError(command ? `Unknown command ${command}.` : "Say what to do.");
    }
  });
}

async function create(context: Context, values: Values): Promise<string> {
  const email = required("email", values.email);
  const message = UserMessage.safeParse({
    email,
    name: values.name ?? email.split("@")[0],
    role: required("role", values.role),
    facility_ids: await facilityIds(context, values.facility),
  });
  if (!message.success) throw invalidInput(fieldErrors(message.error));
  const { password, said } = passwordOf(values);
  const user = await addUser(context, { ...message.data, password });
  return `Made the ${user.role} ${user.email}.${said}`;
}

async function reset(context: Context, values: Values): Promise<string> {
  const { id, email } = await userOf(context, values);
  const { password, said } = passwordOf(values);
  await resetPassword(context, { id, password });
  return `Set the password of ${email}, who is signed out everywhere.${said}`;
}

async function disable(context: Context, values: Values): Promise<string> {
  const { id, email } = await userOf(context, values);
  const choice = values.keys;
  if (choice !== undefined && choice !== "revoke" && choice !== "keep") {
    throw new UsageError("--keys must be revoke or keep.");
  }
  const keys = await keysMadeBy(context, id);
  const list = keys.map(({ name, scopes }) => `  ${name} (${scopes.join(", ")})`).join("\n");
  if (keys.length > 0 && choice === undefined) {
    throw new UsageError(
      `${email} made keys that still work:\n${list}\nAdd --keys revoke or --keys keep.`,
    );
  }
  const revoke_keys = choice === undefined ? undefined : choice === "revoke";
  await updateUser(context, { id, change: { disabled: true, revoke_keys } });
  const done = revoke_keys ? "Revoked" : "Kept";
  const said = keys.length > 0 ? `\n${done} the keys that they made:\n${list}` : "";
  return `Disabled ${email}, who is signed out everywhere.${said}`;
}

async function enable(context: Context, values: Values): Promise<string> {
  const { id, email } = await userOf(context, values);
  await updateUser(context, { id, change: { disabled: false } });
  return `Enabled ${email}.`;
}

async function list(context: Context): Promise<string> {
  const users = await listUsers(context);
  return table([
    ["E-MAIL", "NAME", "ROLE", "FACILITIES", "STATUS", "LAST SIGN-IN"],
    ...users.map((user) => [
      user.email,
      user.name,
      user.role,
      user.facility_ids === null ? "all" : user.facility_ids.join(",") || "none",
      user.status,
      user.last_sign_in_at ?? "never",
    ]),
  ]);
}

/** A given password, or a random one that has to be told. */
function passwordOf({ password }: Values): { password: string; said: string } {
  if (password === undefined) {
    const made = randomBytes(15).toString("base64url");
    return { password: made, said: ` The password is ${made}` };
  }
  const checked = NewPassword.safeParse(password);
  if (!checked.success) {
    throw invalidInput({ password: checked.error.issues.map((issue) => issue.message) });
  }
  return { password: checked.data, said: "" };
}

async function userOf({ db }: Context, values: Values): Promise<{ id: number; email: string }> {
  const email = Email.safeParse(required("email", values.email));
  const id = email.success ? await findUser(db, email.data) : null;
  if (!email.success || id === null) throw notFound("User");
  return { id, email: email.data };
}

async function facilityIds(context: Context, codes: string | undefined): Promise<number[] | null> {
  if (codes === undefined) return null;
  const scopes = codes.split(",").map((facility) => resolveScope(context, { facility }));
  return (await Promise.all(scopes)).map(({ facilityId }) => facilityId!);
}
