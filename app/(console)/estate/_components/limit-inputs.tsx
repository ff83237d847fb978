"use client";

import { TextInput } from "@mantine/core";
import { useState } from "react";
import classes from "./limit-inputs.module.css";
import { type Inherited, LIMITS, type LimitName, limitInWords } from "./limits";

type LimitInputsProps = {
  texts: Record<LimitName, string>;
  inherited: Inherited;
  onChange: (name: LimitName, text: string) => void;
  faultOf: (field: string) => string | undefined;
};

/** The rule limits that something sets itself; beside each what holds while it sets none. */
export function LimitInputs({ texts, inherited, onChange, faultOf }: LimitInputsProps) {
  const own = LIMITS.filter(({ name }) => texts[name].trim() !== "").length;
  const [wanted, setWanted] = useState(own > 0);
  const faulty = LIMITS.some(({ name }) => faultOf(name) !== undefined);
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
            value={texts[name]}
            onChange={(event) => onChange(name, event.currentTarget.value)}
            error={faultOf(name)}
          />
        ))}
      </div>
    </details>
  );
}
