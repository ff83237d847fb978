"use client";

import { type GetInputPropsReturnType, useForm } from "@mantine/form";
import { DialogForm } from "./dialog-form";
import { useChange } from "./use-change";

/** What the inputs of a form take from it. */
export type FieldsOf<V> = {
  values: V;
  /** What the input of a field takes. */
  input: (field: keyof V & string) => GetInputPropsReturnType;
  set: (values: Partial<V>) => void;
  /** The error of one field, shown next to it. */
  faultOf: (field: string) => string | undefined;
};

type RecordFormProps<V, T> = {
  /** What the form begins with, by the fields of the API. */
  values: V;
  /** Fields of the API beside those, whose errors are shown next to inputs too. */
  otherFields?: string[];
  /** The call that it makes. */
  call: (values: V) => Readonly<Parameters<ReturnType<typeof useChange>["send"]>>;
  onDone: (answer: T) => void;
  /** What it does, on its button. */
  action: string;
  onClose: () => void;
  children: (form: FieldsOf<V>) => React.ReactNode;
};

/** A form that sends what it holds, and shows what is refused next to its inputs. */
export function RecordFormBody<V extends Record<string, unknown>, T = unknown>(
  props: RecordFormProps<V, T>,
) {
  const { values: initialValues, otherFields = [], call, onDone, action, onClose } = props;
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
  const fields = [...Object.keys(initialValues), ...otherFields];
  return (
    <DialogForm form={{ submit, busy, fault, fields }} action={action} onClose={onClose}>
      {props.children({
        values: form.values,
        input: form.getInputProps,
        set: form.setValues,
        faultOf,
      })}
    </DialogForm>
  );
}
