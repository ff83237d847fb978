"use client";

import { type GetInputPropsReturnType, useForm } from "@mantine/form";
import type { Fault } from "./fault-note";
import { useChange } from "./use-change";

type Call = Parameters<ReturnType<typeof useChange>["send"]>;

type RecordFormOptions<V, T> = {
  /** What the form begins with, by the fields of the API. */
  values: V;
  /** Fields of the API beside those, whose errors are shown next to inputs too. */
  otherFields?: string[];
  /** The call that it makes. */
  call: (values: V) => Call;
  onDone: (answer: T) => void;
};

/** The call that changes a record, or makes one where there is none yet. */
export const saving = (path: string, record: { id: number } | null, message: unknown) =>
  (record ? ["PATCH", `${path}/${record.id}`, message] : ["POST", path, message]) as Call;

/** What the inputs of a form take from it. */
export type FieldsOf<V> = {
  values: V;
  /** What the input of a field takes. */
  input: (field: keyof V & string) => GetInputPropsReturnType;
  set: (values: Partial<V>) => void;
  /** The error of one field, shown next to it. */
  faultOf: (field: string) => string | undefined;
};

type RecordForm<V> = FieldsOf<V> & {
  submit: () => void;
  busy: boolean;
  fault: Fault | null;
  fields: string[];
};

/** A form that sends what it holds to the API, and shows what is refused next to its inputs. */
export function useRecordForm<V extends Record<string, unknown>, T = unknown>(
  options: RecordFormOptions<V, T>,
): RecordForm<V> {
  const { values: initialValues, otherFields = [], call, onDone } = options;
  const { send, busy, fault, faultOf } = useChange();
  const form = useForm<V>({
    initialValues,
    // What the server says of a field stays there until it is asked again.
    enhanceGetInputProps: ({ field }) => ({ error: faultOf(field) }),
  });
  const submit = async () => {
    const answer = await send<T>(...call(form.getValues()));
    if (answer) onDone(answer.body);
  };
  return {
    values: form.values,
    input: form.getInputProps,
    set: form.setValues,
    ...{ submit, busy, fault, faultOf },
    fields: [...Object.keys(initialValues), ...otherFields],
  };
}
