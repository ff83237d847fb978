"use client";

import { type ChangeEvent, useState } from "react";

/** The texts that a form holds, by the field of the API that each is for. */
export function useFields<F extends Record<string, string>>(
  initial: F,
  faultOf: (field: string) => string | undefined,
) {
  const [texts, setTexts] = useState(initial);
  const set = (field: keyof F & string, text: string) =>
    setTexts((before) => ({ ...before, [field]: text }));
  /** What the input of a field takes. */
  const input = (field: keyof F & string) => ({
    value: texts[field],
    onChange: (event: ChangeEvent<HTMLInputElement>) => set(field, event.currentTarget.value),
    error: faultOf(field),
  });
  return { texts, set, input };
}
