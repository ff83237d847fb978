import { z } from "zod";
import { TimeZone } from "../estate/facility";
import { Code, expecting, Id, message, plainText } from "../values/fields";
import { ROLES } from "./access";
import { MIN_PASSWORD_LENGTH } from "./password";

/** An e-mail address, in lower case. */
export const Email = z
  .string(expecting("Must be text."))
  .trim()
  .toLowerCase()
  .max(254, "At most 254 characters.")
  .pipe(z.email("Must be an e-mail address."));

/** A new password; whether it is a known one is asked where it is set. */
export const NewPassword = z
  .string(expecting("Must be text."))
  .min(MIN_PASSWORD_LENGTH, `At least ${MIN_PASSWORD_LENGTH} characters.`)
  .max(256, "At most 256 characters.")
  .refine((text) => text.isWellFormed() && !text.includes("\u0000"), "Must be plain text.");

const Name = plainText(200);
const RoleField = z.enum(ROLES, `Must be one of ${ROLES.join(", ")}.`);
/** Null: all facilities. An empty list is a choice that was not finished. */
const FacilityIds = z
  .array(Id, expecting("Must be a list of ids, or null."))
  .min(1, "Select at least one facility.")
  .max(1000, "At most 1,000 facilities.")
  .nullable();

/** Whom an administrator invites. */
export const UserMessage = message({
  email: Email,
  name: Name,
  role: RoleField,
  facility_ids: FacilityIds.optional(),
});
export type UserMessage = z.infer<typeof UserMessage>;

/** What is to change of a user; fields left out stay. */
export const UserChange = message({
  name: Name.optional(),
  role: RoleField.optional(),
  facility_ids: FacilityIds.optional(),
  disabled: z.boolean(expecting("Must be true or false.")).optional(),
  /** With `disabled: true`: whether the keys that they made are revoked, or go on working. */
  revoke_keys: z.boolean(expecting("Must be true or false.")).optional(),
}).refine(({ disabled, revoke_keys }) => revoke_keys === undefined || disabled === true, {
  path: ["revoke_keys"],
  message: "Only together with disabled: true.",
});
export type UserChange = z.infer<typeof UserChange>;

/** The answer to an invitation. */
export const InvitationAnswer = message({
  token: z.string(expecting("Must be text.")).max(200),
  name: Name.optional(),
  password: NewPassword,
});
export type InvitationAnswer = z.infer<typeof InvitationAnswer>;

export const PasswordChange = message({
  current_password: z.string(expecting("Must be text.")).max(256),
  new_password: NewPassword,
});
export type PasswordChange = z.infer<typeof PasswordChange>;

/** What the first start asks for: the administrator, and something to begin with. */
export const SetupMessage = message({
  name: Name,
  email: Email,
  password: NewPassword,
  facility: message({ code: Code, name: Name, time_zone: TimeZone }).nullish(),
  demo: z.boolean(expecting("Must be true or false.")).optional(),
});
export type SetupMessage = z.infer<typeof SetupMessage>;
