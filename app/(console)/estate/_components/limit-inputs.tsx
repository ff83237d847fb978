"use client";

import { TextInput } from "@mantine/core";
import { useState } from "react";
import type { FieldsOf } from "@/app/_ui/forms/record-form-body";
import classes from "./limit-inputs.module.css";
import { type Inherited, LIMITS, type LimitName, limitInWords } from "./limits";

type LimitInputsProps = {
  form: FieldsOf<Record<LimitName, string>>;
  inherited: Inherited;
};

/** The rule limits that something sets itself; beside each what holds while it sets none. */
export function LimitInputs({ form, inherited }: LimitInputsProps) {
  const own = LIMITS.filter(({ name }) => form.values[name].trim() !== "").length;
  const [wanted, setWanted] = useState(own > 0);
  const faulty = LIMITS.some(({ name }) => form.faultOf(name) !== undefined);
  return (
    <details
      className={classes.limits}
      open={wanted || faulty}
      onToggle={(event) => setWanted(event.currentTarget.open)}
    >
      <summary className={classes.summary}>
        Rule limits{" "}
        <span className={classes.own}>{own === 0 ? "all inherited" : `${own} own`}</span>
      </summary>
      <p className={classes.hint}>Leave a field empty to inherit its limit.</p>
      <div className={classes.grid}>
        {LIMITS.map(({ name, label, unit, hint }) => (
          <TextInput
            key={name}
            label={`${label} (${unit})`}
            description={`${hint} Inherited: ${limitInWords(inherited[name].value, unit)} (${inherited[name].from}).`}
            placeholder={String(inherited[name].value)}
            inputMode="decimal"
            autoComplete="off"
            {...form.input(name)}
          />
        ))}
      </div>
    </details>
  );
}
