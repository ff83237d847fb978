"use client";

import dynamic from "next/dynamic";

type Body = typeof import("./record-form-body").RecordFormBody;

/** A form in a dialog. What it needs is fetched once for all forms, as each is fetched by itself. */
export const RecordForm = dynamic(
  () => import("./record-form-body").then((file) => file.RecordFormBody),
  { ssr: false },
) as Body;

/** The call that changes a record, or makes one where there is none yet. */
export function saving(path: string, record: { id: number } | null, message: unknown) {
  return record
    ? (["PATCH", `${path}/${record.id}`, message] as const)
    : (["POST", path, message] as const);
}
